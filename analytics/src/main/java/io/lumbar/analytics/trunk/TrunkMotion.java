package io.lumbar.analytics.trunk;

import io.lumbar.analytics.stream.StoreKeys;
import io.lumbar.analytics.trunk.PositionEpisodes.Episode;
import io.lumbar.analytics.trunk.PositionEpisodes.Stretch;
import io.lumbar.analytics.trunk.TrunkSlot.Trunk;
import io.lumbar.model.Posture;
import io.lumbar.model.SleepPosition;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Judges ten minutes of a trunk sensor: worn or not, lying or not, how, and whether probably
 * asleep. A pure function of the kept samples of those minutes, of the hour before and of the
 * minute after, of how the sensor is turned and of long stillness around: whatever order the
 * batches came in, the same set gives the same spans.
 *
 * <p>The newest slot still fills and is left out. The last span grows slot by slot for its first
 * minute and then by whole minutes, so that a change is told within seconds and what goes on once a
 * minute.
 */
final class TrunkMotion {
  /** Spans are told in blocks of ten minutes of UTC. */
  static final long BLOCK_MILLIS = StoreKeys.CHUNK;

  /** How much of the time before a block bears on it. */
  static final long BEFORE_MILLIS = 3_600_000;

  /** How much of the time after a block bears on it. */
  static final long AFTER_MILLIS = TrunkMinute.MILLIS;

  /** How long a reading stands for the time after it when nothing is heard. */
  private static final long HOLDS_MILLIS = 300_000;

  /** The share of a span on the front for which an arch must be known to be told of it. */
  private static final double ARCH_SHARE = 0.5;

  private final long block;
  private final List<TrunkSlot> slots;
  private final List<Stretch<Trunk>> raw;
  private final TrunkFrame frame;
  private final Optional<ArchMeter> meter;

  private TrunkMotion(
      long block, List<TrunkSlot> slots, TrunkFrame frame, Optional<ArchMeter> meter) {
    this.block = block;
    this.slots = slots;
    this.frame = frame;
    this.meter = meter;
    raw = stretches(slots, TrunkSlot::trunk);
  }

  /** The slots that bear on a block. */
  static List<TrunkSlot> slots(
      long block, TrunkMinutes minutes, TrunkStillness stillness, TrunkFrame frame) {
    long from = block - BEFORE_MILLIS;
    long to = block + BLOCK_MILLIS + AFTER_MILLIS;
    return TrunkSlot.between(from, to, minutes, stillness, frame);
  }

  /** Whether a block is judged from what was measured at a time longer than usual before it. */
  static boolean reachesBack(long block, long millis, TrunkMinutes minutes, TrunkFrame frame) {
    return TrunkSlot.begin(block - BEFORE_MILLIS, minutes, frame) <= millis;
  }

  /**
   * The spans of a block, by time.
   *
   * @param meter of the arch, where one can be told
   * @param ended true when nothing more is awaited behind the newest slot
   */
  static List<TrunkSpan> judge(
      long block,
      TrunkMinutes minutes,
      TrunkStillness stillness,
      TrunkFrame frame,
      Optional<ArchMeter> meter,
      boolean ended) {
    List<TrunkSlot> slots = slots(block, minutes, stillness, frame);
    TrunkMotion motion = new TrunkMotion(block, slots, frame, meter);
    return motion.spans(minutes.newestSlot() + (ended ? TrunkMinute.SLOT_MILLIS : 0), ended);
  }

  private List<TrunkSpan> spans(long last, boolean ended) {
    long end = Math.min(block + BLOCK_MILLIS, last);
    List<Episode<Boolean>> awake =
        PositionEpisodes.settle(
            stretches(slots.stream().filter(TrunkSlot::lies).toList(), TrunkSlot::awake));
    List<TrunkSpan> spans = new ArrayList<>();
    for (Episode<Trunk> episode : PositionEpisodes.settle(raw)) {
      long from = Math.max(block, episode.from());
      long to = Math.min(end, episode.to());
      for (Stretch<Boolean> part :
          from < to ? parts(from, to, awake) : List.<Stretch<Boolean>>of()) {
        long until = part.to();
        if (until == last && !ended) {
          long length = until - part.from();
          long step = length < TrunkMinute.MILLIS ? TrunkMinute.SLOT_MILLIS : TrunkMinute.MILLIS;
          until = part.from() + length / step * step;
        }
        if (part.from() < until) {
          spans.add(span(part.from(), until, episode, part.value()));
        }
      }
    }
    return spans;
  }

