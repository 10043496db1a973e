package io.lumbar.benchmarks;

import io.lumbar.analytics.AnalyticsTopology;
import io.lumbar.analytics.stream.InputLag;
import io.lumbar.app.streams.StreamsRuntime;
import io.lumbar.app.streams.StreamsRuntime.Place;
import io.lumbar.benchmarks.HttpConnection.Answer;
import io.lumbar.model.Topic;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.Topology;

/**
 * The whole analytics topology beside one that only passes records on, on the same records of one
 * broker, in turns. Both run as Lumbar runs a topology: exactly once, with one thread.
 *
 * <p>Each round begins with the first record and an empty state. Its time is that from the stream's
 * word that it runs to the commit of the last record.
 */
final class AnalyticsPair {
  private static final int BATCH = 100;
  private static final Duration SPAN = Duration.ofMinutes(1);
  private static final Duration START_WITHIN = Duration.ofSeconds(60);
  private static final Duration PATIENCE = Duration.ofMinutes(10);
  private static final Duration LOOK_EVERY = Duration.ofMillis(20);

  private final ChildProcess server;
  private final Scratch scratch;
  private final Plan plan;
  private final InstantSource clock;

  AnalyticsPair(ChildProcess server, Scratch scratch, Plan plan, InstantSource clock) {
    this.server = server;
    this.scratch = scratch;
    this.plan = plan;
    this.clock = clock;
  }

  List<Figure> measure() throws IOException, InterruptedException {
    int records = upload();
    BareTopic.create(server.kafka());
    double analysed = 0;
    double passed = 0;
    try (Admin admin = Admin.create(server.kafka().client())) {
      for (int round = 0; round <= plan.analyses(); round++) {
        double one = seconds(admin, "bench-pass-" + round, AnalyticsPair::passOn, records);
        double other = seconds(admin, "bench-analytics-" + round, this::analytics, records);
        // In the first, both are still being compiled.
        if (round > 0) {
          passed += one;
          analysed += other;
        }
      }
    }
    double total = (double) records * plan.analyses();
    String detail =
        String.format(
            Locale.ROOT,
            "%,d observations of %d wearers, %d rounds",
            records,
            plan.uploaders(),
            plan.analyses());
    return List.of(
        Figure.plain("analytics topology", total / analysed, "records/s", detail),
        Figure.plain("pass-through topology", total / passed, "records/s", detail),
        Figure.plain("analytics / pass-through", passed / analysed, "", ""));
  }

  /** Uploads what the rounds read, an observation a minute of each wearer; returns how many. */
  private int upload() throws IOException {
    Instant now = clock.instant();
    Duration told = SPAN.multipliedBy((long) BATCH * plan.analysedUploads());
    List<Subject> subjects = Subject.add(server, "analysed", plan.uploaders(), now);
    try (HttpConnection connection = new HttpConnection(server.url())) {
      List<Diary> diaries = new ArrayList<>();
      subjects.forEach(
          subject -> diaries.add(new Diary(subject, now.minus(told.plus(SPAN)), SPAN)));
      for (int i = 0; i < plan.analysedUploads(); i++) {
        for (Diary diary : diaries) {
          Answer answer = connection.send(diary.upload(BATCH));
          if (!answer.body().contains("\"accepted\":" + BATCH)) {
            throw new IOException(
                "an upload was answered " + answer.status() + ": " + answer.body());
          }
        }
      }
    }
    return subjects.size() * plan.analysedUploads() * BATCH;
  }

  private double seconds(Admin admin, String application, Supplier<Topology> topology, int records)
      throws IOException, InterruptedException {
    Place place =
        new Place(
            application,
            server.kafka(),
            scratch.resolve(application),
            UUID.randomUUID(),
            (short) 1,
            0);
    try (StreamsRuntime runtime = StreamsRuntime.start(topology.get(), place)) {
      runtime.awaitRunning(START_WITHIN);
      long start = System.nanoTime();
      while (committed(admin, application) < records) {
        if (System.nanoTime() - start > PATIENCE.toNanos() || !runtime.healthy()) {
          throw new IOException(application + " did not read everything");
        }
        Thread.sleep(LOOK_EVERY.toMillis());
      }
      return (System.nanoTime() - start) / 1e9;
    }
  }

  private static long committed(Admin admin, String application)
      throws IOException, InterruptedException {
    try {
      long records = 0;
      for (Map.Entry<TopicPartition, OffsetAndMetadata> each :
          admin
              .listConsumerGroupOffsets(application)
              .partitionsToOffsetAndMetadata()
              .get()
              .entrySet()) {
        boolean counts = each.getKey().topic().equals(Topic.POSTURE.topicName());
        records += counts && each.getValue() != null ? each.getValue().offset() : 0;
      }
      return records;
    } catch (ExecutionException e) {
      throw new IOException("the broker did not say what was read", e);
    }
  }

  private Topology analytics() {
    return new AnalyticsTopology(clock, InputLag.NONE).alone();
  }

  private static Topology passOn() {
    ByteArrayDeserializer in = new ByteArrayDeserializer();
    ByteArraySerializer out = new ByteArraySerializer();
    return new Topology()
        .addSource("posture", in, in, Topic.POSTURE.topicName())
        .addSink("passed-on", BareTopic.NAME, out, out, "posture");
  }
}
