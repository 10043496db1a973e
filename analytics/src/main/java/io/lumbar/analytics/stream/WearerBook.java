package io.lumbar.analytics.stream;

import io.lumbar.model.Wearer;
import io.lumbar.model.WearerDates;
import io.lumbar.model.WearerId;
import io.lumbar.model.WearerSettings;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.Optional;
import java.util.function.LongFunction;
import java.util.stream.Stream;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * The wearers' settings and zones, as the registry topic has them; a wearer not read yet has the
 * defaults.
 */
public final class WearerBook {
  private final KeyValueStore<String, Wearer> store;

  public WearerBook(KeyValueStore<String, Wearer> store) {
    this.store = store;
  }

  /**
   * The settings of a wearer with the thresholds that held at an instant in epoch milliseconds, so
   * that what comes late is judged as it would have been in time.
   */
  public WearerSettings settingsAt(WearerId wearer, long instant) {
    return settings(wearer).apply(instant);
  }

  /** As {@link #settingsAt}, read once for many instants. */
  public LongFunction<WearerSettings> settings(WearerId wearer) {
    Wearer known = store.get(wearer.value());
    return instant ->
        known == null ? WearerSettings.defaults() : known.settingsAt(Instant.ofEpochMilli(instant));
  }

  /** The zone that holds for a wearer at an instant in epoch milliseconds; UTC while not known. */
  public ZoneId zoneAt(WearerId wearer, long instant) {
    return zones(wearer).apply(instant);
  }

  /** As {@link #zoneAt}, read once for many instants. */
  public LongFunction<ZoneId> zones(WearerId wearer) {
    Wearer known = store.get(wearer.value());
    return instant ->
        known == null ? ZoneId.of("UTC") : known.zoneAt(Instant.ofEpochMilli(instant));
  }

  /** The dates of a wearer; empty while the wearer was not read. */
  public Optional<WearerDates> dates(WearerId wearer) {
    return Optional.ofNullable(store.get(wearer.value())).map(Wearer::dates);
  }

  /** The same; of who was not read, the calendar of the zone that a record is stamped with. */
  public WearerDates dates(WearerId wearer, ZoneId stamped) {
    return dates(wearer).orElseGet(() -> WearerDates.of(stamped));
  }

  /**
   * Keeps the book, and tells when another setting or zone holds; a tombstone removes the wearer,
   * whom no change that was on its way adds again.
   */
  @SuppressWarnings("NullAway.Init") // Streams calls init before anything else
  public static final class Writer implements Processor<String, @Nullable Wearer, String, Object> {
    /** What holds from longer ago on was back-dated: it leaves what was published as it is. */
    private static final Duration TOLD_LATER = Duration.ofHours(1);

    private ProcessorContext<String, Object> context;
    private KeyValueStore<String, Wearer> store;
    private KeyValueStore<String, Long> erased;

    private final InstantSource clock;
    private final int daysKept;

    /**
     * Prepares the processor.
     *
     * @param clock the present, up to which something may have been read already
     * @param daysKept how many days back every day can be worked out anew
     */
    public Writer(InstantSource clock, int daysKept) {
      this.clock = clock;
      this.daysKept = daysKept;
    }

    @Override
    public void init(ProcessorContext<String, Object> context) {
      this.context = context;
      store = context.getStateStore(Stores.WEARERS);
      erased = context.getStateStore(Stores.ERASED);
    }

    @Override
    public void process(Record<String, @Nullable Wearer> record) {
      Wearer wearer = record.value();
      if (wearer == null) {
        store.delete(record.key());
      } else if (erased.get(record.key()) == null) {
        Wearer before = store.get(record.key());
        store.put(record.key(), wearer);
        if (before == null ? wearer.zones().size() > 1 : isOther(before, wearer)) {
          Optional<Instant> zones = otherZones(before, wearer);
          Optional<Instant> since =
              Stream.concat(zones.stream(), otherThresholds(before, wearer, record).stream())
                  .min(Comparator.naturalOrder());
          SettingsChanged change =
              new SettingsChanged(
                  wearer.id(),
                  since.map(this::upToNow).orElse(null),
                  zones.map(this::upToNow).orElse(null));
          context.forward(new Record<>(record.key(), (Object) change, record.timestamp()));
        }
      }
    }

    private Span upToNow(Instant since) {
      long from = since.toEpochMilli();
      return new Span(from, Math.max(from + 1, clock.millis()));
    }

    private static Optional<Instant> otherThresholds(
        @Nullable Wearer before, Wearer wearer, Record<String, ?> record) {
      Instant told = Instant.ofEpochMilli(record.timestamp());
      return before == null
          ? Optional.empty()
          // Who goes back to what held before takes an end back, and adds none.
          : Stream.concat(untils(wearer, before), untils(before, wearer))
              .filter(until -> until.isAfter(told.minus(TOLD_LATER)))
              .min(Comparator.naturalOrder());
    }

    /**
     * From when on another zone holds than was known, as far back as days can be worked out anew.
     * Of who was not read before, what was measured may have come by the stamp of its zone.
     */
    private Optional<Instant> otherZones(@Nullable Wearer before, Wearer wearer) {
      Instant earliest =
          LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC)
              .minusDays(daysKept)
              .atStartOfDay(ZoneOffset.UTC)
              .toInstant();
      if (before == null) {
        return Optional.of(later(earliest, wearer.zones().get(1).validFrom()));
      }
      return Stream.concat(
              Stream.of(Instant.MIN),
              Stream.concat(before.zones().stream(), wearer.zones().stream())
                  .map(Wearer.ZoneFrom::validFrom))
          .filter(at -> !before.zoneAt(at).equals(wearer.zoneAt(at)))
          .min(Comparator.naturalOrder())
          .map(at -> later(earliest, at));
    }

    private static Instant later(Instant one, Instant other) {
      return one.isAfter(other) ? one : other;
    }

    /** Until when thresholds held that another record does not have. */
    private static Stream<Instant> untils(Wearer one, Wearer other) {
      return one.formerThresholds().stream()
          .filter(former -> !other.formerThresholds().contains(former))
          .map(Wearer.FormerThresholds::until);
    }

    private static boolean isOther(Wearer before, Wearer wearer) {
      return !before.settings().equals(wearer.settings())
          || !before.formerThresholds().equals(wearer.formerThresholds())
          || !before.zones().equals(wearer.zones());
    }
  }
}
