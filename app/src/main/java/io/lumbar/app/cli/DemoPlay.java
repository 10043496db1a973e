package io.lumbar.app.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.lumbar.app.Up;
import io.lumbar.app.clock.ScaledClock;
import io.lumbar.app.demo.DemoPerson;
import io.lumbar.app.demo.SimulatedDays;
import io.lumbar.app.settings.Secret;
import java.io.PrintWriter;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Brings the simulated people in through the same HTTP doors as real ones. */
final class DemoPlay {
  private static final long SEED = 7;
  private static final int DAYS = 6;
  private static final int BATCH = 500;
  private static final Duration OFFLINE = Duration.ofHours(4);

  private final ScaledClock clock;
  private final PrintWriter progress;
  private final String url;
  private final ApiClient owner;
  private final ZoneId zone = ZoneId.systemDefault();
  private final SimulatedDays days = new SimulatedDays(zone, SEED);
  private final Map<DemoPerson, ApiClient> devices = new LinkedHashMap<>();
  private final Map<DemoPerson, List<Map<String, Object>>> late = new LinkedHashMap<>();

  DemoPlay(Up up, ScaledClock clock, PrintWriter progress) {
    this.clock = clock;
    this.progress = progress;
    this.url = up.url();
    this.owner = client(up.site().ownerToken().map(Secret::reveal).orElse(""));
  }

  /** Adds the people and uploads their days up to an instant. */
  void backfill(Instant until) {
    Instant from = until.atZone(zone).toLocalDate().minusDays(DAYS).atStartOfDay(zone).toInstant();
    for (DemoPerson person : SimulatedDays.people()) {
      say("Back-filling " + DAYS + " days of " + person.name());
      owner.post("/api/v1/wearers", Map.of("name", person.name(), "zone", zone.getId()));
      JsonNode device =
          owner.post(
              "/api/v1/wearers/" + person.name() + "/devices",
              Map.of("name", "demo", "placement", person.placement().wireName()));
      ApiClient uploads = client(device.path("token").asText());
      devices.put(person, uploads);
      boolean offline = person.habit() == DemoPerson.Habit.OFFLINE;
      Instant known = offline ? until.minus(OFFLINE) : until;
      upload(uploads, days.observations(person, from, known));
      if (offline) {
        late.put(person, days.observations(person, known, until));
      }
    }
    say("");
  }

  /** Plays the rest minute by minute; in its middle the phone that was offline comes back. */
  void live(Instant from, Instant to, double speed) throws InterruptedException {
    clock.run(speed);
    Instant back = from.plus(Duration.between(from, to).dividedBy(2));
    for (Instant minute = from; minute.isBefore(to); minute = minute.plusSeconds(60)) {
      Instant next = minute.plusSeconds(60);
      while (clock.instant().isBefore(next)) {
        Thread.sleep(5);
      }
      say("Playing " + next.atZone(zone).toLocalTime() + ", " + (long) speed + " times as fast");
      for (Map.Entry<DemoPerson, ApiClient> device : devices.entrySet()) {
        List<Map<String, Object>> now = days.finale(device.getKey(), minute, next, to);
        List<Map<String, Object>> waiting = late.get(device.getKey());
        if (waiting == null) {
          upload(device.getValue(), now);
        } else {
          waiting.addAll(now);
          if (!next.isBefore(back)) {
            late.remove(device.getKey());
            upload(device.getValue(), waiting);
          }
        }
      }
    }
    say("");
  }

  String whatToLookAt() {
    StringBuilder text = new StringBuilder();
    text.append("Played. Look at:").append(System.lineSeparator());
    for (DemoPerson person : devices.keySet()) {
      text.append("  %-6s %s%n".formatted(person.name(), person.shows()));
    }
    return text.toString();
  }

  private ApiClient client(String token) {
    return new ApiClient(URI.create(url), token, "the demo's server is gone");
  }

  private static void upload(ApiClient device, List<Map<String, Object>> observations) {
    for (int at = 0; at < observations.size(); at += BATCH) {
      List<Map<String, Object>> batch =
          new ArrayList<>(observations.subList(at, Math.min(at + BATCH, observations.size())));
      device.post("/api/v1/observations", batch);
    }
  }

  private void say(String line) {
    progress.print("\r%-60s%s".formatted(line, line.isEmpty() ? "\r" : ""));
    progress.flush();
  }
}
