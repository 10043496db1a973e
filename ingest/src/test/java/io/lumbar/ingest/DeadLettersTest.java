package io.lumbar.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.lumbar.model.DeadLetter;
import io.lumbar.model.KafkaConnection;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class DeadLettersTest {

  /** A send blocks for five seconds, and a hundred would for minutes. */
  @Test
  void stopsAtTheFirstThatDoesNotWork() {
    List<Element.Refused> refused =
        Collections.nCopies(100, new Element.Refused("[0]", "wrong", null));
    try (Outbox outbox = new Outbox(KafkaConnection.plain("127.0.0.1:1"))) {
      assertTimeoutPreemptively(
          Duration.ofSeconds(60),
          () -> new DeadLetters(outbox).write(Uploads.SOURCE, refused, Instant.EPOCH));
      assertThat(refused).hasSize(100);
    }
  }

  @Test
  void holdsNoPlaceInReasonOrElement() {
    Element.Refused refused =
        new Element.Refused(
            "[0]",
            "posture: 'Planted Clinic' is not one of sitting",
            "{\"kind\":\"car\",\"state\":\"Planted Clinic\"}".getBytes(UTF_8));
    DeadLetter letter = DeadLetters.letter(Uploads.SOURCE, refused, Instant.EPOCH);
    assertThat(letter.toString())
        .contains("is not one of sitting", "car")
        .doesNotContain("Planted");
  }
}
