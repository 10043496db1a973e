package io.lumbar.alerts.delivery;

import static io.lumbar.alerts.delivery.Notices.NOW;
import static io.lumbar.alerts.delivery.Notices.alert;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lumbar.alerts.delivery.ChannelFault.Kind;
import io.lumbar.alerts.delivery.ChannelFault.Why;
import io.lumbar.model.Alert;
import io.lumbar.model.AlertSettings;
import io.lumbar.model.ChannelSettings;
import io.lumbar.model.ChannelSettings.Type;
import io.lumbar.model.Decision;
import io.lumbar.model.Delivery;
import io.lumbar.model.Delivery.Outcome;
import io.lumbar.model.Json;
import io.lumbar.model.Topic;
import io.lumbar.model.WearerId;
import io.lumbar.model.WearerPartitioner;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AlertDeliveryTest {
  private static final TopicPartition PARTITION = new TopicPartition(Topic.ALERTS.topicName(), 0);
  private static final ChannelSettings FIRST =
      Notices.webhook("first", URI.create("http://first.example/"));
  private static final ChannelSettings SECOND =
      Notices.channel("second", Type.NTFY, URI.create("http://second.example/"), "anna");

  private final MockConsumer<String, byte[]> consumer = new MockConsumer<>("earliest");
  private MockProducer<String, byte[]> producer =
      new MockProducer<>(
          true, new WearerPartitioner(), new StringSerializer(), new ByteArraySerializer());
  private final Recording first = new Recording(true);
  private final Recording second = new Recording(false);
  private final List<Delivery> log = new ArrayList<>();
  private List<ChannelSettings> channels = List.of(FIRST, SECOND);
  private Function<WearerId, AlertSettings> mannersOf =
      wearer -> AlertSettings.defaults().withChannels(channels);
  private AlertDelivery.LogReading logReading = (partition, since) -> log;
  private AlertDelivery delivery;

  @AfterEach
  void stop() {
    delivery.close();
    assertThat(consumer.closed()).isTrue();
  }

  @Test
  void deliversWhatIsFreshToEveryChannelAndWritesDownWhatWasMissed() {
    start(
        Json.bytes(alert("a_old", NOW.minusSeconds(121))),
        "not json".getBytes(StandardCharsets.UTF_8),
        "{}".getBytes(StandardCharsets.UTF_8),
        Json.bytes(alert("a_edge", NOW.minusSeconds(120))),
        Json.bytes(alert("a_new", NOW)));
    await().until(() -> committed() == 5);
    assertThat(first.ids).containsExactlyInAnyOrder("a_edge", "a_new");
    assertThat(second.ids).containsExactlyInAnyOrder("a_edge", "a_new");
    assertThat(delivery.missed()).isEqualTo(3);
    assertThat(delivery.failed()).isZero();
    assertThat(written(Topic.DECISIONS, Decision.class))
        .singleElement()
        .satisfies(
            decision -> {
              assertThat(decision.reason()).isEqualTo("missed");
              assertThat(decision.alert()).isEqualTo("a_old");
              assertThat(decision.detail())
                  .isEqualTo(
                      "Missed at 30 minutes: it was too late when it could have been delivered;"
                          + " only this list and the open page have it.");
            });
    assertThat(written(Topic.ALERTS, Alert.class))
        .singleElement()
        .satisfies(
            listed -> {
              assertThat(listed.id()).as("stands over the alert in the list").isEqualTo("a_old");
              assertThat(listed.at()).isEqualTo(NOW.minusSeconds(121));
              assertThat(listed.decision()).isEqualTo("missed");
            });
    assertThat(missedLines()).extracting(Delivery::detail).containsExactly("too late");
  }

  private List<Delivery> missedLines() {
    return written(Topic.DELIVERIES, Delivery.class).stream()
        .filter(line -> line.outcome() == Outcome.MISSED)
        .toList();
  }

  @Test
  void whatIsMissedIsWrittenOnceHoweverOftenItsDecisionHasToBeTriedAgain() {
    NewTopics topics = new NewTopics();
    producer = topics;
    first.fault = new ChannelFault(Kind.REFUSED, Why.NOT_SENT, null);
    channels = List.of(FIRST);
    start(Json.bytes(alert("a_1", NOW)));
    await().until(() -> committed() == 1);
    assertThat(topics.blocked).as("sends on the thread that answers").hasValue(0);
    assertThat(topics.faults).as("one for each topic that is new").hasValue(2);
    assertThat(missedLines())
        .extracting(Delivery::detail)
        .containsExactly("none of your channels took it; the line of each says why");
    assertThat(written(Topic.DECISIONS, Decision.class))
        .singleElement()
        .extracting(Decision::detail)
        .asString()
        .contains("none of your channels took it within two minutes");
    assertThat(written(Topic.ALERTS, Alert.class)).hasSize(1);
  }

  /** Answers on one thread of its own, and fails the first record of each topic but one. */
  private static final class NewTopics extends MockProducer<String, byte[]> {
    private final ExecutorService network = Executors.newSingleThreadExecutor();
    private final Set<String> met = ConcurrentHashMap.newKeySet();
    private final AtomicInteger blocked = new AtomicInteger();
    private final AtomicInteger faults = new AtomicInteger();
    private final ThreadLocal<Boolean> answering = ThreadLocal.withInitial(() -> false);

    NewTopics() {
      super(true, new WearerPartitioner(), new StringSerializer(), new ByteArraySerializer());
      met.add(Topic.DELIVERIES.topicName());
    }

    @Override
    public Future<RecordMetadata> send(ProducerRecord<String, byte[]> record, Callback callback) {
      if (answering.get()) {
        blocked.incrementAndGet();
      }
      if (met.add(record.topic())) {
        faults.incrementAndGet();
        throw new TimeoutException("not present in metadata");
      }
      return super.send(record, (metadata, failure) -> answer(callback, metadata, failure));
    }

    private void answer(Callback callback, RecordMetadata metadata, Exception failure) {
      network.execute(
          () -> {
            answering.set(true);
            callback.onCompletion(metadata, failure);
          });
    }

    @Override
    public void close() {
      super.close();
      network.shutdown();
    }
  }

  @Test
  void whoHasThePageAloneMissedNothing() {
    channels = List.of();
    start(Json.bytes(alert("a_old", NOW.minusSeconds(121))));
    await().until(() -> committed() == 1);
    assertThat(delivery.missed()).isZero();
    assertThat(producer.history()).isEmpty();
  }

  @Test
  void anAlertThatCannotBeCarriedIsMissedAndHoldsUpNoOther() {
    AtomicInteger asked = new AtomicInteger();
    mannersOf =
        wearer -> {
          if (asked.incrementAndGet() == 1) {
            throw new IllegalStateException("a fault");
          }
          return german(AlertSettings.defaults().withChannels(channels));
        };
    start(Json.bytes(alert("a_1", NOW)), Json.bytes(alert("a_2", NOW)));
    await().until(() -> committed() == 2);
    assertThat(first.ids).containsExactly("a_2");
    assertThat(delivery.missed()).isEqualTo(1);
    assertThat(written(Topic.DECISIONS, Decision.class))
        .singleElement()
        .satisfies(
            one -> {
              assertThat(one.alert()).isEqualTo("a_1");
              assertThat(one.detail())
                  .startsWith("Bei 30 Minuten verpasst: ein Fehler dieses Servers");
            });
    assertThat(missedLines())
        .extracting(Delivery::detail)
        .containsExactly("ein Fehler dieses Servers hielt ihn auf");
    assertThat(delivery.trouble()).isEmpty();
  }

  private static AlertSettings german(AlertSettings settings) {
    ObjectNode german = Json.mapper().valueToTree(settings);
    return Json.mapper().convertValue(german.put("language", "de"), AlertSettings.class);
  }

  @Test
  void aFaultThatEndsTheDeliveryIsSaid() {
    logReading =
        (partition, since) -> {
          throw new IllegalStateException("a fault");
        };
    start(Json.bytes(alert("a_1", NOW)));
    await().until(() -> delivery.trouble().isPresent());
    assertThat(delivery.trouble().orElseThrow()).contains("start this process again");
  }

  @Test
  void aChannelThatFailsHoldsUpNoOther() {
    first.fault = new ChannelFault(ChannelFault.Kind.REFUSED, ChannelFault.Why.STATUS, "403", null);
    start(Json.bytes(alert("a_1", NOW)));
    await().until(() -> committed() == 1);
    assertThat(second.ids).containsExactly("a_1");
    assertThat(delivery.failed()).isEqualTo(1);
    assertThat(delivery.missed()).isZero();
    assertThat(written(Topic.DELIVERIES, Delivery.class))
        .extracting(line -> line.channel() + " " + line.outcome().wireName())
        .containsExactlyInAnyOrder("first failed", "second trying", "second delivered");
  }

  @Test
  void anAlertThatNobodyTakesIsMissed() {
    ChannelFault fault =
        new ChannelFault(ChannelFault.Kind.REFUSED, ChannelFault.Why.STATUS, "403", null);
    first.fault = fault;
    second.fault = fault;
    channels = List.of(FIRST, Notices.otherwise(SECOND));
    start(Json.bytes(alert("a_1", NOW)));
    await().until(() -> committed() == 1);
    assertThat(first.ids).hasSize(1);
    assertThat(second.ids).hasSize(1);
    assertThat(delivery.missed()).isEqualTo(1);
    assertThat(written(Topic.DECISIONS, Decision.class))
        .singleElement()
        .satisfies(one -> assertThat(one.detail()).startsWith("Missed at 30 minutes: none"));
  }

  @Test
  void aBendThatNobodyTakesIsMissedAtNoMinutes() {
    first.fault = new ChannelFault(ChannelFault.Kind.REFUSED, ChannelFault.Why.STATUS, "403", null);
    channels = List.of(FIRST);
    ObjectNode bend = Json.mapper().valueToTree(alert("a_1", NOW));
    start(Json.bytes(bend.put("kind", "deep-bend").put("step", 1)));
    await().until(() -> committed() == 1);
    assertThat(written(Topic.DECISIONS, Decision.class))
        .singleElement()
        .satisfies(one -> assertThat(one.detail()).startsWith("Missed: none of your channels"));
  }

  @Test
  void aGermanWearerReadsGermanOfWhatWasMissedAndWhy() {
    ChannelFault fault =
        new ChannelFault(ChannelFault.Kind.REFUSED, ChannelFault.Why.STATUS, "403", null);
    first.fault = fault;
    second.fault = fault;
    Function<WearerId, AlertSettings> english = mannersOf;
    mannersOf = wearer -> german(english.apply(wearer));
    start(Json.bytes(alert("a_1", NOW)));
    await().until(() -> committed() == 1);
    assertThat(written(Topic.DECISIONS, Decision.class))
        .singleElement()
        .satisfies(one -> assertThat(one.detail()).startsWith("Bei 30 Minuten verpasst: keiner"));
    assertThat(written(Topic.DELIVERIES, Delivery.class))
        .extracting(Delivery::detail)
        .contains("der Empf\u00e4nger hat mit Status 403 geantwortet");
  }

  @Test
  void whatIsUnderWayIsNotCommittedAndHoldsUpNobody() {
    CompletableFuture<Void> slow = new CompletableFuture<>();
    first.answers.put("a_1", slow);
    start(Json.bytes(alert("a_1", NOW)), Json.bytes(alert("a_2", NOW)));
    await().until(() -> first.ids.contains("a_2"));
    assertThat(committed()).isZero();
    slow.complete(null);
    await().until(() -> committed() == 2);
  }

  @Test
  void afterACrashNobodyWhoCannotTellRepeatsIsSpokenToAgain() {
    log.add(new Delivery("a_1", Notices.ANNA, "second", Outcome.TRYING, 1, NOW, null));
    log.add(new Delivery("a_2", Notices.ANNA, "first", Outcome.DELIVERED, 1, NOW, null));
    start(Json.bytes(alert("a_1", NOW)), Json.bytes(alert("a_2", NOW)));
    await().until(() -> committed() == 2);
    assertThat(first.ids).containsExactly("a_1");
    assertThat(second.ids).containsExactly("a_2");
  }

  /** As a group does that revokes everything whenever somebody joins or leaves. */
  @Test
  void aPartitionThatIsTakenAwayAndComesBackIsDeliveredOnceMoreAndNotTwice() {
    channels = List.of(SECOND);
    second.faultsLeft.set(1);
    byte[] alert = Json.bytes(alert("a_1", NOW));
    start(alert);
    consumer.schedulePollTask(
        () -> {
          await().until(() -> second.ids.size() == 1);
          log.add(new Delivery("a_1", Notices.ANNA, "second", Outcome.RETRYING, 1, NOW, null));
          consumer.rebalance(List.of());
          consumer.rebalance(List.of(PARTITION));
          consumer.addRecord(new ConsumerRecord<>(PARTITION.topic(), 0, 0, "w_anna|a", alert));
        });
    await().until(() -> committed() == 1);
    assertThat(second.ids).as("the attempt that failed, and the one after it").hasSize(2);
  }

  @Test
  void whatWasHeldBackIsListedAndNotDelivered() {
    Alert held = alert("a_1", NOW);
    start(
        Json.bytes(
            new Alert(
                "c_1",
                held.wearer(),
                held.episode(),
                held.kind(),
                held.step(),
                held.at(),
                held.since(),
                held.zone(),
                "Held back",
                "text",
                null,
                "snoozed")));
    await().until(() -> committed() == 1);
    assertThat(first.ids).isEmpty();
    assertThat(delivery.delivered()).isZero();
  }

  private void start(byte[]... values) {
    consumer.schedulePollTask(
        () -> {
          consumer.rebalance(List.of(PARTITION));
          consumer.updateBeginningOffsets(Map.of(PARTITION, 0L));
          for (int offset = 0; offset < values.length; offset++) {
            consumer.addRecord(
                new ConsumerRecord<>(PARTITION.topic(), 0, offset, "w_anna|a", values[offset]));
          }
        });
    delivery =
        AlertDelivery.start(
            consumer,
            new Channels(Map.of(Type.WEBHOOK, first, Type.NTFY, second)),
            mannersOf,
            new DeliveryLog(producer),
            logReading,
            () -> NOW);
  }

  private long committed() {
    var offset = consumer.committed(Set.of(PARTITION)).get(PARTITION);
    return offset == null ? 0 : offset.offset();
  }

  private <T> List<T> written(Topic topic, Class<T> type) {
    return producer.history().stream()
        .filter(record -> record.topic().equals(topic.topicName()))
        .map(record -> Json.read(record.value(), type))
        .toList();
  }

  /** Keeps what it was asked to deliver and answers as it is told. */
  private static final class Recording implements AlertChannel {
    private final boolean tellsRepeats;
    private final List<String> ids = new CopyOnWriteArrayList<>();
    private final Map<String, CompletionStage<Void>> answers = new ConcurrentHashMap<>();
    private final AtomicInteger faultsLeft = new AtomicInteger();
    private volatile ChannelFault fault;

    Recording(boolean tellsRepeats) {
      this.tellsRepeats = tellsRepeats;
    }

    @Override
    public boolean tellsRepeats() {
      return tellsRepeats;
    }

    @Override
    public CompletionStage<Void> deliver(Notice notice, ChannelSettings to) {
      ids.add(notice.alert().id());
      if (faultsLeft.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
        return CompletableFuture.failedFuture(
            new ChannelFault(Kind.NOT_REACHED, Why.UNREACHABLE, null));
      }
      if (fault != null) {
        return CompletableFuture.failedFuture(fault);
      }
      return answers.getOrDefault(notice.alert().id(), CompletableFuture.completedFuture(null));
    }
  }
}
