package io.lumbar.analytics.night;

import io.lumbar.analytics.evidence.Piece;
import io.lumbar.model.Posture;
import io.lumbar.model.SleepPosition;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Counts changes of position that last: a new position counts once it has held a minute. Pure. */
final class Turns {
  private Turns() {}

  static int count(List<Piece> pieces) {
    List<SleepPosition> held = new ArrayList<>();
    SleepPosition current = null;
    long since = 0;
    long until = 0;
    for (Piece piece : pieces) {
      SleepPosition position =
          piece.posture() == Posture.LYING ? piece.evidence().lying().position() : null;
      if (position == null || position != current || piece.from() != until) {
        add(held, current, until - since);
        current = position;
        since = piece.from();
      }
      until = piece.to();
    }
    add(held, current, until - since);
    return Math.max(0, held.size() - 1);
  }

  private static void add(List<SleepPosition> held, @Nullable SleepPosition position, long millis) {
    boolean lasted = position != null && millis >= Blocks.TURN;
    if (lasted && (held.isEmpty() || held.get(held.size() - 1) != position)) {
      held.add(position);
    }
  }
}
