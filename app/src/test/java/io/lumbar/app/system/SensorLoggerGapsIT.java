package io.lumbar.app.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lumbar.analytics.simulation.Activity;
import io.lumbar.analytics.simulation.Mounting;
import io.lumbar.analytics.simulation.Script;
import io.lumbar.analytics.simulation.Simulation;
import io.lumbar.analytics.simulation.Wear;
import io.lumbar.model.DeviceId;
import io.lumbar.model.Json;
import io.lumbar.model.MotionBatch;
import io.lumbar.model.Placement;
import io.lumbar.model.Stamp;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Sensor Logger pushes a recording of which three messages in ten never arrive; then its zip is
 * imported into the same device. Compared with a wearer whose push lost nothing.
 */
class SensorLoggerGapsIT {
  private static final double G = 9.80665;
  private static final int MESSAGE_SECONDS = 2;
  private static final int LOST_OF_TEN = 3;

  /** The message in which the wearer sits down, with whose neighbours the posture would change. */
  private static final int SITTING_DOWN = 150 / MESSAGE_SECONDS;

  private static final String SESSION = "0c6b2f1e-52aa-4f0e-9a53-8f3a2d0f6c11";

  @TempDir Path scratch;

  /** The readings of one message, as they are pushed, and as rows of the recording's files. */
  private record Message(List<ObjectNode> payload) {}

  private final StringBuilder accelerometer = new StringBuilder("time,seconds_elapsed,z,y,x\n");
  private final StringBuilder gravity = new StringBuilder("time,seconds_elapsed,z,y,x\n");
  private final StringBuilder pedometer = new StringBuilder("time,seconds_elapsed,steps\n");
  private final StringBuilder battery =
      new StringBuilder("time,seconds_elapsed,batteryLevel,batteryState,lowPowerMode\n");

  @Test
  void theImportedRecordingGivesWhatAnUndisturbedPushWouldHave() throws Exception {
    Path data = scratch.resolve("data");
    Instant start = Instant.now().truncatedTo(ChronoUnit.MINUTES).minus(Duration.ofHours(3));
    List<Message> messages = messages(start);
    try (LumbarProcess lumbar = LumbarProcess.up(data)) {
      Api owner = lumbar.owner();
      push(lumbar.with(phone(owner, "whole")), messages, new Random(0), 0);
      int lost = push(lumbar.with(phone(owner, "gappy")), messages, new Random(7), LOST_OF_TEN);
      assertThat(lost).isGreaterThan(messages.size() / 5);
      assertThat(uploads(owner, "whole").path("messagesLost").asInt()).isZero();
      assertThat(uploads(owner, "gappy").path("messagesLost").asInt()).isEqualTo(lost);
      await()
          .atMost(Duration.ofSeconds(60))
          .untilAsserted(
              () -> {
                assertThat(owner.steps("whole")).isGreaterThan(400);
                assertThat(owner.bouts("whole")).isNotEmpty();
              });
      assertThat(bouts(owner, "gappy")).isNotEqualTo(bouts(owner, "whole"));

      JsonNode imported = importRecording(data, recording(start));
      assertThat(imported.path("accepted").asInt()).isPositive();
      assertThat(imported.path("rejected")).isEmpty();
      assertThat(uploads(owner, "gappy").path("messagesLost").asInt()).isZero();
      assertThat(uploads(owner, "gappy").path("messagesFilled").asInt()).isEqualTo(lost);
      await()
          .atMost(Duration.ofSeconds(60))
          .untilAsserted(
              () -> {
                assertThat(bouts(owner, "gappy")).isEqualTo(bouts(owner, "whole"));
                assertThat(days(owner, "gappy")).isEqualTo(days(owner, "whole"));
              });

      assertThat(importRecording(data, recording(start)).path("accepted").asInt()).isZero();
      assertMetricsAddUp(owner.get("/metrics").body());
      assertThat(owner.items("/api/v1/wearers/gappy/devices"))
          .extracting(device -> device.path("name").asText())
          .containsExactly("Phone");
    }
  }

  private static void assertMetricsAddUp(String metrics) {
    double received = 0;
    for (String outcome : List.of("accepted", "duplicate", "ignored", "rejected")) {
      double all = sum(metrics, "lumbar_ingest_" + outcome + "_total ");
      assertThat(
              sum(metrics, "lumbar_ingest_elements_total{.*outcome=\"%s\".*}.*".formatted(outcome)))
          .isEqualTo(all);
      received += all;
    }
    assertThat(sum(metrics, "lumbar_ingest_received_total ")).isEqualTo(received);
    assertThat(sum(metrics, "lumbar_ingest_elements_total{.*format=\"sensor-logger\".*"))
        .isEqualTo(received)
        .isPositive();
  }

  private static double sum(String metrics, String series) {
    return metrics
        .lines()
        .filter(line -> line.matches(series.replace("{", "\\{").replace("}", "\\}") + ".*"))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }

  private static String phone(Api owner, String name) {
    owner.post("/api/v1/wearers", Map.of("name", name, "zone", "Europe/Berlin")).json();
    return owner
        .post(
            "/api/v1/wearers/" + name + "/devices",
            Map.of("placement", "trouser-pocket", "name", "Phone"))
        .json()
        .path("token")
        .asText();
  }

