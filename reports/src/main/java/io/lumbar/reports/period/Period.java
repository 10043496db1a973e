package io.lumbar.reports.period;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.time.temporal.IsoFields;
import java.util.Locale;
import java.util.Optional;

/**
 * A week from Monday to Sunday (ISO 8601) or a calendar month.
 *
 * @param from its first day
 */
public record Period(Kind kind, LocalDate from) {
  private static final DateTimeFormatter WEEK =
      new DateTimeFormatterBuilder()
          .appendValue(IsoFields.WEEK_BASED_YEAR, 4)
          .appendLiteral("-W")
          .appendValue(IsoFields.WEEK_OF_WEEK_BASED_YEAR, 2)
          .parseDefaulting(ChronoField.DAY_OF_WEEK, 1)
          .toFormatter(Locale.ROOT);

  /** How long a period is. */
  public enum Kind {
    WEEK,
    MONTH;

    /** The word that people read. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** The period of a kind that holds a day. */
  public static Period of(Kind kind, LocalDate day) {
    return new Period(
        kind,
        kind == Kind.WEEK
            ? day.minusDays(day.getDayOfWeek().getValue() - 1L)
            : day.withDayOfMonth(1));
  }

  /** Reads {@code 2026-W10} or {@code 2026-03}; empty when the text is neither. */
  public static Optional<Period> parse(String text) {
    try {
      if (text.matches("\\d{4}-W\\d{2}")) {
        return Optional.of(new Period(Kind.WEEK, LocalDate.parse(text, WEEK)));
      }
      if (text.matches("\\d{4}-\\d{2}")) {
        return Optional.of(new Period(Kind.MONTH, YearMonth.parse(text).atDay(1)));
      }
    } catch (DateTimeException e) {
      return Optional.empty();
    }
    return Optional.empty();
  }

  /** Its last day. */
  public LocalDate to() {
    return kind == Kind.WEEK ? from.plusDays(6) : from.plusMonths(1).minusDays(1);
  }

  /** How many days it has. */
  public int days() {
    return (int) (to().toEpochDay() - from.toEpochDay()) + 1;
  }

  /** As it is written in paths and file names, {@code 2026-W10} or {@code 2026-03}. */
  public String wireName() {
    return kind == Kind.WEEK ? WEEK.format(from) : YearMonth.from(from).toString();
  }
}
