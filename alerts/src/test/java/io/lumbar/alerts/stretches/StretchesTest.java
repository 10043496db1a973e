package io.lumbar.alerts.stretches;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class StretchesTest {
  private static final Set<Place> AT_WORK = Set.of(Place.CHAIR, Place.STANDING);
  private final Stretches stretches = Stretches.catalogue();

  @Test
  void everyEntryIsComplete() {
    assertThat(stretches.all()).hasSizeGreaterThanOrEqualTo(30);
    assertThat(stretches.all())
        .allSatisfy(
            stretch -> {
              assertThat(stretch.id()).matches("[a-z-]{4,40}");
              assertThat(stretch.name()).isNotBlank();
              assertThat(stretch.steps()).hasSizeBetween(2, 5).noneMatch(String::isBlank);
              assertThat(stretch.stopIf()).isNotBlank();
              assertThat(stretch.evidence()).isNotBlank();
              assertThat(stretches.byId(stretch.id())).contains(stretch);
            });
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " => ",
      value = {
        "causes: [comfort] => cause 'comfort' is not known; use long-sitting, inactive",
        "place: roof => place 'roof' is not known; use chair, standing, floor, bed",
        "traits: [] => its place asks for the trait floor",
        "minutes: 0.5 => 8 s held 5 times on 1 sides takes more than 0.5 minutes",
        "sides: 3 => has an impossible dose",
        "id: handstand => no words for stretches.handstand",
        "holdseconds: 4 => Unrecognized field",
      })
  void anEntryThatIsWrongIsRefusedWithASentence(String line, String sentence) throws Exception {
    String field = line.substring(0, line.indexOf(':'));
    String entry =
        """
        id: glute-bridge
        causes: [core]
        place: floor
        kind: strength
        traits: [floor, on-back]
        holdSeconds: 8
        repetitions: 5
        sides: 1
        minutes: 1.5
        """
                .replaceAll("(?m)^" + field + ":.*\n", "")
            + line;
    JsonNode list = Resources.mapper().createArrayNode().add(Resources.mapper().readTree(entry));
    assertThatThrownBy(() -> Stretches.read(list, Texts.in(Language.EN)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(sentence);
  }

  @ParameterizedTest
  @EnumSource(Cause.class)
  void everyCauseHasAStretch(Cause cause) {
    assertThat(stretches.pick(cause, Set.of(Place.values()), 15, 0, List.of())).isPresent();
  }

  @ParameterizedTest
  @EnumSource(
      value = Cause.class,
      names = {"LONG_SITTING", "INACTIVE"})
  void alertsFindEnoughShortOnesAtWorkNotToRepeatWithinThree(Cause cause) {
    List<String> used = new ArrayList<>();
    for (int seed = -50; seed < 50; seed++) {
      List<String> recent = used.subList(Math.max(0, used.size() - 3), used.size());
      Stretch next = stretches.pick(cause, AT_WORK, 1.9, seed * 7919, recent).orElseThrow();
      assertThat(recent).doesNotContain(next.id());
      assertThat(next.minutes()).isLessThan(2);
      assertThat(AT_WORK).contains(next.place());
      used.add(next.id());
    }
    assertThat(Set.copyOf(used)).hasSizeGreaterThanOrEqualTo(4);
  }

  @Test
  void whenAllWereUsedTheOneUsedLongestAgoComesAgain() {
    List<String> items = List.of("a", "b", "c");
    assertThat(Rotation.pick(items, item -> item, 5, List.of("b", "c", "a"))).contains("b");
    assertThat(Rotation.pick(List.<String>of(), item -> item, 5, List.of())).isEmpty();
  }
}
