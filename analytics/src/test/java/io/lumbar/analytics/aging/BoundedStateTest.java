package io.lumbar.analytics.aging;

import static org.assertj.core.api.Assertions.assertThat;

import io.lumbar.analytics.Rig;
import io.lumbar.analytics.simulation.Activity;
import io.lumbar.analytics.simulation.Script;
import io.lumbar.analytics.simulation.Simulation;
import io.lumbar.analytics.simulation.Wear;
import io.lumbar.analytics.stream.Stores;
import io.lumbar.model.BatteryObservation;
import io.lumbar.model.CheckIn;
import io.lumbar.model.Placement;
import io.lumbar.model.Posture;
import io.lumbar.model.PostureObservation;
import io.lumbar.model.SleepPosition;
import io.lumbar.model.Stamp;
import io.lumbar.model.StepsObservation;
import io.lumbar.model.WearerId;
import io.lumbar.model.WearerPartitioner;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Weeks of wearers who report on every ten minutes, nights with positions, hourly steps and a
 * check-in a day, each in a rhythm of their own: what their changelogs hold after compaction stops
 * growing. {@code -Dlumbar.state.days} and {@code -Dlumbar.state.wearers} take more, from the one
 * with the number {@code -Dlumbar.state.first} on; {@code -Dlumbar.state.hours}, a divisor of 24,
 * has them upload more seldom; {@code -Dlumbar.state.print=true} prints the sizes.
 */
class BoundedStateTest {
  private static final int DAYS = Integer.getInteger("lumbar.state.days", 60);
  private static final int WEARERS = Integer.getInteger("lumbar.state.wearers", 1);
  private static final int UPLOAD = 6 * Integer.getInteger("lumbar.state.hours", 1);
  private static final int FIRST = Integer.getInteger("lumbar.state.first", 0);
  private static final WearerId GONE = new WearerId("w_gone");

  /** Sends what was recorded long ago, and leaves as well. */
  private static final WearerId PAST = new WearerId("w_past");

  private static final Duration LONG_AGO = Duration.ofDays(1_000);
  private static final Instant START = Rig.at("0:00");
  private static final Stamp THIGH = Rig.THIGH;
  private static final Stamp CHEST = Rig.stamp("d_chest", Placement.CHEST);

  /** So many of whom something is due are looked at while the clock goes on for some seconds. */
  private static final int WEARERS_A_REST = 16;

  /** So many are told one by one. */
  private static final int FEW = 40;

  @TempDir Path stateDir;

  private final Map<String, Integer> live = new HashMap<>();

  @Test
  void whatIsKeptOfAWearerStopsGrowing() {
    Map<Integer, Map<String, Long>> sizes = new TreeMap<>();
    Map<String, Long> before = Map.of();
    Map<String, Long> last = Map.of();
    try (Rig rig = new Rig(START, stateDir, Horizon.DEFAULT).keepingNothing()) {
      for (int day = 0; day < DAYS; day++) {
        live(rig, day);
        read(rig);
        if (day % 10 == 9) {
          before = last;
          last = bytesByWearer();
          sizes.put(day + 1, bytesByStore(name(FIRST)));
          tellWhoAsked("all after " + (day + 1) + " days", last);
        }
      }
    }
    sizes.forEach((day, stores) -> tellWhoAsked("the first after " + day + " days", stores));
    tellWhoAsked("of who left after 5 days", bytesByStore(GONE.value()));
    tellWhoAsked("of whom only old data came", bytesByStore(PAST.value()));
    for (int i = FIRST; i < FIRST + WEARERS; i++) {
      long bytes = last.get(name(i));
      assertThat(bytes).as(name(i)).isLessThan((long) (1.05 * before.get(name(i))));
      assertThat(bytes).as(name(i)).isLessThan(600_000);
    }
    assertThat(total(bytesByStore(GONE.value()))).isLessThan(1_000);
    assertThat(total(bytesByStore(PAST.value()))).isLessThan(1_000);
  }

