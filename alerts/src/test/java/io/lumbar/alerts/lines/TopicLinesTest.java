package io.lumbar.alerts.lines;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lumbar.model.Delivery;
import io.lumbar.model.KafkaConnection;
import io.lumbar.model.Topic;
import java.util.Map;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class TopicLinesTest {
  private static final TopicPartition LOG = new TopicPartition(Topic.DELIVERIES.topicName(), 0);

  @Test
  @Timeout(30)
  void aBrokerThatIsAwayInTheMiddleDoesNotHoldTheReaderForEver() {
    TopicLines<Delivery> lines =
        new TopicLines<>(
            KafkaConnection.plain("127.0.0.1:1"),
            Topic.DELIVERIES,
            Delivery.class,
            Delivery::wearer);
    MockConsumer<String, byte[]> consumer =
        new MockConsumer<>("none") {
          @Override
          public Map<TopicPartition, OffsetAndTimestamp> offsetsForTimes(
              Map<TopicPartition, Long> times) {
            return Map.of(LOG, new OffsetAndTimestamp(3, 0));
          }
        };
    consumer.updateBeginningOffsets(Map.of(LOG, 0L));
    consumer.updateEndOffsets(Map.of(LOG, 9L));
    assertThatThrownBy(() -> lines.read(consumer, 0, 0))
        .isInstanceOf(TimeoutException.class)
        .hasMessageContaining("its end at 9");
  }
}
