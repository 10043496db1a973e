package io.lumbar.analytics.motion;

import io.lumbar.analytics.stream.LimbRelabelled;
import io.lumbar.analytics.stream.MovementJudged;
import io.lumbar.analytics.stream.PosturesJudged;
import io.lumbar.analytics.stream.StoreKeys;
import io.lumbar.model.Calibration;
import io.lumbar.model.MotionBatch;
import io.lumbar.model.PostureObservation;
import io.lumbar.model.Stamp;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.LongPredicate;
import java.util.function.Supplier;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * One thigh or pocket sensor in the stream: its kept state, and what to tell about it.
 *
 * <p>Labels are told as intervals. While a posture goes on it is told as one that holds until the
 * end of the minute after, so that once a minute is enough, and timers can count on it; a change is
 * told at once. When nothing follows, {@link #ended} tells where the measurement really ended.
 *
 * <p>What the coming seconds may still change is told provisionally. It is told again as final with
 * what comes next, or at the end.
 */
final class LimbSensor {
  private static final int HELD_BACK = 2;
  private static final int VERSION = 2;
  private static final int WITHOUT_GRADES = 1;
  private static final int NOT_SAID = -1;

  private final KeyValueStore<String, byte[]> store;
  private final String key;
  private final KeptMinutes minutes;
  private final Walks walks;
  private final LimbMotion motion;
  private final MovementTeller movements;
  private final List<MovementJudged> counted = new ArrayList<>();
  private final SortedSet<Long> relabelled = new TreeSet<>();
  private List<Range> stood;
  private @Nullable Range learnt;

  /** Seconds since 1970 up to which the last posture was said to hold; 0 when nothing is said. */
  private long horizon;

  private byte said = NOT_SAID;
  private long end;

  /** Seconds since 1970 from which on labels were told provisionally. */
  private long settled;

  /**
   * Opens what is kept.
   *
   * @param poses that the wearer told of, as they are known by now
   * @param alike the keys of the same sensor as it was worn under other zones
   */
  LimbSensor(
      KeyValueStore<String, byte[]> store,
      String key,
      Stamp stamp,
      List<Calibration> poses,
      List<String> alike) {
    this.store = store;
    this.key = key;
    minutes = new KeptMinutes(store, key);
    walks = walks(store, key, stamp);
    know(stamp, alike);
    byte[] told = store.get(key + "|t");
    if (told != null) {
      ByteBuffer in = ByteBuffer.wrap(told);
      byte version = in.get();
      if (version != VERSION && version != WITHOUT_GRADES) {
        throw new IllegalStateException("a told posture of this version is not known");
      }
      said = in.get();
      horizon = in.getLong();
      end = in.getLong();
      settled = version == VERSION ? in.getLong() : Math.min(end, oldestKept());
    }
    motion = new LimbMotion(stamp.placement(), minutes, walks);
    stood = standing(poses);
    motion.knowPoses(stood);
    movements = new MovementTeller(minutes);
  }

  private static Walks walks(KeyValueStore<String, byte[]> store, String key, Stamp stamp) {
    Walks walks = LimbMotion.walks(stamp.placement());
    byte[] learnt = store.get(key + "|w");
    if (learnt != null) {
      walks.decode(learnt);
    }
    return walks;
  }

  /** A wearer's clock is no other mounting: what was learnt under another zone holds here too. */
  private void know(Stamp stamp, List<String> alike) {
    walks.know(alike.stream().map(other -> walks(store, other, stamp)).toList());
  }

  /**
   * Lets the same sensor under other zones go by what this one has learnt, if it has learnt
   * anything since this was asked for last.
   *
   * @param zones the keys of the sensor under all zones, this one too
   * @param sensors opens one of them
   * @param told takes each of the others, and what has to be told of it
   */
  void spread(
      Supplier<List<String>> zones,
      Function<String, LimbSensor> sensors,
      BiConsumer<LimbSensor, List<PosturesJudged>> told) {
    Range news = learnt;
    learnt = null;
    if (news == null) {
      return;
    }
    List<String> all = zones.get();
    for (String other : all) {
      if (!other.equals(key)) {
        LimbSensor worn = sensors.apply(other);
        List<String> alike = all.stream().filter(one -> !one.equals(other)).toList();
        told.accept(worn, worn.relearnt(alike, news));
      }
    }
  }

  private List<PosturesJudged> relearnt(List<String> alike, Range seconds) {
    Stamp stamp = StoreKeys.stampOf(key);
    know(stamp, alike);
    return tell(stamp, lastLabelled(), motion.relearnt(seconds));
  }

  String key() {
    return key;
  }

  /** Takes a batch; returns what has to be told. */
  List<PosturesJudged> add(MotionBatch batch) {
    long lastBefore = lastLabelled();
    return tell(batch.stamp(), lastBefore, motion.add(batch));
  }

  /** Takes what the wearer says about poses, all of it; returns what has to be told. */
  List<PosturesJudged> stood(Stamp stamp, List<Calibration> poses) {
    long lastBefore = lastLabelled();
    stood = standing(poses);
    return tell(stamp, lastBefore, motion.stood(stood));
  }

  /** When the newest pose of standing that was learnt from began. */
  Optional<Instant> learntStanding() {
    return stood.stream()
        .filter(pose -> walks.hasFrom(pose.from()))
        .reduce((earlier, later) -> later)
        .map(pose -> Instant.ofEpochSecond(pose.from()));
  }

  /** Whole seconds within the poses of standing. */
  private static List<Range> standing(List<Calibration> poses) {
    return poses.stream()
        .filter(pose -> pose.pose() == Calibration.Pose.STANDING)
        .map(
            pose ->
                new Range(
                    -Math.floorDiv(-pose.from().toEpochMilli(), 1_000L),
                    Math.floorDiv(pose.to().toEpochMilli(), 1_000L)))
        .toList();
  }

  private List<PosturesJudged> tell(Stamp stamp, long lastBefore, LimbMotion.Update update) {
    Range news = update.learnt();
    if (news != null) {
      learnt = learnt == null ? news : learnt.hull(news);
      store.put(key + "|w", walks.encode());
    }
    List<PosturesJudged> told = new ArrayList<>();
    Range labels = update.labels();
    if (labels != null) {
      long newEnd = tellable();
      if (wasForeseen(labels, newEnd)) {
        end = Math.max(end, newEnd);
        save();
      } else {
        SortedSet<Long> blocks = new TreeSet<>(update.blocks());
        blocks.add(LimbMotion.block(newEnd - 1));
        if (end > 0) {
          // Of the newest two seconds nothing was said; by now they may lie far behind.
          blocks.add(LimbMotion.block(lastBefore - 1));
          blocks.addAll(unsettled());
        }
        sayUntil(newEnd);
        for (long block : blocks) {
          told.add(judged(stamp, block, true));
        }
      }
    }
    counted.addAll(movements.changed(stamp, update, lastBefore, lastLabelled()));
    if (MovementTeller.reachesFar(update)) {
      relabelled.addAll(update.blocks());
    }
    minutes.save();
    if (minutes.forget()) {
      forgetWalks();
    }
    return told;
  }

  private void forgetWalks() {
    walks.keepOnly(second -> minutes.isNear(Math.floorDiv(second, Minute.SECONDS)));
    store.put(key + "|w", walks.encode());
  }

  /** How many samples came for what is let go, since this was asked for last. */
  int leftOut() {
    return motion.leftOut();
  }

  /** True when the labels only go on as it was said that they would. */
  private boolean wasForeseen(Range labels, long newEnd) {
    if (said == NOT_SAID || labels.from() < end || newEnd > horizon - Minute.SECONDS) {
      return false;
    }
    if (newEnd <= end) {
      return true;
    }
    List<LabelRun> runs = motion.runs(new Range(end, newEnd));
    return runs.size() == 1
        && runs.get(0).from() == end
        && runs.get(0).to() == newEnd
        && Labels.of(runs.get(0).posture()) == said;
  }

  /** What was counted and is to be told, since this was asked for last. */
  List<MovementJudged> counted() {
    List<MovementJudged> news = List.copyOf(counted);
    counted.clear();
    return news;
  }

  /** The blocks with other labels far from what was measured, since this was asked for last. */
  Optional<LimbRelabelled> relabelled(Stamp stamp) {
    List<Instant> blocks = relabelled.stream().map(Instant::ofEpochSecond).toList();
    relabelled.clear();
    return blocks.isEmpty() ? Optional.empty() : Optional.of(new LimbRelabelled(stamp, blocks));
  }

  /**
   * Closes the days that are not needed any more. When that is the newest too, and nothing is left
   * to be told, all kept minutes go; what was learnt of the way the sensor is worn stays, a few
   * bytes a walk.
   *
   * @param old whether what was measured at an instant, in epoch milliseconds, is not needed
   * @return whether all were removed, now or before
   */
  boolean forgetIf(LongPredicate old) {
    if (minutes.isEmpty()) {
      return true;
    }
    if (due().isEmpty() && old.test(minutes.known().to() * 1_000 - 1)) {
      minutes.forgetAll();
      store.delete(key + "|t");
      return true;
    }
    long newest = Math.floorDiv(minutes.known().to() - 1, Minute.SECONDS);
    LongPredicate isOld = minute -> minute < newest && old.test(minute * Minute.SECONDS * 1_000);
    if (minutes.forgetIf(isOld)) {
      forgetWalks();
    }
    return false;
  }

  /** When to call {@link #ended}, in epoch milliseconds. */
  OptionalLong due() {
    return said == NOT_SAID ? OptionalLong.empty() : OptionalLong.of(horizon * 1000);
  }

  /** Tells where the measurement ended, because nothing followed, and all as final. */
  List<PosturesJudged> ended(Stamp stamp) {
    if (said == NOT_SAID) {
      return List.of();
    }
    said = NOT_SAID;
    SortedSet<Long> blocks = unsettled();
    end = lastLabelled();
    settled = end;
    save();
    counted.addAll(movements.rest(stamp));
    blocks.add(LimbMotion.block(end - 1));
    return blocks.stream().map(block -> judged(stamp, block, false)).toList();
  }

  /** What was told without grades is told once more, as far as it is kept. */
  private long oldestKept() {
    Range kept = minutes.known();
    return kept.from() == kept.to() ? end : kept.from();
  }

  /** The blocks in which labels were told provisionally. */
  private SortedSet<Long> unsettled() {
    SortedSet<Long> blocks = new TreeSet<>();
    long last = LimbMotion.block(end - 1);
    for (long block = LimbMotion.block(Math.min(settled, end - 1));
        block <= last;
        block += LimbMotion.BLOCK_SECONDS) {
      blocks.add(block);
    }
    return blocks;
  }

  private void sayUntil(long newEnd) {
    List<LabelRun> last = motion.runs(new Range(newEnd - 1, newEnd));
    said = last.isEmpty() ? NOT_SAID : Labels.of(last.get(0).posture());
    horizon = (Math.floorDiv(newEnd - 1, Minute.SECONDS) + 2) * Minute.SECONDS;
    end = newEnd;
    settled = motion.settled(lastLabelled());
    save();
  }

  private void save() {
    store.put(
        key + "|t",
        ByteBuffer.allocate(26)
            .put((byte) VERSION)
            .put(said)
            .putLong(horizon)
            .putLong(end)
            .putLong(settled)
            .array());
  }

  /**
   * Up to where labels are told while more may come: the newest two are smoothed with what follows.
   */
  private long tellable() {
    long last = lastLabelled();
    long held = last - HELD_BACK;
    return motion.runs(new Range(held - 1, held)).isEmpty() ? last : held;
  }

  private long lastLabelled() {
    Range known = minutes.known();
    for (long minute = known.to() / Minute.SECONDS - 1; minute >= known.from() / 60; minute--) {
      Minute one = minutes.find(minute);
      for (int i = Minute.SECONDS - 1; one != null && i >= 0; i--) {
        if (one.label(i) != Labels.NONE) {
          return minute * Minute.SECONDS + i + 1;
        }
      }
    }
    return known.to();
  }

  private PosturesJudged judged(Stamp stamp, long block, boolean goesOn) {
    List<PostureObservation> postures = new ArrayList<>();
    long to = block + LimbMotion.BLOCK_SECONDS;
    for (LabelRun run : motion.runs(new Range(block, goesOn ? Math.min(to, end) : to))) {
      boolean holds = goesOn && run.to() == end && said == Labels.of(run.posture());
      postures.add(
          new PostureObservation(
              stamp,
              run.posture(),
              Instant.ofEpochSecond(run.from()),
              Instant.ofEpochSecond(holds ? horizon : run.to()),
              holds,
              PostureObservation.Origin.CLASSIFIED,
              run.to() > settled
                  ? PostureObservation.Grade.PROVISIONAL
                  : PostureObservation.Grade.FINAL,
              null,
              null,
              null,
              Map.of()));
    }
    return new PosturesJudged(stamp, Instant.ofEpochSecond(block), postures);
  }
}
