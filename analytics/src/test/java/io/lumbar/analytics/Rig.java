package io.lumbar.analytics;

import io.lumbar.analytics.aging.Horizon;
import io.lumbar.analytics.evidence.EvidenceLog;
import io.lumbar.analytics.evidence.Piece;
import io.lumbar.analytics.evidence.Timeline;
import io.lumbar.analytics.steps.SeatedMoves;
import io.lumbar.analytics.stream.InputLag;
import io.lumbar.analytics.stream.PublishedDay;
import io.lumbar.analytics.stream.Span;
import io.lumbar.analytics.stream.Stores;
import io.lumbar.model.Bout;
import io.lumbar.model.CalibrationResult;
import io.lumbar.model.DaySummary;
import io.lumbar.model.DeviceId;
import io.lumbar.model.Episode;
import io.lumbar.model.ForgottenDates;
import io.lumbar.model.Json;
import io.lumbar.model.MotionBatch;
import io.lumbar.model.MotionCodec;
import io.lumbar.model.NightSummary;
import io.lumbar.model.Observation;
import io.lumbar.model.Placement;
import io.lumbar.model.Posture;
import io.lumbar.model.PostureObservation;
import io.lumbar.model.Provenance;
import io.lumbar.model.Stamp;
import io.lumbar.model.Statement;
import io.lumbar.model.StepsObservation;
import io.lumbar.model.TimerGuard;
import io.lumbar.model.Topic;
import io.lumbar.model.Wearer;
import io.lumbar.model.WearerId;
import io.lumbar.model.WearerPartitioner;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.test.TestRecord;

/** The whole analytics topology on a clock that the test moves, with what it has published. */
public final class Rig implements AutoCloseable {
  public static final ZoneId ZONE = ZoneId.of("Europe/Berlin");
  public static final LocalDate DAY = LocalDate.of(2026, 3, 2);
  public static final WearerId ANNA = new WearerId("w_anna");
  public static final WearerId BEN = new WearerId("w_ben");
  public static final Stamp THIGH = stamp("d_thigh", Placement.THIGH);
  public static final Stamp POCKET = stamp("d_pocket", Placement.TROUSER_POCKET);
  public static final Stamp WRIST = stamp("d_wrist", Placement.WRIST);

  private static final Duration SETTLING = Duration.ofMillis(10);

  private final TopologyTestDriver driver;
  private final TimerGuard timerGuard = new TimerGuard((wearer, fault) -> {});
  private final Map<Topic, TestInputTopic<String, byte[]>> inputs = new LinkedHashMap<>();
  private final TestOutputTopic<String, byte[]> bouts;
  private final TestOutputTopic<String, byte[]> episodes;
  private final TestOutputTopic<String, byte[]> days;
  private final TestOutputTopic<String, byte[]> nights;
  private final List<Bout> boutLog = new ArrayList<>();
  private final List<Episode> episodeLog = new ArrayList<>();
  private final List<DaySummary> dayLog = new ArrayList<>();
  private final List<NightSummary> nightLog = new ArrayList<>();
  private final List<String> barrierTopics = new ArrayList<>();
  private Instant now;

  /** How far the system's clock is ahead of the test's, by what it took to settle. */
  private Duration ahead = Duration.ZERO;

  private boolean caughtUp = true;
  private boolean settling;
  private boolean keeping = true;

  /** Tests of one day are no tests of the horizon: everything may change. */
  public Rig(Instant now, Path stateDir) {
    this(now, stateDir, new Horizon(Horizon.LONGEST));
  }

  public Rig(Instant now, Path stateDir, Horizon horizon) {
    this.now = now;
    Properties properties = new Properties();
    properties.put("application.id", "rig");
    properties.put("bootstrap.servers", "nowhere:9092");
    properties.put("state.dir", stateDir.toString());
    properties.put(TimerGuard.CONFIG, timerGuard);
    driver =
        new TopologyTestDriver(
            new AnalyticsTopology(() -> this.now, new Lag(), horizon).alone(), properties, now);
    for (Topic topic :
        List.of(Topic.POSTURE, Topic.STEPS, Topic.MOTION, Topic.CHECKINS, Topic.WEARERS)) {
      inputs.put(
          topic,
          driver.createInputTopic(
              topic.topicName(), new StringSerializer(), new ByteArraySerializer()));
    }
    bouts = output(Topic.BOUTS);
    episodes = output(Topic.EPISODES);
    days = output(Topic.DAYS);
    nights = output(Topic.NIGHTS);
  }

  private TestOutputTopic<String, byte[]> output(Topic topic) {
    return driver.createOutputTopic(
        topic.topicName(), new StringDeserializer(), new ByteArrayDeserializer());
  }

