package io.lumbar.reports.render;

import io.lumbar.reports.daily.Report;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiFunction;

/** What a report can be written as. */
public enum ReportFormat {
  HTML("text/html", HtmlReport::of),
  TEXT("text/plain", TextReport::of),
  JSON("application/json", JsonReport::of),
  CSV("text/csv", (report, edition) -> CsvReport.of(report));

  private final String mediaType;

  @SuppressWarnings("ImmutableEnumChecker") // functions without state
  private final BiFunction<Report, Optional<Edition>, String> writer;

  ReportFormat(String mediaType, BiFunction<Report, Optional<Edition>, String> writer) {
    this.mediaType = mediaType;
    this.writer = writer;
  }

  /** The media type without parameters. */
  public String mediaType() {
    return mediaType;
  }

  /** The name used in queries, options and file names. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** How file names end. */
  public String extension() {
    return this == TEXT ? "txt" : wireName();
  }

  /** The format of a name, empty when there is none. */
  public static Optional<ReportFormat> named(String name) {
    return Arrays.stream(values()).filter(f -> f.wireName().equals(name)).findFirst();
  }

  /**
   * The format that a client likes best by its Accept header; HTML when it takes anything.
   *
   * @return empty when it takes none of them
   */
  public static Optional<ReportFormat> accepted(String accept) {
    Optional<ReportFormat> best = Optional.empty();
    double weight = 0;
    for (String range : accept.split(",")) {
      String[] parts = range.strip().toLowerCase(Locale.ROOT).split(";");
      double quality = quality(parts);
      Optional<ReportFormat> format = matching(parts[0].strip());
      if (format.isPresent() && quality > weight) {
        best = format;
        weight = quality;
      }
    }
    return best;
  }

  private static Optional<ReportFormat> matching(String range) {
    return Arrays.stream(values())
        .filter(
            format ->
                range.equals("*/*")
                    || range.equals(format.mediaType)
                    || (range.endsWith("/*")
                        && format.mediaType.startsWith(range.substring(0, range.length() - 1))))
        .findFirst();
  }

  private static double quality(String[] parts) {
    for (String part : parts) {
      if (part.strip().startsWith("q=")) {
        try {
          return Double.parseDouble(part.strip().substring(2));
        } catch (NumberFormatException e) {
          return 0;
        }
      }
    }
    return 1;
  }

  /** The report as text of this format. */
  public String write(Report report, Optional<Edition> edition) {
    return writer.apply(report, edition);
  }

  /** The report as UTF-8. */
  public byte[] bytes(Report report, Optional<Edition> edition) {
    return write(report, edition).getBytes(StandardCharsets.UTF_8);
  }
}
