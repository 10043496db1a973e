package io.lumbar.analytics.trunk;

import io.lumbar.analytics.motion.LimbAngles;
import io.lumbar.analytics.motion.SeatedShifts;
import io.lumbar.analytics.stream.CalibrationLog;
import io.lumbar.analytics.stream.PosturesJudged;
import io.lumbar.analytics.stream.StoreKeys;
import io.lumbar.analytics.trunk.BedCalibration.Learnt;
import io.lumbar.analytics.trunk.TrunkAxes.Direction;
import io.lumbar.analytics.trunk.TrunkStillness.Worn;
import io.lumbar.model.Calibration;
import io.lumbar.model.CalibrationResult;
import io.lumbar.model.MotionBatch;
import io.lumbar.model.PostureObservation;
import io.lumbar.model.Stamp;
import io.lumbar.model.WearerId;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.LongFunction;
import java.util.function.LongPredicate;
import java.util.function.LongToDoubleFunction;
import java.util.function.Predicate;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * One trunk sensor in the stream: its kept minutes, what walking showed of it, and what was told.
 *
 * <p>Right as long as this is the only writer of its keys.
 */
final class TrunkSensor implements TrunkMinutes {
  /** Enough to judge a block without reading a minute twice. */
  private static final int RECENT = 128;

  private static final int RECENT_BENDS = 24;
  private static final Limit LYING = Limit.of(Lying.BEGINS_DEGREES);

  private final KeyValueStore<String, byte[]> store;
  private final String key;
  private final TrunkWalks walks;
  private final TrunkUprights uprights;
  private final TrunkStillness stillness;
  private final Map<Long, List<PostureObservation>> told = new HashMap<>();
  private final Map<Long, Optional<TrunkMinute>> recent = new RecentMinutes<>(RECENT);
  private final Map<Long, Optional<BendMinute>> recentBends = new RecentMinutes<>(RECENT_BENDS);

  /** After so long without a reading nothing more is awaited behind the newest one. */
  private static final long ENDED_MILLIS = 120_000;

  private final Stamp stamp;
  private final KeptDays days;
  private long newestSlot = Long.MIN_VALUE;

  /** What the wearer said about poses. */
  private final CalibrationLog poses;

  /** What the poses showed of what is kept here. */
  private SensorCalibration calibration;

  /** Whether that was stored with poses of nothing but drop-outs, and all was judged by them. */
  private boolean hasDropOuts;

  /** This sensor and the same one as it was worn under other zones: it sat as it does now. */
  private List<TrunkSensor> alike = List.of(this);

  /** What poses, walks and upright minutes showed in all of those zones. */
  private SensorCalibration known;

  private TrunkWalks knownWalks;
  private TrunkUprights knownUprights;

  /** How it was turned by that, as far as it was asked. */
  private final Map<Long, TrunkFrame> frames = new RecentMinutes<>(RECENT);

  /** Whether something was learnt since this was asked for last. */
  private boolean hasLearnt;

  TrunkSensor(KeyValueStore<String, byte[]> store, String key, CalibrationLog poses) {
    this.store = store;
    this.poses = poses;
    byte[] calibrated = store.get(key + "|c");
    SensorCalibration read =
        calibrated == null ? SensorCalibration.NONE : SensorCalibration.decode(calibrated);
    calibration = read.withoutDropOuts();
    hasDropOuts = !calibration.equals(read);
    known = calibration;
    this.key = key;
    stamp = StoreKeys.stampOf(key);
    stillness = new TrunkStillness(stamp.placement(), this);
    byte[] learnt = store.get(key + "|w");
    walks = learnt == null ? new TrunkWalks() : TrunkWalks.decode(learnt);
    byte[] kept = store.get(key + "|d");
    days = kept == null ? new KeptDays() : KeptDays.decode(kept);
    byte[] newest = store.get(key + "|n");
    if (newest != null) {
      newestSlot = ByteBuffer.wrap(newest).getLong();
    }
    byte[] seen = store.get(key + "|u");
    uprights = seen == null ? new TrunkUprights() : TrunkUprights.decode(seen);
    if (seen == null && !days.open().isEmpty()) {
      // What is kept was written before this was noted.
      days.open().forEach(day -> uprights.look(day, this));
      store.put(key + "|u", uprights.encode());
    }
    knownWalks = walks;
    knownUprights = uprights;
  }

