package io.lumbar.app.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a wearer said while the broker or Lumbar was away is heard before any timer speaks; {@code
 * -Dlumbar.outage.seconds=300} keeps the broker away for five minutes.
 */
class BrokerOutageIT {
  /** Longer than a commit waits, so that the stream thread is another one afterwards. */
  private static final Duration OUTAGE =
      Duration.ofSeconds(Integer.getInteger("lumbar.outage.seconds", 45));

  @TempDir Path scratch;

  @Test
  void standingUpDuringAnOutageOverMinuteThirtyRaisesNoAlert() throws Exception {
    try (BrokerProcess broker =
            new BrokerProcess(scratch.resolve("broker"), BrokerProcess.single());
        LumbarProcess lumbar =
            LumbarProcess.up(
                scratch.resolve("data"),
                Map.of("LUMBAR_KAFKA_BOOTSTRAP_SERVERS", broker.address()))) {
      Api owner = lumbar.owner();
      Api anna = lumbar.with(owner.addWearer("anna", "Europe/London").token());
      Api ben = lumbar.with(owner.addWearer("ben", "Europe/London").token());
      Instant since = Instant.now().minus(Duration.ofMinutes(29).plusSeconds(40));
      Instant due = since.plus(Duration.ofMinutes(30));
      List<ObjectNode> sitting = List.of(Sending.change("sitting", since, "PT2H"));
      anna.upload(sitting).json();
      ben.upload(sitting).json();
      Awaitility.await()
          .atMost(Duration.ofSeconds(10))
          .until(() -> owner.bouts("anna").size() == 1 && owner.bouts("ben").size() == 1);

      assertThat(Instant.now()).isBefore(due.minusSeconds(5));
      broker.stop();
      Instant stopped = Instant.now();
      List<ObjectNode> standing = List.of(Sending.change("standing", due.minusSeconds(4), "PT2H"));
      Api.Answer refused = anna.upload(standing);
      assertThat(refused.status()).isEqualTo(503);
      int retryAfter = Integer.parseInt(refused.retryAfter().orElseThrow());
      assertThat(retryAfter).isBetween(1, 10);
      while (Instant.now().isBefore(due.plusSeconds(5))
          || Instant.now().isBefore(stopped.plus(OUTAGE))) {
        assertThat(anna.upload(standing).status()).isEqualTo(503);
        Thread.sleep(1000);
      }
      Api.Answer ill = owner.get("/health");
      assertThat(ill.status()).isEqualTo(503);
      assertThat(ill.body()).contains("\"status\":\"failing\",\"failing\":[\"ingest\"]");

      broker.start();
      Instant back = Instant.now();
      // Ben's phone never rests, which says nothing about Anna's.
      AtomicBoolean over = new AtomicBoolean();
      CompletableFuture<Void> busy = CompletableFuture.runAsync(() -> goOn(ben, over));
      // The phone comes back when it was told to.
      Awaitility.await()
          .pollDelay(Duration.ofSeconds(retryAfter))
          .pollInterval(Duration.ofSeconds(retryAfter))
          .atMost(Duration.ofSeconds(60))
          .until(() -> anna.upload(standing).is(200));
      System.out.printf(
          "Upload taken %d ms after the broker came back.%n",
          Duration.between(back, Instant.now()).toMillis());

      // Ben still sits: his alert shows that the timers work again.
      Awaitility.await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> owner.alerts("ben").size() == 1);
      over.set(true);
      busy.join();
      System.out.printf(
          "Ben was told %d ms after the broker came back.%n",
          Duration.between(back, Instant.now()).toMillis());
      Awaitility.await()
          .atMost(Duration.ofSeconds(20))
          .untilAsserted(
              () -> {
                JsonNode bout = owner.bouts("anna").get(0);
                assertThat(bout.path("open").asBoolean()).isFalse();
                assertThat(bout.path("seconds").asDouble()).isEqualTo(1796.0);
              });
      assertThat(owner.alerts("anna")).isEmpty();
      assertThat(owner.get("/health").status()).isEqualTo(200);
    }
  }

  @Test
  void standingUpWhileLumbarItselfWasAwayRaisesNoAlert() throws Exception {
    Path data = scratch.resolve("data");
    String annas;
    Instant due;
    try (LumbarProcess lumbar = LumbarProcess.up(data)) {
      Api owner = lumbar.owner();
      annas = owner.addWearer("anna", "Europe/London").token();
      String bens = owner.addWearer("ben", "Europe/London").token();
      Instant since = Instant.now().minus(Duration.ofMinutes(29).plusSeconds(30));
      due = since.plus(Duration.ofMinutes(30));
      for (String token : List.of(annas, bens)) {
        lumbar.with(token).upload(List.of(Sending.change("sitting", since, "PT2H"))).json();
      }
      Awaitility.await()
          .atMost(Duration.ofSeconds(10))
          .until(() -> owner.bouts("anna").size() == 1 && owner.bouts("ben").size() == 1);
      assertThat(Instant.now()).isBefore(due.minusSeconds(5));
      lumbar.killHard();
    }
    Files.setLastModifiedTime(
        data.resolve("state/alive"), FileTime.from(Instant.now().minusSeconds(60)));
    while (Instant.now().isBefore(due)) {
      Thread.sleep(200);
    }
    try (LumbarProcess lumbar = LumbarProcess.up(data)) {
      Api owner = lumbar.owner();
      Thread.sleep(3000);
      lumbar
          .with(annas)
          .upload(List.of(Sending.change("standing", due.minusSeconds(4), "PT2H")))
          .json();
      Awaitility.await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> owner.alerts("ben").size() == 1);
      assertThat(owner.alerts("anna")).isEmpty();
    }
  }

  private static void goOn(Api wearer, AtomicBoolean over) {
    try {
      while (!over.get()) {
        wearer.upload(List.of(Sending.change("sitting", Instant.now(), "PT2H")));
        Thread.sleep(500);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
