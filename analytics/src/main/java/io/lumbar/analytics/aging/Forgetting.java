package io.lumbar.analytics.aging;

import io.lumbar.analytics.stream.PublishedDay;
import io.lumbar.analytics.stream.StoreKeys;
import io.lumbar.analytics.told.StatementLog;
import io.lumbar.model.Bout;
import io.lumbar.model.Correction;
import io.lumbar.model.Episode;
import io.lumbar.model.EpisodeKind;
import io.lumbar.model.NightSummary;
import io.lumbar.model.Statement;
import io.lumbar.model.WearerId;
import io.lumbar.model.WearerPartitioner;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.LongPredicate;
import java.util.function.ToLongFunction;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Removes what is older than anything that can still change.
 *
 * <p>Two days beyond the horizon stay whole, because what happens on the first open day may belong
 * to a night or a bout that began before it. Day summaries stay two weeks longer, for load jumps
 * that go on; nights as long, for what is usual; daily loads eight weeks, for the baseline.
 * Corrections stay for good: an import of an old file has to heed them.
 */
final class Forgetting {
  private static final int MARGIN = 2;
  private static final int USUAL = 16;

  /** Every day that may still change sees as many as bear on its load, 56, whatever its zone. */
  private static final int BASELINE = 58;

  private static final int LOAD_BLOCK = 32;

  private final Kept kept;

  /**
   * The stores that are looked through; all but the loads hold a wearer's things by time.
   *
   * @param chunks what days are built from
   * @param marks what is kept by time as well, but builds no day
   */
  record Kept(
      List<KeyValueStore<String, byte[]>> chunks,
      List<KeyValueStore<String, byte[]>> marks,
      KeyValueStore<String, Bout> bouts,
      KeyValueStore<String, Episode> episodes,
      KeyValueStore<String, Integer> retired,
      KeyValueStore<String, PublishedDay> days,
      KeyValueStore<String, NightSummary> nights,
      KeyValueStore<String, byte[]> loads,
      StatementLog statements) {}

  Forgetting(Kept kept) {
    this.kept = kept;
  }

  /** The first day of which everything is kept. */
  static long firstKept(long firstNeeded) {
    return firstNeeded - MARGIN;
  }

  /**
   * Forgets what a wearer's records before a day were, but for the days to spare; returns the days
   * of which something was forgotten.
   *
   * @param spared days before the horizon that an import has built lately
   */
  Set<Long> before(WearerId wearer, long day, Set<Long> spared) {
    Set<Long> gone = new TreeSet<>();
    String owner = wearer.value();
    LongPredicate stays = spared::contains;
    kept.chunks.forEach(store -> dropChunks(store, wearer, day, stays, gone));
    kept.marks.forEach(store -> dropChunks(store, wearer, day, stays, new TreeSet<>()));
    String end = StoreKeys.at(owner, Horizon.startOf(day) - 1);
    drop(
        kept.bouts,
        StoreKeys.at(owner, 0),
        end,
        one -> Horizon.day(one.value.from().toEpochMilli()),
        stays,
        gone);
    drop(
        kept.retired,
        StoreKeys.at(owner, 0),
        end + "}",
        one -> Horizon.day(Long.parseLong(one.key.split("\\|", -1)[1], 16)),
        stays,
        new TreeSet<>());
    for (EpisodeKind kind : EpisodeKind.values()) {
      String ofKind = owner + "|" + kind.wireName();
      drop(
          kept.episodes,
          StoreKeys.at(ofKind, 0),
          StoreKeys.at(ofKind, Horizon.startOf(day) - 1),
          one -> Horizon.day(one.value.to().toEpochMilli()),
          last -> last >= day || spared.contains(last),
          new TreeSet<>());
    }
    dropDated(kept.days, owner, day - USUAL, stays);
    dropDated(kept.nights, owner, day - USUAL, stays);
    dropLoads(owner, day - BASELINE, spared);
    kept.statements.forget(wearer, statement -> isOld(statement, day, spared));
    return gone;
  }

  private static void dropChunks(
      KeyValueStore<String, byte[]> store,
      WearerId wearer,
      long day,
      LongPredicate stays,
      Set<Long> gone) {
    int keyLength = StoreKeys.chunk(wearer, 0).length();
    drop(
        store,
        StoreKeys.chunk(wearer, 0),
        StoreKeys.chunk(wearer, Horizon.startOf(day) - 1) + "}",
        one -> Horizon.day(StoreKeys.startOfChunk(one.key.substring(0, keyLength))),
        stays,
        gone);
    drop(
        store,
        StoreKeys.day(wearer, 0),
        StoreKeys.day(wearer, Horizon.startOf(day) - 1),
        one -> Horizon.day(StoreKeys.startOfDay(one.key)),
        stays,
        gone);
  }

  private static boolean isOld(Statement statement, long day, Set<Long> spared) {
    return !(statement instanceof Correction)
        && Horizon.about(statement)
            .map(about -> Horizon.day(about.to()))
            .filter(last -> last < day && !spared.contains(last))
            .isPresent();
  }

  /**
   * True when nothing of a wearer is left that grows old. Who only ever sent battery levels has
   * neither bouts nor days, but was heard of.
   */
  boolean nothingLeft(WearerId wearer) {
    List<KeyValueStore<String, ?>> all = new ArrayList<>(kept.chunks);
    all.addAll(kept.marks);
    all.addAll(List.of(kept.bouts, kept.days, kept.loads));
    return all.stream().allMatch(store -> isEmpty(store, wearer.value() + "|"));
  }

  private static <V> boolean isEmpty(KeyValueStore<String, V> store, String owner) {
    try (KeyValueIterator<String, V> all = store.range(owner, owner + "}")) {
      return !all.hasNext();
    }
  }

  private static <V> void dropDated(
      KeyValueStore<String, V> store, String owner, long day, LongPredicate stays) {
    drop(
        store,
        WearerPartitioner.key(new WearerId(owner), LocalDate.EPOCH.toString()),
        WearerPartitioner.key(new WearerId(owner), LocalDate.ofEpochDay(day - 1).toString()),
        one -> LocalDate.parse(one.key.substring(owner.length() + 1)).toEpochDay(),
        stays,
        new TreeSet<>());
  }

  private void dropLoads(String owner, long day, Set<Long> spared) {
    long before = Math.floorDiv(day, (long) LOAD_BLOCK);
    String prefix = owner + "|";
    for (KeyValue<String, byte[]> one : old(kept.loads, prefix, prefix + "}")) {
      long block = Long.parseLong(one.key.substring(prefix.length()));
      boolean isSpared =
          spared.stream().anyMatch(each -> Math.floorDiv(each, (long) LOAD_BLOCK) == block);
      if (block < before && !isSpared) {
        kept.loads.delete(one.key);
      }
    }
  }

  private static <V> void drop(
      KeyValueStore<String, V> store,
      String from,
      String to,
      ToLongFunction<KeyValue<String, V>> dayOf,
      LongPredicate stays,
      Set<Long> gone) {
    for (KeyValue<String, V> one : old(store, from, to)) {
      long day = dayOf.applyAsLong(one);
      if (!stays.test(day)) {
        store.delete(one.key);
        gone.add(day);
      }
    }
  }

  private static <V> List<KeyValue<String, V>> old(
      KeyValueStore<String, V> store, String from, String to) {
    List<KeyValue<String, V>> found = new ArrayList<>();
    try (KeyValueIterator<String, V> all = store.range(from, to)) {
      all.forEachRemaining(found::add);
    }
    return found;
  }
}
