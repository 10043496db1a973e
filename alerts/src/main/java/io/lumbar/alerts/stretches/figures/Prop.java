package io.lumbar.alerts.stretches.figures;

import com.fasterxml.jackson.annotation.JsonCreator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Something beside the figure.
 *
 * @param from one corner or end
 * @param to the opposite corner or the other end
 * @param radius of a pillow
 * @param through joints that it runs through, from first to last; it moves with them
 * @param before the part of the body that covers it; null when all of the body does
 */
record Prop(
    Kind kind,
    @Nullable Vec from,
    @Nullable Vec to,
    double radius,
    @Nullable List<Joint> through,
    @Nullable Part before) {

  enum Kind {
    /** A flat surface on which the figure lies or stands. */
    MAT(false),
    /** A wall, a table, a bed. */
    BOX(false),
    /** A post or a rail. */
    BAR(false),
    PILLOW(true),
    STRAP(true);

    private final boolean movable;

    Kind(boolean movable) {
      this.movable = movable;
    }

    @JsonCreator
    static Kind of(String name) {
      return valueOf(name.toUpperCase(Locale.ROOT));
    }
  }

  Prop {
    boolean held = through != null && through.size() > 1 && kind.movable;
    if (!held && (kind == Kind.STRAP || from == null || to == null)) {
      throw new IllegalArgumentException(
          kind + (kind == Kind.STRAP ? " needs two joints in through" : " needs from and to"));
    }
  }

  boolean moves() {
    return through != null;
  }
}
