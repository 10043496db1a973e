package io.lumbar.analytics.trunk;

import static org.assertj.core.api.Assertions.assertThat;

import io.lumbar.analytics.trunk.TrunkAxes.Direction;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrunkWalksTest {
  private static final long MINUTE = 60_000;
  private static final Direction UP = new Direction(1, 0, 0);
  private static final Direction DOWN = new Direction(-1, 0, 0);

  @Test
  void aSensorThatWasTurnedOverBetweenTwoWalksGoesByTheNewest() {
    TrunkWalks walks = new TrunkWalks();
    walks.put(0, Optional.of(UP));
    walks.put(MINUTE, Optional.of(DOWN));
    assertThat(walks.at(2 * MINUTE)).contains(DOWN);
  }

  @Test
  void oneWalkEitherWayGoesByTheNewestAndNotByTheMiddle() {
    TrunkWalks walks = new TrunkWalks();
    walks.put(0, Optional.of(UP));
    walks.put(MINUTE, Optional.of(new Direction(0, 1, 0)));
    assertThat(walks.at(2 * MINUTE)).contains(new Direction(0, 1, 0));
  }

  @Test
  void sinceAPoseCountNothingButTheWalksBehindItTwoAtLeast() {
    TrunkWalks walks = new TrunkWalks();
    for (int i = 0; i < 10; i++) {
      walks.put(i * MINUTE, Optional.of(UP));
    }
    long pose = 9 * MINUTE + 30_000;
    assertThat(walks.since(pose, 30 * MINUTE)).isEmpty();
    walks.put(12 * MINUTE, Optional.of(DOWN));
    assertThat(walks.since(pose, 30 * MINUTE)).isEmpty();
    walks.put(13 * MINUTE, Optional.of(DOWN));
    assertThat(walks.since(pose, 30 * MINUTE)).contains(DOWN);
    assertThat(walks.since(pose, 12 * MINUTE)).isEmpty();
  }

  @Test
  void whatAWalkShowedHoldsAlsoWhenItsDayIsClosed() {
    TrunkWalks walks = new TrunkWalks();
    for (int i = 0; i < 60; i++) {
      walks.put(i * MINUTE, Optional.of(DOWN));
    }
    long later = 9 * KeptDays.DAY_MILLIS;
    walks.keepOnly(Set.of(later));
    assertThat(walks.at(later)).contains(DOWN);
    assertThat(walks.of(29 * MINUTE)).isEmpty();
    assertThat(walks.of(30 * MINUTE)).isPresent();
  }

  @Test
  void oneOddWalkAmongManyDoesNotCount() {
    TrunkWalks walks = new TrunkWalks();
    for (int i = 0; i < 5; i++) {
      walks.put(i * MINUTE, Optional.of(UP));
    }
    walks.put(5 * MINUTE, Optional.of(new Direction(0, 0, 1)));
    assertThat(walks.at(6 * MINUTE)).contains(UP);
  }

  @ParameterizedTest
  @CsvSource({"-1, 0, 0", "0, 1, 0", "0, -1, 0", "0.3, 0, 0.9"})
  void twoWalksShowThatASensorWasPutOnAnotherWayHoweverManyWereBefore(
      double x, double y, double z) {
    Direction turned = new Direction(x, y, z).unit();
    TrunkWalks walks = new TrunkWalks();
    for (int i = 0; i < 30; i++) {
      walks.put(i * MINUTE, Optional.of(UP));
    }
    walks.put(30 * MINUTE, Optional.of(turned));
    assertThat(walks.at(31 * MINUTE)).contains(UP);
    walks.put(31 * MINUTE, Optional.of(turned));
    assertThat(walks.at(32 * MINUTE)).contains(turned);
    assertThat(walks.at(29 * MINUTE)).contains(UP);
  }

  /**
   * Who lies restlessly with a tag that is heard twice a second looks as whoever walks; only a
   * sensor that is turned as asked is believed.
   */
  @ParameterizedTest
  @CsvSource({"2, 0, 0, 1, false", "2, 0.95, 0, 0.3, true", "2, -1, 0, 0, false"})
  void whereStepsCannotBeToldOnlyASensorTurnedAsAskedIsBelieved(
      double hertz, double x, double y, double z, boolean believed) {
    Body body = new Body(0, hertz, 1).ride(new Direction(x, y, z), 60);
    TrunkMinute minute = new TrunkMinute(0);
    BendMinute fine = new BendMinute();
    for (Reading one : body.readings()) {
      Direction felt = one.value();
      minute.add(one.at(), felt.x(), felt.y(), felt.z());
      fine.add(one.at(), felt.x(), felt.y(), felt.z());
    }
    assertThat(TrunkWalks.walked(minute, Optional.of(fine)).isPresent()).isEqualTo(believed);
    assertThat(TrunkWalks.walked(minute, Optional.empty()).isPresent()).isEqualTo(believed);
  }

  @Test
  void whatTwoZonesShowedIsTheSameFromEitherSide() {
    TrunkWalks one = new TrunkWalks();
    one.put(0, Optional.of(UP));
    one.put(MINUTE, Optional.of(DOWN));
    TrunkWalks other = new TrunkWalks();
    other.put(MINUTE, Optional.of(UP));
    other.put(2 * MINUTE, Optional.of(UP));
    assertThat(one.and(other).encode()).isEqualTo(other.and(one).encode()).hasSize(1 + 3 * 11);
  }
}
