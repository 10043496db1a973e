package io.lumbar.app.streams;

import static org.assertj.core.api.Assertions.assertThat;

import io.lumbar.app.broker.EmbeddedBroker;
import io.lumbar.app.broker.Topics;
import io.lumbar.model.DeadLetter;
import io.lumbar.model.Json;
import io.lumbar.model.KafkaConnection;
import io.lumbar.model.Topic;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StreamsRuntimeIT {
  private static final String STORE = "sums";

  @TempDir static Path folder;
  private static EmbeddedBroker broker;
  private static KafkaConnection kafka;

  @BeforeAll
  static void start() {
    broker = EmbeddedBroker.start(folder.resolve("kafka"), fault -> {});
    kafka = KafkaConnection.plain(broker.bootstrapServers());
    Topics.prepare(kafka, 1, (short) 1, true);
  }

  @AfterAll
  static void stop() {
    broker.close();
  }

  @Test
  void goesOnAfterABadRecordAndAfterARestartAndCountsExactly() throws Exception {
    StreamsRuntime.Place place =
        new StreamsRuntime.Place(
            "lumbar-test", kafka, folder.resolve("state"), UUID.randomUUID(), (short) 1, 0);
    StreamsRuntime first = StreamsRuntime.start(sums(), place);
    first.awaitRunning(Duration.ofSeconds(30));
    assertThat(first.healthy()).isTrue();
    send("1", "2", "not a number", "3");
    assertThat(results(3)).containsExactly("1", "3", "6");
    assertThat(first.faults().unprocessable()).isEqualTo(1);
    assertThat(letters()).singleElement().satisfies(StreamsRuntimeIT::namesPlaceAndReason);

    long begin = System.nanoTime();
    first.close();
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(5));
    assertThat(first.healthy()).isFalse();

    send("4");
    try (StreamsRuntime second = StreamsRuntime.start(sums(), place)) {
      second.awaitRunning(Duration.ofSeconds(30));
      assertThat(results(4)).containsExactly("1", "3", "6", "10");
    }

    try (PartitionEnds ends = PartitionEnds.of(kafka)) {
      assertThat(ends.end(Topic.POSTURE.topicName(), 0)).isEqualTo(OptionalLong.of(5));
    }
  }

  /** As after a fault of Kafka, the record is not left out, so each new thread meets it again. */
  @Test
  void endsForGoodAfterFaultsInARowAndSaysSo() throws Exception {
    Topology topology = new Topology();
    topology.addSource(
        "steps",
        Serdes.String().deserializer(),
        Serdes.String().deserializer(),
        Topic.STEPS.topicName());
    topology.addProcessor("fail", Failing::new, "steps");
    StreamsRuntime.Place place =
        new StreamsRuntime.Place(
            "lumbar-ends", kafka, folder.resolve("ends"), UUID.randomUUID(), (short) 1, 0);
    try (StreamsRuntime runtime = StreamsRuntime.start(topology, place)) {
      runtime.awaitRunning(Duration.ofSeconds(30));
      assertThat(runtime.ended()).isEmpty();
      send(Topic.STEPS, "1");
      // The faults are planted in a thread of the stream.
      Awaitility.await()
          .dontCatchUncaughtExceptions()
          .atMost(Duration.ofSeconds(60))
          .until(() -> runtime.ended().isPresent() && !runtime.healthy());
      assertThat(runtime.ended()).hasValue("the stream has failed 6 times within 10 min");
      assertThat(runtime.faults().unprocessable()).isZero();
    }
  }

  @Test
  void doesNotKnowWhereAPartitionEndsWithoutABroker() {
    try (PartitionEnds ends = PartitionEnds.of(KafkaConnection.plain("127.0.0.1:1"))) {
      long begin = System.nanoTime();
      assertThat(ends.end("any", 0)).isEmpty();
      assertThat(ends.end("any", 0)).isEmpty();
      assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(1));
    }
  }

  private static void namesPlaceAndReason(DeadLetter letter) {
    assertThat(letter.where()).isEqualTo("lumbar.posture.v1-0@2");
    assertThat(letter.reason()).isEqualTo("NumberFormatException");
    assertThat(letter.bytes()).isEqualTo("not a number".length());
    assertThat(letter.element()).isNull();
  }

  private static Topology sums() {
    Topology topology = new Topology();
    topology.addSource(
        "numbers",
        Serdes.String().deserializer(),
        Serdes.String().deserializer(),
        Topic.POSTURE.topicName());
    topology.addProcessor("sum", Sum::new, "numbers");
    topology.addStateStore(
        Stores.keyValueStoreBuilder(
            Stores.persistentKeyValueStore(STORE), Serdes.String(), Serdes.Long()),
        "sum");
    topology.addSink(
        "results",
        Topic.EPISODES.topicName(),
        Serdes.String().serializer(),
        Serdes.String().serializer(),
        "sum");
    return topology;
  }

  private static final class Sum extends ContextualProcessor<String, String, String, String> {
    private KeyValueStore<String, Long> sums;

    @Override
    public void init(ProcessorContext<String, String> context) {
      super.init(context);
      sums = context.getStateStore(STORE);
    }

    @Override
    public void process(Record<String, String> record) {
      long number = Long.parseLong(record.value());
      Long before = sums.get(record.key());
      long sum = (before == null ? 0 : before) + number;
      sums.put(record.key(), sum);
      context().forward(record.withValue(Long.toString(sum)));
    }
  }

  private static final class Failing extends ContextualProcessor<String, String, Void, Void> {
    @Override
    public void process(Record<String, String> record) {
      throw new KafkaException("planted");
    }
  }

  private static void send(String... values) throws Exception {
    send(Topic.POSTURE, values);
  }

  private static void send(Topic topic, String... values) throws Exception {
    try (KafkaProducer<String, String> producer =
        new KafkaProducer<>(kafka.producer(), new StringSerializer(), new StringSerializer())) {
      for (String value : values) {
        producer.send(new ProducerRecord<>(topic.topicName(), "w_1", value)).get();
      }
    }
  }

  private static List<String> results(int count) {
    return read(Topic.EPISODES, count).stream()
        .map(value -> new String(value, StandardCharsets.UTF_8))
        .toList();
  }

  private static List<DeadLetter> letters() {
    return read(Topic.DEAD_LETTERS, 1).stream()
        .map(value -> Json.read(value, DeadLetter.class))
        .toList();
  }

  private static List<byte[]> read(Topic topic, int count) {
    try (KafkaConsumer<String, byte[]> consumer =
        new KafkaConsumer<>(
            kafka.consumer(), new StringDeserializer(), new ByteArrayDeserializer())) {
      TopicPartition partition = new TopicPartition(topic.topicName(), 0);
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      List<byte[]> values = new ArrayList<>();
      Awaitility.await()
          .atMost(Duration.ofSeconds(20))
          .until(
              () -> {
                for (ConsumerRecord<String, byte[]> record :
                    consumer.poll(Duration.ofMillis(100))) {
                  values.add(record.value());
                }
                return values.size() >= count;
              });
      return values;
    }
  }
}
