package io.lumbar.app.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lumbar.app.system.BrokerProcess;
import io.lumbar.model.KafkaConnection;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.apache.kafka.streams.errors.TaskCorruptedException;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.TaskId;
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

/** What waits for half a minute or more elsewhere waits for a moment here. */
class StreamsClientsIT {
  /** Longer than a producer takes to notice that the broker is back. */
  private static final int COMMIT_MS = 3000;

  private static final int ADMIN_MS = 1000;
  private static final Duration PATIENCE = Duration.ofSeconds(40);
  private static final String STORE = "sums";

  @TempDir static Path folder;
  private static BrokerProcess broker;

  @BeforeAll
  static void start() throws Exception {
    broker = new BrokerProcess(folder.resolve("kafka"), BrokerProcess.single());
  }

  @AfterAll
  static void stop() {
    broker.close();
  }

  @Test
  void aCommitOfUnknownOutcomeIsAFaultAndNotAWait() throws Exception {
    create("unknown");
    try (Producer<byte[], byte[]> producer = producer(broker.address(), "unknown")) {
      producer.initTransactions();
      producer.beginTransaction();
      send(producer, "unknown");
      broker.stop();
      try {
        assertThatThrownBy(() -> sendOffset(producer, "unknown"))
            .isExactlyInstanceOf(KafkaException.class)
            .hasCauseExactlyInstanceOf(TimeoutException.class);
        assertThatThrownBy(producer::commitTransaction)
            .isExactlyInstanceOf(KafkaException.class)
            .hasCauseExactlyInstanceOf(TimeoutException.class);
      } finally {
        broker.start();
      }
    }
  }

  @Test
  void whatElseAProducerSaysStaysAsItIs() throws Exception {
    create("fenced");
    try (Producer<byte[], byte[]> first = producer(broker.address(), "fenced");
        Producer<byte[], byte[]> second = producer(broker.address(), "fenced")) {
      first.initTransactions();
      first.beginTransaction();
      send(first, "fenced");
      sendOffset(first, "fenced");
      first.commitTransaction();

      first.beginTransaction();
      send(first, "fenced");
      second.initTransactions();
      assertThatThrownBy(first::commitTransaction)
          .isInstanceOfAny(ProducerFencedException.class, InvalidProducerEpochException.class);
    }
    try (Producer<byte[], byte[]> nowhere = producer("127.0.0.1:1", "nowhere")) {
      assertThatThrownBy(nowhere::initTransactions).isExactlyInstanceOf(TimeoutException.class);
    }
  }

  /**
   * Streams alone starts such a task anew in the same thread, takes its empty store for whole and
   * says 1 here, unless the commit of before gets in its way, which ends the thread as well.
   */
  @Test
  void aCommitThatTheBrokerDoesNotAnswerCostsOneThreadAndNoState() throws Exception {
    create("numbers", "sums");
    List<Throwable> deaths = new CopyOnWriteArrayList<>();
    try (KafkaStreams streams = sums("numbers", "sums", task -> {}, deaths)) {
      streams.start();
      send("numbers", 10);
      assertThat(results("sums", 10)).last().isEqualTo("10");

      broker.stop();
      // For two commits and a look for the end of the changelog.
      Thread.sleep(2 * COMMIT_MS + 3 * ADMIN_MS);
      broker.start();
      send("numbers", 1);
      assertThat(results("sums", 11)).last().isEqualTo("11");
      assertThat(deaths)
          .singleElement()
          .satisfies(
              death -> assertThat(death).rootCause().isExactlyInstanceOf(TimeoutException.class));
    }
  }

  /** As Streams does with a task whose state it does not trust. */
  @Test
  void aTaskThatIsStartedAnewWhileTheBrokerIsAwayGetsItsStoreBack() throws Exception {
    create("readings", "totals");
    AtomicBoolean planted = new AtomicBoolean();
    CountDownLatch met = new CountDownLatch(1);
    CountDownLatch away = new CountDownLatch(1);
    Consumer<TaskId> before =
        task -> {
          if (planted.compareAndSet(true, false)) {
            met.countDown();
            await(away);
            throw new TaskCorruptedException(Set.of(task));
          }
        };
    List<Throwable> deaths = new CopyOnWriteArrayList<>();
    try (KafkaStreams streams = sums("readings", "totals", before, deaths)) {
      streams.start();
      send("readings", 10);
      assertThat(results("totals", 10)).last().isEqualTo("10");

      planted.set(true);
      send("readings", 1);
      await(met);
      broker.stop();
      away.countDown();
      Thread.sleep(3 * ADMIN_MS);
      broker.start();
      assertThat(results("totals", 11)).last().isEqualTo("11");
      assertThat(deaths).isEmpty();
    }
  }

