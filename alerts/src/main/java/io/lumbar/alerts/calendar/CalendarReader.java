package io.lumbar.alerts.calendar;

import io.lumbar.alerts.stretches.Language;
import io.lumbar.alerts.stretches.Texts;
import io.lumbar.http.Registry;
import io.lumbar.model.AlertSettings;
import io.lumbar.model.BusyTime;
import io.lumbar.model.Wearer;
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
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Reads the calendar at the address of a wearer, and keeps its busy times in their settings. What
 * cannot be read leaves what was known. Thread-safe.
 */
final class CalendarReader {
  /** For the whole answer. */
  static final Duration ANSWER = Duration.ofSeconds(20);

  static final Duration AHEAD = CalendarTrouble.KNOWN;
  private static final int MOST_BYTES = 8 << 20;
  private static final int FOUND = 200;

  private final Registry registry;
  private final InstantSource clock;
  private final Duration answer;
  private final HttpClient client =
      HttpClient.newBuilder()
          .connectTimeout(Duration.ofSeconds(5))
          .followRedirects(HttpClient.Redirect.NORMAL)
          .build();

  CalendarReader(Registry registry, InstantSource clock, Duration answer) {
    this.registry = registry;
    this.clock = clock;
    this.answer = answer;
  }

  /** Why a calendar was not read; the key of its sentence. Neither says anything of the address. */
  @SuppressWarnings("serial") // never serialised
  static final class NotRead extends Exception {
    private final String key;
    private final String gap;

    private NotRead(String key, String gap, @Nullable Throwable cause) {
      super(key + " " + gap, cause);
      this.key = key;
      this.gap = gap;
    }

    /** The sentence for a wearer. */
    String in(Language language) {
      return Texts.in(language).line("calendar", key).replace("{n}", gap);
    }
  }

  /**
   * Reads a calendar and keeps its times, unless the address is another one by now; of one that is
   * not read, since when.
   *
   * @throws NotRead when it cannot be reached in time, or is no calendar
   */
  BusyTimes.Around read(Wearer wearer, URI address) throws NotRead, InterruptedException {
    Instant now = clock.instant();
    BusyTimes.Around times;
    try {
      times = times(fetch(address), wearer, now);
    } catch (NotRead e) {
      if (wearer.settings().alerts().calendarUnreadSince() == null) {
        keep(wearer, address, alerts -> unread(alerts, now));
      }
      throw e;
    }
    List<BusyTime> all = times.all();
    keep(wearer, address, alerts -> alerts.withBusy(all).calendarUnreadSince(null));
    return times;
  }

  private static AlertSettings unread(AlertSettings alerts, Instant now) {
    return alerts.calendarUnreadSince() == null ? alerts.calendarUnreadSince(now) : alerts;
  }

  private void keep(Wearer wearer, URI address, UnaryOperator<AlertSettings> change) {
    registry.changeSettings(
        wearer.id(),
        newest ->
            address.equals(newest.alerts().calendar())
                ? newest.withAlerts(change.apply(newest.alerts()))
                : newest);
  }

  private static BusyTimes.Around times(String text, Wearer wearer, Instant now) throws NotRead {
    try {
      return BusyTimes.around(text, wearer.zoneAt(now), now, AHEAD);
    } catch (RuntimeException | StackOverflowError e) {
      // Anything may be at that address, nested as deep as it likes.
      throw new NotRead("noCalendar", "", e);
    }
  }

  /** The limit holds for the whole answer: the timeout of a request ends with the headers. */
  private String fetch(URI address) throws NotRead, InterruptedException {
    CompletableFuture<HttpResponse<byte[]>> sent = new CompletableFuture<>();
    try {
      HttpRequest request =
          HttpRequest.newBuilder(address).header("Accept", "text/calendar").build();
      sent = client.sendAsync(request, head -> new LimitedBody(MOST_BYTES));
      HttpResponse<byte[]> response = sent.get(answer.toMillis(), TimeUnit.MILLISECONDS);
      if (response.statusCode() != FOUND) {
        throw new NotRead("status", Integer.toString(response.statusCode()), null);
      }
      return new String(response.body(), StandardCharsets.UTF_8);
    } catch (ExecutionException | TimeoutException | IllegalArgumentException e) {
      throw new NotRead("unreachable", "", e);
    } finally {
      sent.cancel(true);
    }
  }
}