  public static Stamp stamp(String device, Placement placement) {
    return new Stamp(new DeviceId(device), placement, ZONE);
  }

  /** An instant of {@link #DAY}, from local time as {@code 9:05} or {@code 9:05:30}. */
  public static Instant at(String time) {
    String padded = time.indexOf(':') == 1 ? "0" + time : time;
    return ZonedDateTime.of(DAY, LocalTime.parse(padded), ZONE).toInstant();
  }

  public static PostureObservation span(Stamp stamp, Posture posture, String from, String to) {
    return PostureObservation.span(stamp, posture, at(from), at(to));
  }

  public static PostureObservation change(
      Stamp stamp, Posture posture, String at, Duration validFor) {
    return PostureObservation.change(stamp, posture, at(at), validFor);
  }

  public static StepsObservation steps(Stamp stamp, int steps, String from, String to) {
    return new StepsObservation(stamp, steps, at(from), at(to));
  }

  public Rig upload(WearerId wearer, Observation... observations) {
    for (Observation observation : observations) {
      String kind = Json.mapper().valueToTree(observation).get("kind").asText();
      uploadTo(kind.startsWith("step") ? Topic.STEPS : Topic.POSTURE, wearer, observation);
    }
    return this;
  }

  public void uploadTo(Topic topic, WearerId wearer, Observation observation) {
    inputs.get(topic).pipeInput(wearer.value(), Json.bytes(observation), now);
    drain();
  }

  /** An observation about posture that waited in its topic since it was appended. */
  public void uploadAppended(Instant appended, WearerId wearer, Observation observation) {
    inputs.get(Topic.POSTURE).pipeInput(wearer.value(), Json.bytes(observation), appended);
    drain();
  }

  public void upload(WearerId wearer, MotionBatch batch) {
    inputs.get(Topic.MOTION).pipeInput(wearer.value(), MotionCodec.encode(batch), now);
    drain();
  }

  public void uploadBytes(Topic topic, String key, byte[] value) {
    inputs.get(topic).pipeInput(key, value, now);
    drain();
  }

  public void set(Wearer wearer) {
    inputs.get(Topic.WEARERS).pipeInput(wearer.id().value(), Json.bytes(wearer), now);
  }

  /** A wearer's record that waited in its topic since it was appended. */
  public void setAppended(Instant appended, Wearer wearer) {
    inputs.get(Topic.WEARERS).pipeInput(wearer.id().value(), Json.bytes(wearer), appended);
    drain();
  }

  /** Changes what is remembered of the days of a wearer, as if another version had made them. */
  public void remake(WearerId wearer, UnaryOperator<PublishedDay> other) {
    settle();
    KeyValueStore<String, PublishedDay> days = driver.getKeyValueStore(Stores.DAYS);
    Map<String, PublishedDay> known = new LinkedHashMap<>();
    try (var all = days.all()) {
      all.forEachRemaining(entry -> known.put(entry.key, entry.value));
    }
    known.forEach(
        (key, day) -> {
          if (WearerPartitioner.wearer(key).equals(wearer.value())) {
            days.put(key, other.apply(day));
          }
        });
  }

  /** Takes the wearer's record out of the registry. */
  public void erase(WearerId wearer) {
    inputs.get(Topic.WEARERS).pipeInput(wearer.value(), (byte[]) null, now);
    drain();
  }

  /** What all stores together hold under keys of a wearer, as {@code store: key}. */
  public List<String> stored(WearerId wearer) {
    List<String> found = new ArrayList<>();
    driver
        .getAllStateStores()
        .keySet()
        .forEach(
            name -> {
              try (var all = driver.<String, Object>getKeyValueStore(name).all()) {
                while (all.hasNext()) {
                  String key = all.next().key;
                  if (WearerPartitioner.wearer(key).equals(wearer.value())) {
                    found.add(name + ": " + key);
                  }
                }
              }
            });
    return found.stream().sorted().toList();
  }

  /** Makes what a store of bytes holds of a wearer unreadable; returns what puts it right again. */
  public Runnable spoil(String store, WearerId wearer) {
    settle();
    KeyValueStore<String, byte[]> bytes = driver.getKeyValueStore(store);
    Map<String, byte[]> whole = new LinkedHashMap<>();
    try (var all = bytes.all()) {
      all.forEachRemaining(
          entry -> {
            if (WearerPartitioner.wearer(entry.key).equals(wearer.value())) {
              whole.put(entry.key, entry.value);
            }
          });
    }
    whole.keySet().forEach(key -> bytes.put(key, new byte[] {Byte.MAX_VALUE}));
    return () -> whole.forEach(bytes::put);
  }

  /** How often a timer has failed. */
  public long failedTimers() {
    return timerGuard.failures();
  }

