package io.lumbar.analytics.trunk;

import io.lumbar.analytics.motion.LimbAngles;
import io.lumbar.analytics.motion.LimbKeeper;
import io.lumbar.analytics.stream.MemoryStore;
import io.lumbar.analytics.stream.PosturesJudged;
import io.lumbar.analytics.stream.StoreKeys;
import io.lumbar.model.Calibration;
import io.lumbar.model.MotionBatch;
import io.lumbar.model.Posture;
import io.lumbar.model.PostureObservation;
import io.lumbar.model.Stamp;
import io.lumbar.model.WearerId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Judges a recording of one wearer's trunk sensors, and of the thigh or pocket sensor beside them,
 * in memory, by the very code of the stream: what it keeps of the samples, learns of the way a
 * sensor is turned, takes for not worn, and tells.
 *
 * <p>Batches and poses may come in any order and more than once; the answers are what the stream
 * tells in the end, when nothing more is awaited. Not thread-safe.
 */
public final class TrunkRecording {
  private static final WearerId WEARER = new WearerId("w_recorded");

  /** All is told as final: a recording has ended. */
  private static final long ENDED = Long.MAX_VALUE;

  private final MemoryStore motion = new MemoryStore();
  private final TrunkSensors sensors = new TrunkSensors(new MemoryStore(), motion, WEARER);
  private final LimbKeeper limbs = new LimbKeeper(motion, WEARER);
  private final NavigableMap<String, List<PostureObservation>> postures = new TreeMap<>();
  private final NavigableMap<Long, BendsJudged> bends = new TreeMap<>();

  /**
   * Five seconds as they are judged by themselves, before what is shorter than a minute is left to
   * what is around it.
   *
   * @param at their start in epoch milliseconds
   * @param posture lying, not worn, or unknown when the trunk was upright or may have been
   * @param lie how the trunk is turned; null where that is not known
   * @param headUpDegrees pitch of the trunk, on the front above the wearer's flat
   */
  public record Moment(long at, Posture posture, @Nullable Lie lie, double headUpDegrees) {}

  /**
   * Takes motion of any placement that the stream judges here.
   *
   * @throws IllegalArgumentException when it is of a wrist
   */
  public void add(MotionBatch batch) {
    if (LimbAngles.isToldBy(batch.stamp().placement())) {
      limbs.add(batch);
      note(sensors.addLimb(batch));
    } else if (TrunkProcessor.isTrunk(batch.stamp().placement())) {
      note(sensors.add(batch, ENDED));
    } else {
      throw new IllegalArgumentException(
          batch.stamp().placement().wireName()
              + " tells nothing of the trunk; use chest, waist, lower-back, thigh or"
              + " trouser-pocket");
    }
  }

  /**
   * Takes what the wearer says about a pose of a trunk or limb sensor, before or after its motion.
   */
  public void add(Calibration pose) {
    limbs.add(pose);
    note(sensors.add(pose, ENDED));
  }

  private void note(TrunkSensors.Told told) {
    for (PosturesJudged judged : told.postures()) {
      postures.put(key(judged.stamp(), judged.from().toEpochMilli()), judged.postures());
    }
    told.bends().forEach(judged -> bends.put(judged.block(), judged));
  }

  private static String key(Stamp stamp, long block) {
    return StoreKeys.at(StoreKeys.sensor(WEARER, stamp), block);
  }

  /** What is told of a trunk sensor, by time, without overlap. */
  public List<PostureObservation> postures(Stamp stamp) {
    String sensor = StoreKeys.sensor(WEARER, stamp);
    return postures
        .subMap(StoreKeys.at(sensor, 0), true, StoreKeys.at(sensor, Long.MAX_VALUE), true)
        .values()
        .stream()
        .flatMap(List::stream)
        .sorted(Comparator.comparing(PostureObservation::from))
        .toList();
  }

  /** The five seconds of a trunk sensor in which something was heard, by time. */
  public List<Moment> moments(Stamp stamp) {
    TrunkSensor sensor = sensors.sensor(StoreKeys.sensor(WEARER, stamp));
    List<Moment> moments = new ArrayList<>();
    for (long block : sensor.openBlocks()) {
      double flat = sensor.frame(block).flatDegrees();
      for (TrunkSlot slot : sensor.slots(block)) {
        if (StoreKeys.chunkOf(slot.at()) == block) {
          moments.add(moment(slot, flat));
        }
      }
    }
    return moments;
  }

  private static Moment moment(TrunkSlot slot, double flatDegrees) {
    Posture posture =
        switch (slot.trunk()) {
          case OFF -> Posture.NOT_WORN;
          case UNSURE, UPRIGHT -> Posture.UNKNOWN;
          default -> Posture.LYING;
        };
    double headUp = slot.tilt().headUp() - (slot.isProne() ? flatDegrees : 0);
    return new Moment(slot.at(), posture, slot.lie(), headUp);
  }

  /** The bends of all sensors together, by their start. */
  public List<Bend> bends() {
    return bends.values().stream()
        .flatMap(judged -> judged.bends().stream())
        .filter(Bend::isBend)
        .sorted(Comparator.comparingLong(Bend::from))
        .toList();
  }
}
