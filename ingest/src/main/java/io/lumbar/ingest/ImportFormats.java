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
import java.util.Locale;
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

  private static final String WHERE =
      "./lumbar import --help and docs/formats/recordings.md say what can be read";

  /** How the tables begin that say nothing alone; with gravity they are a recording. */
  private static final List<String> SENSOR_LOGGER_TABLES =
      List.of("time,seconds_elapsed,", "version,device name,");

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
          .orElseThrow(() -> notRecognised(head, likely(head) + "; " + WHERE));
    }
    ImportFormat format =
        find(named)
            .orElseThrow(
                () ->
                    ApiException.badRequest(
                        "format: '%s' is not known; leave it out, or give one of %s"
                            .formatted(Spelling.clip(named), String.join(", ", ids()))));
    if (!format.accepts(head)) {
      throw notRecognised(
          head, "as %s it would be %s".formatted(format.id(), format.description()));
    }
    return format;
  }

  static Optional<ImportFormat> find(String id) {
    return FORMATS.stream().filter(format -> format.id().equals(id)).findFirst();
  }

  static List<String> ids() {
    return FORMATS.stream().map(ImportFormat::id).toList();
  }

  private static ApiException notRecognised(FileHead head, String why) {
    return ApiException.unsupported("this file %s: %s".formatted(seen(head), why));
  }

  /** What probably happened, and what to do about it. */
  private static String likely(FileHead head) {
    if (head.isEmpty()) {
      return "its download or export broke off; export it again";
    }
    if (head.isZip()) {
      return "perhaps it holds another zip, or is of another app; give what is in it";
    }
    if (head.isBinary()) {
      return "perhaps it is packed, or of another app; give what is in it, or export it as CSV";
    }
    String first = head.lines().isEmpty() ? "" : head.lines().get(0).toLowerCase(Locale.ROOT);
    if (first.startsWith("<!doctype html") || first.startsWith("<html")) {
      return "it is a web page, perhaps the sign-in page in place of the download";
    }
    if (SENSOR_LOGGER_TABLES.stream().anyMatch(first::startsWith)) {
      return "it is one table of a Sensor Logger recording; give the recording's whole zip or"
          + " folder";
    }
    return "perhaps it is of another app, or its header was changed; give the file as it was"
        + " exported";
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
