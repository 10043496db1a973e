package io.lumbar.alerts.delivery;

import static io.lumbar.alerts.delivery.Notices.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lumbar.model.ChannelSettings;
import io.lumbar.model.ChannelSettings.Type;
import io.lumbar.model.WearerPartitioner;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What happens while the line that comes before an attempt is being written. */
class CourierTest {
  private static final ChannelSettings PHONE =
      Notices.channel("phone", Type.NTFY, URI.create("http://phone.example/"), "anna");

  private final MockProducer<String, byte[]> producer =
      new MockProducer<>(
          false, new WearerPartitioner(), new StringSerializer(), new ByteArraySerializer());
  private final Phone phone = new Phone();
  private volatile Instant now = NOW;
  private volatile boolean ours = true;
  private final Courier courier =
      new Courier(
          new Channels(Map.of(Type.NTFY, phone)), new DeliveryLog(producer), () -> this.now);

  @AfterEach
  void stop() {
    courier.close();
  }

  @Test
  void whatBecameTooOldMeanwhileIsMissedAndNotSentLate() throws Exception {
    CompletionStage<Boolean> missed = carry();
    await().until(() -> producer.history().size() == 1);
    now = NOW.plusSeconds(121);
    producer.completeNext();
    assertThat(missed.toCompletableFuture().get(20, TimeUnit.SECONDS)).isTrue();
    assertThat(phone.ids).isEmpty();
  }

  @Test
  void whatAnotherInstanceTookOverMeanwhileIsLeftToIt() throws Exception {
    CompletionStage<Boolean> missed = carry();
    await().until(() -> producer.history().size() == 1);
    ours = false;
    producer.completeNext();
    CompletionStage<Boolean> behind =
        courier.carry(Notice.of(Notices.alert("a_2", NOW)), List.of(), Map.of(), () -> true);
    assertThat(behind.toCompletableFuture().get(20, TimeUnit.SECONDS)).isFalse();
    assertThat(phone.ids).isEmpty();
    assertThat(missed.toCompletableFuture()).isNotDone();
  }

  @Test
  void anAttemptThatCouldNotBeNotedWasNotMadeAndIsMadeAgain() throws Exception {
    CompletionStage<Boolean> missed = carry();
    await().until(() -> producer.history().size() == 1);
    producer.errorNext(new TimeoutException("no broker"));
    // The line that another attempt follows, and the one before that attempt.
    await().until(() -> producer.history().size() == 3);
    assertThat(phone.ids).isEmpty();
    producer.completeNext();
    producer.completeNext();
    assertThat(missed.toCompletableFuture().get(20, TimeUnit.SECONDS)).isFalse();
    assertThat(phone.ids).containsExactly("a_1");
  }

  private CompletionStage<Boolean> carry() {
    return courier.carry(
        Notice.of(Notices.alert("a_1", NOW)), List.of(PHONE), Map.of(), () -> ours);
  }

  private static final class Phone implements AlertChannel {
    private final List<String> ids = new CopyOnWriteArrayList<>();

    @Override
    public boolean tellsRepeats() {
      return false;
    }

    @Override
    public CompletionStage<Void> deliver(Notice notice, ChannelSettings to) {
      ids.add(notice.alert().id());
      return CompletableFuture.completedFuture(null);
    }
  }
}
