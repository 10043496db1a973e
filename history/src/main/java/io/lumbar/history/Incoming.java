package io.lumbar.history;

import com.fasterxml.jackson.databind.JsonNode;
import io.lumbar.history.HistoryStore.Batch;
import io.lumbar.history.HistoryStore.Erasure;
import io.lumbar.history.HistoryStore.HistoryRefused;
import io.lumbar.history.HistoryStore.PassedBarrier;
import io.lumbar.history.HistoryStore.ToldExperiment;
import io.lumbar.model.Alert;
import io.lumbar.model.AlertResponse;
import io.lumbar.model.Barrier;
import io.lumbar.model.Bout;
import io.lumbar.model.Correction;
import io.lumbar.model.DaySummary;
import io.lumbar.model.Decision;
import io.lumbar.model.Episode;
import io.lumbar.model.Experiment;
import io.lumbar.model.ForgottenDates;
import io.lumbar.model.Json;
import io.lumbar.model.NightSummary;
import io.lumbar.model.Statement;
import io.lumbar.model.Topic;
import io.lumbar.model.WearerId;
import io.lumbar.model.WearerPartitioner;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.SerializationException;

/** A record of a topic and what it holds, or why it holds nothing. */
record Incoming(ConsumerRecord<byte[], byte[]> source, Content content) {
  private static final String FORGET = Correction.Was.FORGET.wireName();
  private static final String EXPERIMENT = "experiment";

  /** Before it nothing is measured. */
  private static final Instant EARLIEST = Instant.parse("2000-01-01T00:00:00Z");

  /** The topics that the history is made of. */
  static final Set<Topic> TOPICS =
      Set.of(
          Topic.BOUTS,
          Topic.EPISODES,
          Topic.ALERTS,
          Topic.RESPONSES,
          Topic.DECISIONS,
          Topic.DAYS,
          Topic.NIGHTS,
          // For what they take away.
          Topic.WEARERS,
          Topic.CHECKINS);

  /** What a record holds. */
  sealed interface Content {
    /** One of the records that {@link Batch} takes. */
    record Item(Object value) implements Content {}

    /** A wearer or a span of theirs is to be no more. */
    record Erase(Erasure erasure) implements Content {}

    /** Days, or nights by its topic, that cannot be summed anew without a span. */
    record Drop(ForgottenDates dates, Topic topic) implements Content {}

    /** Nothing that the history keeps, such as a key that is gone from a compacted topic. */
    record Nothing() implements Content {}

    /** Not readable; the reason names no values. */
    record Bad(String reason) implements Content {}
  }

  /** Reads a record; never throws. */
  static Incoming of(ConsumerRecord<byte[], byte[]> source) {
    try {
      Topic topic = Topic.named(source.topic());
      if (topic == Topic.WEARERS) {
        return new Incoming(source, wearer(source));
      }
      if (source.value() == null) {
        return new Incoming(source, new Content.Nothing());
      }
      if (topic == Topic.CHECKINS) {
        return new Incoming(source, told(source));
      }
      if ((topic == Topic.DAYS || topic == Topic.NIGHTS) && ForgottenDates.isKey(key(source))) {
        ForgottenDates dates = Json.read(source.value(), ForgottenDates.class);
        return new Incoming(source, new Content.Drop(dates, topic));
      }
      return new Incoming(source, new Content.Item(read(source)));
    } catch (SerializationException | IllegalArgumentException | HistoryRefused e) {
      return new Incoming(source, new Content.Bad(String.valueOf(e.getMessage())));
    }
  }

  private static Content wearer(ConsumerRecord<byte[], byte[]> source) {
    String key = key(source);
    return source.value() != null || key.isEmpty() || key.startsWith(TopicSweep.MARK)
        ? new Content.Nothing()
        : new Content.Erase(
            Erasure.everything(new WearerId(key), Instant.ofEpochMilli(source.timestamp())));
  }

