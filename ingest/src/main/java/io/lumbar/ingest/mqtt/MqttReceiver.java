package io.lumbar.ingest.mqtt;

/** Takes the messages of devices. */
public interface MqttReceiver {

  /** What became of a message. */
  enum Taken {
    /** Kafka has acknowledged what could be used of it. */
    KEPT,
    /** Nothing of it can be used, and sending it again would not help. */
    REFUSED,
    /** Kafka does not acknowledge at the moment. */
    LATER
  }

  /**
   * Takes a message, and returns once it is decided.
   *
   * @param device the id of a device, as the topic names it
   * @param format as in {@code /api/v1/ingest/FORMAT}, or {@code observations} or {@code motion}
   */
  Taken take(String device, String format, byte[] payload);
}
