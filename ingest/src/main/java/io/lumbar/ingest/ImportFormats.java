package io.lumbar.ingest;

import io.lumbar.http.ApiException;
import io.lumbar.ingest.export.ActiGraphEpochs;
import io.lumbar.ingest.export.AppleHealthFile;
import io.lumbar.ingest.export.ExportFormat;
import io.lumbar.ingest.export.FitbitFile;
import io.lumbar.ingest.export.GadgetbridgeFile;
import io.lumbar.ingest.recording.AxivityCwa;
import io.lumbar.ingest.recording.CsvFile;
import io.lumbar.ingest.recording.FileHead;
import io.lumbar.ingest.recording.PhyphoxFile;
import io.lumbar.ingest.recording.RecordingFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The kinds of files that can be imported, told apart by their content. */
final class ImportFormats {
  private static final List<RecordingFormat> RECORDINGS =
      List.of(new AxivityCwa(), new PhyphoxFile());

  private static final List<ExportFormat> EXPORTS =
      Stream.concat(
              Stream.of(new AppleHealthFile(), new GadgetbridgeFile(), new ActiGraphEpochs()),
              FitbitFile.ALL.stream())
          .toList();

  private static final List<ImportFormat> FORMATS =
      Stream.of(
              Stream.of(new ActivPalFile(), new SensorLoggerImport()),
              EXPORTS.stream().map(ExportFile::new),
              Stream.concat(RECORDINGS.stream(), CsvFile.ALL.stream()).map(MotionFile::new))
          .<ImportFormat>flatMap(each -> each)
          .toList();

  private ImportFormats() {}

  /**
   * The format of a file: the one that is named, or else the one that recognises it.
   *
   * @param named the name given, or empty
   * @throws ApiException 400 for an unknown name, 415 for a file that nothing recognises
   */
  static ImportFormat of(FileHead head, String named) {
    if (named.isEmpty()) {
      return FORMATS.stream()
          .filter(format -> format.recognises(head))
          .findFirst()
          .orElseThrow(() -> notRecognised(head, accepted()));
    }
    ImportFormat format =
        find(named)
            .orElseThrow(
                () ->
                    ApiException.badRequest(
                        "format: '%s' is not known; accepted: %s"
                            .formatted(Spelling.clip(named), accepted())));
    if (!format.accepts(head)) {
      throw notRecognised(head, describe(format));
    }
    return format;
  }

  static Optional<ImportFormat> find(String id) {
    return FORMATS.stream().filter(format -> format.id().equals(id)).findFirst();
  }

  static List<String> ids() {
    return FORMATS.stream().map(ImportFormat::id).toList();
  }

  private static String accepted() {
    return String.join("; ", FORMATS.stream().map(ImportFormats::describe).toList());
  }

  private static String describe(ImportFormat format) {
    return format.id() + " (" + format.description() + ")";
  }

  private static ApiException notRecognised(FileHead head, String accepted) {
    return ApiException.unsupported("this file %s; accepted: %s".formatted(seen(head), accepted));
  }

  private static String seen(FileHead head) {
    if (head.isEmpty()) {
      return "is empty";
    }
    if (head.isZip()) {
      return "is a zip archive without a recording or an export that is known";
    }
    if (head.isBinary()) {
      return "is binary, and nothing that is known begins so";
    }
    return "starts with '" + Spelling.clip(head.lines().isEmpty() ? "" : head.lines().get(0)) + "'";
  }
}
