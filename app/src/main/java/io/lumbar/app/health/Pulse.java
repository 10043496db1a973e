package io.lumbar.app.health;

import io.lumbar.history.HistoryStore.HistoryUnavailable;
import io.lumbar.history.influx.InfluxHistory;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes the counts of this process into InfluxDB every half minute, for Grafana. */
public final class Pulse implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Pulse.class);
  private static final long EVERY_SECONDS = 30;

  private final InfluxHistory history;
  private final Vitals vitals;
  private final String process;
  private final InstantSource clock;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread worker = new Thread(task, "pulse");
            worker.setDaemon(true);
            return worker;
          });

  private Pulse(InfluxHistory history, Vitals vitals, String process, InstantSource clock) {
    this.history = history;
    this.vitals = vitals;
    this.process = process;
    this.clock = clock;
  }

  /**
   * Starts writing, until closed.
   *
   * @param process its role
   */
  public static Pulse start(
      InfluxHistory history, Vitals vitals, String process, InstantSource clock) {
    Pulse pulse = new Pulse(history, vitals, process, clock);
    ScheduledFuture<?> unused =
        pulse.thread.scheduleWithFixedDelay(pulse::beat, 5, EVERY_SECONDS, TimeUnit.SECONDS);
    return pulse;
  }

  private void beat() {
    try {
      write();
    } catch (HistoryUnavailable e) {
      LOG.debug("no pulse this time: {}", e.getMessage());
    } catch (RuntimeException e) {
      // Thrown on, it would end the schedule.
      LOG.warn("no pulse this time", e);
    }
  }

  private void write() {
    Map<String, Double> values = new TreeMap<>();
    vitals
        .values()
        .forEach((name, value) -> values.put(name.replace("lumbar.", "").replace('.', '_'), value));
    Collection<Condition> parts = vitals.check().values();
    values.put("parts_failing", count(parts, Condition.Grade.FAILING));
    values.put("parts_degraded", count(parts, Condition.Grade.DEGRADED));
    history.pulse(process, values, clock.instant());
  }

  private static double count(Collection<Condition> parts, Condition.Grade grade) {
    return parts.stream().filter(each -> each.grade() == grade).count();
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
