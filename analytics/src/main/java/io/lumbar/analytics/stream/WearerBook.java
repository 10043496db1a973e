package io.lumbar.analytics.stream;

import io.lumbar.model.Wearer;
import io.lumbar.model.WearerId;
import io.lumbar.model.WearerSettings;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.Set;
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

  /** The zones of a wearer from a day before a span to a day after it. */
  public Set<ZoneId> zonesAround(WearerId wearer, Span span) {
    Wearer known = store.get(wearer.value());
    if (known == null || known.zones().size() == 1) {
      return Set.of();
    }
    Set<ZoneId> zones = new LinkedHashSet<>();
    Instant from = Instant.ofEpochMilli(span.from()).minus(Duration.ofDays(1));
    Instant to = Instant.ofEpochMilli(span.to()).plus(Duration.ofDays(1));
    zones.add(known.zoneAt(from));
    for (Wearer.ZoneFrom next : known.zones()) {
      if (next.validFrom().isAfter(from) && next.validFrom().isBefore(to)) {
        zones.add(next.zone());
      }
    }
    return zones;
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

    /**
     * Prepares the processor.
     *
     * @param clock the present, up to which something may have been read already
     */
    public Writer(InstantSource clock) {
      this.clock = clock;
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
        if (before != null && isOther(before, wearer)) {
          SettingsChanged change = new SettingsChanged(wearer.id(), since(before, wearer, record));
          context.forward(new Record<>(record.key(), (Object) change, record.timestamp()));
        }
      }
    }

    private @Nullable Span since(Wearer before, Wearer wearer, Record<String, ?> record) {
      Instant told = Instant.ofEpochMilli(record.timestamp());
      // Who goes back to what held before takes an end back, and adds none.
      return Stream.concat(untils(wearer, before), untils(before, wearer))
          .filter(until -> until.isAfter(told.minus(TOLD_LATER)))
          .min(Comparator.naturalOrder())
          .map(Instant::toEpochMilli)
          .map(from -> new Span(from, Math.max(from + 1, clock.millis())))
          .orElse(null);
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
