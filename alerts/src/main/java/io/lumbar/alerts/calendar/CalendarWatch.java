package io.lumbar.alerts.calendar;

import io.lumbar.http.Registry;
import io.lumbar.model.Wearer;
import io.lumbar.model.WearerId;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the calendars of wearers every quarter of an hour, and within seconds when an address is
 * set, and keeps the busy times of the next days in their settings, from which the policy has them,
 * and those of the last two weeks, on which other settings are tried. A calendar that cannot be
 * read within twenty seconds leaves what was known, and holds up nobody else's.
 */
public final class CalendarWatch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(CalendarWatch.class);
  private static final Duration LOOK = Duration.ofSeconds(5);

  /** A quarter of an hour. */
  private static final int LOOKS = 180;

  private final Registry registry;
  private final CalendarReader reader;

  /** Addresses that were tried since the last quarter of an hour; of the worker alone. */
  private final Map<WearerId, URI> tried = new HashMap<>();

  private int looks;
  private final ScheduledExecutorService worker =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "calendars");
            thread.setDaemon(true);
            return thread;
          });

  private CalendarWatch(Registry registry, InstantSource clock, Duration answer) {
    this.registry = registry;
    this.reader = new CalendarReader(registry, clock, answer);
  }

  /** Starts to read; the first time at once. */
  public static CalendarWatch start(Registry registry, InstantSource clock) {
    return start(registry, clock, CalendarReader.ANSWER, LOOK);
  }

  static CalendarWatch start(
      Registry registry, InstantSource clock, Duration answer, Duration look) {
    CalendarWatch watch = new CalendarWatch(registry, clock, answer);
    Future<?> unused =
        watch.worker.scheduleWithFixedDelay(watch::look, 0, look.toMillis(), TimeUnit.MILLISECONDS);
    return watch;
  }

  private void look() {
    if (looks++ % LOOKS == 0) {
      tried.clear();
    }
    for (Wearer wearer : registry.wearers()) {
      URI address = wearer.settings().alerts().calendar();
      if (address == null) {
        tried.remove(wearer.id());
      } else if (!address.equals(tried.put(wearer.id(), address))) {
        read(wearer, address);
      }
    }
  }

  private void read(Wearer wearer, URI address) {
    try {
      reader.read(wearer, address);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (CalendarReader.NotRead e) {
      LOG.info("the calendar of {} was not read: {}", wearer.id(), e.getMessage());
    } catch (RuntimeException e) {
      // The next wearer's calendar is read nevertheless.
      LOG.info("the calendar of {} was not kept: {}", wearer.id(), e.getClass().getSimpleName());
    }
  }

  @Override
  public void close() {
    worker.shutdownNow();
  }
}
