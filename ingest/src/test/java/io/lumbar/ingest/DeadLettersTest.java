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
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class DeadLettersTest {

  /** A send blocks for five seconds, and a hundred would for minutes. */
  @Test
  void withoutABrokerTheFirstThatDoesNotWorkIsEnoughToRefuseTheUpload() {
    List<Element.Refused> refused =
        Collections.nCopies(101, new Element.Refused("[0]", "wrong", null));
    var letters = DeadLetters.records(Uploads.SOURCE, refused, Instant.EPOCH);
    assertThat(letters).hasSize(100);
    AtomicInteger told = new AtomicInteger();
    try (Outbox outbox = new Outbox(KafkaConnection.plain("127.0.0.1:1"))) {
      outbox.whenRefused(seconds -> told.addAndGet(seconds));
      assertTimeoutPreemptively(
          Duration.ofSeconds(60), () -> assertThat(outbox.sendAll(letters)).isFalse());
      assertThat(told).as("whoever waits for the sender to come back").hasValue(5);
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

  @Test
  void holdsNoNameOfAFieldThatNobodyReads() {
    byte[] body =
        "[{\"kind\":\"posture\",\"Planted.Wifi\":1},{\"kind\":\"posture\",\"postur\":1}]"
            .getBytes(UTF_8);
    List<Element> read =
        NativeReader.read(body, false, Uploads.count(), new NativeDraft(Uploads.SOURCE)::read);
    assertThat(read).hasSize(2);
    for (int i = 0; i < 2; i++) {
      DeadLetter letter =
          DeadLetters.letter(Uploads.SOURCE, (Element.Refused) read.get(i), Instant.EPOCH);
      assertThat(letter.toString())
          .contains("/test [" + i + "],", "a field is not known")
          .doesNotContain("Planted", "Wifi");
    }
    assertThat(((Element.Refused) read.get(1)).reason()).contains("did you mean posture");
  }
}
