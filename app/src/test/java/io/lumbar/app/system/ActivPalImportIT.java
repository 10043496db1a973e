package io.lumbar.app.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lumbar.model.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file of a thigh sensor, by the command and by uploads in any order: the same answer. */
class ActivPalImportIT {
  private static final Path RECORDING =
      Stream.of("../../shared", "../../../shared")
          .map(shared -> Path.of(shared, "recordings", "activpal", "Test1-EventsEx.csv"))
          .filter(Files::exists)
          .findFirst()
          .orElse(Path.of("Test1-EventsEx.csv"));
  private static final String LONDON = "Europe/London";

  @TempDir static Path scratch;
  private static Path data;
  private static LumbarProcess lumbar;

  private record Sat(Instant from, double seconds) {}

  @BeforeAll
  static void start() {
    data = scratch.resolve("data");
    lumbar = LumbarProcess.up(data);
  }

  @AfterAll
  static void stop() {
    lumbar.close();
  }

  @Test
  void realWearGivesTheBoutsAndStepsOfTheSensor() throws Exception {
    assumeThat(RECORDING).as("recordings are not beside the project").exists();

    JsonNode first = importFile(RECORDING, "w1");
    assertThat(first.path("rows").asInt()).isEqualTo(6158);
    assertThat(first.path("accepted").asInt()).isEqualTo(6158);
    assertThat(first.path("notes")).isEmpty();

    List<JsonNode> bouts = lumbar.owner().bouts("w1");
    List<Double> longest =
        bouts.stream()
            .map(bout -> bout.path("seconds").asDouble())
            .sorted(Collections.reverseOrder())
            .toList();
    assertThat(longest).hasSize(51);
    assertThat(longest.stream().mapToDouble(Double::doubleValue).sum())
        .isCloseTo(51_906.0, within(0.001));
    assertThat(longest.stream().filter(seconds -> seconds >= 20 * 60)).hasSize(13);
    assertThat(longest.stream().filter(seconds -> seconds >= 30 * 60)).hasSize(10);
    assertThat(longest.stream().filter(seconds -> seconds >= 60 * 60)).hasSize(3);
    assertThat(longest.subList(0, 3)).containsExactly(6715.2, 4859.3, 3704.7);
    assertThat(lumbar.owner().items("/api/v1/wearers/w1/days"))
        .extracting(day -> day.path("date").asText() + " " + day.path("steps").asLong())
        .containsExactly("2020-10-25 14", "2020-10-26 10338", "2020-10-27 1440");
    assertThat(lumbar.owner().alerts("w1")).isEmpty();

    JsonNode second = importFile(RECORDING, "w1");
    assertThat(second.path("rows").asInt()).isEqualTo(6158);
    assertThat(second.path("accepted").asInt()).isZero();
    assertThat(second.path("duplicate").asInt()).isEqualTo(6158);
    assertThat(lumbar.owner().bouts("w1")).isEqualTo(bouts);

    String other = "somebody";
    uploadShuffled(ActivPalRecording.read(Files.readAllBytes(RECORDING), london()), other, 7);
    awaitSameAs("w1", other);
  }

  @Test
  void aFileWithAllKindsOfRowsGivesTheSameByImportAndByUploads() throws Exception {
    Path file = Files.write(scratch.resolve("made.csv"), madeUp(11, 1500));
    ActivPalRecording recording = ActivPalRecording.read(Files.readAllBytes(file), london());

    JsonNode first = importFile(file, "anna");
    assertThat(first.path("rows").asInt()).isEqualTo(recording.rows());
    assertThat(first.path("accepted").asInt()).isEqualTo(recording.rows());
    assertThat(lumbar.owner().bouts("anna")).hasSizeGreaterThan(100);

    JsonNode second = importFile(file, "anna");
    assertThat(second.path("duplicate").asInt()).isEqualTo(recording.rows());

    uploadShuffled(recording, "ben", 13);
    awaitSameAs("anna", "ben");
    assertThat(lumbar.owner().alerts("anna")).isEmpty();
    assertThat(lumbar.owner().alerts("ben")).isEmpty();
  }