  /**
   * Blocks of which something else may have to be told.
   *
   * @param postures their lying and upright
   * @param bends their bends
   * @param posed true when something was felt during a pose, so that {@link #calibrate} has to
   *     follow
   */
  record Changed(SortedSet<Long> postures, SortedSet<Long> bends, boolean posed) {}

  /** Takes a batch; returns what it may change. {@link #makeRoom} has to follow. */
  Changed add(MotionBatch batch) {
    long formerNewest = newestSlot;
    SortedSet<Long> felt = new TreeSet<>();
    long from = TrunkMinute.startOf(batch.millisAt(0));
    long to = TrunkMinute.startOf(batch.millisAt(batch.size() - 1)) + TrunkMinute.MILLIS;
    NavigableMap<Long, Worn> formerStill = stillness.still(from, to);
    SortedSet<Long> changed = keep(batch, felt);
    SortedSet<Long> blocks = new TreeSet<>();
    SortedSet<Long> bends = new TreeSet<>();
    felt.forEach(minute -> addBendBlocks(bends, minute));
    if (changed.isEmpty() && felt.isEmpty()) {
      return new Changed(blocks, bends, false);
    }
    for (long minute : either(formerStill, stillness.still(from, to))) {
      addBendBlocks(bends, minute);
      changed.add(minute);
    }
    for (long minute : changed) {
      addBlocks(blocks, minute - TrunkMotion.AFTER_MILLIS, minute + TrunkMotion.BEFORE_MILLIS);
    }
    addLater(blocks, changed);
    // What was the newest slot is not left out any more, and what was provisional may be final.
    if (formerNewest != Long.MIN_VALUE) {
      addBlocks(blocks, formerNewest - TrunkMotion.AFTER_MILLIS, formerNewest);
    }
    changed.addAll(felt);
    SortedSet<Long> turned = learn(changed);
    blocks.addAll(turned);
    bends.addAll(turned);
    return new Changed(blocks, bends, felt.stream().anyMatch(this::isInPose));
  }

  /** Adds the later blocks that are judged from some minutes, because none since then decides. */
  private void addLater(SortedSet<Long> blocks, SortedSet<Long> changed) {
    if (changed.isEmpty()) {
      return;
    }
    long last = changed.last();
    SortedSet<Long> later = new TreeSet<>();
    long from = changed.first() + TrunkMotion.BEFORE_MILLIS;
    addBlocks(later, from, last + TrunkMotion.BEFORE_MILLIS + TrunkSlot.UNDECIDED_MILLIS);
    later.removeAll(blocks);
    later.removeIf(block -> !TrunkMotion.reachesBack(block, last, this, frame(block)));
    blocks.addAll(later);
  }

  /** The minutes of which one says something else than the other. */
  private static NavigableSet<Long> either(
      NavigableMap<Long, Worn> one, NavigableMap<Long, Worn> other) {
    NavigableSet<Long> either = new TreeSet<>(one.keySet());
    either.addAll(other.keySet());
    either.removeIf(minute -> one.get(minute) == other.get(minute));
    return either;
  }

  private boolean isInPose(long minute) {
    return poses.of(stamp).stream()
        .anyMatch(
            pose ->
                pose.from().toEpochMilli() < minute + TrunkMinute.MILLIS
                    && pose.to().toEpochMilli() > minute);
  }

  /** Learns from the poses anew; {@link #know} has to follow. */
  void calibrate() {
    SensorCalibration learnt =
        calibration.learn(poses.told(stamp), stamp.placement(), this::readings, this::isGone);
    if (!learnt.equals(calibration)) {
      calibration = learnt;
      store.put(key + "|c", learnt.encode());
    }
  }

