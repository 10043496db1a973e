package io.lumbar.analytics.trunk;

import io.lumbar.analytics.motion.LimbAngles;
import io.lumbar.analytics.stream.CalibrationLog;
import io.lumbar.analytics.stream.LimbRelabelled;
import io.lumbar.analytics.stream.MovementJudged;
import io.lumbar.analytics.stream.PosturesJudged;
import io.lumbar.analytics.stream.StoreKeys;
import io.lumbar.model.Calibration;
import io.lumbar.model.CalibrationResult;
import io.lumbar.model.MotionBatch;
import io.lumbar.model.Placement;
import io.lumbar.model.Stamp;
import io.lumbar.model.WearerId;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.LongPredicate;
import java.util.stream.Collectors;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * All trunk sensors of one wearer in the stream. What one of them shows may change what has to be
 * told of another: a chest and a lower-back sensor measure an arch together.
 *
 * <p>Form in the store: under the wearer's key the sensors' keys, one a line; the rest is {@link
 * TrunkSensor}'s.
 */
final class TrunkSensors {
  private static final int MOST_TOLD = 96;

  private final KeyValueStore<String, byte[]> store;
  private final WearerId wearer;

  /** By key, so that of two sensors at one place always the same one is asked first. */
  private final NavigableMap<String, TrunkSensor> sensors = new TreeMap<>();

  private final Map<Long, BendsJudged> toldBends = new HashMap<>();
  private final Map<String, Integer> toldShifts = new HashMap<>();

  /** Keys of the thigh and pocket sensors, which tell what the legs do in a bend. */
  private final NavigableSet<String> limbs = new TreeSet<>();

  private final KeyValueStore<String, byte[]> motion;
  private final CalibrationLog poses;

  TrunkSensors(
      KeyValueStore<String, byte[]> store, KeyValueStore<String, byte[]> motion, WearerId wearer) {
    this.store = store;
    this.motion = motion;
    this.wearer = wearer;
    poses = new CalibrationLog(store, wearer.value() + "||poses");
    byte[] known = store.get(indexKey());
    if (known != null) {
      new String(known, StandardCharsets.UTF_8).lines().forEach(this::know);
    }
    sensors.values().forEach(sensor -> sensor.know(alike(sensor)));
  }

  private void know(String key) {
    if (LimbAngles.isToldBy(StoreKeys.stampOf(key).placement())) {
      limbs.add(key);
    } else {
      sensors.put(key, new TrunkSensor(store, key, poses));
    }
  }

  /**
   * Takes note of a batch of a thigh or pocket sensor, which is kept elsewhere already; returns the
   * bends and shifts on a seat that are others now.
   */
  Told addLimb(MotionBatch batch) {
    String key = knowLimb(batch.stamp());
    SortedSet<Long> blocks = new TreeSet<>();
    long last = batch.millisAt(batch.size() - 1);
    for (TrunkSensor sensor : sensors.values()) {
      for (long at = batch.millisAt(0); at <= last + TrunkMinute.MILLIS; at += TrunkMinute.MILLIS) {
        sensor.addBendBlocks(blocks, TrunkMinute.startOf(Math.min(at, last)));
      }
    }
    blocks.addAll(relearnt(key));
    LimbAngles thigh = new LimbAngles(motion, limbs);
    return new Told(List.of(), bends(blocks, thigh), seatedShifts(blocks, thigh), List.of());
  }

  /** Takes note that a thigh or pocket sensor shows other postures; returns other shifts. */
  Told relabelled(LimbRelabelled limb) {
    knowLimb(limb.stamp());
    SortedSet<Long> blocks = new TreeSet<>();
    for (TrunkSensor sensor : sensors.values()) {
      limb.blocks().forEach(block -> sensor.addShiftBlocks(blocks, block.toEpochMilli()));
    }
    LimbAngles thigh = new LimbAngles(motion, limbs);
    return new Told(List.of(), List.of(), seatedShifts(blocks, thigh), List.of());
  }

  private String knowLimb(Stamp stamp) {
    String key = StoreKeys.sensor(wearer, stamp);
    if (limbs.add(key)) {
      saveIndex();
    }
    return key;
  }

