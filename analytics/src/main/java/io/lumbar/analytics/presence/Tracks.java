package io.lumbar.analytics.presence;

import io.lumbar.analytics.presence.Needs.Kind;
import io.lumbar.model.BatteryObservation;
import io.lumbar.model.Placement;
import io.lumbar.model.Posture;
import io.lumbar.model.PostureObservation;
import io.lumbar.model.Stamp;
import java.util.List;
import java.util.OptionalInt;

/** The tracks of marks that a sensor leaves: one of its battery, one of what it can tell. Pure. */
final class Tracks {
  /** Share of a full charge at which a battery is low. */
  static final double LOW = 0.15;

  private static final String BATTERY = "b";
  private static final String POSITION = "p";

  private Tracks() {}

  static String of(Stamp stamp, Kind kind) {
    return String.join(
        "|",
        "",
        stamp.device().value(),
        stamp.placement().wireName(),
        kind == Kind.CHARGING ? BATTERY : POSITION);
  }

  static Kind kindOf(String track) {
    return track.endsWith("|" + BATTERY) ? Kind.CHARGING : Kind.POSITION;
  }

  static Placement placementOf(String track) {
    String[] parts = track.split("\\|", -1);
    return Placement.of(parts[parts.length - 2]);
  }

  /** What a reading says about its battery; empty when it says nothing. */
  static OptionalInt battery(BatteryObservation one) {
    if (one.charging() || (one.level() != null && one.level() > LOW)) {
      return OptionalInt.of(Needs.FINE);
    }
    return one.level() == null ? OptionalInt.empty() : OptionalInt.of(Needs.BAD);
  }

  /** Whether a sensor of this placement tells postures once it knows how it is worn. */
  static boolean learnsItsPosition(Placement placement) {
    return placement == Placement.THIGH || placement == Placement.TROUSER_POCKET;
  }

  /**
   * What our own classifier could tell in a cell from what it judged; 0 when nothing came, or when
   * the sensor was not worn and so had nothing to learn from.
   */
  static int position(List<PostureObservation> judged, long cell) {
    long from = cell * Cells.CELL;
    int marks = 0;
    boolean worn = true;
    for (PostureObservation one : judged) {
      if (one.from().toEpochMilli() < from + Cells.CELL && one.to().toEpochMilli() > from) {
        worn &= one.posture() != Posture.NOT_WORN;
        marks |= one.posture() == Posture.UNKNOWN ? Needs.BAD : Needs.FINE;
      }
    }
    if (!worn) {
      return 0;
    }
    return (marks & Needs.FINE) != 0 ? Needs.FINE : marks;
  }
}
