package io.lumbar.analytics.trunk;

import io.lumbar.analytics.stream.Span;
import io.lumbar.analytics.stream.StoreKeys;
import io.lumbar.model.DaySummary.Bending;
import io.lumbar.model.WearerId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/** Sums of the bends that were found; reads the store of {@link BendProcessor}. */
public final class BendSums {
  /**
   * From so many minutes out of bed on, a day's bends stand for the day, and none found means none.
   * Less than the ten hours of a day's posture: trunk sensors are often worn for the time of work.
   */
  public static final double FEWEST_MINUTES = 360;

  private static final double MILLIS_PER_MINUTE = 60_000;

  private final KeyValueStore<String, byte[]> bends;

  public BendSums(KeyValueStore<String, byte[]> bends) {
    this.bends = bends;
  }

  /**
   * The bends that begin within a span and the time bent forward in it; empty when there are none
   * and too little was measured to say so.
   *
   * @param span a minute that was measured counts where it begins
   * @param voided stretches in which what was measured does not count
   * @param inBed times in bed, which do not count as measured
   */
  public Optional<Bending> within(WearerId wearer, Span span, List<Span> voided, List<Span> inBed) {
    List<Bend> found = new ArrayList<>();
    ForwardTime forward = ForwardTime.START;
    int minutes = 0;
    long first = StoreKeys.chunkOf(span.from());
    String last = StoreKeys.chunk(wearer, StoreKeys.chunkOf(span.to() - 1));
    try (KeyValueIterator<String, byte[]> chunks =
        bends.range(StoreKeys.chunk(wearer, first), last)) {
      while (chunks.hasNext()) {
        KeyValue<String, byte[]> one = chunks.next();
        BendsJudged chunk = BendChunk.decode(one.value, StoreKeys.startOfChunk(one.key));
        chunk.bends().stream()
            .filter(bend -> bend.from() >= span.from() && bend.from() < span.to())
            .filter(bend -> !isVoid(bend.from(), voided))
            .forEach(found::add);
        for (int minute = 0; minute < BendsJudged.MINUTES; minute++) {
          long at = chunk.block() + minute * TrunkMinute.MILLIS;
          boolean heard = (chunk.heard() >> minute & 1) == 1;
          boolean inside = at >= span.from() && at < span.to();
          minutes += heard && inside && !isVoid(at, voided) && !isVoid(at, inBed) ? 1 : 0;
        }
        for (ForwardTime part : chunk.forward()) {
          boolean inside = part.at() >= span.from() && part.at() < span.to();
          if (inside && !isVoid(part.at(), voided)) {
            forward = forward.plus(part);
          }
        }
      }
    }
    return found.isEmpty() && forward.beyond20() == 0 && minutes < FEWEST_MINUTES
        ? Optional.empty()
        : Optional.of(sum(found, forward, minutes));
  }

  /** True when an instant lies in one of some stretches. */
  static boolean isVoid(long instant, List<Span> voided) {
    return voided.stream().anyMatch(one -> one.from() <= instant && instant < one.to());
  }

  private static Bending sum(List<Bend> found, ForwardTime forward, int minutes) {
    List<Bend> bends = found.stream().filter(Bend::isBend).toList();
    Map<String, Integer> styles = new TreeMap<>();
    bends.forEach(bend -> styles.merge(bend.style().wireName(), 1, Integer::sum));
    return new Bending(
        bends.size(),
        count(bends, 45),
        count(bends, 60),
        count(bends, 90),
        (int) found.stream().filter(Bend::sustained).count(),
        styles,
        new Bending.Forward(
            forward.beyond20() / MILLIS_PER_MINUTE,
            forward.beyond30() / MILLIS_PER_MINUTE,
            forward.beyond60() / MILLIS_PER_MINUTE,
            forward.beyond90() / MILLIS_PER_MINUTE),
        minutes);
  }

  private static int count(List<Bend> bends, double degrees) {
    return (int) bends.stream().filter(bend -> bend.peakDegrees() >= degrees).count();
  }
}
