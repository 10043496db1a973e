package io.lumbar.alerts.calendar;

import io.lumbar.http.Registry;
import io.lumbar.model.BusyTime;
import io.lumbar.model.Wearer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the calendars of wearers every quarter of an hour, and keeps the busy times of the next
 * days in their settings, from which the policy has them, and those of the last two weeks, on which
 * other settings are tried. A calendar that cannot be read within twenty seconds leaves what was
 * known, and holds up nobody else's.
 */
public final class CalendarWatch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(CalendarWatch.class);
  private static final Duration EVERY = Duration.ofMinutes(15);
  private static final Duration AHEAD = Duration.ofDays(3);
  private static final Duration ANSWER = Duration.ofSeconds(20);
  private static final int MOST_BYTES = 8 << 20;

  private final Registry registry;
  private final InstantSource clock;
  private final Duration answer;
  private final HttpClient client =
      HttpClient.newBuilder()
          .connectTimeout(Duration.ofSeconds(5))
          .followRedirects(HttpClient.Redirect.NORMAL)
          .build();
  private final ScheduledExecutorService worker =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "calendars");
            thread.setDaemon(true);
            return thread;
          });

  private CalendarWatch(Registry registry, InstantSource clock, Duration answer) {
    this.registry = registry;
    this.clock = clock;
    this.answer = answer;
  }

  /** Starts to read; the first time at once. */
  public static CalendarWatch start(Registry registry, InstantSource clock) {
    return start(registry, clock, ANSWER);
  }

  static CalendarWatch start(Registry registry, InstantSource clock, Duration answer) {
    CalendarWatch watch = new CalendarWatch(registry, clock, answer);
    Future<?> unused =
        watch.worker.scheduleWithFixedDelay(watch::readAll, 0, EVERY.toSeconds(), TimeUnit.SECONDS);
    return watch;
  }

  private void readAll() {
    for (Wearer wearer : registry.wearers()) {
      URI address = wearer.settings().alerts().calendar();
      if (address != null) {
        read(wearer, address);
      }
    }
  }

  private void read(Wearer wearer, URI address) {
    try {
      Instant now = clock.instant();
      String text = fetch(address);
      keep(wearer, address, BusyTimes.around(text, wearer.zoneAt(now), now, AHEAD).all());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException | RuntimeException | StackOverflowError e) {
      // Anything may be at that address, nested as deep as it likes; the next wearer's calendar is
      // read nevertheless.
      LOG.info("the calendar of {} was not read: {}", wearer.id(), e.getClass().getSimpleName());
    }
  }

  /** On the newest settings, unless the address is another one by now. */
  private void keep(Wearer wearer, URI address, List<BusyTime> times) {
    registry.changeSettings(
        wearer.id(),
        newest ->
            address.equals(newest.alerts().calendar())
                ? newest.withAlerts(newest.alerts().withBusy(times))
                : newest);
  }

  /** The limit holds for the whole answer: the timeout of a request ends with the headers. */
  private String fetch(URI address) throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(address).header("Accept", "text/calendar").build();
    CompletableFuture<HttpResponse<byte[]>> sent =
        client.sendAsync(request, head -> new LimitedBody(MOST_BYTES));
    try {
      HttpResponse<byte[]> response = sent.get(answer.toMillis(), TimeUnit.MILLISECONDS);
      if (response.statusCode() != 200) {
        throw new IOException("status " + response.statusCode());
      }
      return new String(response.body(), StandardCharsets.UTF_8);
    } catch (ExecutionException | TimeoutException e) {
      throw new IOException("no whole answer in time", e);
    } finally {
      sent.cancel(true);
    }
  }

  @Override
  public void close() {
    worker.shutdownNow();
  }
}
