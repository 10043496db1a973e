package io.lumbar.analytics.trunk;

import static org.assertj.core.api.Assertions.assertThat;

import io.lumbar.analytics.Rig;
import io.lumbar.analytics.simulation.Mounting;
import io.lumbar.analytics.simulation.Script;
import io.lumbar.analytics.simulation.Simulation;
import io.lumbar.analytics.simulation.Wear;
import io.lumbar.model.MotionBatch;
import io.lumbar.model.Placement;
import io.lumbar.model.Stamp;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Says how much processor time days of a chest and a thigh sensor take that come in batches of so
 * many seconds as the system property {@code lumbar.pace} says.
 */
class TrunkPaceTest {
  private static final Stamp CHEST = Rig.stamp("d_chest", Placement.CHEST);

  @Test
  @EnabledIfSystemProperty(named = "lumbar.pace", matches = "[1-9]\\d*")
  void daysInSmallBatches() {
    Duration batch = Duration.ofSeconds(Long.getLong("lumbar.pace"));
    for (long seed = 1; seed <= Long.getLong("lumbar.days", 3); seed++) {
      List<MotionBatch> day = day(seed, batch);
      TrunkRecording recording = new TrunkRecording();
      long before = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
      day.forEach(recording::add);
      long nanos = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - before;
      String told = recording.bends() + " " + recording.postures(CHEST);
      System.out.printf(
          "day %d: %d batches, %.2f s, %d us a batch, told %08x%n",
          seed, day.size(), nanos / 1e9, nanos / 1_000 / day.size(), told.hashCode());
      assertThat(recording.postures(CHEST)).hasSizeGreaterThan(100);
    }
  }

  private static List<MotionBatch> day(long seed, Duration batch) {
    Script script = Script.day(Rig.at("6:00"), seed);
    SplittableRandom random = new SplittableRandom(seed);
    List<MotionBatch> day = new ArrayList<>();
    for (Stamp stamp : List.of(Rig.THIGH, CHEST)) {
      Wear wear = Wear.of(stamp, 25).mounted(Mounting.random(random)).batches(batch);
      new Simulation(script, seed).worn(wear).forEach(day::add);
    }
    day.sort(Comparator.comparingLong(one -> one.millisAt(one.size() - 1)));
    return day;
  }
}
