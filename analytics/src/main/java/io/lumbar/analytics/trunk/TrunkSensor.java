package io.lumbar.analytics.trunk;

import io.lumbar.analytics.stream.PosturesJudged;
import io.lumbar.analytics.trunk.TrunkAxes.Direction;
import io.lumbar.model.MotionBatch;
import io.lumbar.model.Posture;
import io.lumbar.model.PostureObservation;
import io.lumbar.model.SleepPosition;
import io.lumbar.model.Stamp;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * One trunk sensor in the stream: its kept minutes, what walking showed of it, and what to tell.
 *
 * <p>Right as long as this is the only writer of its keys.
 */
final class TrunkSensor implements TrunkMinutes {
  /** How long minutes are kept for batches that come late. */
  static final Duration KEPT = Duration.ofHours(48);

  /** Enough to judge a block without reading a minute twice. */
  private static final int RECENT = 96;

  private final KeyValueStore<String, byte[]> store;
  private final String key;
  private final TrunkWalks walks;
  private final Map<Long, List<PostureObservation>> told = new HashMap<>();
  private final Map<Long, Optional<TrunkMinute>> recent =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Optional<TrunkMinute>> eldest) {
          return size() > RECENT;
        }
      };

  private long oldest = Long.MAX_VALUE;
  private long newestSlot = Long.MIN_VALUE;

  TrunkSensor(KeyValueStore<String, byte[]> store, String key) {
    this.store = store;
    this.key = key;
    byte[] learnt = store.get(key + "|w");
    walks = learnt == null ? new TrunkWalks() : TrunkWalks.decode(learnt);
    byte[] known = store.get(key + "|k");
    if (known != null) {
      ByteBuffer in = ByteBuffer.wrap(known);
      oldest = in.getLong();
      newestSlot = in.getLong();
    }
  }

  /** Takes a batch; returns what has to be told in place of what was told before. */
  List<PosturesJudged> add(MotionBatch batch) {
    long formerNewest = newestSlot;
    SortedSet<Long> changed = keep(batch);
    if (changed.isEmpty()) {
      return List.of();
    }
    SortedSet<Long> blocks = new TreeSet<>();
    for (long minute : changed) {
      addBlocks(blocks, minute - TrunkMotion.AFTER_MILLIS, minute + TrunkMotion.BEFORE_MILLIS);
    }
    // What was the newest slot is not left out any more.
    addBlocks(blocks, formerNewest, formerNewest);
    blocks.addAll(learn(changed));
    forget();
    List<PosturesJudged> judged = new ArrayList<>();
    for (long block : blocks) {
      List<PostureObservation> postures = postures(batch.stamp(), block);
      if (!postures.equals(told.put(block, postures))) {
        judged.add(new PosturesJudged(batch.stamp(), Instant.ofEpochMilli(block), postures));
      }
    }
    told.keySet().removeIf(block -> block < newestSlot - 2 * TrunkMotion.BEFORE_MILLIS);
    return judged;
  }

  private SortedSet<Long> keep(MotionBatch batch) {
    SortedSet<Long> changed = new TreeSet<>();
    long open = Long.MIN_VALUE;
    TrunkMinute minute = null;
    for (int i = 0; i < batch.size(); i++) {
      long at = batch.millisAt(i);
      long start = Math.floorDiv(at, TrunkMinute.MILLIS) * TrunkMinute.MILLIS;
      if (minute == null || start != open) {
        TrunkMinute known = find(start);
        minute = known == null ? new TrunkMinute(start) : known;
        open = start;
      }
      if (minute.add(at, batch.x()[i], batch.y()[i], batch.z()[i])) {
        recent.put(start, Optional.of(minute));
        changed.add(start);
        oldest = Math.min(oldest, start);
        newestSlot =
            Math.max(
                newestSlot, Math.floorDiv(at, TrunkMinute.SLOT_MILLIS) * TrunkMinute.SLOT_MILLIS);
      }
    }
    for (long start : changed) {
      TrunkMinute kept = find(start);
      if (kept != null) {
        put(start, kept);
      }
    }
    return changed;
  }

  /** Learns from the minutes that changed; returns the blocks whose reference is another now. */
  private SortedSet<Long> learn(SortedSet<Long> changed) {
    SortedSet<Long> near = new TreeSet<>();
    addBlocks(near, Math.max(oldest, changed.first() - TrunkWalks.AHEAD_MILLIS),
        changed.last() + TrunkWalks.MEMORY_MILLIS);
    Map<Long, Optional<Direction>> before = references(near);
    boolean learnt = false;
    for (long start : changed) {
      TrunkMinute minute = find(start);
      if (minute != null) {
        learnt |= walks.put(start, TrunkWalks.walked(minute));
      }
    }
    if (!learnt) {
      return new TreeSet<>();
    }
    store.put(key + "|w", walks.encode());
    near.removeIf(block -> walks.at(block).equals(before.get(block)));
    return near;
  }

  private Map<Long, Optional<Direction>> references(SortedSet<Long> blocks) {
    Map<Long, Optional<Direction>> references = new HashMap<>();
    blocks.forEach(block -> references.put(block, walks.at(block)));
    return references;
  }

  /** Adds the blocks that touch [from, to] and hold something. */
  private void addBlocks(SortedSet<Long> blocks, long from, long to) {
    long last = Math.min(to, newestSlot);
    long first = Math.max(from, oldest);
    for (long block = Math.floorDiv(first, TrunkMotion.BLOCK_MILLIS) * TrunkMotion.BLOCK_MILLIS;
        block <= last;
        block += TrunkMotion.BLOCK_MILLIS) {
      blocks.add(block);
    }
  }

  private List<PostureObservation> postures(Stamp stamp, long block) {
    return TrunkMotion.judge(block, this, walks.at(block)).stream()
        .map(span -> posture(stamp, span))
        .toList();
  }

  private static PostureObservation posture(Stamp stamp, TrunkSpan span) {
    SleepPosition position = span.position().orElse(null);
    Double headUp =
        span.headUpDegrees().isPresent()
            ? (double) Math.round(span.headUpDegrees().getAsDouble())
            : null;
    return new PostureObservation(
        stamp,
        span.lying() ? Posture.LYING : Posture.UNKNOWN,
        Instant.ofEpochMilli(span.from()),
        Instant.ofEpochMilli(span.to()),
        false,
        PostureObservation.Origin.CLASSIFIED,
        PostureObservation.Grade.FINAL,
        position,
        headUp,
        null,
        span.seconds());
  }

  @Override
  public @Nullable TrunkMinute find(long start) {
    Optional<TrunkMinute> minute = recent.get(start);
    if (minute == null) {
      byte[] bytes = store.get(minuteKey(start));
      minute = bytes == null ? Optional.empty() : Optional.of(TrunkMinute.decode(start, bytes));
      recent.put(start, minute);
    }
    return minute.orElse(null);
  }

  @Override
  public void put(long start, TrunkMinute minute) {
    store.put(minuteKey(start), minute.encode());
    store.put(
        key + "|k", ByteBuffer.allocate(16).putLong(oldest).putLong(newestSlot).array());
  }

  @Override
  public long newestSlot() {
    return newestSlot;
  }

  private void forget() {
    long limit = newestSlot - KEPT.toMillis();
    if (oldest >= limit - TrunkMotion.BEFORE_MILLIS) {
      return;
    }
    try (KeyValueIterator<String, byte[]> old =
        store.range(minuteKey(oldest), minuteKey(limit - 1))) {
      while (old.hasNext()) {
        KeyValue<String, byte[]> one = old.next();
        store.delete(one.key);
      }
    }
    recent.keySet().removeIf(start -> start < limit);
    walks.forgetBefore(limit);
    oldest = limit;
  }

  private String minuteKey(long start) {
    String number = Long.toHexString(start / TrunkMinute.MILLIS);
    return key + "|m" + "00000000".substring(number.length()) + number;
  }
}
