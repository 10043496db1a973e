package io.lumbar.ingest.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class InstantsTest {

  @Property(tries = 500)
  void readsWhatTheJdkWrites(
      @ForAll @LongRange(min = 0, max = 4_102_444_800L) long second,
      @ForAll @IntRange(min = 0, max = 999_999_999) int nano,
      @ForAll @IntRange(min = -18 * 60, max = 18 * 60) int offsetMinutes) {
    Instant instant = Instant.ofEpochSecond(second, nano);
    OffsetDateTime written = instant.atOffset(ZoneOffset.ofTotalSeconds(offsetMinutes * 60));

    assertThat(Instants.parse(DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(written)))
        .isEqualTo(instant);
  }

  @ParameterizedTest
  @CsvSource({
    "2026-05-09T14:00:00.123Z, 2026-05-09T14:00:00.123Z",
    "2026-05-09T14:00Z, 2026-05-09T14:00:00Z",
    "2026-05-09T14:00:00.123456789Z, 2026-05-09T14:00:00.123456789Z",
    "2026-05-09T14:00:00+0530, 2026-05-09T08:30:00Z",
    "2026-05-09T14:00:00+02, 2026-05-09T12:00:00Z"
  })
  void readsTheFormsThatClientsSend(String text, String expected) {
    assertThat(Instants.parse(text)).isEqualTo(Instant.parse(expected));
  }

  @Test
  void asksForTheOffsetWhenItIsMissing() {
    assertThatThrownBy(() -> Instants.parse("2026-03-02T09:00:00"))
        .isInstanceOf(DateTimeException.class)
        .hasMessageContaining("offset");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "today",
        "2026-02-30T09:00:00Z",
        "2026-03-02 09:00:00Z",
        "2026-03-02T25:00:00Z",
        "2026-03-02T09:00:00.Z",
        "2026-03-02T09:00:00.1234567890Z",
        "2026-03-02T09:00:00+1",
        "2026-03-02T09:00:00+01:0x",
        "2026-03-02T09:00:0",
        "1709370000"
      })
  void refusesWhatIsNoInstant(String text) {
    assertThatThrownBy(() -> Instants.parse(text)).isInstanceOf(DateTimeException.class);
  }
}
