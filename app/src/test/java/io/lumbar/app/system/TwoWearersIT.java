package io.lumbar.app.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Wearers who share a partition do not share a clock. */
class TwoWearersIT {
  private static final Duration LATE = Duration.ofHours(12);
  private static final int BATCH = 20;

  @TempDir Path scratch;

  @Test
  void aWearerWhoIsHalfADayLateLosesNothingToAnother() {
    try (LumbarProcess lumbar =
        LumbarProcess.up(scratch.resolve("data"), Map.of("LUMBAR_KAFKA_PARTITIONS", "1"))) {
      Api owner = lumbar.owner();
      // Ends an hour ago, so that nothing of either is fresh enough to tell.
      Instant begin = Instant.now().truncatedTo(ChronoUnit.SECONDS).minus(Duration.ofHours(20 + 1));
      List<ObjectNode> prompt = day(begin.plus(LATE), 5);
      List<ObjectNode> late = day(begin, 17);

      Api promptAlone = lumbar.with(owner.addWearer("prompt-alone", "Europe/London").token());
      upload(promptAlone, prompt);
      Api lateAlone = lumbar.with(owner.addWearer("late-alone", "Europe/London").token());
      upload(lateAlone, late);

      Api promptTogether = lumbar.with(owner.addWearer("prompt", "Europe/London").token());
      Api lateTogether = lumbar.with(owner.addWearer("late", "Europe/London").token());
      for (int i = 0; i < Math.max(prompt.size(), late.size()); i += BATCH) {
        upload(promptTogether, batch(prompt, i));
        upload(lateTogether, batch(late, i));
      }

      assertSame(owner, "prompt-alone", "prompt", sittings(prompt));
      assertSame(owner, "late-alone", "late", sittings(late));
      for (String wearer : List.of("prompt", "late", "prompt-alone", "late-alone")) {
        assertThat(owner.items("/api/v1/wearers/" + wearer + "/episodes")).isNotEmpty();
        assertThat(owner.alerts(wearer)).isEmpty();
      }
    }
  }

  private static void assertSame(Api owner, String alone, String together, int sittings) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(200))
        .untilAsserted(
            () -> {
              assertThat(bouts(owner, alone)).hasSize(sittings);
              assertThat(bouts(owner, together)).isEqualTo(bouts(owner, alone));
              assertThat(days(owner, together)).isEqualTo(days(owner, alone));
            });
  }

  private static List<String> bouts(Api owner, String wearer) {
    return owner.bouts(wearer).stream()
        .map(bout -> bout.path("from").asText() + " " + bout.path("seconds").asText())
        .toList();
  }

  private static List<JsonNode> days(Api owner, String wearer) {
    return owner.items("/api/v1/wearers/" + wearer + "/days").stream()
        .map(day -> ((ObjectNode) day).<JsonNode>without("revision"))
        .toList();
  }

  private static int sittings(List<ObjectNode> observations) {
    return (int)
        observations.stream()
            .filter(each -> each.path("posture").asText().equals("sitting"))
            .count();
  }

  private static List<ObjectNode> batch(List<ObjectNode> all, int from) {
    return all.subList(Math.min(from, all.size()), Math.min(from + BATCH, all.size()));
  }

  private static void upload(Api device, List<ObjectNode> observations) {
    if (!observations.isEmpty()) {
      assertThat(device.upload(observations).json().path("accepted").asInt())
          .isEqualTo(observations.size());
    }
  }

  /** Eight hours of sitting and walking in turn. */
  private static List<ObjectNode> day(Instant begin, int seed) {
    Random random = new Random(seed);
    List<ObjectNode> observations = new ArrayList<>();
    Instant end = begin.plus(Duration.ofHours(8));
    boolean sitting = true;
    for (Instant at = begin; at.isBefore(end); sitting = !sitting) {
      Instant to = at.plusSeconds(60 + random.nextInt(sitting ? 3000 : 300));
      observations.add(Sending.span(sitting ? "sitting" : "walking", at, to));
      if (!sitting) {
        observations.add(Sending.steps(40 + random.nextInt(200), at, to));
      }
      at = to;
    }
    return observations;
  }
}