  /** A span cut where the wearer falls asleep or wakes; who moves in between counts as awake. */
  private static List<Stretch<Boolean>> parts(long from, long to, List<Episode<Boolean>> awake) {
    TreeSet<Long> edges = new TreeSet<>(List.of(from, to));
    for (Episode<Boolean> one : awake) {
      edges.add(Math.max(from, Math.min(to, one.from())));
      edges.add(Math.max(from, Math.min(to, one.to())));
    }
    List<Stretch<Boolean>> parts = new ArrayList<>();
    long start = edges.first();
    for (long next : edges.tailSet(start, false)) {
      long at = start;
      boolean value =
          awake.stream()
              .filter(one -> one.from() <= at && at < one.to())
              .noneMatch(one -> one.held().equals(Optional.of(false)));
      Stretch<Boolean> last = parts.isEmpty() ? null : parts.get(parts.size() - 1);
      if (last != null && last.value() == value) {
        parts.set(parts.size() - 1, new Stretch<>(last.from(), next, value));
      } else {
        parts.add(new Stretch<>(start, next, value));
      }
      start = next;
    }
    return parts;
  }

  private static <T extends Comparable<T>> List<Stretch<T>> stretches(
      List<TrunkSlot> slots, Function<TrunkSlot, T> value) {
    List<Stretch<T>> stretches = new ArrayList<>();
    for (int i = 0; i < slots.size(); i++) {
      TrunkSlot slot = slots.get(i);
      T shown = value.apply(slot);
      long next = i + 1 < slots.size() ? slots.get(i + 1).at() : Long.MAX_VALUE;
      long to = next - slot.at() <= HOLDS_MILLIS ? next : slot.at() + TrunkMinute.SLOT_MILLIS;
      Stretch<T> last = stretches.isEmpty() ? null : stretches.get(stretches.size() - 1);
      if (last != null && last.to() == slot.at() && last.value().equals(shown)) {
        stretches.set(stretches.size() - 1, new Stretch<>(last.from(), to, shown));
      } else {
        stretches.add(new Stretch<>(slot.at(), to, shown));
      }
    }
    return stretches;
  }

  private TrunkSpan span(long from, long to, Episode<Trunk> episode, boolean awake) {
    Map<SleepPosition, Double> seconds = new EnumMap<>(SleepPosition.class);
    long lying = 0;
    long off = 0;
    for (Stretch<Trunk> one : raw) {
      long millis = Math.min(to, one.to()) - Math.max(from, one.from());
      if (millis > 0) {
        one.value()
            .position()
            .ifPresent(position -> seconds.merge(position, millis / 1000.0, Double::sum));
        lying += one.value().lies() ? millis : 0;
        off += one.value() == Trunk.OFF ? millis : 0;
      }
    }
    boolean lies = episode.held().map(Trunk::lies).orElse(2 * lying > to - from);
    boolean isOff =
        episode.held().map(held -> held == Trunk.OFF).orElse(!lies && 2 * off > to - from);
    if (!lies) {
      return new TrunkSpan(
          from,
          to,
          isOff ? Posture.NOT_WORN : Posture.UNKNOWN,
          Optional.empty(),
          OptionalDouble.empty(),
          OptionalDouble.empty(),
          true,
          Map.of());
    }
    List<TrunkSlot> shown =
        slots.stream()
            .filter(one -> one.at() >= from && one.at() < to && one.lies())
            .filter(one -> episode.held().isEmpty() || one.trunk() == episode.held().get())
            .toList();
    return new TrunkSpan(
        from,
        to,
        Posture.LYING,
        episode.held().flatMap(Trunk::position),
        median(shown.stream().mapToDouble(this::headUp).toArray()),
        arch(shown),
        awake,
        seconds);
  }

  private double headUp(TrunkSlot slot) {
    return slot.tilt().headUp() - (slot.isProne() ? frame.flatDegrees() : 0);
  }

  private OptionalDouble arch(List<TrunkSlot> shown) {
    List<TrunkSlot> prone = shown.stream().filter(TrunkSlot::isProne).toList();
    double[] known =
        prone.stream()
            .flatMap(slot -> meter.stream().map(one -> one.degrees(slot)))
            .filter(OptionalDouble::isPresent)
            .mapToDouble(OptionalDouble::getAsDouble)
            .toArray();
    return known.length >= ARCH_SHARE * shown.size() ? median(known) : OptionalDouble.empty();
  }

  private static OptionalDouble median(double[] values) {
    if (values.length == 0) {
      return OptionalDouble.empty();
    }
    Arrays.sort(values);
    return OptionalDouble.of(values[values.length / 2]);
  }
}
