package io.lumbar.app.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What turns out not to have been vanishes from every list, and comes back when that was wrong. */
class RetractionIT {
  private static final String ANNA = "/api/v1/wearers/anna";

  @TempDir Path scratch;

  @Test
  void aSittingThatTheWearerCorrectsIsInNoListAnyMoreUntilTheyTakeItBack() {
    try (LumbarProcess lumbar = LumbarProcess.up(scratch.resolve("data"), Map.of())) {
      Api owner = lumbar.owner();
      Api.Added anna = owner.addWearer("anna", "Europe/London");
      Instant from = Instant.now().truncatedTo(ChronoUnit.MINUTES).minus(Duration.ofHours(30));
      Instant to = from.plus(Duration.ofMinutes(50));
      lumbar
          .with(anna.token())
          .upload(
              List.of(
                  Sending.span("walking", from.minusSeconds(600), from),
                  Sending.span("sitting", from, to),
                  Sending.span("walking", to, to.plusSeconds(600))));
      await(owner, true);

      Map<String, Object> correction =
          Map.of("id", "c_1", "from", from.toString(), "to", to.toString(), "was", "standing");
      Api self = lumbar.with(anna.wearerToken());
      assertThat(self.post("/api/v1/corrections", correction).status()).isEqualTo(200);
      await(owner, false);

      Map<String, Object> back = new HashMap<>(correction);
      back.put("revoked", true);
      assertThat(self.post("/api/v1/corrections", back).status()).isEqualTo(200);
      await(owner, true);
    }
  }

  private static void await(Api owner, boolean sat) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(200))
        .untilAsserted(
            () -> {
              assertThat(with(owner.items(ANNA + "/bouts"), "posture", "sitting"))
                  .hasSize(sat ? 1 : 0);
              assertThat(with(owner.items(ANNA + "/timeline"), "posture", "sitting"))
                  .hasSize(sat ? 1 : 0);
              assertThat(with(owner.items(ANNA + "/episodes"), "kind", "long-sitting"))
                  .hasSize(sat ? 1 : 0);
              double minutes =
                  owner.items(ANNA + "/days").stream()
                      .mapToDouble(day -> day.path("sitting").path("minutes").asDouble())
                      .sum();
              assertThat(minutes).isEqualTo(sat ? 50 : 0);
            });
  }

  private static List<JsonNode> with(List<JsonNode> items, String field, String value) {
    List<JsonNode> found = new ArrayList<>(items);
    found.removeIf(one -> !one.path(field).asText().equals(value));
    return found;
  }
}
