package io.lumbar.alerts.responses;

import io.lumbar.alerts.lines.TopicLines;
import io.lumbar.model.AlertResponse;
import io.lumbar.model.KafkaConnection;
import io.lumbar.model.Topic;
import io.lumbar.model.WearerId;
import java.util.List;

/** What a wearer answered lately. */
@FunctionalInterface
public interface PastResponses {

  /**
   * The answers that were kept since an instant, in order.
   *
   * @throws org.apache.kafka.common.KafkaException when they cannot be read at the moment
   */
  List<AlertResponse> since(WearerId wearer, long epochMillis);

  /** Those in their topic. */
  static PastResponses of(KafkaConnection kafka) {
    return new TopicLines<>(kafka, Topic.RESPONSES, AlertResponse.class, AlertResponse::wearer)
        ::since;
  }
}
