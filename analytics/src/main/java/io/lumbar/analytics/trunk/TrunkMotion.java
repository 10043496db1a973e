package io.lumbar.analytics.trunk;

import io.lumbar.analytics.stream.StoreKeys;
import io.lumbar.analytics.trunk.PositionEpisodes.Episode;
import io.lumbar.analytics.trunk.PositionEpisodes.Stretch;
import io.lumbar.analytics.trunk.TrunkAxes.Direction;
import io.lumbar.model.SleepPosition;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * Judges ten minutes of a trunk sensor: lying or not, and how. A pure function of the kept samples
 * of those minutes, of the hour before and of the minute after, and of the walks around: whatever
 * order the batches came in, the same set gives the same spans.
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

  private static final double AS_ASKED_DEGREES = 45;

  private TrunkMotion() {}

  /** What a slot shows; the order has no meaning. */
  private enum Trunk {
    UPRIGHT,
    LYING,
    SUPINE,
    PRONE,
    LEFT,
    RIGHT,
    THREE_QUARTER_PRONE;

    static Trunk of(SleepPosition position) {
      return switch (position) {
        case SUPINE -> SUPINE;
        case PRONE -> PRONE;
        case LEFT -> LEFT;
        case RIGHT -> RIGHT;
        case THREE_QUARTER_PRONE -> THREE_QUARTER_PRONE;
      };
    }

    Optional<SleepPosition> position() {
      return switch (this) {
        case UPRIGHT, LYING -> Optional.empty();
        case SUPINE -> Optional.of(SleepPosition.SUPINE);
        case PRONE -> Optional.of(SleepPosition.PRONE);
        case LEFT -> Optional.of(SleepPosition.LEFT);
        case RIGHT -> Optional.of(SleepPosition.RIGHT);
        case THREE_QUARTER_PRONE -> Optional.of(SleepPosition.THREE_QUARTER_PRONE);
      };
    }
  }

  private record Slot(long at, Trunk trunk, Tilt tilt) {}

  /** The spans of a block, by time. */
  static List<TrunkSpan> judge(long block, TrunkMinutes minutes, Optional<Direction> upright) {
    List<Slot> slots = slots(block, minutes, upright);
    List<Stretch<Trunk>> raw = stretches(slots);
    long end = Math.min(block + BLOCK_MILLIS, minutes.newestSlot());
    List<TrunkSpan> spans = new ArrayList<>();
    for (Episode<Trunk> episode : PositionEpisodes.settle(raw)) {
      long from = Math.max(block, episode.from());
      long to = Math.min(end, episode.to());
      if (to == minutes.newestSlot()) {
        long step = to - from < TrunkMinute.MILLIS ? TrunkMinute.SLOT_MILLIS : TrunkMinute.MILLIS;
        to = from + (to - from) / step * step;
      }
      if (from < to) {
        spans.add(span(from, to, episode, raw, slots));
      }
    }
    return spans;
  }

  private static List<Slot> slots(long block, TrunkMinutes minutes, Optional<Direction> upright) {
    boolean asAsked =
        upright.isEmpty() || upright.get().degreesTo(TrunkAxes.STANDARD.head()) < AS_ASKED_DEGREES;
    TrunkAxes axes = upright.map(TrunkAxes.STANDARD::levelled).orElse(TrunkAxes.STANDARD);
    List<Slot> slots = new ArrayList<>();
    SleepPositionState position = SleepPositionState.START;
    LyingState lying = LyingState.START;
    long end = block + BLOCK_MILLIS + AFTER_MILLIS;
    for (long start = block - BEFORE_MILLIS; start < end; start += TrunkMinute.MILLIS) {
      TrunkMinute minute = minutes.find(start);
      for (int i = 0; minute != null && i < TrunkMinute.SLOTS; i++) {
        Optional<Direction> mean = minute.mean(i);
        if (mean.isPresent()) {
          long at = start + i * TrunkMinute.SLOT_MILLIS;
          Direction value = mean.get();
          Tilt tilt = axes.tilt(value.x(), value.y(), value.z());
          position = SleepPositions.advance(position, at, tilt);
          lying = Lying.advance(lying, at, tilt, asAsked ? position.lie() : null);
          slots.add(new Slot(at, trunk(lying, asAsked ? position.lie() : null), tilt));
        }
      }
    }
    return slots;
  }

  private static Trunk trunk(LyingState lying, @Nullable Lie lie) {
    if (!lying.lying()) {
      return Trunk.UPRIGHT;
    }
    return lie == null ? Trunk.LYING : Trunk.of(lie.position());
  }

  private static List<Stretch<Trunk>> stretches(List<Slot> slots) {
    List<Stretch<Trunk>> stretches = new ArrayList<>();
    for (int i = 0; i < slots.size(); i++) {
      Slot slot = slots.get(i);
      long next = i + 1 < slots.size() ? slots.get(i + 1).at() : Long.MAX_VALUE;
      long to = next - slot.at() <= HOLDS_MILLIS ? next : slot.at() + TrunkMinute.SLOT_MILLIS;
      Stretch<Trunk> last = stretches.isEmpty() ? null : stretches.get(stretches.size() - 1);
      if (last != null && last.to() == slot.at() && last.value() == slot.trunk()) {
        stretches.set(stretches.size() - 1, new Stretch<>(last.from(), to, slot.trunk()));
      } else {
        stretches.add(new Stretch<>(slot.at(), to, slot.trunk()));
      }
    }
    return stretches;
  }

  private static TrunkSpan span(
      long from, long to, Episode<Trunk> episode, List<Stretch<Trunk>> raw, List<Slot> slots) {
    Map<SleepPosition, Double> seconds = new EnumMap<>(SleepPosition.class);
    long upright = 0;
    for (Stretch<Trunk> one : raw) {
      long millis = Math.min(to, one.to()) - Math.max(from, one.from());
      if (millis > 0) {
        one.value()
            .position()
            .ifPresent(position -> seconds.merge(position, millis / 1000.0, Double::sum));
        upright += one.value() == Trunk.UPRIGHT ? millis : 0;
      }
    }
    boolean lies =
        episode.held().map(held -> held != Trunk.UPRIGHT).orElse(2 * upright < to - from);
    if (!lies) {
      return new TrunkSpan(from, to, false, Optional.empty(), OptionalDouble.empty(), Map.of());
    }
    double[] pitches =
        slots.stream()
            .filter(one -> one.at() >= from && one.at() < to && one.trunk() != Trunk.UPRIGHT)
            .filter(one -> episode.held().isEmpty() || one.trunk() == episode.held().get())
            .mapToDouble(one -> one.tilt().headUp())
            .sorted()
            .toArray();
    return new TrunkSpan(
        from,
        to,
        true,
        episode.held().flatMap(Trunk::position),
        pitches.length == 0
            ? OptionalDouble.empty()
            : OptionalDouble.of(pitches[pitches.length / 2]),
        seconds);
  }
}
