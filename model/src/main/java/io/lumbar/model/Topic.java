package io.lumbar.model;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Every topic with its retention, compaction and size: the one table that set-up creates and checks
 * against.
 *
 * <p>All use LogAppendTime. With the event time as timestamp, retention would delete back-filled
 * records at its first check, and the broker would refuse what is ahead of its clock.
 */
public enum Topic {
  MOTION("lumbar.motion.v1", false, Duration.ofDays(2), 2048),
  POSTURE("lumbar.posture.v1", false, Duration.ofDays(30), 1024),
  STEPS("lumbar.steps.v1", false, Duration.ofDays(30), 256),
  CHECKINS("lumbar.checkins.v1", false, Duration.ofDays(365), 64),
  RESPONSES("lumbar.responses.v1", false, Duration.ofDays(30), 64),
  BOUTS("lumbar.bouts.v1", true, Duration.ZERO, 0),
  EPISODES("lumbar.episodes.v1", false, Duration.ofDays(30), 256),
  DAYS("lumbar.days.v1", true, Duration.ZERO, 0),
  NIGHTS("lumbar.nights.v1", true, Duration.ZERO, 0),
  ALERTS("lumbar.alerts.v1", false, Duration.ofDays(365), 64),
  DECISIONS("lumbar.decisions.v1", false, Duration.ofDays(90), 128),
  DELIVERIES("lumbar.deliveries.v1", false, Duration.ofDays(30), 32),
  CALIBRATIONS("lumbar.calibrations.v1", true, Duration.ZERO, 0),
  WEARERS("lumbar.wearers.v1", true, Duration.ZERO, 0),
  DEVICES("lumbar.devices.v1", true, Duration.ZERO, 0),
  DEAD_LETTERS("lumbar.dead-letters.v1", false, Duration.ofDays(30), 64);

  private static final int SEGMENT_BYTES = 16 << 20;
  private static final Duration MAX_COMPACTION_LAG = Duration.ofMinutes(5);

  /** A segment goes as a whole, so that its length in time adds to the retention. */
  public static final Duration SEGMENT = Duration.ofDays(1);

  /** At least so long tombstones of wearers are kept. */
  private static final Duration TOMBSTONES = Duration.ofDays(400);

  /** Beyond what any input is kept, so that who reads all anew still learns who was erased. */
  private static final Duration BEYOND = Duration.ofDays(2);

  private final String topicName;
  private final boolean compacted;
  private final Duration retention;
  private final int capMegabytes;

  Topic(String topicName, boolean compacted, Duration retention, int capMegabytes) {
    this.topicName = topicName;
    this.compacted = compacted;
    this.retention = retention;
    this.capMegabytes = capMegabytes;
  }

  /** The name on the broker. */
  public String topicName() {
    return topicName;
  }

  /**
   * The topic of a name on the broker.
   *
   * @throws IllegalArgumentException when no topic has that name
   */
  public static Topic named(String topicName) {
    for (Topic topic : values()) {
      if (topic.topicName.equals(topicName)) {
        return topic;
      }
    }
    throw new IllegalArgumentException("no topic is named " + topicName);
  }

  /** How long records are kept when no setting says otherwise; zero for a compacted topic. */
  public Duration retention() {
    return retention;
  }

  /** The word for what is in it, as in {@code posture}; what settings call it. */
  public String kind() {
    return topicName.substring("lumbar.".length(), topicName.length() - ".v1".length());
  }

  /** True when only the last record of a key is kept. */
  public boolean isCompacted() {
    return compacted;
  }

  /** The topic's configuration on the broker, records kept as long as by default. */
  public Map<String, String> config(int partitions, boolean capped) {
    return config(partitions, capped, retention);
  }

  /**
   * The topic's configuration on the broker.
   *
   * @param partitions how many partitions share the byte cap
   * @param capped whether to cap the size, as an embedded broker does
   * @param kept how long records are kept; of no effect on a compacted topic, but for that of
   *     wearers, whose tombstones outlast it
   */
  public Map<String, String> config(int partitions, boolean capped, Duration kept) {
    Map<String, String> config = new LinkedHashMap<>();
    config.put("message.timestamp.type", "LogAppendTime");
    config.put("segment.bytes", Integer.toString(SEGMENT_BYTES));
    if (compacted) {
      config.put("cleanup.policy", "compact");
      config.put("max.compaction.lag.ms", Long.toString(MAX_COMPACTION_LAG.toMillis()));
      if (this == WEARERS) {
        Duration outlasting = kept.plus(BEYOND);
        Duration tombstones = outlasting.compareTo(TOMBSTONES) > 0 ? outlasting : TOMBSTONES;
        config.put("delete.retention.ms", Long.toString(tombstones.toMillis()));
      }
    } else {
      config.put("cleanup.policy", "delete");
      config.put("retention.ms", Long.toString(kept.toMillis()));
      config.put("segment.ms", Long.toString(SEGMENT.toMillis()));
      config.put(
          "retention.bytes",
          capped ? Long.toString(((long) capMegabytes << 20) / partitions) : "-1");
    }
    return config;
  }
}