  /** Whether nothing is kept, or not all, of what was measured during a pose. */
  private boolean isGone(Calibration pose) {
    long from = pose.from().toEpochMilli();
    long to = pose.to().toEpochMilli();
    return days.isClosed(from) || (!days.isOpen(from) && !days.isOpen(to));
  }

  /**
   * Stores what the poses showed without those of nothing but drop-outs; returns whether there were
   * any, so that what was told by them has to be told anew.
   */
  boolean dropOutsForgotten() {
    boolean had = hasDropOuts;
    hasDropOuts = false;
    if (had) {
      store.put(key + "|c", calibration.encode());
    }
    return had;
  }

  /** What the poses showed of what is kept here. */
  SensorCalibration calibration() {
    return calibration;
  }

  /**
   * Goes by what was learnt of the device, whatever zone it was worn in; returns the blocks in
   * which the sensor is turned otherwise now.
   *
   * @param all this sensor and the same one under other zones
   */
  SortedSet<Long> know(List<TrunkSensor> all) {
    return reframed(
        openBlocks(),
        () -> {
          alike = List.copyOf(all);
          combine();
        });
  }

  private void combine() {
    frames.clear();
    known =
        alike.stream()
            .map(TrunkSensor::calibration)
            .reduce(SensorCalibration.NONE, SensorCalibration::and);
    knownWalks = walks;
    knownUprights = uprights;
    for (TrunkSensor other : alike) {
      if (other != this) {
        knownWalks = knownWalks.and(other.walks);
        knownUprights = knownUprights.and(other.uprights);
      }
    }
  }

  /** Whether walks or upright minutes were learnt from since this was asked for last. */
  boolean hasLearnt() {
    boolean learnt = hasLearnt;
    hasLearnt = false;
    return learnt;
  }

  private List<Reading> readings(Calibration pose) {
    long from = pose.from().toEpochMilli();
    long to = pose.to().toEpochMilli();
    List<Reading> readings = new ArrayList<>();
    for (long start = TrunkMinute.startOf(from); start < to; start += TrunkMinute.MILLIS) {
      long begin = start;
      bendMinute(start)
          .ifPresent(
              minute ->
                  minute.addReadings(begin, one -> one.at() >= from && one.at() < to, readings));
    }
    return readings;
  }

  /** What came of the calibrations of this device as it is worn. */
  Optional<CalibrationResult> result(WearerId wearer) {
    boolean usesBed = newestSlot == Long.MIN_VALUE || frame(newestSlot).calibrated();
    return known.result(wearer, stamp, usesBed);
  }

  /** The blocks whose bends a minute bears on: near it, and where a bend that reaches it began. */
  void addBendBlocks(SortedSet<Long> blocks, long minute) {
    addBlocks(blocks, minute - BendMotion.AFTER_MILLIS, minute + BendMotion.BEFORE_MILLIS);
    Optional<TrunkAxes> axes = frame(StoreKeys.chunkOf(minute)).upright();
    if (axes.isPresent()) {
      addBegun(blocks, minute, one -> BendMotion.isBentThrough(one, axes.get()));
      addBegun(blocks, minute, one -> BendMotion.isHeldThrough(one, axes.get()));
    }
  }

  private void addBegun(SortedSet<Long> blocks, long minute, Predicate<BendMinute> goesThrough) {
    long start = minute - TrunkMinute.MILLIS;
    while (minute - start < BendMotion.LONGEST_MILLIS
        && bendMinute(start).filter(goesThrough).isPresent()) {
      start -= TrunkMinute.MILLIS;
    }
    addBlocks(blocks, start, start);
  }

  /** The blocks whose shifts on a seat a block of a thigh sensor bears on: itself and around. */
  void addShiftBlocks(SortedSet<Long> blocks, long block) {
    long reach = SeatedShifts.REACH * 1_000L;
    addBlocks(blocks, block - reach, block + TrunkMotion.BLOCK_MILLIS + reach);
  }