  /** An exchanged phone, or another placement: only what was learnt of its mounting stays. */
  @Test
  void theMotionOfASensorThatSendsNoMoreIsForgotten() {
    WearerId wearer = new WearerId("w_0");
    Instant end = START.plus(Duration.ofHours(9));
    Script script =
        Script.of(START.plus(Duration.ofHours(8)), Activity.WALKING, Duration.ofMinutes(5))
            .then(Activity.SITTING, Duration.ofMinutes(55));
    try (Rig rig = new Rig(end, stateDir, Horizon.DEFAULT)) {
      for (Stamp stamp : List.of(THIGH, CHEST)) {
        Wear wear = Wear.of(stamp, 25).batches(Duration.ofMinutes(10));
        new Simulation(script, 1).worn(wear).forEach(batch -> rig.upload(wearer, batch));
      }
      rig.clockTo(end.plus(Duration.ofHours(1)));
      read(rig);
      assertThat(motion(wearer)).isGreaterThan(20_000);
      for (int day = 1; day < 20; day++) {
        Instant to = end.plus(Duration.ofDays(day));
        rig.clockTo(to);
        rig.upload(
            wearer, PostureObservation.span(THIGH, Posture.SITTING, to.minusSeconds(60), to));
      }
      rig.clockTo(end.plus(Duration.ofDays(20)));
      read(rig);
    }
    assertThat(motion(wearer)).isLessThan(1_000);
  }

  @Test
  void ofWhomOnlyBatteriesWereHeardNothingStays() {
    WearerId wearer = new WearerId("w_0");
    try (Rig rig = new Rig(START.plus(Duration.ofHours(12)), stateDir, Horizon.DEFAULT)) {
      for (int day = 0; day < 5; day++) {
        Instant at = START.plus(Duration.ofDays(day)).plus(Duration.ofHours(12));
        rig.clockTo(at);
        rig.upload(wearer, new BatteryObservation(THIGH, 0.05, false, at));
      }
      rig.rest();
      assertThat(rig.stored(wearer)).anyMatch(one -> one.startsWith(Stores.PRESENCE));
      for (int day = 5; day < 60; day++) {
        rig.clockTo(START.plus(Duration.ofDays(day)).plus(Duration.ofHours(12)));
      }
      assertThat(rig.stored(wearer))
          .noneMatch(one -> one.startsWith(Stores.PRESENCE))
          .noneMatch(one -> one.startsWith(Stores.NEEDS))
          .noneMatch(one -> one.startsWith(Stores.EVIDENCE));
    }
  }

  private long motion(WearerId wearer) {
    Map<String, Long> sizes = bytesByStore(wearer.value());
    return sizes.getOrDefault(Stores.MOTION, 0L) + sizes.getOrDefault(Stores.TRUNK, 0L);
  }

  /**
   * The same posture goes on: spans of so many seconds, or a word each so many seconds that holds
   * for so many minutes.
   */
  @ParameterizedTest
  @CsvSource({"60, 0", "10, 0", "1, 0", "60, 10", "10, 10", "60, 240", "10, 240"})
  void anOrdinaryObservationWritesLittle(int seconds, int validMinutes) {
    try (Rig rig = new Rig(START.plus(Duration.ofHours(8)), stateDir, Horizon.DEFAULT)) {
      WearerId wearer = new WearerId("w_0");
      Map<String, Long> bytes = new TreeMap<>();
      int uploads = 0;
      for (int second = seconds; second <= 20 * 60; second += seconds) {
        Instant to = START.plus(Duration.ofHours(8)).plusSeconds(second);
        rig.clockTo(to);
        rig.upload(
            wearer,
            validMinutes == 0
                ? PostureObservation.span(THIGH, Posture.SITTING, to.minusSeconds(seconds), to)
                : PostureObservation.change(
                    THIGH, Posture.SITTING, to, Duration.ofMinutes(validMinutes)));
        List<Rig.Written> written = rig.changelogs();
        if (second > 600) {
          uploads++;
          written.forEach(one -> bytes.merge(one.store(), (long) one.bytes(), Long::sum));
        }
      }
      int count = uploads;
      bytes.replaceAll((store, sum) -> sum / count);
      tellWhoAsked(
          "an observation each %d s, valid %d min, writes".formatted(seconds, validMinutes), bytes);
      assertThat(total(bytes)).isLessThanOrEqualTo(300);
    }
  }

