package io.lumbar.app.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lumbar.model.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The morning reports that real recordings make hold the numbers that are known of them. */
class RecordingReportsIT {
  private static final Path RECORDINGS =
      Stream.of("../../shared", "../../../shared")
          .map(shared -> Path.of(shared, "recordings"))
          .filter(Files::exists)
          .findFirst()
          .orElse(Path.of("recordings"));

  /** Each hour of each day is told as a whole number. */
  private static final Offset<Long> ROUNDED = within(10L);

  @TempDir static Path scratch;
  private static Path data;
  private static LumbarProcess lumbar;

  @BeforeAll
  static void start() {
    assumeThat(RECORDINGS).as("recordings are not beside the project").exists();
    data = scratch.resolve("data");
    lumbar = LumbarProcess.up(data);
  }

  @AfterAll
  static void stop() {
    if (lumbar != null) {
      lumbar.close();
    }
  }

  @Test
  void twoDaysOfAThighSensor() throws Exception {
    importFile(RECORDINGS.resolve("activpal/Test1-EventsEx.csv"), "w1");

    List<JsonNode> mornings = reports("w1", LocalDate.of(2020, 10, 26), 3);
    JsonNode first = mornings.get(0).path("night");
    assertThat(first.path("from").asText()).startsWith("2020-10-25T23:33:2");
    assertThat(first.at("/positionSeconds/prone").asDouble()).isCloseTo(3589.4, within(0.7));
    JsonNode second = mornings.get(1).path("night");
    assertThat(second.path("from").asText()).startsWith("2020-10-26T23:18:3");
    assertThat(second.at("/positionSeconds/prone").asDouble()).isCloseTo(8953.9, within(0.7));

    double sat =
        mornings.stream().mapToDouble(one -> one.at("/day/sittingMinutes").asDouble()).sum();
    assertThat(sat * 60).isCloseTo(51_906.0, within(1.0));
    List<Double> sittings = sittings(mornings);
    assertThat(sittings).hasSize(51);
    assertThat(longerThan(sittings, 20)).isEqualTo(13);
    assertThat(longerThan(sittings, 30)).isEqualTo(10);
    assertThat(longerThan(sittings, 60)).isEqualTo(3);
    assertThat(sittings.subList(0, 3)).containsExactly(6715.2, 4859.3, 3704.7);
    assertThat(longestTold(mornings)).isEqualTo(6715.2);
    assertThat(steps(mornings)).isCloseTo(11_792, ROUNDED);
  }

  @Test
  void aDayOfAnotherThighSensor() throws Exception {
    Path whole = RECORDINGS.resolve("activpal/Test_Events.csv");
    assumeThat(whole).exists();
    List<String> lines = Files.readAllLines(whole);
    // Its last row runs past the end of the recording.
    Path file = Files.write(scratch.resolve("Test_Events.csv"), lines.subList(0, lines.size() - 1));
    importFile(file, "w2");

    List<JsonNode> mornings = reports("w2", LocalDate.of(2018, 11, 25), 2);
    List<Double> sittings = sittings(mornings);
    assertThat(sittings).hasSize(42);
    assertThat(sittings.stream().mapToDouble(Double::doubleValue).sum())
        .isCloseTo(23_267.9, within(0.1));
    assertThat(longerThan(sittings, 30)).isEqualTo(5);
    assertThat(longestTold(mornings)).isEqualTo(3593.4);
    assertThat(steps(mornings)).isCloseTo(2 * 13_761, ROUNDED);
  }