  /**
   * The blocks in which the thigh hangs down another way than when they were judged, of those whose
   * motion is still kept: without it they would be judged as if there were no such sensor.
   */
  private SortedSet<Long> relearnt(String key) {
    SortedSet<Long> blocks = new TreeSet<>();
    if (sensors.isEmpty()) {
      return blocks;
    }
    byte[] before = store.get(learntKey(key));
    byte[] now = LimbAngles.learnt(motion, key);
    if (now == null || Arrays.equals(before, now)) {
      return blocks;
    }
    List<String> alike = new ArrayList<>(LimbAngles.alike(key, limbs));
    List<byte[]> rest = LimbAngles.learnt(motion, alike);
    alike.add(key);
    LimbAngles limb = new LimbAngles(motion, alike);
    LimbAngles.Change change = new LimbAngles.Change(key, before, now, rest);
    sensors.values().forEach(sensor -> blocks.addAll(sensor.openBlocks()));
    blocks.removeIf(
        block -> !limb.isKept(block) || change.agrees(block, block + TrunkMotion.BLOCK_MILLIS));
    store.put(learntKey(key), now);
    SortedSet<Long> reached = new TreeSet<>(blocks);
    for (TrunkSensor sensor : sensors.values()) {
      blocks.forEach(block -> sensor.addBendBlocks(reached, block));
    }
    return reached;
  }

  private String learntKey(String limb) {
    return limb + "|learnt";
  }

  /**
   * What has to be told in place of what was told before.
   *
   * @param bends of some blocks, all of the wearer's sensors together
   * @param shifts of posture on a seat, in some blocks
   * @param calibrations what came of those that may have been learnt from anew
   */
  record Told(
      List<PosturesJudged> postures,
      List<BendsJudged> bends,
      List<MovementJudged> shifts,
      List<CalibrationResult> calibrations) {}

  /** Takes a batch; returns what has to be told. */
  Told add(MotionBatch batch, long now) {
    TrunkSensor sensor = sensor(StoreKeys.sensor(wearer, batch.stamp()));
    Optional<CalibrationResult> before = result(sensor);
    TrunkSensor.Changed changed = sensor.add(batch);
    List<PosturesJudged> judged = new ArrayList<>();
    NavigableMap<String, SortedSet<Long>> turned =
        changed.posed() ? calibrate(List.of(sensor)) : new TreeMap<>();
    if (sensor.hasLearnt()) {
      spread(sensor, turned);
    }
    NavigableMap<String, SortedSet<Long>> doubtful = forgetDropOuts(sensor);
    turned.putAll(doubtful);
    sensor.makeRoom();
    SortedSet<Long> own = turned.getOrDefault(sensor.key(), new TreeSet<>());
    SortedSet<Long> blocks = new TreeSet<>(changed.postures());
    SortedSet<Long> bends = new TreeSet<>(changed.bends());
    blocks.addAll(own);
    bends.addAll(own);
    bends.removeIf(block -> !sensor.judges(block));
    judgeAround(sensor, blocks, now, judged);
    for (Map.Entry<String, SortedSet<Long>> other : turned.entrySet()) {
      if (!other.getKey().equals(sensor.key())) {
        judgeAround(sensor(other.getKey()), other.getValue(), now, judged);
        bends.addAll(other.getValue());
      }
    }
    List<CalibrationResult> results = new ArrayList<>();
    addNews(sensor, before, !doubtful.isEmpty(), results);
    LimbAngles thigh = new LimbAngles(motion, limbs);
    return new Told(judged, bends(bends, thigh), seatedShifts(bends, thigh), results);
  }

  /**
   * The open blocks of a device, in all zones, where it was told by poses of nothing but drop-outs
   * when it was judged last; empty unless it was.
   */
  private NavigableMap<String, SortedSet<Long>> forgetDropOuts(TrunkSensor sensor) {
    NavigableMap<String, SortedSet<Long>> doubtful = new TreeMap<>();
    List<TrunkSensor> alike = alike(sensor);
    // All of them store what is left.
    if (alike.stream().filter(TrunkSensor::dropOutsForgotten).count() > 0) {
      alike.forEach(one -> doubtful.put(one.key(), one.openBlocks()));
    }
    return doubtful;
  }

