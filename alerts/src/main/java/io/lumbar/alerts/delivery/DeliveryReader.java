package io.lumbar.alerts.delivery;

import io.lumbar.alerts.lines.TopicLines;
import io.lumbar.model.Delivery;
import io.lumbar.model.Delivery.Outcome;
import io.lumbar.model.KafkaConnection;
import io.lumbar.model.Topic;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What the delivery log says. */
final class DeliveryReader {
  private DeliveryReader() {}

  static TopicLines<Delivery> lines(KafkaConnection kafka) {
    return new TopicLines<>(kafka, Topic.DELIVERIES, Delivery.class, Delivery::wearer);
  }

  /** The newest line about each channel of each alert. */
  static Map<String, Map<String, Delivery>> newest(List<Delivery> lines) {
    return lines.stream()
        .collect(
            Collectors.groupingBy(
                Delivery::alert,
                Collectors.toMap(
                    DeliveryReader::channel, Function.identity(), (old, newer) -> newer)));
  }

  /** Without further lines that an alert was missed: after a crash it may be written once more. */
  static List<Delivery> missedOnce(List<Delivery> lines) {
    Set<String> missed = new HashSet<>();
    return lines.stream()
        .filter(line -> line.outcome() != Outcome.MISSED || missed.add(line.alert()))
        .toList();
  }

  private static String channel(Delivery line) {
    String channel = line.channel();
    return channel == null ? "" : channel;
  }
}
