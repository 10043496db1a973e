package io.lumbar.benchmarks;

import io.lumbar.model.KafkaConnection;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** One record in a transaction, until a consumer of committed records has it. */
final class BareTransactions implements AutoCloseable {
  private static final int BYTES = 300;

  private final Producer<byte[], byte[]> producer;
  private final TopicTail tail;

  BareTransactions(KafkaConnection kafka) {
    BareTopic.create(kafka);
    Map<String, Object> properties = kafka.producer();
    properties.put("linger.ms", 0);
    properties.put("transactional.id", "lumbar-bench-" + UUID.randomUUID());
    producer =
        new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
    producer.initTransactions();
    tail = new TopicTail(kafka, BareTopic.NAME);
  }

  /** From the start of the transaction to the record in the consumer's hands. */
  long nanos(int number) {
    byte[] key = ("w_" + number).getBytes(StandardCharsets.US_ASCII);
    long before = System.nanoTime();
    producer.beginTransaction();
    Future<RecordMetadata> unused =
        producer.send(new ProducerRecord<>(BareTopic.NAME, key, new byte[BYTES]));
    producer.commitTransaction();
    tail.next(1);
    return System.nanoTime() - before;
  }

  @Override
  public void close() {
    producer.close();
    tail.close();
  }
}
