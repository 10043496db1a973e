package io.lumbar.alerts.delivery;

import io.lumbar.alerts.stretches.Language;
import io.lumbar.alerts.stretches.Texts;
import io.lumbar.model.Alert;
import io.lumbar.model.Decision;
import io.lumbar.model.Delivery;
import io.lumbar.model.Json;
import io.lumbar.model.KafkaConnection;
import io.lumbar.model.StableIds;
import io.lumbar.model.Topic;
import io.lumbar.model.WearerPartitioner;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Writes what came of each delivery, and what was missed. Thread-safe; the same line written twice
 * changes nothing that is read from it.
 */
final class DeliveryLog implements AutoCloseable {
  private static final String MISSED = "missed";
  private static final String MISSED_ONCE = "missedOnce";
  private static final String MESSAGES = "messages";

  private final Producer<String, byte[]> producer;

  DeliveryLog(Producer<String, byte[]> producer) {
    this.producer = producer;
  }

  /**
   * A log with a producer of its own. It gives up long before an alert is of no use any more, and
   * holds up whoever writes for two seconds at most.
   */
  static DeliveryLog open(KafkaConnection kafka) {
    Map<String, Object> properties = kafka.producer();
    properties.put("max.block.ms", 2_000);
    properties.put("request.timeout.ms", 5_000);
    properties.put("delivery.timeout.ms", 10_000);
    properties.put("linger.ms", 0);
    return new DeliveryLog(
        new KafkaProducer<>(properties, new StringSerializer(), new ByteArraySerializer()));
  }

  /** Completes when all replicas have the line. */
  CompletionStage<Void> put(Delivery line) {
    return send(Topic.DELIVERIES, WearerPartitioner.key(line.wearer(), line.alert()), line);
  }

  /** Why nobody got an alert. */
  enum Because {
    /** Nobody could have delivered it before it was of no use any more. */
    TOO_LATE("whyTooLate", "tooLate"),
    /** Each channel has lines of its own that say why. */
    NOT_TAKEN("whyNotTaken", "notTaken"),
    /** A fault of this process. */
    NOT_CARRIED("whyNotCarried", "notCarried");

    /** Ends the sentence of the decision. */
    private final String why;

    /** Is the detail of the line. */
    private final String line;

    Because(String why, String line) {
      this.why = why;
      this.line = line;
    }
  }

  /**
   * What is written about an alert that did not get through in time: a line, its decision, and over
   * the alert itself in the list, so that it does not stand there twice. In the wearer's language.
   */
  Missing missing(Alert alert, Language language, Because because, Instant now) {
    String id = StableIds.decision(alert.episode(), alert.step(), MISSED);
    boolean once = alert.kind().isToldOnce();
    String detail =
        Texts.in(language)
            .line(MESSAGES, once ? MISSED_ONCE : MISSED)
            .replace("{step}", Integer.toString(alert.step()))
            .replace("{because}", Texts.in(language).line(MESSAGES, because.why));
    Decision decision =
        new Decision(
            id,
            alert.wearer(),
            alert.episode(),
            alert.kind(),
            alert.step(),
            now,
            alert.zone(),
            MISSED,
            detail,
            alert.id());
    Alert listed =
        new Alert(
            alert.id(),
            alert.wearer(),
            alert.episode(),
            alert.kind(),
            alert.step(),
            alert.at(),
            alert.since(),
            alert.zone(),
            alert.title(),
            alert.text(),
            alert.stretch(),
            MISSED);
    Delivery line =
        new Delivery(
            alert.id(),
            alert.wearer(),
            null,
            Delivery.Outcome.MISSED,
            0,
            now,
            Texts.in(language).line(MESSAGES, because.line));
    String key = WearerPartitioner.key(alert.wearer(), id);
    String listedKey = WearerPartitioner.key(alert.wearer(), alert.id());
    return new Missing(
        List.of(
            () -> put(line),
            () -> send(Topic.DECISIONS, key, decision),
            () -> send(Topic.ALERTS, listedKey, listed)));
  }

  /** Records that are written in order; after a fault it goes on with the one that failed. */
  static final class Missing {
    private final List<Supplier<CompletionStage<Void>>> records;
    private int written;

    private Missing(List<Supplier<CompletionStage<Void>>> records) {
      this.records = records;
    }

    /**
     * Writes what is not yet written; completes when all replicas have everything. Not to be called
     * again before that.
     */
    CompletionStage<Void> write() {
      // On a thread of its own: the first record of a topic waits for what the broker knows of it,
      // and on the producer's own thread, which answers, that never comes.
      return written == records.size()
          ? CompletableFuture.completedFuture(null)
          : records.get(written).get().thenComposeAsync(done -> next());
    }

    private CompletionStage<Void> next() {
      written++;
      return write();
    }
  }

  private CompletionStage<Void> send(Topic topic, String key, Object value) {
    CompletableFuture<Void> written = new CompletableFuture<>();
    try {
      Future<?> unused =
          producer.send(
              new ProducerRecord<>(topic.topicName(), key, Json.bytes(value)),
              (metadata, failure) -> {
                if (failure == null) {
                  written.complete(null);
                } else {
                  written.completeExceptionally(failure);
                }
              });
    } catch (KafkaException | IllegalStateException e) {
      // The latter from a producer that was closed.
      written.completeExceptionally(e);
    }
    return written;
  }

  @Override
  public void close() {
    producer.close();
  }
}