  /** How often a block shows that the trunk turned while the wearer sat. */
  int seatedShifts(long block, LimbAngles thigh) {
    int seconds = (int) (TrunkMotion.BLOCK_MILLIS / 1_000) + 2 * SeatedShifts.REACH;
    long first = block / 1_000 - SeatedShifts.REACH;
    TrunkAxes axes = frame(block).axes();
    double[][] up = new double[3][seconds];
    boolean[] seated = new boolean[seconds];
    boolean any = false;
    for (int i = 0; i < seconds; i++) {
      long millis = (first + i) * 1_000;
      long start = TrunkMinute.startOf(millis);
      Optional<Direction> felt =
          thigh.sits(first + i)
              ? bendMinute(start).flatMap(one -> one.second((int) ((millis - start) / 1_000)))
              : Optional.empty();
      // A thigh alone takes lying on the back for sitting.
      if (felt.isPresent() && isUpright(axes, felt.get())) {
        up[0][i] = felt.get().x();
        up[1][i] = felt.get().y();
        up[2][i] = felt.get().z();
        seated[i] = true;
        any = true;
      }
    }
    return any
        ? new SeatedShifts(up[0], up[1], up[2], seated, SeatedShifts.TRUNK_DEGREES)
            .count(SeatedShifts.REACH, seconds - SeatedShifts.REACH)
        : 0;
  }

  private static boolean isUpright(TrunkAxes axes, Direction felt) {
    return felt.length() > 0 && !LYING.isInclinedTo(axes.tilt(felt.x(), felt.y(), felt.z()));
  }

  /** The bends that begin in a block; empty when nobody knows which way is forward. */
  Optional<BendMotion.Judged> bends(long block, LongToDoubleFunction thigh) {
    return frame(block)
        .upright()
        .map(axes -> BendMotion.judge(block, wornAround(block), axes, thigh));
  }

  /** The minutes in which the sensor was worn; those that bear on a block are looked at at once. */
  private LongFunction<Optional<BendMinute>> wornAround(long block) {
    long from = block - BendMotion.BEFORE_MILLIS;
    long to = block + TrunkMotion.BLOCK_MILLIS + BendMotion.AFTER_MILLIS;
    NavigableMap<Long, Worn> still = stillness.still(from, to);
    return start -> {
      boolean isAround = start >= from && start < to;
      boolean isDoubtful = isAround ? still.containsKey(start) : stillness.isDoubtful(start);
      return isDoubtful ? Optional.empty() : bendMinute(start);
    };
  }

  private Optional<BendMinute> bendMinute(long start) {
    Optional<BendMinute> minute = recentBends.get(start);
    if (minute == null) {
      minute = Optional.ofNullable(store.get(bendKey(start))).map(BendMinute::decode);
      recentBends.put(start, minute);
    }
    return minute;
  }

  /** All blocks that can be judged from what is kept. */
  SortedSet<Long> openBlocks() {
    SortedSet<Long> blocks = new TreeSet<>();
    for (long day : days.open()) {
      addBlocks(blocks, day, day + KeptDays.DAY_MILLIS - 1);
    }
    return blocks;
  }

  /** Whether a block was told of once, and what it was told from is gone. */
  boolean hasLetGo(long block) {
    return days.isClosed(block);
  }

  /** Whether a block can be judged from what is kept. */
  boolean judges(long block) {
    return days.isOpen(block) && block <= newestSlot;
  }

  /**
   * What has to be told of a block in place of what was told before; empty when that still holds.
   *
   * @param partners the sensors that may measure the arch together with this one
   * @param now the present in epoch milliseconds, which decides whether more is awaited
   */
  Optional<PosturesJudged> judge(long block, List<TrunkSensor> partners, long now) {
    TrunkFrame frame = frame(block);
    List<PostureObservation> postures = new ArrayList<>();
    Optional<ArchMeter> meter = meter(block, frame, partners);
    boolean ended = ended().orElse(Long.MAX_VALUE) <= now;
    long settled = ended ? Long.MAX_VALUE : newestSlot - TrunkMotion.AFTER_MILLIS;
    for (TrunkSpan span : TrunkMotion.judge(block, this, stillness, frame, meter, ended)) {
      PostureObservation.Grade grade =
          span.to() > settled
              ? PostureObservation.Grade.PROVISIONAL
              : PostureObservation.Grade.FINAL;
      postures.add(posture(span, meter, grade));
    }
    if (told.size() > RECENT) {
      told.clear();
    }
    List<PostureObservation> before = told.put(block, postures);
    boolean silent = before == null && postures.isEmpty();
    return silent || postures.equals(before)
        ? Optional.empty()
        : Optional.of(new PosturesJudged(stamp, Instant.ofEpochMilli(block), postures));
  }

