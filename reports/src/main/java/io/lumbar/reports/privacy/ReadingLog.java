package io.lumbar.reports.privacy;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.lumbar.history.HistoryStore;
import io.lumbar.history.HistoryStore.HistoryUnavailable;
import io.lumbar.history.HistoryStore.Reading;
import io.lumbar.http.Principal;
import io.lumbar.http.ReadableWearer;
import io.lumbar.http.Routes;
import io.lumbar.model.RandomIds;
import io.lumbar.model.WearerId;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notes who read what of a wearer: after each answer that told something, counted by hour, kept in
 * the history every few seconds and at the end. What was read in the seconds before a crash may be
 * missing.
 */
public final class ReadingLog implements Routes, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ReadingLog.class);
  private static final long FLUSH_SECONDS = 5;
  private static final int WHAT = 5;

  /** Paths behind a wearer that tell no health values. */
  private static final Set<String> UNTOLD = Set.of("readings", "erasures", "channels", "pause");

  private final HistoryStore history;
  private final InstantSource clock;
  private final String source = RandomIds.next("p_");
  private final Map<Key, Reading> counts = new HashMap<>();
  private final Set<Key> changed = new HashSet<>();
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread worker = new Thread(task, "reading-log");
            worker.setDaemon(true);
            return worker;
          });

  private record Key(WearerId wearer, String reader, String what, Instant hour) {}

  ReadingLog(HistoryStore history, InstantSource clock) {
    this.history = history;
    this.clock = clock;
  }

  /** A log that writes to a history until it is closed. */
  public static ReadingLog start(HistoryStore history, InstantSource clock) {
    ReadingLog log = new ReadingLog(history, clock);
    ScheduledFuture<?> unused =
        log.thread.scheduleWithFixedDelay(
            log::flush, FLUSH_SECONDS, FLUSH_SECONDS, TimeUnit.SECONDS);
    return log;
  }

  @Override
  public void addTo(RoutesConfig routes) {
    routes.after("/api/v1/wearers/*", this::answered);
    routes.after("/api/v1/*", this::answeredOfAll);
  }

  private void answeredOfAll(Context ctx) {
    if (ctx.statusCode() / 100 == 2) {
      ReadableWearer.readOfAll(ctx)
          .ifPresent(all -> all.wearers().forEach(each -> note(each, all.by(), all.what())));
    }
  }

  private void answered(Context ctx) {
    String[] parts = ctx.path().split("/", WHAT + 2);
    if (ctx.statusCode() / 100 != 2 || parts.length <= WHAT || UNTOLD.contains(parts[WHAT])) {
      return;
    }
    ReadableWearer.read(ctx).ifPresent(read -> note(read.wearer(), read.by(), parts[WHAT]));
  }

  synchronized void note(WearerId wearer, Principal.Kind by, String what) {
    Instant now = clock.instant();
    Key key =
        new Key(
            wearer, by.name().toLowerCase(Locale.ROOT), what, now.truncatedTo(ChronoUnit.HOURS));
    Reading before = counts.get(key);
    counts.put(
        key,
        new Reading(
            wearer,
            key.reader(),
            what,
            key.hour(),
            source,
            before == null ? now : before.first(),
            now,
            before == null ? 1 : before.times() + 1));
    changed.add(key);
  }

  /**
   * Writes what is new; what cannot be written waits for the next time, and what never can be is
   * dropped. Throws nothing, which would end its schedule.
   */
  void flush() {
    List<Reading> readings = new ArrayList<>();
    Set<Key> written;
    synchronized (this) {
      written = new HashSet<>(changed);
      written.forEach(key -> readings.add(counts.get(key)));
      changed.clear();
    }
    if (readings.isEmpty()) {
      return;
    }
    try {
      history.note(readings);
    } catch (HistoryUnavailable e) {
      LOG.debug("who read what is noted later: {}", e.getMessage());
      synchronized (this) {
        changed.addAll(written);
      }
      return;
    } catch (RuntimeException e) {
      LOG.warn("who read what could not be noted and is dropped", e);
    }
    Instant current = clock.instant().truncatedTo(ChronoUnit.HOURS);
    synchronized (this) {
      counts.keySet().removeIf(key -> key.hour().isBefore(current) && !changed.contains(key));
    }
  }

  @Override
  public void close() {
    thread.shutdownNow();
    try {
      flush();
    } catch (RuntimeException e) {
      LOG.warn("the last readings were not noted: {}", e.toString());
    }
  }
}
