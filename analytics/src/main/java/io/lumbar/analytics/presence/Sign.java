package io.lumbar.analytics.presence;

import io.lumbar.model.BatteryObservation;
import io.lumbar.model.MotionBatch;
import io.lumbar.model.Posture;
import io.lumbar.model.PostureObservation;
import io.lumbar.model.WornObservation;
import java.time.Instant;
import java.util.List;

/**
 * What a record tells about whether a wearer is heard of.
 *
 * @param first the first of its cells
 * @param last the last of them
 * @param marks what holds of them all
 */
record Sign(long first, long last, int marks) {
  /** Something is known of the time. */
  static final int HEARD = 1;

  /** A sensor that follows the day told it, and not only a night's sleep. */
  static final int TOLD = 2;

  /** Taken off, or on its charger. */
  static final int AWAY = 4;

  /** Measured or said at that time, and not before for the time to come. */
  static final int THERE = 8;

  /** The signs in a record; none in those that say nothing of posture. */
  static List<Sign> of(Object value) {
    if (value instanceof PostureObservation one) {
      return ofPosture(one);
    } else if (value instanceof WornObservation one) {
      return List.of(moment(one.at(), one.worn() ? HEARD | THERE : HEARD | AWAY));
    } else if (value instanceof BatteryObservation one) {
      return List.of(moment(one.at(), one.charging() ? HEARD | AWAY : HEARD | THERE));
    } else if (value instanceof MotionBatch one) {
      return List.of(over(one.millisAt(0), one.millisAt(one.size() - 1), HEARD | TOLD | THERE));
    }
    return List.of();
  }

  private static List<Sign> ofPosture(PostureObservation one) {
    if (one.posture() == Posture.NOT_WORN) {
      return List.of(one.change() ? moment(one.from(), HEARD | AWAY) : measured(one, HEARD | AWAY));
    }
    int told = one.posture() == Posture.LYING ? HEARD : HEARD | TOLD;
    return one.change()
        ? List.of(moment(one.from(), told | THERE), measured(one, told))
        : List.of(measured(one, told | THERE));
  }

  private static Sign moment(Instant at, int marks) {
    return over(at.toEpochMilli(), at.toEpochMilli(), marks);
  }

  private static Sign measured(PostureObservation one, int marks) {
    long from = one.from().toEpochMilli();
    return over(from, Math.max(from, one.to().toEpochMilli() - 1), marks);
  }

  private static Sign over(long from, long to, int marks) {
    return new Sign(CellLog.cellOf(from), CellLog.cellOf(to), marks);
  }
}
