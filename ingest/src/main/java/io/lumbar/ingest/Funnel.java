package io.lumbar.ingest;

import io.lumbar.http.ApiException;
import io.lumbar.http.Shares;
import io.lumbar.ingest.format.ElementCount;
import io.lumbar.ingest.format.Intake;
import io.lumbar.model.Barrier;
import io.lumbar.model.BatteryObservation;
import io.lumbar.model.DeviceId;
import io.lumbar.model.Heard;
import io.lumbar.model.MotionBatch;
import io.lumbar.model.MotionCodec;
import io.lumbar.model.Observation;
import io.lumbar.model.PostureObservation;
import io.lumbar.model.Provenance;
import io.lumbar.model.StepCounterObservation;
import io.lumbar.model.StepsObservation;
import io.lumbar.model.Topic;
import io.lumbar.model.WornObservation;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.jspecify.annotations.Nullable;

/**
 * The one way into Kafka for all formats: checks times, removes what the duplicate index knows,
 * writes it with the dead letters of the rest, waits for every acknowledgement, and only then
 * remembers and counts. Thread-safe.
 */
final class Funnel {
  private static final Duration AHEAD = Duration.ofMinutes(5);
  private static final Instant EARLIEST = Instant.parse("2000-01-01T00:00:00Z");
  static final int RETRY_SECONDS = 5;
  private static final int CLOSED_RETRY_SECONDS = 30;
  private static final List<Topic> INPUTS = List.of(Topic.POSTURE, Topic.STEPS, Topic.MOTION);
  private final Outbox outbox;
  private final DuplicateIndex index;
  private final Tally tally;
  private final InstantSource clock;
  private final int maxElements;
  private final Shares pool;
  private final UploadGate gate;

  /** Of one wearer: more than send at once, and few threads that wait. */
  private static final int MOST_IN_LINE = 4;

  /**
   * One for some wearers each. What two phones of a wearer heard of one measurement must not both
   * be looked for in the index before either is there.
   */
  private final ReentrantLock[] locks = new ReentrantLock[64];

  Funnel(
      Outbox outbox,
      DuplicateIndex index,
      Tally tally,
      InstantSource clock,
      int maxElements,
      UploadGate gate) {
    this.gate = gate;
    this.maxElements = maxElements;
    this.pool = new Shares(maxElements + maxElements / 2L + 1_000, maxElements);
    this.outbox = outbox;
    this.index = index;
    this.tally = tally;
    this.clock = clock;
    Arrays.setAll(locks, unused -> new ReentrantLock());
  }

  /** To count the elements of one upload while it is read; to be closed once that is answered. */
  ElementCount elementCount(Source source) {
    return new ElementCount(maxElements, pool, source.device().id().value());
  }

