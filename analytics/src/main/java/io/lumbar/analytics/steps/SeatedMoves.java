package io.lumbar.analytics.steps;

import io.lumbar.analytics.stream.MovementJudged;
import io.lumbar.analytics.stream.Span;
import io.lumbar.analytics.stream.StoreKeys;
import io.lumbar.model.Stamp;
import io.lumbar.model.WearerId;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * How often each wearer stood up from a seat and shifted on it, as raw motion shows: one value per
 * ten minutes of UTC and sensor as it is worn, each in place of the one before.
 *
 * <p>Form: a byte each for the version, 1, the rank of the placement, sit-to-stands and shifts. Ten
 * minutes without either are not kept.
 */
public final class SeatedMoves {
  private static final int VERSION = 1;
  private static final int RANK = 1;
  private static final int STOOD_UP = 2;
  private static final int SHIFTED = 3;

  private final KeyValueStore<String, byte[]> store;

  public SeatedMoves(KeyValueStore<String, byte[]> store) {
    this.store = store;
  }

  /** Sums of a span. */
  public record Counts(int sitToStands, int seatedShifts) {}

  /** Puts what was counted in place of what was counted before; false when nothing differs. */
  boolean replace(WearerId wearer, MovementJudged judged) {
    Stamp stamp = judged.stamp();
    String key =
        String.join(
            "|",
            StoreKeys.chunk(wearer, judged.from().toEpochMilli()),
            stamp.device().value(),
            stamp.placement().wireName(),
            stamp.zone().getId());
    byte[] before = store.get(key);
    if (judged.sitToStands() == 0 && judged.seatedShifts() == 0) {
      store.delete(key);
      return before != null;
    }
    byte[] now = {
      VERSION,
      (byte) stamp.placement().rank(),
      (byte) judged.sitToStands(),
      (byte) judged.seatedShifts()
    };
    store.put(key, now);
    return !Arrays.equals(before, now);
  }

  /**
   * What was counted in those ten minutes of UTC that begin within a span; empty when no sensor
   * counted anything. Of each ten minutes the best placed sensor tells who stood up. A thigh and a
   * trunk feel many a shift both, and each some that the other does not: the larger count holds.
   *
   * @param voided stretches in which what was measured does not count, nor do the ten minutes that
   *     they touch
   */
  public Optional<Counts> within(WearerId wearer, Span span, List<Span> voided) {
    Map<String, byte[]> best = new TreeMap<>();
    String from = StoreKeys.chunk(wearer, span.from() + StoreKeys.CHUNK - 1);
    String to = StoreKeys.chunk(wearer, span.to() + StoreKeys.CHUNK - 1);
    try (KeyValueIterator<String, byte[]> all = store.range(from, to)) {
      while (all.hasNext()) {
        KeyValue<String, byte[]> one = all.next();
        String chunk = one.key.substring(0, from.length());
        if (!isVoid(StoreKeys.startOfChunk(chunk), voided)) {
          best.merge(chunk, checked(one.value), SeatedMoves::together);
        }
      }
    }
    return best.values().stream()
        .map(one -> new Counts(one[STOOD_UP], one[SHIFTED]))
        .reduce(
            (a, b) ->
                new Counts(a.sitToStands() + b.sitToStands(), a.seatedShifts() + b.seatedShifts()));
  }

  private static boolean isVoid(long chunk, List<Span> voided) {
    return voided.stream()
        .anyMatch(one -> one.from() < chunk + StoreKeys.CHUNK && one.to() > chunk);
  }

  private static byte[] together(byte[] one, byte[] other) {
    byte[] better = (other[RANK] > one[RANK] ? other : one).clone();
    better[SHIFTED] = (byte) Math.max(one[SHIFTED], other[SHIFTED]);
    return better;
  }

  private static byte[] checked(byte[] value) {
    if (value[0] != VERSION) {
      throw new IllegalStateException("moves on a seat of version " + value[0] + " are not known");
    }
    return value;
  }
}
