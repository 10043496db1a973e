package io.lumbar.ingest.format.ruuvi;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.lumbar.ingest.format.Collected;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RuuviTest {
  private static final String MEASURED = "9904054C21530FC66C000AFC18002CA956B40011C45A00123456";

  @Test
  void readsOneMessageOfAGateway() {
    Collected found = read(Collected.fixture("ruuvi", "heard.json"));
    assertThat(found.motion).hasSize(1);
    assertThat(found.motion.get(0).startNanos()).isEqualTo(1_777_881_600_000_000_000L);
    assertThat(found.motion.get(0).x()).containsExactly(0.01f);
    assertThat(found.motion.get(0).y()).containsExactly(-1f);
    assertThat(found.motion.get(0).z()).containsExactly(0.044f);
    assertThat(found.identities).singleElement().asString().startsWith("tag d_1 17 ");
    assertThat(found.received()).isEqualTo(1);
  }

  @Test
  void readsTheNewestOfEachTagAndNothingOfAStrangers() {
    Collected found = read(Collected.fixture("ruuvi", "gathered.json"));
    assertThat(found.motion).hasSize(1);
    assertThat(Instant.ofEpochSecond(0, found.motion.get(0).startNanos()))
        .isEqualTo("2026-05-04T08:00:11Z");
    assertThat(found.ignored).isEqualTo(1);
    assertThat(found.refused).isEmpty();
  }

  @Test
  void readsWhatABoardPassesOn() {
    Collected found = read(Collected.fixture("ruuvi", "board.json"));
    assertThat(found.motion).hasSize(1);
    assertThat(found.ignored).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({
    "0201061BFF" + MEASURED + ", 1",
    MEASURED + ", 1",
    // Behind a name, in small letters.
    "05094c756d621bff" + MEASURED + ", 1",
    "0201061BFF9904054C21530FC66C000AFC18002CA956B40011C45A00999999, 0",
    "0201061BFF9904054C21530FC66C8000FC18002CA956B40011C45A00123456, 0",
    "02010603FF4C00, 0",
    "0201061CFF" + MEASURED + ", 0",
    "00" + MEASURED + ", 0",
    "02010, 0",
    "xx, 0"
  })
  void looksForTheMakersDataOfAnOwnTag(String advertisement, int kept) {
    Collected found = read("{'ts':'1777881600','data':'%s'}".formatted(advertisement));
    assertThat(found.motion).hasSize(kept);
    assertThat(found.received()).isEqualTo(1);
    assertThat(found.refused).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "1777881600, 1777881600000000000",
    "1777881600.25, 1777881600250000000",
    "'\"1777881600\"', 1777881600000000000"
  })
  void readsSecondsAsNumberOrText(String seconds, long nanos) {
    Collected found = read("{'ts':%s,'data':'%s'}".formatted(seconds, MEASURED));
    assertThat(found.motion)
        .singleElement()
        .satisfies(b -> assertThat(b.startNanos()).isEqualTo(nanos));
  }

  @ParameterizedTest
  @CsvSource({"'\"\"'", "'\"soon\"'", "1234", "1e300", "-5", "true"})
  void refusesAnOwnTagWithoutATimeAndSaysWhatToDo(String seconds) {
    Collected found = read("{'ts':%s,'data':'%s'}".formatted(seconds, MEASURED));
    assertThat(found.refused)
        .singleElement()
        .asString()
        .startsWith("[0].ts: must be seconds since 1970; let the gateway set its clock");
  }

  @Test
  void aTagThatCountsAnewAfterItsBatteryWasOutIsNotTakenForWhatWasHeard() {
    // The same number an hour later, with y at -0.999 instead of -1.000 g.
    String later = MEASURED.replace("FC18", "FC19");
    assertThat(name("1777881600", MEASURED)).isNotEqualTo(name("1777885200", later));
    assertThat(name("1777881600", MEASURED)).isEqualTo(name("1777881604", MEASURED));
  }

  @Test
  void aTagWithoutANumberIsKnownByTheSecond() {
    String unnumbered = MEASURED.replace("0011C45A00123456", "FFFFC45A00123456");
    assertThat(name("1777881600", unnumbered)).isEqualTo(name("1777881600.5", unnumbered));
    assertThat(name("1777881600", unnumbered)).isNotEqualTo(name("1777881602", unnumbered));
  }

  /** Without the period, which is hours long and may begin between the two. */
  private static String name(String seconds, String data) {
    String identity = read("{'ts':%s,'data':'%s'}".formatted(seconds, data)).identities.get(0);
    return identity.substring(0, identity.lastIndexOf(' '));
  }

  @Test
  void saysThatATimeIsMissing() {
    assertThat(read("{'data':'" + MEASURED + "'}").refused).containsExactly("[0].ts: missing");
  }

  @Test
  void aGatewaysStateIsAHello() {
    Collected found = read("{'state':'online'}");
    assertThat(found.greeting).isNotNull();
    assertThat(found.ignored).isEqualTo(1);
    assertThat(found.motion).isEmpty();
  }

  private static Collected read(String body) {
    return read(body.replace('\'', '"').getBytes(UTF_8));
  }

  private static Collected read(byte[] body) {
    Collected found = new Collected();
    new Ruuvi().read(Collected.upload(body), Collected.SENDER, found);
    return found;
  }
}