  /**
   * With the partner that lies longest in the block: a spare one may be about, or be silent. Of a
   * sensor that has not shown which way the head is, a pitch may be the wrong way round: it
   * measures no arch, and neither does another against it.
   */
  private Optional<ArchMeter> meter(long block, TrunkFrame frame, List<TrunkSensor> partners) {
    Optional<ArchMeter> meter = ArchMeter.alone(stamp.placement(), frame);
    long longest = 0;
    for (TrunkSensor partner : frame.shown() ? partners : List.<TrunkSensor>of()) {
      TrunkFrame other = partner.frame(block);
      List<TrunkSlot> slots = other.shown() ? partner.slots(block) : List.of();
      long lying =
          slots.stream()
              .filter(slot -> StoreKeys.chunkOf(slot.at()) == block && slot.lies())
              .count();
      if (lying > longest) {
        longest = lying;
        meter = Optional.of(ArchMeter.both(stamp.placement(), frame, slots, other));
      }
    }
    return meter;
  }

  /** The slots that bear on a block, by time. */
  List<TrunkSlot> slots(long block) {
    return TrunkMotion.slots(block, this, stillness, frame(block));
  }

  /** How the sensor was turned while a block was measured. */
  TrunkFrame frame(long block) {
    TrunkFrame frame = frames.get(block);
    if (frame == null) {
      frame = turned(block).at(stamp.placement(), knownUprights.knownAt(block));
      frames.put(block, frame);
    }
    return frame;
  }

  private TrunkFrame turned(long block) {
    Optional<Direction> up = up(block);
    Optional<Learnt> bed = known.bed(block);
    OptionalLong lay = known.layAt(block);
    if (bed.isEmpty() || lay.isEmpty()) {
      return TrunkFrame.of(up, bed);
    }
    long stood = known.stoodAt(block);
    // One that is yet to come is newer than the bed too, which lies before the block.
    Optional<Direction> coming = stood == Long.MIN_VALUE ? known.standing(block) : Optional.empty();
    Optional<Direction> since =
        stood > lay.getAsLong() ? up : knownWalks.since(lay.getAsLong(), block).or(() -> coming);
    return TrunkFrame.of(up, since, bed.get());
  }

  /**
   * Which way was up: as the wearer stood, unless walks since then show that the sensor was put on
   * another way. Walks from before the pose say nothing against it. After a day the walks since
   * then are believed in any case: a strap that is put on every day is never quite where it was.
   */
  private Optional<Direction> up(long block) {
    Optional<Direction> stood = known.standing(block);
    OptionalLong newest = knownWalks.newestBefore(block);
    long at = known.stoodAt(block);
    if (stood.isEmpty()) {
      return knownWalks.at(block);
    }
    if (newest.isEmpty() || newest.getAsLong() <= at) {
      return stood;
    }
    Predicate<Direction> turned = TrunkFrame.isTurnedFrom(stood.get());
    boolean yetToCome = at == Long.MIN_VALUE;
    boolean old = !yetToCome && newest.getAsLong() - at > TrunkWalks.MEMORY_MILLIS;
    return (yetToCome ? knownWalks.at(block) : knownWalks.since(at, block))
        .filter(walked -> old || turned.test(walked))
        .or(() -> stood);
  }

