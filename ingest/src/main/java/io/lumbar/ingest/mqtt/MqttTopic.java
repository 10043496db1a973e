package io.lumbar.ingest.mqtt;

import java.util.List;
import java.util.Optional;

/**
 * What a topic says: the device whose message it is, and how the message is written.
 *
 * <p>{@code lumbar/DEVICE/FORMAT} for all formats, with a tag's address behind it where a gateway
 * appends that; and OwnTracks' own topics, whose third level, its device id, must be set to
 * Lumbar's.
 *
 * @param device the id of a registered device
 * @param format as in {@code /api/v1/ingest/FORMAT}, or {@code observations} or {@code motion}
 */
record MqttTopic(String device, String format) {
  /** What is subscribed to. */
  static final List<String> FILTERS =
      List.of("lumbar/+/+", "lumbar/+/ruuvi/+", "owntracks/+/+", "owntracks/+/+/step");

  private static final String OWN = "lumbar";
  private static final String OWNTRACKS = "owntracks";
  private static final int LEVELS = 3;

  /** Empty for a topic of another shape. */
  static Optional<MqttTopic> parse(String topic) {
    String[] levels = topic.split("/", -1);
    if (levels.length < LEVELS) {
      return Optional.empty();
    }
    return switch (levels[0]) {
      case OWN -> Optional.of(new MqttTopic(levels[1], levels[2]));
      case OWNTRACKS -> Optional.of(new MqttTopic(levels[2], OWNTRACKS));
      default -> Optional.empty();
    };
  }
}
