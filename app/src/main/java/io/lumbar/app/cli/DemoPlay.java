package io.lumbar.app.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.lumbar.app.Up;
import io.lumbar.app.clock.ScaledClock;
import io.lumbar.app.demo.Simulation;
import io.lumbar.app.demo.Simulation.Person;
import io.lumbar.app.demo.Upload;
import io.lumbar.app.settings.Secret;
import java.net.URI;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Brings simulated people in through the same HTTP doors as real ones. */
final class DemoPlay {
  private static final long SEED = 7;
  private static final int DAYS = 6;
  private static final String REPORTED = "Nora";
  private static final Duration QUIET = Duration.ofMillis(1500);
  private static final Duration LONGEST_SETTLING = Duration.ofMinutes(2);

  private final ScaledClock clock;
  private final ProgressLine progress;
  private final String url;
  private final ApiClient owner;
  private final ZoneId zone = ZoneId.systemDefault();
  private final List<Person> people;
  private final Map<Person, ApiClient> devices = new LinkedHashMap<>();

  /** An upload and the device that makes it. */
  private record Due(Upload upload, ApiClient device) {}

  DemoPlay(Up up, ScaledClock clock, ProgressLine progress) {
    this.clock = clock;
    this.progress = progress;
    this.url = up.url();
    this.owner = client(up.site().ownerToken().map(Secret::reveal).orElse(""));
    this.people = Simulation.people(SEED, zone, clock.instant(), DAYS);
  }

  /** Adds the people and uploads their days gone by. */
  void backfill() throws InterruptedException {
    for (Person person : people) {
      progress.show("Uploading six days of " + person.name());
      owner.post("/api/v1/wearers", Map.of("name", person.name(), "zone", zone.getId()));
      JsonNode device =
          owner.post(
              "/api/v1/wearers/" + person.name() + "/devices",
              Map.of("name", "simulated", "placement", person.placement().wireName()));
      ApiClient uploads = client(device.path("token").asText());
      devices.put(person, uploads);
      for (Upload upload : person.past()) {
        uploads.post(upload.path(), upload.body());
      }
    }
    progress.show("Working through these days");
    settle();
    progress.clear();
  }

  /**
   * Waits until what was uploaded has been worked through: the days and decisions have stood still
   * for a while. Started earlier, the fast clock would run ahead of the alerts.
   */
  private void settle() throws InterruptedException {
    long giveUp = System.nanoTime() + LONGEST_SETTLING.toNanos();
    long quietSince = System.nanoTime();
    String before = "";
    while (System.nanoTime() < giveUp && System.nanoTime() - quietSince < QUIET.toNanos()) {
      Thread.sleep(200);
      StringBuilder state = new StringBuilder();
      for (Person person : people) {
        String path = "/api/v1/wearers/" + person.name();
        state.append(owner.get(path + "/days")).append(owner.get(path + "/decisions"));
      }
      if (!state.toString().equals(before)) {
        before = state.toString();
        quietSince = System.nanoTime();
      }
    }
  }

  /** Starts the clock and makes each upload of the live part when it is due. */
  void live(double speed) throws InterruptedException {
    List<Due> due = new ArrayList<>();
    devices.forEach(
        (person, device) -> person.live().forEach(upload -> due.add(new Due(upload, device))));
    due.sort(Comparator.comparing(next -> next.upload().at()));
    clock.run(speed);
    for (Due next : due) {
      while (clock.instant().isBefore(next.upload().at())) {
        Thread.sleep(5);
      }
      progress.show("Playing %s, %.0f times as fast; watch it at %s".formatted(time(), speed, url));
      next.device().post(next.upload().path(), next.upload().body());
    }
    progress.clear();
  }

  /** Each minute where the line is drawn over, each quarter of an hour where lines stay. */
  private LocalTime time() {
    LocalTime now = LocalTime.ofInstant(clock.instant(), zone).truncatedTo(ChronoUnit.MINUTES);
    return progress.drawsOver() ? now : now.withMinute(now.getMinute() / 15 * 15);
  }

  /** A line per person: what there is to see, and today in numbers. */
  String whatToLookAt() {
    StringBuilder text = new StringBuilder("Played. Look at:%n".formatted());
    for (Person person : people) {
      text.append("  %-7s %-44s %s%n".formatted(person.name(), person.story(), today(person)));
    }
    return text.toString();
  }

  /** The report of the person with a night sensor, which has the most to tell. */
  String reportAddress() {
    LocalDate date = LocalDate.ofInstant(clock.instant(), zone);
    return url + "/api/v1/wearers/" + REPORTED + "/reports/" + date;
  }

  private String today(Person person) {
    LocalDate date = LocalDate.ofInstant(clock.instant(), zone);
    String path = "/api/v1/wearers/" + person.name();
    JsonNode days = owner.get(path + "/days?from=" + date + "&to=" + date).path("items");
    long alerts =
        owner.get(path + "/alerts").path("items").findValuesAsText("decision").stream()
            .filter("sent"::equals)
            .count();
    JsonNode day = days.path(0);
    return "%s, %s, alerts %d".formatted(sitting(day), steps(day), alerts);
  }

  /** A watch that knows steps alone sees no sitting, and a chest sensor counts no steps. */
  static String sitting(JsonNode day) {
    return day.path("coverageMinutes").asDouble() == 0
        ? "no posture seen"
        : "sat %.0f min, longest %.0f"
            .formatted(
                day.path("sitting").path("minutes").asDouble(),
                day.path("sitting").path("longestMinutes").asDouble());
  }

  static String steps(JsonNode day) {
    return day.hasNonNull("steps")
        ? "steps %d".formatted(day.path("steps").asLong())
        : "steps not counted";
  }

  private ApiClient client(String token) {
    return new ApiClient(URI.create(url), token, "the demo's server is gone");
  }
}
