package io.lumbar.model;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.lumbar.model.Delivery.Outcome;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class DeliveryTest {
  private static final Instant AT = Instant.parse("2026-03-02T08:30:00Z");

  @Test
  void aLineThatDoesNotSayIsAboutAnAlert() {
    String written =
        """
        {"alert":"a_1","wearer":"w_anna","channel":"home","outcome":"delivered","attempt":1,
         "at":"2026-03-02T08:30:00Z","v":1}
        """;
    Delivery line =
        new Delivery("a_1", new WearerId("w_anna"), "home", Outcome.DELIVERED, 1, AT, null);
    assertThat(Json.read(written.getBytes(UTF_8), Delivery.class)).isEqualTo(line);
    assertThat(new String(Json.bytes(line), UTF_8)).doesNotContain("test");
  }

  @Test
  void aTestIsMarked() {
    Delivery test =
        new Delivery("t", new WearerId("w_anna"), "home", Outcome.FAILED, 1, AT, "why", true);
    assertThat(Json.read(Json.bytes(test), Delivery.class)).isEqualTo(test);
  }
}
