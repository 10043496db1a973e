package io.lumbar.analytics.sitting;

import io.lumbar.analytics.stream.Retired;
import io.lumbar.analytics.stream.Span;
import io.lumbar.model.Bout;
import io.lumbar.model.Posture;
import io.lumbar.model.StableIds;
import io.lumbar.model.WearerId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * The bouts that were published last for each wearer: what a changed timeline is compared with.
 * They never overlap.
 */
public final class BoutLedger {
  private final KeyValueStore<String, Bout> live;
  private final Retired retired;
  private final RecentBouts recent;

  private BoutLedger(
      KeyValueStore<String, Bout> live,
      KeyValueStore<String, Integer> retired,
      RecentBouts recent) {
    this.live = live;
    this.retired = new Retired(retired);
    this.recent = recent;
  }

  /**
   * A ledger for the one processor that writes it; it keeps the newest bouts at hand.
   *
   * @param live bouts by wearer and start
   * @param retired the last revision of bouts that were retracted
   */
  static BoutLedger writable(
      KeyValueStore<String, Bout> live, KeyValueStore<String, Integer> retired) {
    return new BoutLedger(live, retired, RecentBouts.of(live));
  }

  /** A ledger for one that only reads what another processor of the same task writes. */
  public static BoutLedger readOnly(
      KeyValueStore<String, Bout> live, KeyValueStore<String, Integer> retired) {
    return new BoutLedger(live, retired, RecentBouts.none(live));
  }

  /** Bouts that overlap or touch a span, by start. */
  public List<Bout> touching(WearerId wearer, Span span) {
    List<Bout> found = new ArrayList<>();
    try (BoutWalk backwards = before(wearer, span.to() + 1)) {
      while (backwards.hasNext()) {
        Bout bout = backwards.next();
        if (bout.to().toEpochMilli() < span.from()) {
          break;
        }
        found.add(bout);
      }
    }
    Collections.reverse(found);
    return found;
  }

  /**
   * Bouts around a span, by start: those that touch it, and as many more on each side as it takes
   * until there is no lying for longer than a gap.
   */
  public List<Bout> withRestsAround(WearerId wearer, Span span, long gap) {
    return withRestsAround(wearer, span, gap, Long.MIN_VALUE);
  }

  /** The same without those before the span that end before an instant. */
  public List<Bout> withRestsAround(WearerId wearer, Span span, long gap, long earliest) {
    List<Bout> found = touching(wearer, span);
    long first = found.isEmpty() ? span.from() : Math.min(span.from(), start(found.get(0)));
    long last =
        Math.max(span.to(), found.stream().mapToLong(BoutLedger::end).max().orElse(span.to()));
    List<Bout> before = new ArrayList<>();
    try (BoutWalk backwards = before(wearer, first)) {
      long edge = first;
      while (backwards.hasNext()) {
        Bout bout = backwards.next();
        if (edge - end(bout) > gap || end(bout) < earliest) {
          break;
        }
        before.add(bout);
        edge = bout.posture() == Posture.LYING ? start(bout) : edge;
      }
    }
    Collections.reverse(before);
    try (BoutWalk forwards = from(wearer, span.to() + 1)) {
      long edge = last;
      while (forwards.hasNext()) {
        Bout bout = forwards.next();
        if (start(bout) - edge > gap) {
          break;
        }
        found.add(bout);
        edge = bout.posture() == Posture.LYING ? end(bout) : edge;
      }
    }
    before.addAll(found);
    return before;
  }

  private static long start(Bout bout) {
    return bout.from().toEpochMilli();
  }

  private static long end(Bout bout) {
    return bout.to().toEpochMilli();
  }

  /** Forgets what is at hand of a wearer, whose stored bouts are gone already. */
  void drop(String wearer) {
    recent.drop(wearer);
  }

  /** The bout with the latest start. */
  public Optional<Bout> last(WearerId wearer) {
    try (BoutWalk backwards = before(wearer, Long.MAX_VALUE)) {
      return backwards.hasNext() ? Optional.of(backwards.next()) : Optional.empty();
    }
  }

  /** Walks bouts that start before an instant, latest first; the caller closes. */
  BoutWalk before(WearerId wearer, long instant) {
    return recent.before(wearer, instant);
  }

  /** Walks bouts that start at or after an instant, earliest first; the caller closes. */
  BoutWalk from(WearerId wearer, long instant) {
    return recent.from(wearer, instant);
  }

  /**
   * Replaces what stands in a span by what is true there, and returns what has to be published:
   * first retractions, then new and changed bouts by start.
   *
   * @param published the bouts that stand there, as {@link #touching} gave them
   * @param spells the truth; revisions are set here
   * @param open the index of the spell that is still going on, or -1
   */
  List<Bout> replace(WearerId wearer, List<Bout> published, List<Spell> spells, int open) {
    Map<String, Bout> old = new LinkedHashMap<>();
    for (Bout bout : published) {
      old.put(bout.id(), bout);
    }
    List<Bout> changed = new ArrayList<>();
    for (int i = 0; i < spells.size(); i++) {
      Spell spell = spells.get(i);
      Instant from = Instant.ofEpochMilli(spell.from());
      String id = StableIds.bout(wearer, spell.posture(), from);
      Bout before = old.remove(id);
      int revision = before == null ? 0 : before.revision();
      if (before == null) {
        revision = retired.take(wearer, from, id);
      }
      Bout now = bout(wearer, id, spell, i == open, revision);
      if (!now.equals(before)) {
        changed.add(bout(wearer, id, spell, i == open, revision + 1));
      }
    }
    List<Bout> result = new ArrayList<>();
    for (Bout gone : old.values()) {
      Bout retracted = retracted(gone);
      live.delete(RecentBouts.key(wearer, start(gone)));
      recent.removed(gone);
      retired.put(wearer, gone.from(), gone.id(), retracted.revision());
      result.add(retracted);
    }
    for (Bout bout : changed) {
      live.put(RecentBouts.key(wearer, start(bout)), bout);
      recent.written(bout);
      result.add(bout);
    }
    return result;
  }

  static Bout bout(WearerId wearer, String id, Spell spell, boolean open, int revision) {
    Instant to = Instant.ofEpochMilli(spell.to());
    return new Bout(
        id,
        wearer,
        spell.posture(),
        Instant.ofEpochMilli(spell.from()),
        to,
        open ? Instant.ofEpochMilli(spell.holdsUntil()) : to,
        spell.zone(),
        spell.placement(),
        open,
        revision,
        false,
        spell.positionSeconds(),
        spell.provisional());
  }

  private static Bout retracted(Bout bout) {
    return new Bout(
        bout.id(),
        bout.wearer(),
        bout.posture(),
        bout.from(),
        bout.to(),
        bout.to(),
        bout.zone(),
        bout.placement(),
        false,
        bout.revision() + 1,
        true,
        bout.positionSeconds());
  }
}
