package io.lumbar.ingest;

import io.lumbar.http.ApiException;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The kinds of files that can be imported, told apart by their content. */
final class ImportFormats {
  private static final List<ImportFormat> FORMATS = List.of(new ActivPalFile());
  private static final int SNIFFED_BYTES = 4 << 10;

  private ImportFormats() {}

  /**
   * The format of a file: the one that is named, or else the one that recognises it.
   *
   * @param named the name given, or empty
   * @throws ApiException 400 for an unknown name, 415 for a file that nothing recognises
   */
  static ImportFormat of(Path file, String named) throws IOException {
    String accepted = String.join("; ", FORMATS.stream().map(ImportFormats::describe).toList());
    List<String> first = firstLines(file);
    if (!named.isEmpty()) {
      ImportFormat format =
          find(named)
              .orElseThrow(
                  () ->
                      ApiException.badRequest(
                          "format: '"
                              + Spelling.clip(named)
                              + "' is not known; accepted: "
                              + accepted));
      if (!format.recognises(first)) {
        throw notRecognised(first, accepted);
      }
      return format;
    }
    return FORMATS.stream()
        .filter(format -> format.recognises(first))
        .findFirst()
        .orElseThrow(() -> notRecognised(first, accepted));
  }

  static Optional<ImportFormat> find(String id) {
    return FORMATS.stream().filter(format -> format.id().equals(id)).findFirst();
  }

  private static String describe(ImportFormat format) {
    return format.id() + " (" + format.description() + ")";
  }

  private static List<String> firstLines(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] head = in.readNBytes(SNIFFED_BYTES);
      BufferedReader reader =
          new BufferedReader(
              new InputStreamReader(new ByteArrayInputStream(head), StandardCharsets.UTF_8));
      return new ArrayList<>(reader.lines().limit(20).toList());
    }
  }

  private static ApiException notRecognised(List<String> first, String accepted) {
    String seen =
        first.isEmpty()
            ? "is empty"
            : first.get(0).startsWith("PK")
                ? "is a zip archive; unpack it first"
                : "starts with '" + Spelling.clip(first.get(0)) + "'";
    return ApiException.unsupported("this file " + seen + "; accepted: " + accepted);
  }
}
