package io.lumbar.app.broker;

import io.lumbar.app.fault.UserMistake;
import io.lumbar.model.KafkaConnection;
import io.lumbar.model.Topic;
import io.lumbar.model.TopicSetup;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings the topics of a broker into the shape that everything relies on. */
public final class Topics {
  private static final Logger LOG = LoggerFactory.getLogger(Topics.class);

  private Topics() {}

  /**
   * Creates what is missing and checks what is there, with the default retention.
   *
   * @throws UserMistake as the other
   */
  public static int prepare(
      KafkaConnection kafka, int partitions, short replication, boolean capped) {
    return prepare(kafka, partitions, replication, capped, Map.of());
  }

  /**
   * Creates what is missing and checks what is there.
   *
   * @param capped whether topics have a size limit, as on a small machine
   * @param kept how long records of a topic are kept, where that is not the default
   * @return how many partitions each topic has
   * @throws UserMistake when the broker does not answer within 30 s, or a topic does not fit
   */
  public static int prepare(
      KafkaConnection kafka,
      int partitions,
      short replication,
      boolean capped,
      Map<Topic, Duration> kept) {
    Map<String, Object> properties = new HashMap<>(kafka.client());
    properties.put("default.api.timeout.ms", "30000");
    try (Admin admin = Admin.create(properties)) {
      TopicSetup.Outcome outcome = TopicSetup.run(admin, partitions, replication, capped, kept);
      if (outcome instanceof TopicSetup.Outcome.Ready ready) {
        ready.differing().forEach(sentence -> LOG.warn("{}", sentence));
        return ready.partitions();
      }
      throw new UserMistake(String.join("\n", ((TopicSetup.Outcome.Refused) outcome).reasons()));
    } catch (IllegalStateException e) {
      throw new UserMistake(
          "Kafka at " + kafka.bootstrapServers() + " is of no use: " + e.getMessage());
    }
  }
}