  /** From when on nothing more is awaited, in epoch milliseconds; empty before any reading. */
  OptionalLong ended() {
    return newestSlot == Long.MIN_VALUE
        ? OptionalLong.empty()
        : OptionalLong.of(newestSlot + ENDED_MILLIS);
  }

  /** The blocks that are told otherwise once the measurement has ended. */
  SortedSet<Long> lastBlocks() {
    SortedSet<Long> blocks = new TreeSet<>();
    addBlocks(blocks, newestSlot - TrunkMotion.AFTER_MILLIS, newestSlot);
    return blocks;
  }

  Stamp stamp() {
    return stamp;
  }

  String key() {
    return key;
  }

  /** Keeps what a batch brings; returns the minutes that changed, and adds those felt finely. */
  private SortedSet<Long> keep(MotionBatch batch, SortedSet<Long> felt) {
    SortedSet<Long> changed = new TreeSet<>();
    for (int from = 0, to; from < batch.size(); from = to) {
      long start = TrunkMinute.startOf(batch.millisAt(from));
      to = from + 1;
      while (to < batch.size() && TrunkMinute.startOf(batch.millisAt(to)) == start) {
        to++;
      }
      if (!days.isClosed(start)) {
        keep(batch, from, to, start, changed, felt);
      }
    }
    if (!changed.isEmpty()) {
      store.put(key + "|d", days.encode());
      store.put(key + "|n", ByteBuffer.allocate(Long.BYTES).putLong(newestSlot).array());
    }
    return changed;
  }

  /** Keeps the samples [from, to) of a batch, which lie in one minute. */
  private void keep(
      MotionBatch batch,
      int from,
      int to,
      long start,
      SortedSet<Long> changed,
      SortedSet<Long> felt) {
    TrunkMinute known = find(start);
    TrunkMinute minute = known == null ? new TrunkMinute(start) : known;
    BendMinute fine = bendMinute(start).orElseGet(BendMinute::new);
    boolean isChanged = false;
    boolean isFelt = false;
    for (int i = from; i < to; i++) {
      long at = batch.millisAt(i);
      isFelt |= fine.add(at - start, batch.x()[i], batch.y()[i], batch.z()[i]);
      if (minute.add(at, batch.x()[i], batch.y()[i], batch.z()[i])) {
        isChanged = true;
        newestSlot =
            Math.max(
                newestSlot, Math.floorDiv(at, TrunkMinute.SLOT_MILLIS) * TrunkMinute.SLOT_MILLIS);
      }
    }
    // Written before the next minute is looked at: a long batch has more than stay in memory.
    if (isFelt) {
      recentBends.put(start, Optional.of(fine));
      store.put(bendKey(start), fine.encode());
      felt.add(start);
    }
    if (isChanged) {
      recent.put(start, Optional.of(minute));
      store.put(minuteKey(start), minute.encode());
      days.written(KeptDays.dayOf(start));
      changed.add(start);
    }
  }

  /** Learns from the minutes that changed; returns the blocks whose reference is another now. */
  private SortedSet<Long> learn(SortedSet<Long> changed) {
    Map<Long, Optional<Direction>> learnt = new HashMap<>();
    Map<Long, Boolean> seen = new TreeMap<>();
    for (long start : changed) {
      TrunkMinute minute = find(start);
      if (minute != null) {
        Optional<Direction> walked = TrunkWalks.walked(minute, bendMinute(start));
        if (!walked.equals(walks.of(start))) {
          learnt.put(start, walked);
        }
        boolean shows = TrunkUprights.shows(minute);
        if (uprights.isChangedBy(start, shows)) {
          seen.put(start, shows);
        }
      }
    }
    SortedSet<Long> near = new TreeSet<>();
    if (learnt.isEmpty() && seen.isEmpty()) {
      return near;
    }
    addBlocks(near, changed.first() - TrunkWalks.AHEAD_MILLIS, newestSlot);
    return reframed(
        near,
        () -> {
          learn(learnt, seen);
          combine();
        });
  }

