package io.lumbar.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.time.Instant;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InstantReaderTest {
  private final ObjectMapper general = new ObjectMapper().registerModule(new JavaTimeModule());

  @Property
  void everyInstantOfFourDigitYearsIsReadAsItWasWritten(
      @ForAll @LongRange(min = -62_167_219_200L, max = 253_402_300_799L) long seconds,
      @ForAll @IntRange(min = 0, max = 999_999_999) int nanos) {
    for (int unit : new int[] {1, 1_000, 1_000_000, 1_000_000_000}) {
      Instant instant = Instant.ofEpochSecond(seconds, nanos / unit * unit);
      assertThat(InstantReader.parse(instant.toString())).isEqualTo(instant);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-02-29T09:00:00Z",
        "2026-13-01T09:00:00Z",
        "2026-03-02T24:00:00Z",
        "2026-03-02T23:59:60Z",
        "2026-03-02T09:00:00.Z",
        "2026-03-02T09:00:00.1234567890Z",
        "2026-03-02T09:00:00.5",
        "2026-03-02T09:00:00+02:00",
        "2026-03-02 09:00:00Z",
        "2026-03-02T09:00Z",
        "+12026-03-02T09:00:00Z",
        "1772438400",
        "",
        "yesterday"
      })
  void anyOtherFormIsReadOrRefusedAsBefore(String text) throws Exception {
    assertThat(InstantReader.parse(text)).isNull();
    String json = "\"" + text + "\"";
    Throwable refused = catchThrowable(() -> general.readValue(json, Instant.class));
    if (refused == null) {
      assertThat(Json.mapper().readValue(json, Instant.class))
          .isEqualTo(general.readValue(json, Instant.class));
    } else {
      assertThat(catchThrowable(() -> Json.mapper().readValue(json, Instant.class)))
          .isInstanceOf(refused.getClass());
    }
  }
}
