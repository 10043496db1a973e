package io.lumbar.reports;

import io.lumbar.model.Barrier;
import io.lumbar.model.Heard;
import io.lumbar.model.KafkaConnection;
import io.lumbar.model.Provenance;
import io.lumbar.model.Topic;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The threads behind the live feed: one for what is shown at once, one for which devices are heard.
 *
 * <p>Inputs and alerts are read from ten minutes back, so that after a restart devices are known
 * and listeners get what they missed; the rest from the end.
 */
final class LiveReader implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LiveReader.class);
  private static final Duration LOOK_BACK = Duration.ofMinutes(10);
  private static final Duration HEARTBEAT = Duration.ofSeconds(15);
  private static final Set<Topic> INPUTS = EnumSet.of(Topic.POSTURE, Topic.STEPS, Topic.MOTION);
  private static final Set<Topic> FROM_END =
      EnumSet.of(Topic.BOUTS, Topic.EPISODES, Topic.RESPONSES);

  // A device that is heard may be told a second late. Fetching each upload by itself instead costs
  // as much as analysing it.
  private static final Map<String, Object> IN_LARGE_PARTS =
      Map.of("fetch.min.bytes", 1 << 20, "fetch.max.wait.ms", 1000, "max.poll.records", 5000);

  private final TopicTail shown;
  private final TopicTail heard;

  private LiveReader(TopicTail shown, TopicTail heard) {
    this.shown = shown;
    this.heard = heard;
  }

  static LiveReader start(KafkaConnection kafka, LiveFeed feed, InstantSource clock) {
    Instant back = clock.instant().minus(LOOK_BACK);
    TopicTail shown =
        TopicTail.start(
            kafka,
            "live-feed",
            Map.of(),
            new TopicTail.Start(FROM_END, Set.of(Topic.ALERTS), back),
            new Shown(feed));
    try {
      TopicTail heard =
          TopicTail.start(
              kafka,
              "live-presence",
              IN_LARGE_PARTS,
              new TopicTail.Start(Set.of(), INPUTS, back),
              (topic, next) -> hear(feed, next, clock.instant()));
      return new LiveReader(shown, heard);
    } catch (KafkaException e) {
      shown.close();
      throw e;
    }
  }

  boolean isAlive() {
    return shown.isAlive() && heard.isAlive();
  }

  private static void hear(LiveFeed feed, ConsumerRecord<byte[], byte[]> next, Instant now) {
    if (Provenance.of(next.headers()) == Provenance.IMPORT) {
      return;
    }
    Instant arrived = Instant.ofEpochMilli(next.timestamp());
    Heard.of(next.headers())
        .ifPresent(as -> feed.presence().heard(as, arrived.isAfter(now) ? now : arrived));
  }

  private static final class Shown implements TopicTail.Reader {
    private final LiveFeed feed;
    private long lastHeartbeat = System.nanoTime();

    Shown(LiveFeed feed) {
      this.feed = feed;
    }

    @Override
    public void take(Topic topic, ConsumerRecord<byte[], byte[]> next) {
      if (next.value() == null || isBarrier(next.key())) {
        return;
      }
      try {
        feed.accept(topic, next.offset(), next.value());
      } catch (RuntimeException e) {
        LOG.warn(
            "Skipped what cannot be shown: {}-{} offset {}: {}",
            next.topic(),
            next.partition(),
            next.offset(),
            e.getMessage());
      }
    }

    @Override
    public void polled() {
      if (System.nanoTime() - lastHeartbeat >= HEARTBEAT.toNanos()) {
        lastHeartbeat = System.nanoTime();
        feed.heartbeat();
      }
    }
  }

  private static boolean isBarrier(byte[] key) {
    return key != null && new String(key, StandardCharsets.UTF_8).endsWith("|" + Barrier.KEY);
  }

  @Override
  public void close() {
    shown.close();
    heard.close();
  }
}
