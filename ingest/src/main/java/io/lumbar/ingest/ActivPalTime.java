package io.lumbar.ingest;

import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Optional;

/**
 * The {@code Time} column of activPAL files: days since 1899-12-30, local and without a zone, to be
 * rounded to a tenth of a second; older files write {@code #m/d/yyyy h:mm:ss#}.
 */
final class ActivPalTime {
  private static final LocalDateTime EPOCH = LocalDate.of(1899, 12, 30).atStartOfDay();
  private static final double TENTHS_PER_DAY = 864_000;
  // 1980 to 2100: anything else is not a date but a shifted column.
  private static final double EARLIEST = 29_221;
  private static final double LATEST = 73_050;
  private static final DateTimeFormatter WRITTEN =
      DateTimeFormatter.ofPattern("M/d/yyyy [h:mm:ss a][H:mm:ss]", Locale.ROOT);

  private ActivPalTime() {}

  /** Local time, or empty when the text is neither form. */
  static Optional<LocalDateTime> parse(String text) {
    return text.startsWith("#") ? written(text) : serial(text);
  }

  /** Milliseconds on a clock that never changes its offset. */
  static long millis(LocalDateTime local) {
    return local.toInstant(ZoneOffset.UTC).toEpochMilli();
  }

  private static Optional<LocalDateTime> serial(String text) {
    double days = Decimals.parse(text);
    if (!(days >= EARLIEST && days <= LATEST)) {
      return Optional.empty();
    }
    return Optional.of(EPOCH.plus(Duration.ofMillis(Math.round(days * TENTHS_PER_DAY) * 100)));
  }

  private static Optional<LocalDateTime> written(String text) {
    try {
      return Optional.of(LocalDateTime.parse(text.replace("#", "").trim(), WRITTEN));
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }
}
