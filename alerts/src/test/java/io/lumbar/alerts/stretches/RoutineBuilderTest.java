package io.lumbar.alerts.stretches;

import static org.assertj.core.api.Assertions.assertThat;

import io.lumbar.alerts.stretches.RoutineBuilder.Wish;
import io.lumbar.model.HealthCondition;
import io.lumbar.model.StretchProfile;
import java.time.LocalDate;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RoutineBuilderTest {
  private static final LocalDate DAY = LocalDate.of(2026, 3, 4);
  private static final Set<Place> ANYWHERE = EnumSet.allOf(Place.class);
  private static final Stretches CATALOGUE = Stretches.catalogue();
  private final RoutineBuilder builder = new RoutineBuilder(CATALOGUE, Suitability.table());

  private Routine build(StretchProfile profile, DayFacts facts, Integer pain, Set<Place> places) {
    return builder.build(
        new Wish(profile, DAY, facts, places, 14),
        CauseScores.of(facts, pain, !profile.bendBackwards()));
  }

  private static List<String> ids(Routine routine) {
    return routine.items().stream().map(item -> item.stretch().id()).toList();
  }

  @Test
  void longSittingGetsTheHipsAndAWalk() {
    Routine routine =
        build(StretchProfile.none(), new DayFacts(75, 1, 0, 0, false, false), null, ANYWHERE);
    assertThat(ids(routine)).contains("half-kneeling-hip-stretch", "walk");
    assertThat(routine.minutes()).isBetween(10.0, 15.0);
    assertThat(routine.items().get(0).because()).isEqualTo(Cause.LONG_SITTING);
  }

  @Test
  void anArchedNightWithASoreMorningGetsGentleRoundingAndNoBackBends() {
    Routine routine =
        build(StretchProfile.none(), new DayFacts(0, 0, 90, 0, true, false), 4, ANYWHERE);
    assertThat(ids(routine)).contains("pelvic-tilt", "cat-cow", "knee-to-chest", "side-sleep");
    assertThat(ids(routine)).doesNotContain("standing-back-bend", "prone-press-up");
  }

  @Test
  void muchBendingGetsABackBendAndPractice() {
    Routine routine =
        build(StretchProfile.none(), new DayFacts(0, 0, 0, 0, true, false), 1, ANYWHERE);
    assertThat(ids(routine)).contains("pick-up-practice", "standing-back-bend");
  }

  @Test
  void aJumpOfLoadGetsAWalkAndNoNewStrengthWork() {
    Routine routine =
        build(StretchProfile.none(), new DayFacts(0, 0, 0, 0, false, true), 1, ANYWHERE);
    assertThat(ids(routine)).contains("walk");
    assertThat(routine.items())
        .extracting(item -> item.stretch().kind())
        .doesNotContain(Kind.STRENGTH);
  }

  @ParameterizedTest
  @CsvSource({"0, true", "9, true", "10, false", "45, false"})
  void afterTheFirstArchedEpisodeNothingBendsBackwards(double arched, boolean expected) {
    DayFacts facts = new DayFacts(0, 0, arched, 0, true, false);
    assertThat(ids(build(StretchProfile.none(), facts, 1, ANYWHERE)).contains("prone-press-up"))
        .isEqualTo(expected);
  }

  @Test
  void workHoursOfferChairAndStandingOnly() {
    Routine routine =
        build(
            StretchProfile.none(),
            new DayFacts(75, 3, 0, 0, false, false),
            null,
            EnumSet.of(Place.CHAIR, Place.STANDING));
    assertThat(routine.items())
        .isNotEmpty()
        .extracting(item -> item.stretch().place())
        .containsOnly(Place.CHAIR, Place.STANDING);
  }

  /** Five minutes and a half of exercises suit, or nine. */
  @ParameterizedTest
  @CsvSource({"0, false", "0, true", "45, false", "45, true"})
  void whereLittleSuitsExercisesComeInRounds(double arched, boolean atWork) {
    StretchProfile seated =
        new StretchProfile(
            Set.of(HealthCondition.CANNOT_STAND),
            false,
            null,
            null,
            Set.of(),
            Set.of(),
            StretchProfile.none().diary());
    Routine routine =
        build(
            seated,
            new DayFacts(75, 3, arched, 0, false, false),
            null,
            atWork ? Place.AT_WORK : ANYWHERE);
    assertThat(routine.minutes()).isBetween(10.0, 14.0);
    assertThat(ids(routine)).allMatch(id -> Collections.frequency(ids(routine), id) <= 3);
    assertThat(routine.items())
        .filteredOn(Routine.Item::again)
        .extracting(item -> item.stretch().kind())
        .doesNotContain(Kind.SET_UP, Kind.PRACTICE);
  }

  @Test
  void nothingComesMoreThanTwoDaysRunningUnlessLiked() {
    DayFacts facts = new DayFacts(75, 1, 0, 0, false, false);
    StretchProfile twice =
        StretchProfile.none()
            .with(DAY.minusDays(2), List.of("walk", "half-kneeling-hip-stretch"), null)
            .with(DAY.minusDays(1), List.of("walk", "half-kneeling-hip-stretch"), null);
    assertThat(ids(build(twice, facts, null, ANYWHERE)))
        .doesNotContain("walk", "half-kneeling-hip-stretch");
    StretchProfile liked =
        new StretchProfile(Set.of(), false, null, null, Set.of("walk"), Set.of(), twice.diary());
    assertThat(ids(build(liked, facts, null, ANYWHERE)))
        .contains("walk")
        .doesNotContain("half-kneeling-hip-stretch");
  }

  @Property(tries = 300)
  void anyRoutineFitsTheTimeTheBodyAndThePlace(
      @ForAll @Size(max = 4) Set<HealthCondition> conditions,
      @ForAll @Size(min = 1) Set<Place> places,
      @ForAll @IntRange(min = 2, max = 30) int minutes,
      @ForAll @IntRange(max = 120) int sitting,
      @ForAll @IntRange(max = 120) int arched,
      @ForAll boolean bending,
      @ForAll boolean load,
      @ForAll @IntRange(max = 6) int pain) {
    StretchProfile profile =
        new StretchProfile(
            conditions, false, null, null, Set.of(), Set.of("walk"), StretchProfile.none().diary());
    DayFacts facts = new DayFacts(sitting, 0, arched, 0, bending, load);
    Wish wish = new Wish(profile, DAY, facts, places, minutes);
    var causes = CauseScores.of(facts, pain, true);
    Routine routine = builder.build(wish, causes);

    assertThat(routine).isEqualTo(builder.build(wish, causes));
    assertThat(routine.minutes()).isLessThanOrEqualTo(minutes);
    assertThat(ids(routine)).doesNotContain("walk");
    List<String> once =
        routine.items().stream()
            .filter(item -> !item.again())
            .map(item -> item.stretch().id())
            .toList();
    assertThat(once).doesNotHaveDuplicates();
    assertThat(ids(routine).subList(0, once.size())).as("rounds come after").isEqualTo(once);
    double round =
        routine.items().subList(0, once.size()).stream()
            .mapToDouble(item -> item.stretch().minutes())
            .sum();
    if (round >= 10 || minutes < 10) {
      assertThat(ids(routine)).as("there is enough").isEqualTo(once);
    }
    assertThat(routine.items())
        .extracting(Routine.Item::stretch)
        .allMatch(Suitability.table().suits(profile, DAY))
        .allMatch(stretch -> places.contains(stretch.place()));
    assertThat(routine.items().subList(0, once.size()))
        .extracting(Routine.Item::stretch)
        .isSortedAccordingTo(java.util.Comparator.comparing(Stretch::kind));
  }
}
