package io.lumbar.benchmarks;

import io.lumbar.model.KafkaConnection;
import io.lumbar.model.Topic;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.errors.TopicExistsException;

/** A topic that nobody but the benchmark uses, set up as that of posture observations is. */
final class BareTopic {
  static final String NAME = "lumbar-bench";

  private BareTopic() {}

  static void create(KafkaConnection kafka) {
    try (Admin admin = Admin.create(kafka.client())) {
      String model = Topic.POSTURE.topicName();
      int partitions =
          admin
              .describeTopics(List.of(model))
              .allTopicNames()
              .get()
              .values()
              .iterator()
              .next()
              .partitions()
              .size();
      admin
          .createTopics(
              List.of(
                  new NewTopic(NAME, partitions, (short) 1)
                      .configs(Topic.POSTURE.config(partitions, true))))
          .all()
          .get();
    } catch (ExecutionException e) {
      if (!(e.getCause() instanceof TopicExistsException)) {
        throw new IllegalStateException("cannot create " + NAME, e);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
