package io.lumbar.app;

import io.lumbar.history.HistoryStore.HistoryUnavailable;
import io.lumbar.model.Wearer;
import io.lumbar.model.WearerId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Marks in InfluxDB who shares and who pauses that, so that Grafana, which reads the database
 * itself, offers nobody who pauses. Looks every half minute and writes what changed, and all of it
 * once a day: dashboards believe no mark of days ago.
 */
final class SharingMarks implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SharingMarks.class);
  private static final long EVERY_SECONDS = 30;
  private static final Duration AFRESH = Duration.ofDays(1);

  private final Supplier<List<Wearer>> wearers;
  private final BiConsumer<Map<WearerId, Boolean>, Instant> marks;
  private final InstantSource clock;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread worker = new Thread(task, "sharing-marks");
            worker.setDaemon(true);
            return worker;
          });

  private Map<WearerId, Boolean> written = Map.of();
  private Instant afresh = Instant.MIN;

  SharingMarks(
      Supplier<List<Wearer>> wearers,
      BiConsumer<Map<WearerId, Boolean>, Instant> marks,
      InstantSource clock) {
    this.wearers = wearers;
    this.marks = marks;
    this.clock = clock;
  }

  /**
   * Starts looking, until closed.
   *
   * @param marks takes whether a wearer shares, and when that was seen
   */
  static SharingMarks start(
      Supplier<List<Wearer>> wearers,
      BiConsumer<Map<WearerId, Boolean>, Instant> marks,
      InstantSource clock) {
    SharingMarks started = new SharingMarks(wearers, marks, clock);
    ScheduledFuture<?> unused =
        started.thread.scheduleWithFixedDelay(started::look, 2, EVERY_SECONDS, TimeUnit.SECONDS);
    return started;
  }

  void look() {
    try {
      write(clock.instant());
    } catch (HistoryUnavailable e) {
      LOG.debug("who shares is marked at the next look: {}", e.getMessage());
    } catch (RuntimeException e) {
      // Thrown on, it would end the schedule.
      LOG.warn("who shares is marked at the next look", e);
    }
  }

  private void write(Instant now) {
    Map<WearerId, Boolean> all = new HashMap<>();
    wearers.get().forEach(each -> all.put(each.id(), !each.settings().pausesSharing(now)));
    boolean whole = !now.isBefore(afresh);
    Map<WearerId, Boolean> due = new HashMap<>(all);
    if (!whole) {
      due.entrySet().removeAll(written.entrySet());
    }
    if (!due.isEmpty()) {
      marks.accept(due, now);
    }
    written = all;
    if (whole) {
      afresh = now.plus(AFRESH);
    }
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