  /** A day of all wearers, upload by upload. */
  private static void live(Rig rig, int day) {
    List<WearerId> wearers = new ArrayList<>();
    for (int i = FIRST; i < FIRST + WEARERS; i++) {
      wearers.add(new WearerId(name(i)));
    }
    if (day < 5) {
      wearers.add(GONE);
    }
    Instant midnight = START.plus(Duration.ofDays(day));
    for (int last = UPLOAD; last <= 144; last += UPLOAD) {
      rig.clockTo(midnight.plusSeconds(600L * last));
      for (int ten = last - UPLOAD + 1; ten <= last; ten++) {
        Instant to = midnight.plusSeconds(600L * ten);
        for (int i = 0; i < wearers.size(); i++) {
          tell(rig, wearers.get(i), FIRST + i, ten, to);
        }
        if (day < 5) {
          tell(rig, PAST, 0, ten, to.minus(LONG_AGO));
        }
      }
    }
    rig.clockTo(midnight.plus(Duration.ofDays(1)).plusSeconds(2));
    // Timers look at a few wearers a tick, and a clock that jumps hours ticks but twice.
    for (int seen = 0; seen <= WEARERS; seen += WEARERS_A_REST) {
      rig.rest();
    }
  }

  /** Whoever has another number sleeps so long, walks so often and so much. */
  private static void tell(Rig rig, WearerId wearer, int number, int ten, Instant to) {
    Instant from = to.minusSeconds(600);
    if (ten <= 42 + number % 4 * 6) {
      if (ten % 6 == 0) {
        SleepPosition[] positions = SleepPosition.values();
        SleepPosition position = positions[(ten / 6 + number) % positions.length];
        rig.upload(wearer, lying(position, to.minusSeconds(3_600), to));
      }
    } else {
      Posture posture = ten % (5 - number % 3) == 0 ? Posture.WALKING : Posture.SITTING;
      rig.upload(wearer, PostureObservation.span(THIGH, posture, from, to));
      if (ten % 6 == 0) {
        rig.upload(
            wearer,
            new StepsObservation(Rig.WRIST, 700 + number % 100, to.minusSeconds(3_600), to));
      }
    }
    if (ten == 60) {
      rig.tell(
          wearer,
          new CheckIn("c_" + to.getEpochSecond(), to, false, to, 2, null, null, null, false, null));
    }
  }

  private static PostureObservation lying(SleepPosition position, Instant from, Instant to) {
    return new PostureObservation(
        CHEST,
        Posture.LYING,
        from,
        to,
        false,
        PostureObservation.Origin.REPORTED,
        PostureObservation.Grade.FINAL,
        position,
        5.0,
        3.0,
        Map.of());
  }

  private void read(Rig rig) {
    for (Rig.Written one : rig.changelogs()) {
      String key = one.store() + " " + one.key();
      if (one.valueBytes() < 0) {
        live.remove(key);
      } else {
        live.put(key, one.bytes());
      }
    }
  }

  private Map<String, Long> bytesByStore(String wearer) {
    Map<String, Long> sums = new TreeMap<>();
    live.forEach(
        (key, bytes) -> {
          String[] parts = key.split(" ", 2);
          if (parts[1].equals(wearer) || parts[1].startsWith(wearer + "|")) {
            sums.merge(parts[0], (long) bytes, Long::sum);
          }
        });
    return sums;
  }

  private Map<String, Long> bytesByWearer() {
    Map<String, Long> sums = new HashMap<>();
    live.forEach(
        (key, bytes) -> {
          String owner = WearerPartitioner.wearer(key.substring(key.indexOf(' ') + 1));
          sums.merge(owner, (long) bytes, Long::sum);
        });
    return sums;
  }

  private static String name(int number) {
    return "w_" + number;
  }

  private static long total(Map<String, Long> sizes) {
    return sizes.values().stream().mapToLong(Long::longValue).sum();
  }

  @SuppressWarnings("SystemOut") // asked for
  private static void tellWhoAsked(String title, Map<String, Long> sizes) {
    if (Boolean.getBoolean("lumbar.state.print")) {
      System.out.printf("%s: %d bytes", title, total(sizes));
      if (sizes.size() <= FEW) {
        System.out.println(" " + sizes);
      } else {
        LongSummaryStatistics each =
            sizes.values().stream().mapToLong(Long::longValue).summaryStatistics();
        System.out.printf(", %.0f each, at most %d%n", each.getAverage(), each.getMax());
      }
    }
  }
}
