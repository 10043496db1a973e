package io.lumbar.alerts.stretches;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class StretchesTest {
  private static final Set<Place> AT_WORK = Set.of(Place.CHAIR, Place.STANDING);
  private final Stretches stretches = Stretches.catalogue();

  @Test
  void everyEntryIsComplete() {
    assertThat(stretches.all()).hasSizeGreaterThanOrEqualTo(12);
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

  @Test
  void theStatedMinutesAgreeWithTheDose() {
    assertThat(stretches.all())
        .allSatisfy(
            stretch -> {
              double held = stretch.holdSeconds() * stretch.repetitions() * stretch.sides() / 60.0;
              assertThat(held).as(stretch.id()).isLessThanOrEqualTo(stretch.minutes());
            });
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
