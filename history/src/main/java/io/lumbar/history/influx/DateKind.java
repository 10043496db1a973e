package io.lumbar.history.influx;

import io.lumbar.history.DayRecord;
import io.lumbar.history.influx.InfluxConnection.Row;
import io.lumbar.model.DaySummary;
import io.lumbar.model.NightSummary;
import io.lumbar.model.WearerId;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;
import java.util.function.ToLongFunction;

/**
 * Days or nights, and where their points stand.
 *
 * <p>The whole record is a point of {@value #WHOLE}, one series for each wearer, so that a range is
 * read as cheaply as it can be: a day at UTC's midnight of its date, the night a millisecond later,
 * whatever the zone. That time is a key, no instant. What dashboards show stands in a measurement
 * of the kind, at the wearer's own midnight and with the date as a tag.
 */
final class DateKind<T> {
  static final String WHOLE = "dates";

  /**
   * Begins the record of which the point for dashboards has the fields of this version; a field of
   * its own would be missing from older points, and the driver cannot read an answer with a gap.
   */
  private static final String FORM = "{\"form\":2,";

  static final DateKind<DaySummary> DAY =
      new DateKind<>(
          "days",
          0,
          DaySummary.class,
          DaySummary::wearer,
          DaySummary::date,
          DaySummary::revision,
          DaySummary::retracted,
          Points::time,
          Points::optional,
          Points::ever,
          DayRecord::json);

  static final DateKind<NightSummary> NIGHT =
      new DateKind<>(
          "nights",
          1,
          NightSummary.class,
          NightSummary::wearer,
          NightSummary::date,
          NightSummary::revision,
          NightSummary::retracted,
          Points::time,
          Points::optional,
          night -> Points.optional(night).keySet(),
          Points::json);

  private static final long DAY_MILLIS = Duration.ofDays(1).toMillis();

  private final String shown;
  private final int place;
  private final Class<T> type;
  private final Function<T, WearerId> wearer;
  private final Function<T, LocalDate> date;
  private final ToIntFunction<T> revision;
  private final Predicate<T> retracted;
  private final ToLongFunction<T> localMidnight;
  private final Function<T, Map<String, Number>> optional;
  private final Function<T, Set<String>> ever;
  private final Function<T, String> json;

  private DateKind(
      String shown,
      int place,
      Class<T> type,
      Function<T, WearerId> wearer,
      Function<T, LocalDate> date,
      ToIntFunction<T> revision,
      Predicate<T> retracted,
      ToLongFunction<T> localMidnight,
      Function<T, Map<String, Number>> optional,
      Function<T, Set<String>> ever,
      Function<T, String> json) {
    this.shown = shown;
    this.place = place;
    this.type = type;
    this.wearer = wearer;
    this.date = date;
    this.revision = revision;
    this.retracted = retracted;
    this.localMidnight = localMidnight;
    this.optional = optional;
    this.ever = ever;
    this.json = json;
  }

  /** The measurement for dashboards. */
  String shown() {
    return shown;
  }

  Class<T> type() {
    return type;
  }

  WearerId wearer(T item) {
    return wearer.apply(item);
  }

  LocalDate date(T item) {
    return date.apply(item);
  }

  int revision(T item) {
    return revision.applyAsInt(item);
  }

  boolean retracted(T item) {
    return retracted.test(item);
  }

  /** What dashboards show of it: when, in nanoseconds, and the fields that not all have. */
  Revisions.Shown shown(T item) {
    return new Revisions.Shown(localMidnight.applyAsLong(item), optional.apply(item).keySet());
  }

  /** The same of one that is stored, be it as a former version wrote it. */
  Revisions.Shown shown(Row row) {
    T item = row.record(type);
    return row.text("record").startsWith(FORM)
        ? shown(item)
        : new Revisions.Shown(localMidnight.applyAsLong(item), ever.apply(item));
  }

  /** The time of the point with the whole record, in milliseconds, within what can be counted. */
  long millis(LocalDate date) {
    return midnight(date) + place;
  }

  /** Whether a point with a whole record is of this kind. */
  boolean has(Row row) {
    return Math.floorMod(row.millis(), DAY_MILLIS) == place;
  }

  /** Of a point with a whole record. */
  static LocalDate date(Row row) {
    return LocalDate.ofEpochDay(Math.floorDiv(row.millis(), DAY_MILLIS));
  }

  /** UTC's midnight of a date, within what can be counted. */
  static long midnight(LocalDate date) {
    LocalDate near = LocalDate.ofEpochDay(Math.max(-200_000, Math.min(200_000, date.toEpochDay())));
    return near.atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli();
  }

  /** The point with the whole record. */
  String whole(T item) {
    String record = retracted(item) ? "" : FORM + json.apply(item).substring(1);
    return whole(wearer(item), date(item), revision(item), record);
  }

  /**
   * The same of a record as text, empty where there is none any more; dashboards have what a former
   * version wrote.
   */
  String whole(WearerId wearer, LocalDate date, long revision, String record) {
    return new Line(WHOLE)
        .tag("wearer", wearer.value())
        .field("revision", revision)
        .field("record", record)
        .at(Points.nanos(date.atStartOfDay(ZoneOffset.UTC).toInstant().plusMillis(place)));
  }

  /** Takes away what dashboards show of its date. */
  String hiding(T item) {
    return hiding(wearer(item), date(item));
  }

  /** Takes away what dashboards show of a date. */
  String hiding(WearerId wearer, LocalDate date) {
    return "DELETE FROM %s WHERE wearer = %s AND local_date = %s"
        .formatted(shown, InfluxQl.quoted(wearer.value()), InfluxQl.quoted(date.toString()));
  }

  /** Takes away the whole record of a date. */
  String removal(WearerId wearer, LocalDate date) {
    return "DELETE FROM %s WHERE wearer = %s AND time = %dms"
        .formatted(WHOLE, InfluxQl.quoted(wearer.value()), InfluxQl.clamp(millis(date)));
  }
}
