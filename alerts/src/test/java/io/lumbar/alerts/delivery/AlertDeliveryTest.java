package io.lumbar.alerts.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lumbar.model.Alert;
import io.lumbar.model.EpisodeKind;
import io.lumbar.model.Json;
import io.lumbar.model.Topic;
import io.lumbar.model.WearerId;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class AlertDeliveryTest {
  private static final Instant NOW = Instant.parse("2026-03-02T08:30:00Z");
  private static final TopicPartition PARTITION = new TopicPartition(Topic.ALERTS.topicName(), 0);

  @Test
  void deliversFreshAlertsToEveryChannelAlthoughOneFailsAndPassesOverTheRest() {
    MockConsumer<String, byte[]> consumer = new MockConsumer<>("earliest");
    List<byte[]> values =
        List.of(
            Json.bytes(alert("a_old", NOW.minusSeconds(121))),
            "not json".getBytes(StandardCharsets.UTF_8),
            "{}".getBytes(StandardCharsets.UTF_8),
            Json.bytes(alert("a_edge", NOW.minusSeconds(120))),
            Json.bytes(alert("a_new", NOW)));
    consumer.schedulePollTask(
        () -> {
          consumer.rebalance(List.of(PARTITION));
          consumer.updateBeginningOffsets(Map.of(PARTITION, 0L));
          for (int offset = 0; offset < values.size(); offset++) {
            consumer.addRecord(
                new ConsumerRecord<>(PARTITION.topic(), 0, offset, "w_anna|a", values.get(offset)));
          }
        });
    Collecting collecting = new Collecting();
    List<AlertChannel> channels = List.of(new Failing(), new LogChannel(), collecting);
    AlertDelivery delivery = AlertDelivery.start(consumer, channels, () -> NOW);
    await().until(() -> delivery.delivered() == 4);
    assertThat(collecting.ids).containsExactly("a_edge", "a_new");
    assertThat(delivery.failed()).isEqualTo(2);
    assertThat(delivery.missed()).isEqualTo(3);
    delivery.close();
    assertThat(consumer.closed()).isTrue();
  }

  private static Alert alert(String id, Instant at) {
    return new Alert(
        id,
        new WearerId("w_anna"),
        "e_1",
        EpisodeKind.LONG_SITTING,
        30,
        at,
        at.minusSeconds(1800),
        ZoneId.of("Europe/Berlin"),
        "Time to move",
        "text",
        "short-walk",
        "sent");
  }

  private static final class Collecting implements AlertChannel {
    private final List<String> ids = new CopyOnWriteArrayList<>();

    @Override
    public String name() {
      return "collecting";
    }

    @Override
    public void deliver(Alert alert) {
      ids.add(alert.id());
    }
  }

  private static final class Failing implements AlertChannel {
    @Override
    public String name() {
      return "failing";
    }

    @Override
    public void deliver(Alert alert) {
      throw new IllegalStateException("this channel is away");
    }
  }
}
