package io.lumbar.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.lumbar.model.DeviceId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UploadBookTest {
  private static final DeviceId PHONE = new DeviceId("d_1");
  private static final DeviceId OTHER = new DeviceId("d_2");
  private static final Instant NOW = Instant.parse("2026-05-04T08:00:00Z");

  private final UploadBook book = new UploadBook();

  @Test
  void countsNumbersThatNeverCame() {
    heard(PHONE, "a", 36, 38);
    assertThat(book.of(PHONE).messagesLost()).isEqualTo(1);
    heard(PHONE, "a", 37, 37);
    assertThat(book.of(PHONE).messagesLost()).isZero();
  }

  @Test
  void theOrderOfMessagesDoesNotMatter() {
    heard(PHONE, "a", 9, 5, 7, 12);
    heard(OTHER, "a", 5, 7, 9, 12);
    assertThat(book.of(PHONE).messagesLost()).isEqualTo(4);
    assertThat(book.of(OTHER).messagesLost()).isEqualTo(4);
  }

  @Test
  void recordingsAndDevicesAreCountedApart() {
    heard(PHONE, "a", 0, 1, 2);
    heard(PHONE, "b", 0, 2);
    heard(OTHER, "a", 10, 13);
    assertThat(book.of(PHONE).messagesLost()).isEqualTo(1);
    assertThat(book.lost()).isEqualTo(3);
  }

  @Test
  void numbersFarFromTheOthersTakeNoMemory() {
    heard(PHONE, "a", 5, Long.MAX_VALUE, 0, 1L << 40, 6);
    assertThat(book.of(PHONE).messagesLost()).isEqualTo(4);
  }

  @Test
  void recordingsWithFarJumpsTakeLittleMemory() {
    int many = 100;
    long before = usedAfterCollection();
    for (int device = 0; device < many; device++) {
      DeviceId one = new DeviceId("d_x" + device);
      for (int recording = 0; recording < 20; recording++) {
        heard(one, "r" + recording, 0, 1_048_575);
      }
    }
    assertThat(book.lost()).isEqualTo(20L * many * 1_048_574);
    assertThat(usedAfterCollection() - before).isLessThan(40 << 20);
  }

  @Test
  void oneDeviceDoesNotPushOutTheRecordingsOfOthers() {
    heard(OTHER, "a", 1, 3);
    for (int recording = 0; recording < 5_000; recording++) {
      heard(PHONE, "r" + recording, 1);
    }
    assertThat(book.of(OTHER).messagesLost()).isEqualTo(1);
  }

  @Test
  void gapsWithoutEndStayCountedThoughTheyAreNotAllRemembered() {
    for (long number = 0; number <= 2_000; number += 2) {
      heard(PHONE, "a", number);
    }
    assertThat(book.of(PHONE).messagesLost()).isEqualTo(1_000);
    heard(PHONE, "a", 1_999, 1);
    assertThat(book.of(PHONE).messagesLost()).isEqualTo(999);
  }

  @Test
  void remembersWhenADeviceWasHeardAndSaidHello() {
    assertThat(book.of(PHONE)).isNull();
    book.hello(PHONE, "sensor-logger", NOW, "test");
    heard(PHONE, "a", 0);
    assertThat(book.of(PHONE))
        .isEqualTo(new UploadBook.Entry("sensor-logger", NOW.plusSeconds(1), NOW, null, 0, 0));
  }

  @Test
  void aTagIsHeardThroughAnotherAlsoAfterARestart(@TempDir Path folder) {
    DeviceId tag = new DeviceId("d_tag");
    book.heard(tag, "ruuvi", NOW, PHONE);
    assertThat(book.of(tag)).isEqualTo(new UploadBook.Entry("ruuvi", NOW, null, PHONE, 0, 0));
    Path file = folder.resolve("uploads.json");
    book.write(file, each -> true);
    UploadBook again = UploadBook.open(file, each -> true);
    assertThat(again.of(tag)).isEqualTo(book.of(tag));

    again.upload(tag, "sensor-logger", NOW.plusSeconds(5), null);
    assertThat(again.of(tag).via()).isNull();
  }

  @Test
  void importingTheRecordingFillsItsGapsAndNoOthers() {
    heard(PHONE, "a", 100, 103, 107);
    heard(OTHER, "a", 100, 103, 107);
    book.imported(PHONE, at(101), at(107));
    assertThat(book.of(PHONE).messagesLost()).isZero();
    assertThat(book.of(PHONE).messagesFilled()).isEqualTo(5);
    assertThat(book.of(OTHER).messagesLost()).isEqualTo(5);
    heard(PHONE, "b", 200, 202);
    assertThat(book.of(PHONE).messagesLost()).isEqualTo(1);
  }

  @Test
  void aPartOfTheRecordingFillsNothing() {
    heard(PHONE, "a", 0, 300);
    book.imported(PHONE, at(0), at(200));
    assertThat(book.of(PHONE).messagesLost()).isEqualTo(299);
  }

  private static long usedAfterCollection() {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }

  private void heard(DeviceId device, String series, long... numbers) {
    for (long number : numbers) {
      Instant at = at(Math.min(1_000, number));
      book.upload(
          device,
          "sensor-logger",
          NOW.plusSeconds(1),
          new Findings.Message(series, number, at, at.plusMillis(900)));
    }
  }

  private static Instant at(long second) {
    return NOW.plusSeconds(second);
  }

  @Test
  void whatItKnowsOutlivesARestartAndWhatIsLostMeanwhileIsSeen(@TempDir Path folder)
      throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("uploads.json"),
            """
            {"version":1,
             "devices":[{"device":"d_1","format":"sensor-logger","at":"2026-03-02T08:00:00Z","hello":null}],
             "series":[
              {"key":"d_1 morning","device":"d_1","first":3,"next":10,"missing":2,"gaps":[[5,7]],
               "from":"2026-03-02T07:00:00Z","to":"2026-03-02T08:00:00Z","imported":false},
              {"key":"d_2 gone","device":"d_2","first":0,"next":9,"missing":8,"gaps":[[1,9]],
               "from":null,"to":null,"imported":false}]}
            """);
    DeviceId phone = new DeviceId("d_1");
    UploadBook first = UploadBook.open(file, phone::equals);
    assertThat(file).doesNotExist();
    assertThat(first.lost()).isEqualTo(2);
    assertThat(first.of(new DeviceId("d_2"))).isNull();

    first.write(file, phone::equals);
    UploadBook second = UploadBook.open(file, phone::equals);
    assertThat(second.of(phone)).isEqualTo(first.of(phone));
    Instant nine = Instant.parse("2026-03-02T09:00:00Z");
    second.upload(phone, "sensor-logger", nine, new Findings.Message("morning", 12, nine, nine));
    assertThat(second.lost()).isEqualTo(4);
    second.upload(phone, "sensor-logger", nine, new Findings.Message("morning", 6, nine, nine));
    assertThat(second.lost()).isEqualTo(3);
  }

  /** Whose wearer was erased since the start. */
  @Test
  void ofADeviceThatIsGoneNothingIsWrittenDown(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("uploads.json");
    DeviceId gone = new DeviceId("d_gone");
    DeviceId kept = new DeviceId("d_kept");
    for (DeviceId each : List.of(gone, kept)) {
      book.upload(
          each, "sensor-logger", NOW, new Findings.Message("of " + each.value(), 1, NOW, NOW));
    }

    book.write(file, kept::equals);

    assertThat(Files.readString(file)).contains("of d_kept").doesNotContain("d_gone");
  }

  @Test
  void afterAnotherEndItBeginsAnew(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("uploads.json");
    assertThat(UploadBook.open(file, each -> true).lost()).isZero();
    Files.writeString(file, "{\"version\":1,\"dev");
    assertThat(UploadBook.open(file, each -> true).lost()).isZero();
    assertThat(file).doesNotExist();
  }
}