  /** Takes what the wearer says about a pose; returns what has to be told. */
  Told add(Calibration pose, long now) {
    List<PosturesJudged> judged = new ArrayList<>();
    List<CalibrationResult> results = new ArrayList<>();
    SortedSet<Long> bends = new TreeSet<>();
    boolean ofLimb = LimbAngles.isToldBy(pose.placement());
    List<TrunkSensor> posed =
        sensors.values().stream()
            .filter(sensor -> sensor.stamp().device().equals(pose.device()))
            .filter(sensor -> sensor.stamp().placement() == pose.placement())
            .toList();
    if (!ofLimb && poses.add(pose) && !posed.isEmpty()) {
      Optional<CalibrationResult> before = result(posed.get(0));
      NavigableMap<String, SortedSet<Long>> turned = calibrate(posed);
      NavigableMap<String, SortedSet<Long>> doubtful = forgetDropOuts(posed.get(0));
      turned.putAll(doubtful);
      turned.forEach(
          (key, blocks) -> {
            judgeAround(sensor(key), blocks, now, judged);
            bends.addAll(blocks);
          });
      addNews(posed.get(0), before, !doubtful.isEmpty(), results);
    }
    limbs.forEach(limb -> bends.addAll(relearnt(limb)));
    LimbAngles thigh = new LimbAngles(motion, limbs);
    return new Told(judged, bends(bends, thigh), seatedShifts(bends, thigh), results);
  }

  /**
   * Learns from poses anew, for all zones in which the device was worn so: a body stays as it is
   * when its clock changes. Returns the blocks of each sensor in which it is turned otherwise now.
   */
  private NavigableMap<String, SortedSet<Long>> calibrate(List<TrunkSensor> posed) {
    posed.forEach(TrunkSensor::calibrate);
    NavigableMap<String, SortedSet<Long>> turned = new TreeMap<>();
    List<TrunkSensor> alike = alike(posed.get(0));
    for (TrunkSensor sensor : alike) {
      turned.put(sensor.key(), sensor.know(alike));
    }
    return turned;
  }

  /**
   * Lets the same sensor under other zones go by what this one has learnt from walking, because its
   * wearer's clock is no other mounting; adds the blocks in which they are turned otherwise now.
   */
  private void spread(TrunkSensor sensor, NavigableMap<String, SortedSet<Long>> turned) {
    List<TrunkSensor> alike = alike(sensor);
    for (TrunkSensor other : alike) {
      if (other != sensor) {
        turned.computeIfAbsent(other.key(), key -> new TreeSet<>()).addAll(other.know(alike));
      }
    }
  }

  /** The sensor and those of the same device at the same place under another zone. */
  private List<TrunkSensor> alike(TrunkSensor one) {
    return sensors.values().stream()
        .filter(sensor -> sensor.stamp().device().equals(one.stamp().device()))
        .filter(sensor -> sensor.stamp().placement() == one.stamp().placement())
        .toList();
  }

  /** What came of the calibrations of a device, by the zone in which it was worn last. */
  private Optional<CalibrationResult> result(TrunkSensor one) {
    return alike(one).stream()
        .max(Comparator.comparingLong(TrunkSensor::newestSlot))
        .flatMap(sensor -> sensor.result(wearer));
  }

  private void addNews(
      TrunkSensor sensor,
      Optional<CalibrationResult> before,
      boolean isDoubtful,
      List<CalibrationResult> news) {
    Optional<CalibrationResult> result = result(sensor);
    Stamp stamp = sensor.stamp();
    if (isDoubtful || !result.equals(before)) {
      news.add(
          result.orElseGet(
              () ->
                  new CalibrationResult(
                      wearer, stamp.device(), stamp.placement(), null, null, null)));
    }
  }

  /** Judges blocks of a sensor, and of those that measure an arch together with it. */
  private void judgeAround(
      TrunkSensor sensor, SortedSet<Long> blocks, long now, List<PosturesJudged> judged) {
    judge(sensor, blocks, now, judged);
    for (TrunkSensor other : sensors.values()) {
      if (measureTogether(other, sensor)) {
        judge(other, blocks, now, judged);
      }
    }
  }

  /** The bends of those blocks of which something else has to be told now. */
  private List<BendsJudged> bends(SortedSet<Long> blocks, LimbAngles thigh) {
    List<BendsJudged> judged = new ArrayList<>();
    for (long block : blocks) {
      BendsJudged now = bends(block, thigh);
      if (!now.equals(toldBends.put(block, now))) {
        judged.add(now);
      }
    }
    if (toldBends.size() > MOST_TOLD) {
      toldBends.clear();
    }
    return judged;
  }