  /**
   * Keeps what can be kept and says what became of each element.
   *
   * @param format under which the elements are counted, one of {@link Formats#counted}
   * @throws ApiException 503 when the broker does not acknowledge, be it a dead letter, or the gate
   *     is closed; the same upload may be sent again, and what had arrived all the same is removed
   *     downstream
   */
  Receipt accept(Source source, String format, List<Element> elements) {
    boolean shared =
        elements.stream()
            .anyMatch(each -> each instanceof Element.Motion motion && motion.identity() != null);
    if (!shared) {
      return pass(source, format, elements);
    }
    ReentrantLock lock = locks[Math.floorMod(source.wearer().id().hashCode(), locks.length)];
    try {
      if (lock.getQueueLength() >= MOST_IN_LINE || !lock.tryLock(RETRY_SECONDS, TimeUnit.SECONDS)) {
        throw crowdedOut(source);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw crowdedOut(source);
    }
    try {
      return pass(source, format, elements);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Counts an upload that is refused whole as one element, and writes its dead letter. One that is
   * to be sent again as it is does not count: what becomes of it is not decided yet.
   *
   * @param body as far as it was read, or null
   * @throws ApiException 503 when the broker does not acknowledge the dead letter
   */
  void refuseWhole(Source source, String format, ApiException why, byte @Nullable [] body) {
    if (why.status() != 503) {
      accept(
          source, format, List.of(new Element.Refused("", String.valueOf(why.getMessage()), body)));
    }
  }

  /** Counts a file that is refused before anything of it was read, as one element. */
  void countRefusedFile() {
    tally.add(Formats.OTHER, new Receipt(1, 0, 0, 0, List.of(new Receipt.Rejection("", "a file"))));
  }

  /** What it has may be news that a timer must wait for, as behind a broker that is away. */
  private ApiException crowdedOut(Source source) {
    noteRefusal(source, RETRY_SECONDS);
    return unavailable();
  }

  /** What is imported is old, and no timer waits for it. */
  private void noteRefusal(Source source, int retrySeconds) {
    if (source.provenance() == Provenance.LIVE) {
      outbox.refuse(retrySeconds);
    }
  }

  private static ApiException unavailable() {
    return ApiException.unavailable(
        "Kafka does not acknowledge at the moment; send the same upload again", RETRY_SECONDS);
  }

  private void requireOpen(Source source) {
    gate.closed()
        .ifPresent(
            why -> {
              noteRefusal(source, CLOSED_RETRY_SECONDS);
              throw ApiException.unavailable(
                  why + "; send the same upload again later", CLOSED_RETRY_SECONDS);
            });
  }

  private Receipt pass(Source source, String format, List<Element> elements) {
    Pass pass = new Pass(source, clock.instant(), elements.size());
    for (Element element : elements) {
      pass.take(element);
    }
    // What was refused is told to nobody else than its sender, so it is kept before the answer too.
    List<ProducerRecord<byte[], byte[]>> all = new ArrayList<>(pass.records);
    all.addAll(DeadLetters.records(source, pass.refused, pass.now));
    if (!all.isEmpty()) {
      requireOpen(source);
      if (!outbox.sendAll(all)) {
        throw unavailable();
      }
    }
    index.addAll(pass.pairs, pass.records.size(), pass.now);
    Receipt receipt = pass.receipt();
    tally.add(format, receipt);
    return receipt;
  }

  /** Why an import has to wait, or empty. */
  Optional<String> closedForImports() {
    return gate.closedForImports();
  }

  /**
   * Writes an import's barrier behind its data.
   *
   * @throws ApiException 503 when the broker does not acknowledge
   */
  void close(Source source, Barrier barrier) {
    byte[] key = source.wearer().id().value().getBytes(StandardCharsets.UTF_8);
    byte[] value = new ObservationBytes().of(barrier);
    List<Header> headers = headers(source, source.device().id(), "barrier");
    boolean written =
        outbox.sendAll(
            INPUTS.stream()
                .map(topic -> new ProducerRecord<>(topic.topicName(), null, key, value, headers))
                .toList());
    if (!written) {
      throw ApiException.unavailable("Kafka does not acknowledge at the moment", RETRY_SECONDS);
    }
  }

  /** Of a record of one device, which the source may have heard. */
  private static List<Header> headers(Source source, DeviceId device, String kind) {
    List<Header> headers = new ArrayList<>(Heard.from(device, source.device().id()).headers());
    headers.add(new RecordHeader("kind", kind.getBytes(StandardCharsets.UTF_8)));
    if (source.provenance() != Provenance.LIVE) {
      headers.add(source.provenance().header());
    }
    return List.copyOf(headers);
  }

  private static @Nullable String clockFault(Instant start, Instant end, Instant now) {
    Instant latest = start.isAfter(end) ? start : end;
    if (latest.isAfter(now.plus(AHEAD))) {
      return "clock: %s is more than %d minutes ahead of the server, whose time is %s; set the device's clock"
          .formatted(latest, AHEAD.toMinutes(), now);
    }
    if (start.isBefore(EARLIEST)) {
      return "clock: %s is before the year 2000; set the device's clock".formatted(start);
    }
    return null;
  }

  /** One upload on its way. */
  private final class Pass {
    private final Source source;
    private final Instant now;
    private final byte[] key;
    private final byte[] digest = new byte[32];
    private final MessageDigest sha256 = newSha256();
    private final List<ProducerRecord<byte[], byte[]>> records;
    private final List<Element.Refused> refused = new ArrayList<>();
    private final HashSet128 own;
    private final Map<DeviceId, Map<String, List<Header>>> headers = new HashMap<>();
    private final ObservationBytes json = new ObservationBytes();
    private long[] pairs;
    private int accepted;
    private int duplicate;
    private int ignored;

    Pass(Source source, Instant now, int expected) {
      this.source = source;
      this.now = now;
      this.key = source.wearer().id().value().getBytes(StandardCharsets.UTF_8);
      this.records = new ArrayList<>(expected);
      this.own = new HashSet128(expected);
      this.pairs = new long[2 * Math.max(8, expected)];
    }

    void take(Element element) {
      if (element instanceof Element.Reading reading) {
        take(reading);
      } else if (element instanceof Element.Motion motion) {
        take(motion);
      } else if (element instanceof Element.Refused fault) {
        refused.add(fault);
      } else if (element instanceof Element.Ignored other) {
        ignored += other.count();
      }
    }

    private void take(Element.Reading reading) {
      Observation observation = reading.observation();
      byte[] value = json.of(observation);
      if (observation instanceof PostureObservation posture) {
        Instant end = posture.change() ? posture.from() : posture.to();
        keep(reading, value, Topic.POSTURE, "posture", posture.from(), end);
      } else if (observation instanceof StepsObservation steps) {
        keep(reading, value, Topic.STEPS, "steps", steps.from(), steps.to());
      } else if (observation instanceof StepCounterObservation counter) {
        keep(reading, value, Topic.STEPS, "step-counter", counter.at(), counter.at());
      } else if (observation instanceof BatteryObservation battery) {
        keep(reading, value, Topic.POSTURE, "battery", battery.at(), battery.at());
      } else if (observation instanceof WornObservation worn) {
        keep(reading, value, Topic.POSTURE, "worn", worn.at(), worn.at());
      } else {
        throw new IllegalArgumentException("barriers are not uploaded");
      }
    }

    private void keep(
        Element.Reading reading,
        byte[] value,
        Topic topic,
        String kind,
        Instant start,
        Instant end) {
      String fault = clockFault(start, end, now);
      if (fault != null) {
        refuse(reading.path(), fault, reading.count(), value);
      } else {
        keep(topic, headers(kind, source.device().id()), value, value, reading.count());
      }
    }

    private void take(Element.Motion motion) {
      MotionBatch batch = motion.batch();
      String fault =
          clockFault(
              Instant.ofEpochMilli(batch.millisAt(0)),
              Instant.ofEpochMilli(batch.millisAt(batch.size() - 1)),
              now);
      if (fault != null) {
        refuse(motion.path(), fault, motion.count(), null);
      } else {
        byte[] value = MotionCodec.encode(batch);
        Intake.Identity identity = motion.identity();
        if (identity != null && (isKnown(identity, -1) || isKnown(identity, 1))) {
          duplicate += motion.count();
          return;
        }
        byte[] known = identity == null ? value : bytes(identity, 0);
        keep(Topic.MOTION, headers("motion", batch.stamp().device()), value, known, motion.count());
      }
    }

    private void refuse(String path, String reason, int count, byte @Nullable [] raw) {
      for (int i = 0; i < count; i++) {
        refused.add(new Element.Refused(path, reason, i == 0 ? raw : null));
      }
    }

    private boolean isKnown(Intake.Identity identity, int periodsAway) {
      ByteBuffer hash = hash(bytes(identity, periodsAway));
      long high = hash.getLong();
      long low = hash.getLong();
      return index.contains(high, low) || own.contains(high, low);
    }

    private byte[] bytes(Intake.Identity identity, int periodsAway) {
      return (identity.name() + " " + (identity.period() + periodsAway))
          .getBytes(StandardCharsets.UTF_8);
    }

    /** Good until the next one. */
    private ByteBuffer hash(byte[] identity) {
      sha256.update(key);
      sha256.update(identity);
      try {
        sha256.digest(digest, 0, digest.length);
      } catch (DigestException e) {
        throw new IllegalStateException("SHA-256 has 32 bytes", e);
      }
      return ByteBuffer.wrap(digest);
    }

    private List<Header> headers(String kind, DeviceId device) {
      return headers
          .computeIfAbsent(device, each -> new HashMap<>())
          .computeIfAbsent(kind, each -> Funnel.headers(source, device, each));
    }

    private void keep(Topic topic, List<Header> with, byte[] value, byte[] identity, int count) {
      ByteBuffer hash = hash(identity);
      long high = hash.getLong();
      long low = hash.getLong();
      if (index.contains(high, low) || !own.add(high, low)) {
        duplicate += count;
        return;
      }
      int n = records.size();
      if (2 * n == pairs.length) {
        pairs = Arrays.copyOf(pairs, 2 * pairs.length);
      }
      pairs[2 * n] = high;
      pairs[2 * n + 1] = low;
      records.add(new ProducerRecord<>(topic.topicName(), null, key, value, with));
      accepted += count;
    }

    Receipt receipt() {
      List<Receipt.Rejection> rejections =
          refused.stream().map(each -> new Receipt.Rejection(each.path(), each.reason())).toList();
      int received = accepted + duplicate + ignored + rejections.size();
      return new Receipt(received, accepted, duplicate, ignored, rejections);
    }
  }

  private static MessageDigest newSha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