  private static Producer<byte[], byte[]> producer(String address, String transaction) {
    Map<String, Object> config = new HashMap<>();
    config.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, address);
    config.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, transaction);
    config.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 1000);
    return new StreamsClients().getProducer(config);
  }

  private static void send(Producer<byte[], byte[]> producer, String topic) throws Exception {
    producer.send(new ProducerRecord<>(topic, new byte[] {1}, new byte[] {1})).get();
  }

  private static void sendOffset(Producer<byte[], byte[]> producer, String topic) {
    Map<String, Object> config = KafkaConnection.plain(broker.address()).consumer();
    config.put(ConsumerConfig.GROUP_ID_CONFIG, topic);
    try (KafkaConsumer<String, String> consumer =
        new KafkaConsumer<>(config, new StringDeserializer(), new StringDeserializer())) {
      producer.sendOffsetsToTransaction(
          Map.of(new TopicPartition(topic, 0), new OffsetAndMetadata(1)), consumer.groupMetadata());
    }
  }

  private static KafkaStreams sums(
      String from, String to, Consumer<TaskId> before, List<Throwable> deaths) {
    Topology topology = new Topology();
    topology.addSource(
        "numbers", Serdes.String().deserializer(), Serdes.String().deserializer(), from);
    topology.addProcessor("sum", () -> new Sum(before), "numbers");
    topology.addStateStore(
        Stores.keyValueStoreBuilder(
            Stores.persistentKeyValueStore(STORE), Serdes.String(), Serdes.Long()),
        "sum");
    topology.addSink("sums", to, Serdes.String().serializer(), Serdes.String().serializer(), "sum");
    Properties properties =
        StreamsRuntime.properties(
            new StreamsRuntime.Place(
                "lumbar-" + from,
                KafkaConnection.plain(broker.address()),
                folder.resolve(from),
                UUID.randomUUID(),
                (short) 1,
                0),
            new StreamFaults());
    properties.put(StreamsConfig.producerPrefix(ProducerConfig.MAX_BLOCK_MS_CONFIG), COMMIT_MS);
    properties.put(
        StreamsConfig.adminClientPrefix(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG), ADMIN_MS);
    properties.put(
        StreamsConfig.adminClientPrefix(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG), ADMIN_MS);
    KafkaStreams streams = new KafkaStreams(topology, properties, new StreamsClients());
    streams.setUncaughtExceptionHandler(
        death -> {
          deaths.add(death);
          return StreamThreadExceptionResponse.REPLACE_THREAD;
        });
    return streams;
  }

  private static void create(String... topics) throws Exception {
    try (Admin admin = Admin.create(KafkaConnection.plain(broker.address()).client())) {
      admin
          .createTopics(
              Arrays.stream(topics).map(topic -> new NewTopic(topic, 1, (short) 1)).toList())
          .all()
          .get();
    }
  }

  private static void send(String topic, int count) throws Exception {
    try (KafkaProducer<String, String> producer =
        new KafkaProducer<>(
            KafkaConnection.plain(broker.address()).producer(),
            new StringSerializer(),
            new StringSerializer())) {
      for (int i = 0; i < count; i++) {
        producer.send(new ProducerRecord<>(topic, "w_1", "one more")).get();
      }
    }
  }

  private static List<String> results(String topic, int count) {
    try (KafkaConsumer<String, String> consumer =
        new KafkaConsumer<>(
            KafkaConnection.plain(broker.address()).consumer(),
            new StringDeserializer(),
            new StringDeserializer())) {
      TopicPartition partition = new TopicPartition(topic, 0);
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      List<String> values = new ArrayList<>();
      Awaitility.await()
          .atMost(PATIENCE)
          .until(
              () -> {
                consumer.poll(Duration.ofMillis(100)).forEach(record -> values.add(record.value()));
                return values.size() >= count;
              });
      return values;
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static final class Sum extends ContextualProcessor<String, String, String, String> {
    private final Consumer<TaskId> before;
    private KeyValueStore<String, Long> sums;

    Sum(Consumer<TaskId> before) {
      this.before = before;
    }

    @Override
    public void init(ProcessorContext<String, String> context) {
      super.init(context);
      sums = context.getStateStore(STORE);
      // Whenever the broker goes, there is something to commit.
      context.schedule(Duration.ofMillis(20), PunctuationType.WALL_CLOCK_TIME, now -> {});
    }

    @Override
    public void process(Record<String, String> record) {
      before.accept(context().taskId());
      Long sum = sums.get(record.key());
      long next = (sum == null ? 0 : sum) + 1;
      sums.put(record.key(), next);
      context().forward(record.withValue(Long.toString(next)));
    }
  }
}
