package io.lumbar.alerts.hours;

import io.lumbar.model.DailySpan;
import io.lumbar.model.WearerSettings;
import io.lumbar.model.Weekday;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A span of local time on some days, over midnight when it ends before it starts, and none when
 * both times are the same.
 *
 * <p>When clocks go back, both passes of an hour that the span touches are in it; a time that
 * clocks skip stands for the instant of the jump.
 */
public record QuietHours(Set<Weekday> days, LocalTime from, LocalTime to, ZoneId zone) {
  private static final int WEEK = 7;

  /** A span on every day. */
  public QuietHours(LocalTime from, LocalTime to, ZoneId zone) {
    this(Set.of(), from, to, zone);
  }

  /**
   * When the quiet hours end that an instant lies in, the last of them where they overlap; empty
   * outside of all.
   */
  public static Optional<Instant> quietUntil(WearerSettings settings, ZoneId zone, Instant at) {
    return quiet(settings, zone).stream()
        .flatMap(span -> span.endAt(at).stream())
        .max(Comparator.naturalOrder());
  }

  /**
   * When the next working hours begin, of a wearer who has some; empty within them, without any,
   * and where none begins within a week.
   */
  public static Optional<Instant> worksAgainAt(WearerSettings settings, ZoneId zone, Instant at) {
    List<QuietHours> spans = working(settings, zone);
    return spans.stream().anyMatch(span -> span.endAt(at).isPresent())
        ? Optional.empty()
        : spans.stream()
            .flatMap(span -> span.startAfter(at).stream())
            .min(Comparator.naturalOrder());
  }

  /** The spans without alerts of a wearer. */
  public static List<QuietHours> quiet(WearerSettings settings, ZoneId zone) {
    LocalTime from = settings.quietFrom();
    LocalTime to = settings.quietTo();
    Stream<QuietHours> daily =
        from == null || to == null ? Stream.empty() : Stream.of(new QuietHours(from, to, zone));
    return Stream.concat(daily, settings.alerts().quietHours().stream().map(span -> of(span, zone)))
        .toList();
  }

  /** The spans outside of which there are no alerts; none for always. */
  public static List<QuietHours> working(WearerSettings settings, ZoneId zone) {
    return settings.alerts().workingHours().stream().map(span -> of(span, zone)).toList();
  }

  /** Whether a wearer is at work: within working hours; never without any. */
  public static boolean isAtWork(WearerSettings settings, ZoneId zone, Instant instant) {
    return working(settings, zone).stream().anyMatch(span -> span.endAt(instant).isPresent());
  }

  private static QuietHours of(DailySpan span, ZoneId zone) {
    return new QuietHours(span.days(), span.from(), span.to(), zone);
  }

  /** The end of the span that an instant lies in, empty outside. */
  public Optional<Instant> endAt(Instant instant) {
    LocalDate today = instant.atZone(zone).toLocalDate();
    for (LocalDate date : List.of(today.minusDays(1), today)) {
      Instant end = resolve(to.isBefore(from) ? date.plusDays(1) : date, to, true);
      boolean within = !instant.isBefore(start(date)) && instant.isBefore(end);
      if (within && startsOn(date) && !from.equals(to)) {
        return Optional.of(end);
      }
    }
    return Optional.empty();
  }

  /** The next start after an instant. */
  public Optional<Instant> startAfter(Instant instant) {
    LocalDate today = instant.atZone(zone).toLocalDate();
    return IntStream.rangeClosed(0, WEEK)
        .mapToObj(today::plusDays)
        .filter(this::startsOn)
        .map(this::start)
        .filter(instant::isBefore)
        .min(Comparator.naturalOrder());
  }

  private boolean startsOn(LocalDate date) {
    return days.isEmpty() || days.contains(Weekday.of(date.getDayOfWeek()));
  }

  private Instant start(LocalDate date) {
    return resolve(date, from, false);
  }

  private Instant resolve(LocalDate date, LocalTime time, boolean later) {
    ZoneRules rules = zone.getRules();
    List<ZoneOffset> offsets = rules.getValidOffsets(date.atTime(time));
    if (offsets.isEmpty()) {
      ZoneOffsetTransition jump = rules.getTransition(date.atTime(time));
      return jump.getInstant();
    }
    return date.atTime(time).toInstant(offsets.get(later ? offsets.size() - 1 : 0));
  }
}
