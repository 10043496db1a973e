package io.lumbar.analytics.trunk;

import io.lumbar.analytics.trunk.BendMotion.Judged;
import io.lumbar.model.Stamp;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * All bends of a wearer that begin in ten minutes of UTC, and the time bent forward, in place of
 * whatever was told of them before. Not written to any topic.
 *
 * @param block start of the ten minutes in epoch milliseconds
 * @param stamp of the sensor that was believed first; null where none was heard
 * @param bends by time, those held forward too
 * @param forward the time bent forward in each half of the ten minutes
 * @param heard the minutes in which some sensor could tell, the first one as the lowest bit
 * @param letGo sensors that were worn on that day and whose samples are gone; not kept
 */
record BendsJudged(
    long block,
    @Nullable Stamp stamp,
    List<Bend> bends,
    List<ForwardTime> forward,
    int heard,
    Set<Stamp> letGo) {
  /**
   * Zones differ by quarters of an hour, so that halves of ten minutes never straddle a midnight.
   */
  static final int PARTS = 2;

  static final long PART_MILLIS = TrunkMotion.BLOCK_MILLIS / PARTS;

  static final int MINUTES = (int) (TrunkMotion.BLOCK_MILLIS / TrunkMinute.MILLIS);

  /** By start; a time held forward behind a bend that begins with it. */
  static final Comparator<Bend> ORDER =
      Comparator.comparingLong(Bend::from).thenComparing(Bend::style);

  /** All minutes were heard. */
  static final int WHOLE = (1 << MINUTES) - 1;

  BendsJudged {
    bends = List.copyOf(bends);
    forward = List.copyOf(forward);
    letGo = Set.copyOf(letGo);
  }

  /** Judged from all sensors that were worn. */
  BendsJudged(
      long block, @Nullable Stamp stamp, List<Bend> bends, List<ForwardTime> forward, int heard) {
    this(block, stamp, bends, forward, heard, Set.of());
  }

  /**
   * Whether this holds in place of what was told before. What a sensor told whose samples are gone
   * cannot be judged beside this: it stays, but where all its minutes were heard by one nearer to
   * the breast bone, which would have been believed in any case.
   */
  boolean replaces(BendsJudged before) {
    Stamp told = before.stamp;
    if (told == null || letGo.isEmpty()) {
      return true;
    }
    boolean nearer = stamp != null && stamp.placement().compareTo(told.placement()) < 0;
    return (before.heard & ~heard) == 0 && (nearer || !letGo.contains(told));
  }

  /** True when no sensor could tell anything of it. */
  boolean isEmpty() {
    return heard == 0;
  }

  /** True when nothing was found, heard or not. */
  boolean isQuiet() {
    return bends.isEmpty() && forward.stream().allMatch(one -> one.beyond20() == 0);
  }

  /** No time bent forward in either half. */
  static List<ForwardTime> atRest(long block) {
    List<ForwardTime> forward = new ArrayList<>();
    for (int part = 0; part < PARTS; part++) {
      forward.add(new ForwardTime(block + part * PART_MILLIS, 0, 0, 0, 0));
    }
    return forward;
  }

  /** Puts sensors together, the one to believe first coming first. */
  static final class Builder {
    private final long block;
    private final Judged[] believed = new Judged[MINUTES];
    private @Nullable Stamp first;

    Builder(long block) {
      this.block = block;
    }

    /** True when every minute has its sensor. */
    boolean isWhole() {
      return Arrays.stream(believed).allMatch(Objects::nonNull);
    }

    void add(Stamp stamp, Judged judged) {
      for (int minute = 0; minute < MINUTES; minute++) {
        if (believed[minute] == null && judged.heard(minute)) {
          believed[minute] = judged;
          first = first == null ? stamp : first;
        }
      }
    }

    BendsJudged build(Set<Stamp> letGo) {
      List<Bend> bends = new ArrayList<>();
      List<ForwardTime> forward = atRest(block);
      int heard = 0;
      for (int minute = 0; minute < MINUTES; minute++) {
        Judged judged = believed[minute];
        ForwardTime time = judged == null ? null : judged.minutes().get(minute);
        if (judged == null || time == null) {
          continue;
        }
        heard |= 1 << minute;
        int part = minute * PARTS / MINUTES;
        forward.set(part, forward.get(part).plus(time).at(block + part * PART_MILLIS));
        long from = block + minute * TrunkMinute.MILLIS;
        judged.bends().stream()
            .filter(bend -> bend.from() >= from && bend.from() < from + TrunkMinute.MILLIS)
            .forEach(bends::add);
      }
      bends.sort(ORDER);
      return new BendsJudged(block, first, bends, forward, heard, letGo);
    }
  }
}