  private static JsonNode importFile(Path file, String wearer) throws IOException {
    LumbarProcess.Ended ended =
        LumbarProcess.run(
            Map.of(),
            "import",
            file.toString(),
            "--wearer",
            wearer,
            "--zone",
            LONDON,
            "--json",
            "--data",
            data.toString());
    assertThat(ended.code()).as(ended.err()).isZero();
    return Json.mapper().readTree(ended.out());
  }

  private static void uploadShuffled(ActivPalRecording recording, String wearer, int seed)
      throws Exception {
    Api device = lumbar.with(lumbar.owner().addWearer(wearer, LONDON).token());
    List<ObjectNode> shuffled = new ArrayList<>(recording.observations());
    Collections.shuffle(shuffled, new Random(seed));
    ExecutorService clients = Executors.newFixedThreadPool(2);
    try {
      List<Future<Integer>> uploads = new ArrayList<>();
      for (int i = 0; i < shuffled.size(); i += 97) {
        List<ObjectNode> batch = shuffled.subList(i, Math.min(i + 97, shuffled.size()));
        uploads.add(clients.submit(() -> device.upload(batch).json().path("accepted").asInt()));
      }
      int accepted = 0;
      for (Future<Integer> upload : uploads) {
        accepted += upload.get();
      }
      assertThat(accepted).isEqualTo(shuffled.size());
    } finally {
      clients.shutdownNow();
    }
  }

  private static void awaitSameAs(String expected, String actual) {
    List<Sat> bouts = sat(expected);
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(250))
        .untilAsserted(
            () -> {
              assertThat(sat(actual)).isEqualTo(bouts);
              assertThat(days(actual)).isEqualTo(days(expected));
            });
  }

  private static List<Sat> sat(String wearer) {
    return lumbar.owner().bouts(wearer).stream()
        .map(
            bout ->
                new Sat(
                    OffsetDateTime.parse(bout.path("from").asText()).toInstant(),
                    bout.path("seconds").asDouble()))
        .toList();
  }

  private static List<JsonNode> days(String wearer) {
    return lumbar.owner().items("/api/v1/wearers/" + wearer + "/days").stream()
        .map(day -> ((ObjectNode) day).without("revision"))
        .map(JsonNode.class::cast)
        .toList();
  }

  private static ZoneId london() {
    return ZoneId.of(LONDON);
  }

  /** Over the end of summer time, with every code that the sensor knows. */
  static byte[] madeUp(int seed, int rows) {
    Random random = new Random(seed);
    StringBuilder file = new StringBuilder("sep=;\n");
    file.append("Time;Time(approx);Data Count;Event Type;Duration (s);Waking Day;");
    file.append("Cumulative Step Count;Activity Score (MET.h)\n");
    LocalDateTime at = LocalDateTime.of(2021, 10, 29, 21, 40, 5);
    String[] codes = {"0", "1", "2", "0", "1", "2", "3.1", "2.1", "4", "5"};
    long strides = 0;
    for (int i = 0; i < rows; i++) {
      // The last row must not look like a sensor in a drawer.
      String code = i == rows - 1 ? "1" : codes[random.nextInt(codes.length)];
      int tenths = 1 + random.nextInt(random.nextInt(20) == 0 ? 40_000 : 900);
      strides += code.equals("2") ? 1 + random.nextInt(3) : 0;
      double days =
          Duration.between(LocalDateTime.of(1899, 12, 30, 0, 0), at).toMillis() / 86_400_000.0;
      file.append(
          String.format(
              Locale.ROOT,
              "%.10f;%s;%d;%s;%.1f;1;%d;0.01%n",
              days,
              at.withNano(0).toString().replace('T', ' '),
              i * 10,
              code,
              tenths / 10.0,
              strides));
      at = at.plus(Duration.ofMillis(100L * tenths));
    }
    return file.toString().getBytes(StandardCharsets.UTF_8);
  }
}