  /** Of all that a wearer tells, the history keeps experiments, and forgets what it has to. */
  private static Content told(ConsumerRecord<byte[], byte[]> source) {
    String text = new String(source.value(), StandardCharsets.UTF_8);
    if (!text.contains(FORGET) && !text.contains(EXPERIMENT)) {
      return new Content.Nothing();
    }
    Statement statement = Json.read(source.value(), Statement.class);
    if (statement instanceof Experiment experiment) {
      return new Content.Item(new ToldExperiment(new WearerId(key(source)), experiment));
    }
    if (statement instanceof Correction correction && correction.forgets()) {
      return forgotten(source, correction);
    }
    return new Content.Nothing();
  }

  /** The span in whole milliseconds, as stores keep it; a shorter one is none. */
  private static Content forgotten(ConsumerRecord<byte[], byte[]> source, Correction correction) {
    Instant from = Instant.ofEpochMilli(Listing.at(correction.from()));
    Instant to = Instant.ofEpochMilli(Listing.at(correction.to()));
    Instant start = from.isBefore(EARLIEST) ? EARLIEST : from;
    return start.isBefore(to)
        ? new Content.Erase(
            new Erasure(
                new WearerId(key(source)), start, to, Instant.ofEpochMilli(source.timestamp())))
        : new Content.Nothing();
  }

  private static String key(ConsumerRecord<byte[], byte[]> source) {
    return source.key() == null ? "" : new String(source.key(), StandardCharsets.UTF_8);
  }

  /** Whose record it is; empty when its key does not tell. */
  String wearer() {
    return WearerPartitioner.wearer(key(source));
  }

  private static Object read(ConsumerRecord<byte[], byte[]> source) {
    String key = key(source);
    if (key.endsWith("|" + Barrier.KEY)) {
      WearerId wearer = new WearerId(WearerPartitioner.wearer(key));
      return new PassedBarrier(wearer, barrier(source.value()), source.topic());
    }
    Object item = Json.read(source.value(), type(Topic.named(source.topic())));
    if (item == null) {
      throw new SerializationException("the value is JSON null");
    }
    return item;
  }

  private static String barrier(byte[] value) {
    try {
      JsonNode node = Json.mapper().readTree(value);
      String id = node.path("id").asText();
      if (node.path("kind").asText().equals("barrier") && !id.isEmpty()) {
        return id;
      }
    } catch (IOException e) {
      throw new SerializationException("not a valid Barrier", e);
    }
    throw new SerializationException("not a valid Barrier: it needs kind and id");
  }

  private static Class<?> type(Topic topic) {
    return switch (topic) {
      case BOUTS -> Bout.class;
      case EPISODES -> Episode.class;
      case ALERTS -> Alert.class;
      case RESPONSES -> AlertResponse.class;
      case DECISIONS -> Decision.class;
      case DAYS -> DaySummary.class;
      case NIGHTS -> NightSummary.class;
      default -> throw new IllegalArgumentException("history does not keep " + topic);
    };
  }

  /** Topic, partition and offset, for logs and dead letters. */
  String place() {
    return source.topic() + "-" + source.partition() + "@" + source.offset();
  }

  /** The items of these records as one batch. */
  static Batch batch(List<Incoming> records) {
    List<Object> items = new ArrayList<>();
    for (Incoming each : records) {
      if (each.content() instanceof Content.Item item) {
        items.add(item.value());
      }
    }
    return new Batch(
        only(items, Bout.class),
        only(items, Episode.class),
        only(items, Alert.class),
        only(items, AlertResponse.class),
        only(items, Decision.class),
        only(items, DaySummary.class),
        only(items, NightSummary.class),
        only(items, PassedBarrier.class),
        only(items, ToldExperiment.class));
  }

  private static <T> List<T> only(List<Object> items, Class<T> type) {
    return items.stream().filter(type::isInstance).map(type::cast).toList();
  }
}
