package io.lumbar.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.lumbar.http.ApiException;
import io.lumbar.http.RegistryRoutes;
import io.lumbar.http.testing.LogListener;
import io.lumbar.http.testing.TestClient;
import io.lumbar.ingest.format.Adapter;
import io.lumbar.ingest.format.Collected;
import io.lumbar.model.Placement;
import io.lumbar.model.Topic;
import io.lumbar.model.Wearer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Broken uploads and files through the real server into a real broker: every one is answered, soon
 * and never with 5xx, receipts and counters add up, and nothing of what is refused whole is kept.
 */
class ServedFuzzIT {
  private static final int UPLOADS = Integer.getInteger("lumbar.fuzz.inputs", 20_000) / 10;
  private static final int FILES = UPLOADS / 20;
  private static final int ATTEMPTS = 4;
  private static final Duration SOON = Duration.ofSeconds(1);
  private static final Set<Integer> ANSWERS = Set.of(200, 207, 400, 413, 415, 499);
  private static final List<Topic> KEPT = List.of(Topic.POSTURE, Topic.STEPS, Topic.MOTION);

  @TempDir Path folder;
  private ServedIngest served;
  private LogListener log;

  @BeforeEach
  void start() {
    served = ServedIngest.start(folder, Collected.NOW);
    log = LogListener.listen();
  }

  @AfterEach
  void stop() {
    log.close();
    served.close();
  }

  /** Who uploads what can be read at least in part, and who what is refused whole. */
  private record Sides(Wearer kept, String keeps, Wearer refused, String refuses) {}

  /** What uploads of one format were told. */
  private static final class Sums {
    private long received;
    private long rejected;

    void add(JsonNode receipt) {
      long here = receipt.path("rejected").size();
      long all = here;
      for (String outcome : List.of("accepted", "duplicate", "ignored")) {
        all += receipt.path(outcome).asLong();
      }
      assertThat(receipt.path("received").asLong()).as(receipt.toString()).isEqualTo(all);
      received += all;
      rejected += here;
    }

    void addRefused() {
      received++;
      rejected++;
    }
  }

  @Test
  @Timeout(value = 60, unit = TimeUnit.MINUTES)
  void brokenUploadsAreAnsweredAndWhatIsRefusedIsNotKept() {
    Sides sides = sides();
    Map<String, Adapter> adapters = new TreeMap<>();
    Formats.all().forEach(each -> adapters.put(each.format(), each));
    int each = UPLOADS / (adapters.size() + 2);
    for (Adapter adapter : adapters.values()) {
      String format = adapter.format();
      Sums told = new Sums();
      for (int i = 0; i < each; i++) {
        byte[] body = Mutator.broken(format, 17L * format.hashCode() + i);
        boolean whole =
            isRefused(
                () ->
                    adapter.read(
                        Collected.upload(body), Uploads.SOURCE, new Findings(Uploads.count())));
        send("/api/v1/ingest/" + format, body, whole, sides, told);
      }
      assertAddUp(format);
      // Of these two not every answer is a receipt.
      if (!Set.of("owntracks", "sensor-logger").contains(format)) {
        assertCounted(format, told);
      }
    }
    int before = kept(sides);
    uploadNatively(Formats.OBSERVATIONS, WholeUploads.OBSERVATIONS, each, sides);
    // Of these each that was accepted is a record, and what was refused of the same upload is none.
    assertThat(kept(sides) - before)
        .isEqualTo((int) served.counters(Formats.OBSERVATIONS).accepted());
    uploadNatively(Formats.MOTION, WholeUploads.MOTION, each, sides);

    for (Topic topic : KEPT) {
      assertThat(served.records(topic, sides.refused().id())).as(topic.topicName()).isEmpty();
      assertThat(served.records(topic, sides.kept().id())).as(topic.topicName()).isNotEmpty();
    }
    assertThat(log.complaints()).isEmpty();
  }

  private int kept(Sides sides) {
    return served.records(Topic.POSTURE, sides.kept().id()).size()
        + served.records(Topic.STEPS, sides.kept().id()).size();
  }

  private void uploadNatively(String format, String whole, int uploads, Sides sides) {
    Sums told = new Sums();
    for (int i = 0; i < uploads; i++) {
      byte[] body = Mutator.broken(whole.getBytes(UTF_8), new SplittableRandom(i));
      boolean refused =
          isRefused(
              () ->
                  NativeReader.read(
                      body,
                      false,
                      Uploads.count(),
                      format.equals(Formats.MOTION)
                          ? new MotionDraft(Uploads.SOURCE)::read
                          : new NativeDraft(Uploads.SOURCE)::read));
      send("/api/v1/" + format, body, refused, sides, told);
    }
    assertCounted(format, told);
  }