  @Test
  void aNightOfASensorOnTheTrunk() throws Exception {
    Path file = RECORDINGS.resolve("sleep-night/night.csv");
    assumeThat(file).exists();
    Api owner = lumbar.owner();
    owner.post("/api/v1/wearers", Map.of("name", "w3", "zone", "UTC")).json();
    JsonNode device = owner.post("/api/v1/wearers/w3/devices", Map.of("placement", "chest")).json();
    List<ObjectNode> night = night(Files.readAllLines(file));
    JsonNode kept = lumbar.with(device.path("token").asText()).upload(night).json();
    assertThat(kept.path("accepted").asInt()).isEqualTo(night.size());

    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(500))
        .untilAsserted(
            () -> {
              JsonNode report =
                  owner
                      .get("/api/v1/wearers/w3/reports/2025-05-10?format=json")
                      .json()
                      .path("night");
              JsonNode positions = report.path("positionSeconds");
              assertThat(minutes(positions, "supine")).isEqualTo(461);
              assertThat(minutes(positions, "right")).isEqualTo(77);
              assertThat(minutes(positions, "left")).isEqualTo(27);
              assertThat(minutes(positions, "prone")).isEqualTo(2);
              // Standing is told 43 times, of which 42 are for 1 to 7 seconds: up at 21:31 and
              // 3:40.
              assertThat(report.path("outOfBed").asInt()).isEqualTo(2);
            });
  }

  /** Each position from its change to the next. */
  private static List<ObjectNode> night(List<String> lines) {
    List<ObjectNode> observations = new ArrayList<>();
    for (int i = 0; i + 1 < lines.size(); i++) {
      String[] cells = lines.get(i).split(",", -1);
      String position = cells[1].strip().toLowerCase(Locale.ROOT);
      ObjectNode one = Json.mapper().createObjectNode();
      one.put("kind", "posture");
      one.put("posture", position.equals("standing") ? "standing" : "lying");
      if (!position.equals("standing")) {
        one.put("position", position);
      }
      one.put("from", cells[0]).put("to", lines.get(i + 1).split(",", -1)[0]);
      observations.add(one);
    }
    return observations;
  }

  /** As many mornings as there are, once the history has what they rest on. */
  private static List<JsonNode> reports(String wearer, LocalDate first, int count) {
    List<JsonNode> reports = new ArrayList<>();
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(500))
        .untilAsserted(
            () -> {
              assertThat(lumbar.owner().items("/api/v1/wearers/" + wearer + "/reports"))
                  .extracting(one -> one.path("date").asText())
                  .contains(first.plusDays(count - 1L).toString());
              List<JsonNode> again = new ArrayList<>();
              for (int i = 0; i < count; i++) {
                again.add(
                    lumbar
                        .owner()
                        .get(
                            "/api/v1/wearers/"
                                + wearer
                                + "/reports/"
                                + first.plusDays(i)
                                + "?format=json")
                        .json());
              }
              boolean still = again.equals(reports);
              reports.clear();
              reports.addAll(again);
              assertThat(still).as("two looks show the same").isTrue();
            });
    return reports;
  }

  /** Lengths in seconds, the longest first; the two parts of one over midnight are one. */
  private static List<Double> sittings(List<JsonNode> mornings) {
    List<Double> sittings = new ArrayList<>();
    String end = "";
    for (JsonNode morning : mornings) {
      for (JsonNode stretch : morning.at("/day/strip")) {
        if (!stretch.path("posture").asText().equals("sitting")) {
          continue;
        }
        int last = sittings.size() - 1;
        if (stretch.path("from").asText().equals(end)) {
          sittings.set(last, sittings.get(last) + seconds(stretch));
        } else {
          sittings.add(seconds(stretch));
        }
        end = stretch.path("to").asText();
      }
    }
    sittings.sort(Collections.reverseOrder());
    return sittings;
  }

  private static long longerThan(List<Double> seconds, int minutes) {
    return seconds.stream().filter(each -> each >= minutes * 60).count();
  }

  private static double longestTold(List<JsonNode> mornings) {
    return mornings.stream()
        .filter(one -> one.path("day").has("longestSitting"))
        .mapToDouble(one -> seconds(one.at("/day/longestSitting")))
        .max()
        .orElse(0);
  }

  private static long steps(List<JsonNode> mornings) {
    long steps = 0;
    for (JsonNode morning : mornings) {
      for (JsonNode hour : morning.at("/day/stepsByHour")) {
        steps += hour.asLong();
      }
    }
    return steps;
  }

  private static double seconds(JsonNode span) {
    return Duration.between(
                OffsetDateTime.parse(span.path("from").asText()),
                OffsetDateTime.parse(span.path("to").asText()))
            .toMillis()
        / 1000.0;
  }

  private static long minutes(JsonNode positions, String position) {
    return Math.round(positions.path(position).asDouble() / 60);
  }

  private static void importFile(Path file, String wearer) throws IOException {
    assumeThat(file).exists();
    LumbarProcess.Ended ended =
        LumbarProcess.run(
            Map.of(),
            "import",
            file.toString(),
            "--wearer",
            wearer,
            "--zone",
            "Europe/London",
            "--json",
            "--data",
            data.toString());
    assertThat(ended.code()).as(ended.err()).isZero();
  }
}