  public List<String> deadLetters() {
    return output(Topic.DEAD_LETTERS).readValuesToList().stream().map(String::new).toList();
  }

  /** What was told of calibrations since this was asked for last. */
  public List<CalibrationResult> calibrations() {
    return output(Topic.CALIBRATIONS).readValuesToList().stream()
        .map(bytes -> Json.read(bytes, CalibrationResult.class))
        .toList();
  }

  public Rig caughtUp(boolean value) {
    caughtUp = value;
    return this;
  }

  /** Whether senders still have to come back after an outage. */
  public Rig settling(boolean value) {
    settling = value;
    return this;
  }

  private final class Lag implements InputLag {
    @Override
    public boolean caughtUp(int partition, Positions positions) {
      return caughtUp && !settling;
    }

    @Override
    public boolean settling() {
      return settling;
    }
  }

  /** An observation as an import sends it. */
  public void importNow(Topic topic, WearerId wearer, Observation observation) {
    RecordHeaders headers = new RecordHeaders(List.of(Provenance.IMPORT.header()));
    inputs
        .get(topic)
        .pipeInput(new TestRecord<>(wearer.value(), Json.bytes(observation), headers, now));
    drain();
  }

  /** What was written to the changelogs since this was asked for last: store, key, value. */
  public List<Written> changelogs() {
    settle();
    List<Written> all = new ArrayList<>();
    for (String topic : driver.producedTopicNames()) {
      if (topic.endsWith("-changelog")) {
        String store = topic.substring("rig-".length(), topic.length() - "-changelog".length());
        driver
            .createOutputTopic(topic, new StringDeserializer(), new ByteArrayDeserializer())
            .readKeyValuesToList()
            .forEach(
                one ->
                    all.add(
                        new Written(store, one.key, one.value == null ? -1 : one.value.length)));
      }
    }
    return all;
  }

  /** A record of a changelog; a tombstone has no value, and so a size of -1. */
  public record Written(String store, String key, int valueBytes) {
    public int bytes() {
      return key.length() + Math.max(0, valueBytes);
    }
  }

  /** Moves the clock there in one go, without a tick in between. */
  public Rig clockTo(Instant instant) {
    settle();
    Duration step = Duration.between(now, instant).minus(ahead);
    now = instant;
    ahead = step.isNegative() ? step.negated() : Duration.ZERO;
    driver.advanceWallClockTime(step.isNegative() ? Duration.ZERO : step);
    drain();
    return this;
  }

  public Rig clockTo(String time) {
    return clockTo(at(time));
  }

  /** Lets the topology look at what it has collected. */
  private void settle() {
    driver.advanceWallClockTime(SETTLING);
    ahead = ahead.plus(SETTLING);
    drain();
  }

  /** Keeps nothing of what is published: for weeks of many wearers, of whom only state is asked. */
  public Rig keepingNothing() {
    keeping = false;
    return this;
  }

  private void drain() {
    if (!keeping) {
      List.of(bouts, episodes, nights, days).forEach(TestOutputTopic::readRecordsToList);
      return;
    }
    bouts
        .readKeyValuesToList()
        .forEach(
            record -> {
              if (record.key.endsWith("|barrier")) {
                barrierTopics.add(Topic.BOUTS.topicName());
              } else {
                boutLog.add(Json.read(record.value, Bout.class));
              }
            });
    episodes
        .readKeyValuesToList()
        .forEach(
            record -> {
              if (record.key.endsWith("|barrier")) {
                barrierTopics.add(Topic.EPISODES.topicName());
              } else {
                episodeLog.add(Json.read(record.value, Episode.class));
              }
            });
    nights
        .readKeyValuesToList()
        .forEach(
            record -> {
              if (record.key.endsWith("|barrier")) {
                barrierTopics.add(Topic.NIGHTS.topicName());
              } else if (ForgottenDates.isKey(record.key)) {
                nightLog.removeIf(Json.read(record.value, ForgottenDates.class)::takes);
              } else {
                nightLog.add(Json.read(record.value, NightSummary.class));
              }
            });
    days.readKeyValuesToList()
        .forEach(
            record -> {
              if (record.key.endsWith("|barrier")) {
                barrierTopics.add(Topic.DAYS.topicName());
              } else if (ForgottenDates.isKey(record.key)) {
                dayLog.removeIf(Json.read(record.value, ForgottenDates.class)::takes);
              } else {
                dayLog.add(Json.read(record.value, DaySummary.class));
              }
            });
  }

  /** What stands after compaction, by start. */
  public List<Bout> bouts(WearerId wearer) {
    settle();
    Map<String, Bout> last = new LinkedHashMap<>();
    for (Bout bout : boutLog) {
      if (bout.wearer().equals(wearer)) {
        last.put(bout.id(), bout);
      }
    }
    return last.values().stream()
        .filter(bout -> !bout.retracted())
        .sorted(Comparator.comparing(Bout::from))
        .toList();
  }