  /**
   * Shifts on a seat in those blocks of which something else has to be told now. They take a sensor
   * on the thigh or in the pocket, which tells when the wearer sits; once its motion is forgotten,
   * what was told stays.
   */
  private List<MovementJudged> seatedShifts(SortedSet<Long> blocks, LimbAngles thigh) {
    List<MovementJudged> judged = new ArrayList<>();
    for (long block : blocks) {
      for (Map.Entry<String, TrunkSensor> one : sensors.entrySet()) {
        TrunkSensor sensor = one.getValue();
        if (sensor.judges(block) && thigh.isKept(block)) {
          int shifts = sensor.seatedShifts(block, thigh);
          Integer before = toldShifts.put(StoreKeys.at(one.getKey(), block), shifts);
          if (!Integer.valueOf(shifts).equals(before)) {
            judged.add(
                new MovementJudged(
                    sensor.stamp(), Instant.ofEpochMilli(block), List.of(), 0, shifts));
          }
        }
      }
    }
    if (toldShifts.size() > MOST_TOLD) {
      toldShifts.clear();
    }
    return judged;
  }

  /**
   * The bends that begin in a block. In each minute the sensor nearest to the breast bone that was
   * heard is believed, so that no bend counts twice.
   */
  private BendsJudged bends(long block, LimbAngles thigh) {
    List<TrunkSensor> byRank =
        sensors.values().stream()
            .filter(sensor -> sensor.judges(block))
            .sorted(Comparator.comparing(sensor -> sensor.stamp().placement()))
            .toList();
    BendsJudged.Builder builder = new BendsJudged.Builder(block);
    for (TrunkSensor sensor : byRank) {
      if (!builder.isWhole()) {
        sensor.bends(block, thigh::at).ifPresent(one -> builder.add(sensor.stamp(), one));
      }
    }
    return builder.build(
        sensors.values().stream()
            .filter(sensor -> sensor.hasLetGo(block))
            .map(TrunkSensor::stamp)
            .collect(Collectors.toUnmodifiableSet()));
  }

  /** Tells the end of a sensor's measurement, because nothing followed. */
  List<PosturesJudged> ended(String key, long now) {
    List<PosturesJudged> judged = new ArrayList<>();
    TrunkSensor sensor = sensor(key);
    judge(sensor, sensor.lastBlocks(), now, judged);
    return judged;
  }

  /**
   * Closes the days that are not needed any more, also of sensors that send nothing.
   *
   * @param old whether what was measured at an instant, in epoch milliseconds, is not needed
   */
  void forget(LongPredicate old) {
    sensors.values().forEach(sensor -> sensor.forget(old));
  }

  /** The sensor of a key, which is kept among the wearer's from now on. */
  TrunkSensor sensor(String key) {
    TrunkSensor known = sensors.get(key);
    if (known == null) {
      known = new TrunkSensor(store, key, poses);
      sensors.put(key, known);
      List<TrunkSensor> alike = alike(known);
      alike.forEach(sensor -> sensor.know(alike));
      saveIndex();
    }
    return known;
  }

  private void saveIndex() {
    List<String> all = new ArrayList<>(sensors.keySet());
    all.addAll(limbs);
    store.put(indexKey(), String.join("\n", all).getBytes(StandardCharsets.UTF_8));
  }

  private void judge(
      TrunkSensor sensor, SortedSet<Long> blocks, long now, List<PosturesJudged> judged) {
    for (long block : blocks) {
      if (sensor.judges(block)) {
        sensor.judge(block, partners(sensor, block), now).ifPresent(judged::add);
      }
    }
  }

  private List<TrunkSensor> partners(TrunkSensor sensor, long block) {
    return sensors.values().stream()
        .filter(other -> measureTogether(sensor, other) && other.judges(block))
        .toList();
  }

  private static boolean measureTogether(TrunkSensor one, TrunkSensor two) {
    Optional<Placement> wanted = ArchMeter.partnerOf(one.stamp().placement());
    return wanted.equals(Optional.of(two.stamp().placement()));
  }

  private String indexKey() {
    return wearer.value() + "||sensors";
  }
}