  private static boolean isRefused(Runnable reading) {
    try {
      reading.run();
      return false;
    } catch (ApiException e) {
      return true;
    }
  }

  private void send(String path, byte[] body, boolean whole, Sides sides, Sums told) {
    String token = whole ? sides.refuses() : sides.keeps();
    soon(
        () -> {
          TestClient.Answer answer =
              served.client().send("POST", path, body, "Authorization", "Bearer " + token);
          assertThat(answer.status()).as("%s: %s", path, answer.text()).isIn(ANSWERS);
          if (answer.text().startsWith("{\"received\"")) {
            told.add(answer.json());
          } else if (answer.status() >= 400 && answer.status() != 499) {
            told.addRefused();
          }
        });
  }

  private void assertCounted(String format, Sums told) {
    IngestCounters counted = served.counters(format);
    assertThat(counted.received()).as(format).isEqualTo(told.received);
    assertThat(counted.rejected()).as(format).isEqualTo(told.rejected);
    assertAddUp(format);
  }

  private void assertAddUp(String format) {
    IngestCounters counted = served.counters(format);
    assertThat(counted.received()).as(format).isPositive();
    assertThat(counted.received())
        .as(format)
        .isEqualTo(
            counted.accepted() + counted.duplicate() + counted.ignored() + counted.rejected());
  }

  /**
   * An answer within a second. A machine that stands still does so once; what an input hangs on it
   * hangs on again.
   */
  private static void soon(Runnable asking) {
    int attempts = 0;
    long begun;
    do {
      assertThat(attempts++).as("answers that took more than a second").isLessThan(ATTEMPTS);
      begun = System.nanoTime();
      asking.run();
    } while (System.nanoTime() - begun > SOON.toNanos());
  }

  @Test
  @Timeout(value = 60, unit = TimeUnit.MINUTES)
  void brokenFilesEndInASentence() throws Exception {
    Map<String, byte[]> files = WholeFiles.all(folder);
    List<String> begun = new ArrayList<>();
    AtomicInteger refused = new AtomicInteger();
    for (Map.Entry<String, byte[]> whole : files.entrySet()) {
      for (int i = 0; i < Math.max(2, FILES / files.size()); i++) {
        String wearer = whole.getKey() + i;
        byte[] wounded =
            Mutator.broken(whole.getValue(), new SplittableRandom(whole.getKey().hashCode() + i));
        soon(
            () -> {
              TestClient.Answer answer = imported(wearer, wounded);
              assertThat(answer.status()).as(answer.text()).isIn(202, 400, 415);
              if (answer.status() == 202) {
                begun.add(answer.json().path("id").asText());
              } else {
                refused.incrementAndGet();
                assertThat(answer.json().path("detail").asText()).isNotBlank();
                assertThat(served.registry().wearer(wearer)).isEmpty();
              }
            });
      }
    }
    assertThat(served.counters(Formats.OTHER).rejected()).isEqualTo(refused.get());
    assertThat(begun).isNotEmpty().allSatisfy(this::endsInOrder);
    assertThat(log.complaints()).isEmpty();
  }

  private TestClient.Answer imported(String wearer, byte[] file) {
    String path = "/api/v1/import?zone=Europe/London&placement=thigh&wearer=" + wearer;
    return served
        .client()
        .send("POST", path, file, "Authorization", "Bearer " + ServedIngest.OWNER);
  }

  private void endsInOrder(String id) {
    JsonNode job =
        await()
            .atMost(Duration.ofMinutes(2))
            .until(
                () ->
                    served
                        .client()
                        .get(
                            "/api/v1/imports/" + id,
                            "Authorization",
                            "Bearer " + ServedIngest.OWNER)
                        .json(),
                found -> Set.of("done", "failed").contains(found.path("state").asText()));
    assertThat(job.path("notes").toString()).doesNotContain("something went wrong");
    assertThat(job.path("received").asLong())
        .isEqualTo(
            job.path("accepted").asLong()
                + job.path("duplicate").asLong()
                + job.path("ignored").asLong()
                + job.path("rejectedCount").asLong());
  }

  private Sides sides() {
    Wearer kept = wearer("kept");
    Wearer refused = wearer("refused");
    String tag = RegistryRoutes.tagHash(Collected.TAG);
    for (Wearer each : List.of(kept, refused)) {
      served.registry().addDevice(each.id(), "tag", Placement.CHEST, tag);
    }
    return new Sides(kept, token(kept), refused, token(refused));
  }

  private Wearer wearer(String name) {
    return served.registry().addWearer(name, ZoneId.of("Europe/London")).item();
  }

  private String token(Wearer wearer) {
    return served.registry().addDevice(wearer.id(), "phone", Placement.THIGH).token();
  }
}