  /** What stands after compaction about the wearer's body, by start. */
  public List<Episode> episodes(WearerId wearer) {
    return standing(wearer, false);
  }

  /** What stands after compaction about the wearer's sensors, by start. */
  public List<Episode> sensorEpisodes(WearerId wearer) {
    return standing(wearer, true);
  }

  private List<Episode> standing(WearerId wearer, boolean aboutSensors) {
    settle();
    Map<String, Episode> last = new LinkedHashMap<>();
    for (Episode episode : episodeLog) {
      if (episode.wearer().equals(wearer)) {
        last.put(episode.id(), episode);
      }
    }
    return last.values().stream()
        .filter(episode -> !episode.retracted())
        .filter(episode -> episode.kind().isAboutSensors() == aboutSensors)
        .sorted(Comparator.comparing(Episode::from))
        .toList();
  }

  public Map<LocalDate, DaySummary> days(WearerId wearer) {
    settle();
    Map<LocalDate, DaySummary> last = new LinkedHashMap<>();
    for (DaySummary day : dayLog) {
      if (day.wearer().equals(wearer)) {
        last.put(day.date(), day);
      }
    }
    return last;
  }

  /** What stands after compaction, by date. */
  public Map<LocalDate, NightSummary> nights(WearerId wearer) {
    settle();
    Map<LocalDate, NightSummary> last = new TreeMap<>();
    for (NightSummary night : nightLog) {
      if (night.wearer().equals(wearer)) {
        last.put(night.date(), night);
      }
    }
    last.values().removeIf(NightSummary::retracted);
    return last;
  }

  public List<NightSummary> nightLog() {
    return nightLog;
  }

  /** Lets the topology look at what it collects for a second, and at what rests on that. */
  public Rig rest() {
    for (int i = 0; i < 4; i++) {
      clockTo(now.plusSeconds(1));
    }
    return this;
  }

  public Rig tell(WearerId wearer, Statement... statements) {
    for (Statement statement : statements) {
      inputs.get(Topic.CHECKINS).pipeInput(wearer.value(), Json.bytes(statement), now);
      drain();
    }
    return this;
  }

  /** A bout per line as {@code sitting 09:00:00-09:30:00}, with {@code +} while open. */
  public String picture(WearerId wearer) {
    StringBuilder lines = new StringBuilder();
    for (Bout bout : bouts(wearer)) {
      lines.append(
          "%s %s-%s%s%n"
              .formatted(
                  bout.posture().wireName(),
                  local(bout.from()),
                  local(bout.to()),
                  bout.open() ? "+" : ""));
    }
    return lines.toString().strip();
  }

  /** An episode per line as {@code long-sitting 09:00:00-09:45:00 level 45 ended by walking}. */
  public String episodePicture(WearerId wearer) {
    return picture(episodes(wearer));
  }

  /** The same of the wearer's sensors. */
  public String sensorPicture(WearerId wearer) {
    return picture(sensorEpisodes(wearer));
  }

  private static String picture(List<Episode> episodes) {
    StringBuilder lines = new StringBuilder();
    for (Episode episode : episodes) {
      lines.append(
          "%s %s-%s level %d %s%n"
              .formatted(
                  episode.kind().wireName(),
                  local(episode.from()),
                  local(episode.to()),
                  episode.level(),
                  episode.open() ? "open" : "ended by " + episode.endedBy()));
    }
    return lines.toString().strip();
  }

  /** What stands in the evidence of all devices, before bouts are made of it. */
  public List<Piece> timeline(WearerId wearer, Span span) {
    settle();
    EvidenceLog evidence = new EvidenceLog(driver.getKeyValueStore(Stores.EVIDENCE));
    return new Timeline(AnalyticsTopology.SILENCE.toMillis())
        .resolve(evidence.bearingOn(wearer, span), span, now.toEpochMilli());
  }

  public Optional<SeatedMoves.Counts> seatedMoves(WearerId wearer, Span span) {
    settle();
    return new SeatedMoves(driver.getKeyValueStore(Stores.SEATED_MOVES))
        .within(wearer, span, List.of());
  }

  public List<Bout> boutLog() {
    settle();
    return boutLog;
  }

  public List<Episode> episodeLog() {
    settle();
    return episodeLog;
  }

  public List<String> barrierTopics() {
    return barrierTopics;
  }

  private static String local(Instant instant) {
    return instant
        .atZone(ZONE)
        .toLocalTime()
        .withNano(0)
        .format(java.time.format.DateTimeFormatter.ofPattern("HH:mm:ss"));
  }

  @Override
  public void close() {
    driver.close();
  }
}
