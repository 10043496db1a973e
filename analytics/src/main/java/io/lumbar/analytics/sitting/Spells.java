package io.lumbar.analytics.sitting;

import io.lumbar.analytics.evidence.Evidence;
import io.lumbar.analytics.evidence.Piece;
import io.lumbar.analytics.stream.Span;
import io.lumbar.model.Posture;
import io.lumbar.model.SleepPosition;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Joins the pieces of a timeline to spells of one posture. Pure.
 *
 * <p>A silence below the limit between two equal postures is more of the same. Where Lumbar's own
 * classifier decided, sitting or standing of under 10 s does not count and takes the posture before
 * it (the usual minimum for accepting a change with thigh-worn sensors); what a device reports as
 * its own verdict is taken as given, however short. A piece of unknown posture is one that the
 * wearer took back: nothing is joined across it.
 */
final class Spells {
  /** The shortest stretch of a classified posture that counts. */
  static final long SHORTEST_CLASSIFIED = 10_000;

  /** How far from a stretch lies what may decide whether it counts. */
  static final long REACH = SHORTEST_CLASSIFIED + 1;

  private final long silenceMillis;

  Spells(long silenceMillis) {
    this.silenceMillis = silenceMillis;
  }

  /**
   * The spells inside a span, in order, without overlap.
   *
   * @param pieces those of the span {@link #REACH} wider on both sides: a bout beyond its edge
   *     decides what counts inside
   */
  List<Spell> of(List<Piece> pieces, Span span) {
    List<Spell> spells = new ArrayList<>();
    Run open = null;
    for (Run run : clip(smooth(join(pieces, 0), span.from() - REACH), span)) {
      if (run.posture == Posture.UNKNOWN) {
        if (open != null) {
          spells.add(open.spell());
        }
        open = null;
      } else if (open != null
          && open.posture == run.posture
          && run.from - open.to() < Math.max(1, silenceMillis)) {
        open.pieces.addAll(run.pieces);
      } else {
        if (open != null) {
          spells.add(open.spell());
        }
        open = run;
      }
    }
    if (open != null) {
      spells.add(open.spell());
    }
    return spells;
  }

  private static List<Run> join(List<Piece> pieces, long longestGap) {
    List<Run> runs = new ArrayList<>();
    Run last = null;
    for (Piece piece : pieces) {
      if (last != null
          && last.posture == piece.posture()
          && last.classified == piece.evidence().classified()
          && piece.from() - last.to() <= longestGap) {
        last.pieces.add(piece);
      } else {
        last = new Run(piece);
        runs.add(last);
      }
    }
    return runs;
  }

  /**
   * Gives classified runs that are too short to the run that they touch, before it or else after.
   *
   * @param cut where the pieces were cut off: a run that starts there is longer than it looks
   */
  private static List<Run> smooth(List<Run> runs, long cut) {
    List<Run> kept = new ArrayList<>();
    for (int i = 0; i < runs.size(); i++) {
      Run run = runs.get(i);
      Run before = kept.isEmpty() ? null : kept.get(kept.size() - 1);
      boolean touchesBefore = before != null && before.to() == run.from;
      boolean touchesNext = i + 1 < runs.size() && runs.get(i + 1).from == run.to();
      boolean tooShort =
          run.classified
              && touchesNext
              && run.from > cut
              && groupLength(runs, i) < SHORTEST_CLASSIFIED;
      if (tooShort && touchesBefore && before != null) {
        before.pieces.addAll(run.pieces);
      } else if (tooShort) {
        runs.get(i + 1).takeStart(run);
      } else if (before != null && touchesBefore && before.posture == run.posture) {
        before.pieces.addAll(run.pieces);
      } else {
        kept.add(run);
      }
    }
    return kept;
  }

  private static List<Run> clip(List<Run> runs, Span span) {
    List<Run> inside = new ArrayList<>(runs.size());
    for (Run run : runs) {
      if (run.from >= span.from() && run.to() <= span.to()) {
        inside.add(run);
      } else if (run.from < span.to() && run.to() > span.from()) {
        inside.add(run.within(span));
      }
    }
    return inside;
  }

  /** Standing, walking and stairs are one state for the minimum: somebody is on the feet. */
  private static long groupLength(List<Run> runs, int index) {
    Run run = runs.get(index);
    long from = run.from;
    long to = run.to();
    for (int i = index - 1;
        i >= 0 && sameGroup(runs.get(i), run) && runs.get(i).to() == from;
        i--) {
      from = runs.get(i).from;
    }
    for (int i = index + 1;
        i < runs.size() && sameGroup(runs.get(i), run) && runs.get(i).from == to;
        i++) {
      to = runs.get(i).to();
    }
    return to - from;
  }

  private static boolean sameGroup(Run a, Run b) {
    return a.posture == b.posture || (a.posture.isUpright() && b.posture.isUpright());
  }

  /** Touching pieces on their way to a spell; its posture is fixed, its end grows. */
  private static final class Run {
    private final Posture posture;
    private final boolean classified;
    private final List<Piece> pieces = new ArrayList<>();
    private long from;

    Run(Piece first) {
      this(first.posture(), first.evidence().classified(), first.from());
      pieces.add(first);
    }

    private Run(Posture posture, boolean classified, long from) {
      this.posture = posture;
      this.classified = classified;
      this.from = from;
    }

    Run within(Span span) {
      Run part = new Run(posture, classified, Math.max(from, span.from()));
      for (Piece piece : pieces) {
        long start = Math.max(piece.from(), span.from());
        long end = Math.min(piece.to(), span.to());
        if (start < end) {
          part.pieces.add(piece.between(start, end));
        }
      }
      return part;
    }

    long to() {
      return pieces.get(pieces.size() - 1).to();
    }

    void takeStart(Run short_) {
      pieces.addAll(0, short_.pieces);
      from = short_.from;
    }

    Spell spell() {
      Piece first = pieces.get(0);
      Piece last = pieces.get(pieces.size() - 1);
      return new Spell(
          posture,
          from,
          last.to(),
          Math.max(last.to(), last.holdsUntil()),
          first.evidence().stamp().zone(),
          first.evidence().stamp().placement(),
          positions());
    }

    private Map<SleepPosition, Double> positions() {
      @Nullable Map<SleepPosition, Double> sums = null;
      for (Piece piece : pieces) {
        Evidence evidence = piece.evidence();
        if (!evidence.positionSeconds().isEmpty()) {
          double share = (piece.to() - piece.from()) / (double) (evidence.to() - evidence.from());
          if (sums == null) {
            sums = new EnumMap<>(SleepPosition.class);
          }
          for (Map.Entry<SleepPosition, Double> entry : evidence.positionSeconds().entrySet()) {
            sums.merge(entry.getKey(), entry.getValue() * share, Double::sum);
          }
        }
      }
      return sums == null ? Map.of() : sums;
    }
  }
}
