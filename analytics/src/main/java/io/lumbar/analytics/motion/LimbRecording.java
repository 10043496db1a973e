package io.lumbar.analytics.motion;

import io.lumbar.model.MotionBatch;
import io.lumbar.model.Placement;
import java.util.List;
import java.util.TreeMap;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Labels a recording of one thigh or pocket sensor by the rules of the stream, in memory.
 *
 * <p>Batches may come in any order and more than once; the runs are those that the stream would
 * have told in the end.
 */
public final class LimbRecording {
  private final MemoryMinutes minutes = new MemoryMinutes();
  private final LimbMotion motion;

  /**
   * Prepares for a sensor.
   *
   * @throws IllegalArgumentException when the placement is not a thigh or a trouser pocket
   */
  public LimbRecording(Placement placement) {
    if (!LimbMotion.judges(placement)) {
      throw new IllegalArgumentException(
          placement.wireName() + " cannot be judged as a thigh; use thigh or trouser-pocket");
    }
    motion = new LimbMotion(placement, minutes, LimbMotion.walks(placement));
  }

  public void add(MotionBatch batch) {
    motion.add(batch);
  }

  /** Tells that the wearer stood still and upright in some seconds, and in no others. */
  public void stood(long fromSecond, long toSecond) {
    motion.stood(List.of(new Range(fromSecond, toSecond)));
  }

  /** The labels so far, in order; seconds without samples are left out. */
  public List<LabelRun> runs() {
    return motion.runs(minutes.known());
  }

  /** How many steps were made. */
  public long steps() {
    return count(MinuteMovement::steps);
  }

  /** How often the wearer stood up after ten seconds or more on a seat. */
  public long sitToStands() {
    return count(MinuteMovement::sitToStands);
  }

  /** How often the wearer changed posture while seated. */
  public long seatedShifts() {
    return count(MinuteMovement::seatedShifts);
  }

  private long count(ToIntFunction<MinuteMovement> what) {
    LimbMovement movement = new LimbMovement(minutes);
    long sum = 0;
    for (long minute : minutes.minutes.keySet()) {
      sum += what.applyAsInt(movement.in(minute));
    }
    return sum;
  }

  /** Minutes in memory, without a limit. */
  private static final class MemoryMinutes implements Minutes {
    private final TreeMap<Long, Minute> minutes = new TreeMap<>();

    @Override
    public @Nullable Minute find(long minute) {
      return minutes.get(minute);
    }

    @Override
    public Minute open(long minute) {
      return minutes.computeIfAbsent(minute, number -> new Minute());
    }

    @Override
    public void changed(long minute) {
      // nothing to write to
    }

    @Override
    public boolean isLetGo(long minute) {
      return false;
    }

    @Override
    public Range known() {
      return minutes.isEmpty()
          ? new Range(0, 0)
          : new Range(
              minutes.firstKey() * Minute.SECONDS, (minutes.lastKey() + 1) * Minute.SECONDS);
    }
  }
}