  private void learn(Map<Long, Optional<Direction>> learnt, Map<Long, Boolean> seen) {
    hasLearnt = true;
    if (!learnt.isEmpty()) {
      learnt.forEach(walks::put);
      store.put(key + "|w", walks.encode());
    }
    if (!seen.isEmpty()) {
      seen.forEach(
          (start, shows) -> {
            if (shows) {
              uprights.seen(start);
            } else {
              uprights.look(start, this);
            }
          });
      store.put(key + "|u", uprights.encode());
    }
  }

  /** Those of some blocks in which the sensor is turned otherwise once something was learnt. */
  private SortedSet<Long> reframed(SortedSet<Long> blocks, Runnable learning) {
    Map<Long, TrunkFrame> before = new HashMap<>();
    blocks.forEach(block -> before.put(block, frame(block)));
    learning.run();
    SortedSet<Long> turned = new TreeSet<>(blocks);
    turned.removeIf(block -> frame(block).equals(before.get(block)));
    return turned;
  }

  /** Adds the blocks of open days that touch [from, to], up to the newest slot. */
  private void addBlocks(SortedSet<Long> blocks, long from, long to) {
    long last = Math.min(to, newestSlot);
    for (long block = Math.floorDiv(from, TrunkMotion.BLOCK_MILLIS) * TrunkMotion.BLOCK_MILLIS;
        block <= last;
        block += TrunkMotion.BLOCK_MILLIS) {
      if (days.isOpen(block)) {
        blocks.add(block);
      }
    }
  }

  private PostureObservation posture(
      TrunkSpan span, Optional<ArchMeter> meter, PostureObservation.Grade grade) {
    Double arch = rounded(span.archDegrees());
    return new PostureObservation(
        stamp,
        span.posture(),
        Instant.ofEpochMilli(span.from()),
        Instant.ofEpochMilli(span.to()),
        false,
        PostureObservation.Origin.CLASSIFIED,
        grade,
        span.position().orElse(null),
        rounded(span.headUpDegrees()),
        arch,
        span.seconds(),
        arch == null ? null : meter.map(ArchMeter::confidence).orElse(null),
        span.lying() ? span.awake() : null);
  }

  private static @Nullable Double rounded(OptionalDouble degrees) {
    return degrees.isPresent() ? (double) Math.round(degrees.getAsDouble()) : null;
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
  public long newestSlot() {
    return newestSlot;
  }

  /** Closes the day that has to make room for what was added, if one has to. */
  void makeRoom() {
    OptionalLong closed = days.close();
    if (closed.isPresent()) {
      forget(List.of(closed.getAsLong()));
    }
  }

  /** Closes those of the open days of which a condition holds. */
  void forget(LongPredicate old) {
    List<Long> closed = days.close(old);
    if (!closed.isEmpty()) {
      forget(closed);
    }
  }

  private void forget(List<Long> closed) {
    for (long from : closed) {
      long to = from + KeptDays.DAY_MILLIS;
      delete(minuteKey(from), minuteKey(to - 1));
      delete(bendKey(from), bendKey(to - 1));
      recent.keySet().removeIf(start -> start >= from && start < to);
      recentBends.keySet().removeIf(start -> start >= from && start < to);
    }
    // What was walked in one zone may be what is known in another.
    Set<Long> open = new TreeSet<>();
    alike.forEach(one -> open.addAll(one.days.open()));
    walks.keepOnly(open);
    store.put(key + "|w", walks.encode());
    uprights.keepOnly(open);
    store.put(key + "|u", uprights.encode());
    combine();
    store.put(key + "|d", days.encode());
  }

  private void delete(String first, String last) {
    try (KeyValueIterator<String, byte[]> old = store.range(first, last)) {
      while (old.hasNext()) {
        KeyValue<String, byte[]> one = old.next();
        store.delete(one.key);
      }
    }
  }

  private String minuteKey(long start) {
    return key + "|m" + number(start);
  }

  private String bendKey(long start) {
    return key + "|b" + number(start);
  }

  private static String number(long start) {
    String number = Long.toHexString(start / TrunkMinute.MILLIS);
    return "00000000".substring(number.length()) + number;
  }
}
