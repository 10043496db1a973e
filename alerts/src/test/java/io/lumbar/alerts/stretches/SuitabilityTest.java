package io.lumbar.alerts.stretches;

import static org.assertj.core.api.Assertions.assertThat;

import io.lumbar.model.HealthCondition;
import io.lumbar.model.StretchProfile;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class SuitabilityTest {
  private static final LocalDate DAY = LocalDate.of(2026, 3, 4);
  private final Suitability table = Suitability.table();

  private record Row(HealthCondition condition, List<String> leftOut) {}

  /** The whole table as it shows to a wearer: whoever changes a trait or a row sees what moves. */
  static Stream<Row> rows() {
    return Stream.of(
        new Row(
            HealthCondition.PREGNANT,
            List.of("prone-press-up", "dead-bug", "side-plank", "curl-up", "front-sleep")),
        new Row(
            HealthCondition.PREGNANT_LATE,
            List.of(
                "standing-back-bend",
                "prone-press-up",
                "hamstring-strap",
                "figure-four-lying",
                "glute-bridge",
                "dead-bug",
                "side-plank",
                "curl-up",
                "pelvic-tilt",
                "knee-to-chest",
                "knee-rolls",
                "front-sleep")),
        new Row(HealthCondition.AFTER_BIRTH, List.of("dead-bug", "side-plank", "curl-up")),
        new Row(
            HealthCondition.OSTEOPOROSIS,
            List.of(
                "seated-cat-cow",
                "cat-cow",
                "childs-pose",
                "dead-bug",
                "side-plank",
                "curl-up",
                "knee-to-chest",
                "knee-rolls")),
        new Row(
            HealthCondition.STENOSIS,
            List.of("standing-back-bend", "seated-cat-cow", "cat-cow", "prone-press-up")),
        new Row(
            HealthCondition.SPONDYLOLISTHESIS,
            List.of("standing-back-bend", "seated-cat-cow", "cat-cow", "prone-press-up")),
        new Row(
            HealthCondition.SURGERY,
            List.of(
                "standing-back-bend",
                "side-reach",
                "wall-pelvic-tilt",
                "seated-cat-cow",
                "cat-cow",
                "childs-pose",
                "prone-press-up",
                "hamstring-strap",
                "dead-bug",
                "side-plank",
                "curl-up",
                "pelvic-tilt",
                "knee-to-chest",
                "knee-rolls",
                "front-sleep")),
        new Row(
            HealthCondition.HIP_REPLACEMENT,
            List.of(
                "seated-figure-four",
                "childs-pose",
                "hamstring-strap",
                "figure-four-lying",
                "knee-to-chest")),
        new Row(
            HealthCondition.CANNOT_STAND,
            List.of(
                "standing-hip-opener",
                "short-walk",
                "walk",
                "standing-back-bend",
                "calf-raises",
                "side-reach",
                "wall-pelvic-tilt",
                "sit-to-stand",
                "half-kneeling-hip-stretch",
                "cat-cow",
                "childs-pose",
                "prone-press-up",
                "hamstring-strap",
                "figure-four-lying",
                "glute-bridge",
                "dead-bug",
                "bird-dog",
                "side-plank",
                "curl-up",
                "clamshell",
                "side-leg-lift",
                "pick-up-practice")),
        new Row(
            HealthCondition.FORWARD_HURTS,
            List.of("seated-cat-cow", "cat-cow", "childs-pose", "curl-up", "knee-to-chest")),
        new Row(
            HealthCondition.BACKWARD_HURTS,
            List.of("standing-back-bend", "seated-cat-cow", "cat-cow", "prone-press-up")));
  }

  @ParameterizedTest
  @MethodSource("rows")
  void leavesOutWhatDoesNotSuit(Row row) {
    assertThat(Stretches.catalogue().all())
        .filteredOn(stretch -> !table.allows(Set.of(row.condition()), stretch))
        .extracting(Stretch::id)
        .containsExactlyElementsOf(row.leftOut());
  }

  @Test
  void everyConditionHasARow() {
    assertThat(rows().map(Row::condition)).containsExactlyInAnyOrder(HealthCondition.values());
  }

  @ParameterizedTest
  @EnumSource(HealthCondition.class)
  void everybodyIsLeftWithSomethingForLongSittingAtTheDesk(HealthCondition condition) {
    assertThat(
            Stretches.catalogue()
                .pick(
                    Cause.LONG_SITTING,
                    Set.of(Place.CHAIR, Place.STANDING),
                    1.9,
                    0,
                    List.of(),
                    stretch -> table.allows(Set.of(condition), stretch)))
        .isPresent();
  }

  @Test
  void whateverIsSoAPhraseIsLeftForABend() {
    Set<HealthCondition> all = EnumSet.allOf(HealthCondition.class);
    StretchProfile profile =
        new StretchProfile(
            all, false, null, null, Set.of(), Set.of(), StretchProfile.none().diary());
    List<String> ids = new ArrayList<>();
    Texts.in(Language.EN)
        .section("alerts")
        .path("bend")
        .forEach(one -> ids.add(one.path("id").asText()));
    assertThat(ids).containsAll(table.phrases());
    assertThat(ids).filteredOn(table.suitsPhrase(profile, DAY)).containsExactly("bend-4");
    assertThat(ids).allMatch(table.suitsPhrase(StretchProfile.none(), DAY));
  }

  @Test
  void whoCannotStandIsNeverToldToStandUp() {
    for (Language language : Language.values()) {
      assertThat(Stretches.catalogue(language).all())
          .filteredOn(stretch -> table.allows(EnumSet.of(HealthCondition.CANNOT_STAND), stretch))
          .isNotEmpty()
          .allSatisfy(
              stretch ->
                  assertThat(String.join(" ", stretch.steps()).toLowerCase(java.util.Locale.ROOT))
                      .doesNotContain("stand up", "get up and", "stehen sie auf"));
    }
  }

  @Test
  void whatHurtsIsNotOfferedAgain() {
    StretchProfile profile =
        new StretchProfile(
            Set.of(),
            false,
            null,
            null,
            Set.of(),
            Set.of("cat-cow"),
            StretchProfile.none().diary());
    Predicate<Stretch> suits = table.suits(profile, DAY);
    assertThat(Stretches.catalogue().all())
        .filteredOn(stretch -> !suits.test(stretch))
        .extracting(Stretch::id)
        .containsExactly("cat-cow");
  }
}
