package io.lumbar.analytics.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lumbar.model.DaySummary;
import io.lumbar.model.Json;
import io.lumbar.model.LoadChange;
import io.lumbar.model.Posture;
import io.lumbar.model.WearerId;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PublishedDayTest {
  private static final DaySummary DAY = day(3, 61.25, List.of(steps(40, true)));

  @Test
  void readsWhatItWrote() {
    PublishedDay day = PublishedDay.of(DAY);

    assertThat(PublishedDay.decode(day.encode())).isEqualTo(day);
    assertThat(day.encode()).hasSizeLessThan(48);
  }

  @Test
  void tellsADayThatSaysSomethingElseFromOneThatIsOnlyNewer() {
    PublishedDay day = PublishedDay.of(DAY);

    assertThat(day.saysTheSameAs(PublishedDay.of(DAY.withRevision(9)))).isTrue();
    assertThat(day.saysTheSameAs(PublishedDay.of(day(3, 61.26, DAY.load())))).isFalse();
    assertThat(day.saysTheSameAs(PublishedDay.of(DAY.withLoad(List.of())))).isFalse();
    assertThat(day.hasLoad(List.of(steps(40, true)))).isTrue();
    assertThat(day.hasLoad(List.of(steps(41, true)))).isFalse();
  }

  @Test
  void knowsADayThatIsMadeOfTheSameWhateverItsLoads() {
    PublishedDay day = PublishedDay.of(DAY);

    assertThat(day.isMadeOf(DAY.withLoad(List.of()).withRevision(9))).isTrue();
    assertThat(day.isMadeOf(day(3, 61.26, DAY.load()))).isFalse();
  }

  /** Their loads would else stay as they are. */
  @Test
  void aDayOfBeforeTheWordsOfTheMorningIsMadeOfTheSame() {
    PublishedDay before = PublishedDay.of(DAY);

    assertThat(before.isMadeOf(DAY.withMorning(3, null))).isTrue();
    assertThat(before.saysTheSameAs(PublishedDay.of(DAY.withMorning(3, null)))).isFalse();
    assertThat(PublishedDay.of(DAY.withMorning(3, null)).isMadeOf(DAY)).isFalse();
  }

  @Test
  void remembersTheLargestRiseThatJumped() {
    assertThat(PublishedDay.of(DAY).rise()).isEqualTo(40);
    assertThat(PublishedDay.of(DAY.withLoad(List.of(steps(40, false)))).rise()).isZero();
  }

  /** Its order would otherwise be another one in each process. */
  @Test
  void theOrderOfAMapDoesNotCount() {
    String json = new String(Json.bytes(DAY), StandardCharsets.UTF_8);
    String forwards =
        json.replaceFirst("\"postureMinutes\":\\{[^}]*}", minutes("sitting", "standing"));
    String backwards =
        json.replaceFirst("\"postureMinutes\":\\{[^}]*}", minutes("standing", "sitting"));

    assertThat(PublishedDay.decode(forwards.getBytes(StandardCharsets.UTF_8)))
        .isEqualTo(PublishedDay.decode(backwards.getBytes(StandardCharsets.UTF_8)));
  }

  /** What versions before this form wrote. */
  @Test
  void readsTheWholeDayOfAnOlderVersion() {
    assertThat(PublishedDay.decode(Json.bytes(DAY))).isEqualTo(PublishedDay.of(DAY));
  }

  @Test
  void readsTheFirstForm() {
    String first =
        "01000000070000002a0000000000000011fffffffffffffffe000d4575726f70652f4265726c696e";

    assertThat(PublishedDay.decode(HexFormat.of().parseHex(first)))
        .isEqualTo(new PublishedDay(ZoneId.of("Europe/Berlin"), 7, 42, 0b1111, 0, false, 17, -2));
  }

  @Test
  void readsTheSecondForm() {
    String second =
        "02000000070000002a0d040000000000000011fffffffffffffffe000d4575726f70652f4265726c696e";
    PublishedDay day =
        new PublishedDay(ZoneId.of("Europe/Berlin"), 7, 42, 0b1101, 0b0100, false, 17, -2);

    assertThat(PublishedDay.decode(HexFormat.of().parseHex(second))).isEqualTo(day);
    assertThat(HexFormat.of().formatHex(day.encode())).isEqualTo(second);
  }

  @Test
  void aDayThatIsGoneIsKnownByItsHighestBit() {
    PublishedDay gone =
        PublishedDay.of(
            new DaySummary(
                new WearerId("w_anna"),
                LocalDate.of(2026, 3, 2),
                ZoneId.of("Europe/Berlin"),
                4,
                Map.of(),
                new DaySummary.Sitting(0, 0, 0, 0, 0, 0, 0),
                0,
                0));

    assertThat(gone.retracted()).isTrue();
    assertThat(HexFormat.of().formatHex(gone.encode())).startsWith("0200000004000000008000");
    assertThat(PublishedDay.decode(gone.encode())).isEqualTo(gone);
    assertThat(PublishedDay.of(DAY).retracted()).isFalse();
  }

  @Test
  void remembersWhichMeasuresAreKnownAndWhichJumped() {
    LoadChange bends = new LoadChange(LoadChange.Measure.BENDS, 40, 30, 30, 33, 1.33, null, false);
    PublishedDay day = PublishedDay.of(DAY.withLoad(List.of(steps(60, true), bends)));

    assertThat(day.measured()).isEqualTo(0b0101);
    assertThat(day.jumped()).isEqualTo(0b0001);
  }

  @Test
  void refusesAVersionThatItDoesNotKnow() {
    byte[] newer = PublishedDay.of(DAY).encode();
    newer[0] = 3;

    assertThatThrownBy(() -> PublishedDay.decode(newer)).hasMessageContaining("version 3");
  }

  private static String minutes(String first, String second) {
    return "\"postureMinutes\":{\"" + first + "\":1.5,\"" + second + "\":1.5}";
  }

  private static LoadChange steps(double percent, boolean jump) {
    return new LoadChange(
        LoadChange.Measure.STEPS, 9_000, 6_500, 6_400, percent, 1 + percent / 100, null, jump);
  }

  private static DaySummary day(int revision, double sitting, List<LoadChange> load) {
    Map<Posture, Double> minutes = new LinkedHashMap<>();
    minutes.put(Posture.SITTING, sitting);
    minutes.put(Posture.STANDING, 12.0);
    return new DaySummary(
            new WearerId("w_anna"),
            LocalDate.of(2026, 3, 2),
            ZoneId.of("Europe/Berlin"),
            revision,
            minutes,
            new DaySummary.Sitting(2, sitting, 40, 1, 1, 0, 1),
            4_321,
            73.25)
        .withLoad(load);
  }
}