  private static int push(Api phone, List<Message> messages, Random random, int lostOfTen) {
    int lost = 0;
    for (int i = 0; i < messages.size(); i++) {
      // What was lost before the first or behind the last that came is not known to be.
      boolean isEdge = i == 0 || i == messages.size() - 1;
      boolean isAtTheChair = lostOfTen > 0 && i >= SITTING_DOWN - 8 && i < SITTING_DOWN + 8;
      if (!isEdge && (isAtTheChair || random.nextInt(10) < lostOfTen)) {
        lost++;
        continue;
      }
      JsonNode receipt =
          phone
              .post(
                  "/api/v1/ingest/sensor-logger",
                  Map.of(
                      "messageId",
                      i,
                      "sessionId",
                      SESSION,
                      "deviceId",
                      "p",
                      "payload",
                      messages.get(i).payload()))
              .json();
      assertThat(receipt.path("rejected")).isEmpty();
    }
    return lost;
  }

  /** A walk, a chair, a stand and a walk, cut into messages; fills the files of the recording. */
  private List<Message> messages(Instant start) {
    Script script =
        Script.of(start, Activity.WALKING, Duration.ofSeconds(150))
            .then(Activity.SITTING, Duration.ofSeconds(420))
            .then(Activity.STANDING, Duration.ofSeconds(60))
            .then(Activity.WALKING, Duration.ofSeconds(120));
    Simulation person = new Simulation(script, 5);
    Stamp stamp = new Stamp(new DeviceId("d_phone"), Placement.TROUSER_POCKET, ZoneOffset.UTC);
    Wear wear =
        Wear.of(stamp, 25)
            .mounted(Mounting.random(new SplittableRandom(3)))
            .batches(Duration.ofSeconds(MESSAGE_SECONDS));
    List<Instant> steps = person.steps();
    List<Message> messages = new ArrayList<>();
    for (MotionBatch batch : person.worn(wear)) {
      List<ObjectNode> payload = new ArrayList<>();
      for (int i = 0; i < batch.size(); i++) {
        long nanos = batch.startNanos() + batch.offsetMicros()[i] * 1_000L;
        double[] felt = {batch.x()[i] * G, batch.y()[i] * G, batch.z()[i] * G};
        double[] linear = {0.05 * felt[0], 0.05 * felt[1], 0.05 * felt[2]};
        payload.add(vector("accelerometer", nanos, linear, accelerometer));
        double[] rest = {felt[0] - linear[0], felt[1] - linear[1], felt[2] - linear[2]};
        payload.add(vector("gravity", nanos, rest, gravity));
      }
      long end = batch.startNanos() + batch.offsetMicros()[batch.size() - 1] * 1_000L;
      Instant at = Instant.ofEpochSecond(0, end);
      long counted = steps.stream().filter(step -> !step.isAfter(at)).count();
      payload.add(reading("pedometer", end, Map.of("steps", counted)));
      pedometer.append("%d,0,%d%n".formatted(end, counted));
      if (messages.size() % 60 == 0) {
        payload.add(
            reading("battery", end, Map.of("batteryLevel", 0.5, "batteryState", "unplugged")));
        battery.append("%d,0,0.5,unplugged,false%n".formatted(end));
      }
      messages.add(new Message(payload));
    }
    return messages;
  }

  private static ObjectNode vector(String name, long nanos, double[] value, StringBuilder file) {
    double[] rounded = new double[3];
    for (int axis = 0; axis < 3; axis++) {
      rounded[axis] = Math.round(value[axis] * 1e4) / 1e4;
    }
    file.append("%d,0,%s,%s,%s%n".formatted(nanos, rounded[2], rounded[1], rounded[0]));
    return reading(name, nanos, Map.of("x", rounded[0], "y", rounded[1], "z", rounded[2]));
  }

  private static ObjectNode reading(String name, long nanos, Map<String, Object> values) {
    ObjectNode reading = Json.mapper().createObjectNode();
    reading.put("name", name).put("time", nanos);
    return reading.set("values", Json.mapper().valueToTree(values));
  }

  private Path recording(Instant start) throws IOException {
    Path zip = scratch.resolve("recording.zip");
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
      add(out, "Accelerometer.csv", accelerometer.toString());
      add(out, "Gravity.csv", gravity.toString());
      add(out, "Pedometer.csv", pedometer.toString());
      add(out, "Battery.csv", battery.toString());
      add(
          out,
          "Metadata.csv",
          "version,recording epoch time,platform,standardisation\n3,%d,android,true\n"
              .formatted(start.toEpochMilli()));
    }
    return zip;
  }

  private static void add(ZipOutputStream out, String name, String text) throws IOException {
    out.putNextEntry(new ZipEntry(name));
    out.write(text.getBytes(StandardCharsets.UTF_8));
    out.closeEntry();
  }

  private static JsonNode importRecording(Path data, Path zip) throws IOException {
    LumbarProcess.Ended ended =
        LumbarProcess.run(
            Map.of(),
            "import",
            zip.toString(),
            "--wearer",
            "gappy",
            "--device",
            "Phone",
            "--json",
            "--data",
            data.toString());
    assertThat(ended.code()).as(ended.err()).isZero();
    return Json.mapper().readTree(ended.out());
  }

  private static JsonNode uploads(Api owner, String wearer) {
    return owner.items("/api/v1/wearers/" + wearer + "/uploads").get(0);
  }

  private static List<String> bouts(Api owner, String wearer) {
    return owner.items("/api/v1/wearers/" + wearer + "/bouts?posture=all").stream()
        .map(
            bout ->
                "%s %s %s"
                    .formatted(
                        bout.path("posture").asText(),
                        bout.path("from").asText(),
                        bout.path("to").asText()))
        .toList();
  }

  private static List<JsonNode> days(Api owner, String wearer) {
    return owner.items("/api/v1/wearers/" + wearer + "/days").stream()
        .map(day -> ((ObjectNode) day).<JsonNode>without("revision"))
        .toList();
  }
}
