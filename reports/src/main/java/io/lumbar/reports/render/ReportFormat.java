package io.lumbar.reports.render;

import io.lumbar.reports.daily.Report;
import io.lumbar.reports.period.PeriodReport;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiFunction;

/** What a report can be written as. */
public enum ReportFormat {
  HTML(
      "text/html",
      text(HtmlReport::of),
      text((period, edition) -> OutlinePage.of(PeriodOutline.of(period, edition)))),
  TEXT(
      "text/plain",
      text(TextReport::of),
      text((period, edition) -> OutlineText.of(PeriodOutline.of(period, edition)))),
  JSON("application/json", text(JsonReport::of), text(PeriodTables::json)),
  CSV(
      "text/csv",
      text((report, edition) -> CsvReport.of(report)),
      text((period, edition) -> PeriodTables.csv(period))),
  PDF(
      "application/pdf",
      (report, edition) -> OutlinePdf.of(ReportOutline.of(report, edition)),
      (period, edition) -> OutlinePdf.of(PeriodOutline.of(period, edition))),
  /** HTML as mail programs show it. */
  EMAIL(
      "text/html",
      text((report, edition) -> OutlineMail.of(ReportOutline.of(report, edition))),
      text((period, edition) -> OutlineMail.of(PeriodOutline.of(period, edition))));

  private final String mediaType;

  @SuppressWarnings("ImmutableEnumChecker") // functions without state
  private final BiFunction<Report, Optional<Edition>, byte[]> ofMorning;

  @SuppressWarnings("ImmutableEnumChecker") // functions without state
  private final BiFunction<PeriodReport, Optional<Edition>, byte[]> ofPeriod;

  ReportFormat(
      String mediaType,
      BiFunction<Report, Optional<Edition>, byte[]> ofMorning,
      BiFunction<PeriodReport, Optional<Edition>, byte[]> ofPeriod) {
    this.mediaType = mediaType;
    this.ofMorning = ofMorning;
    this.ofPeriod = ofPeriod;
  }

  private static <T> BiFunction<T, Optional<Edition>, byte[]> text(
      BiFunction<T, Optional<Edition>, String> writer) {
    return (report, edition) -> writer.apply(report, edition).getBytes(StandardCharsets.UTF_8);
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
    return switch (this) {
      case TEXT -> "txt";
      case EMAIL -> "email.html";
      default -> wireName();
    };
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

  /** The report of a morning as text of this format, which is not {@link #PDF}. */
  public String write(Report report, Optional<Edition> edition) {
    return new String(bytes(report, edition), StandardCharsets.UTF_8);
  }

  /** The report of a morning, texts as UTF-8. */
  public byte[] bytes(Report report, Optional<Edition> edition) {
    return ofMorning.apply(report, edition);
  }

  /** The report of a week or a month, texts as UTF-8. */
  public byte[] bytes(PeriodReport report, Optional<Edition> edition) {
    return ofPeriod.apply(report, edition);
  }
}
