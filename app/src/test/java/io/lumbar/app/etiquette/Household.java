package io.lumbar.app.etiquette;

import io.lumbar.alerts.AlertsTopology;
import io.lumbar.alerts.InputProgress;
import io.lumbar.analytics.AnalyticsTopology;
import io.lumbar.analytics.stream.InputLag;
import io.lumbar.model.Alert;
import io.lumbar.model.AlertResponse;
import io.lumbar.model.Bout;
import io.lumbar.model.Decision;
import io.lumbar.model.DeviceId;
import io.lumbar.model.Episode;
import io.lumbar.model.EpisodeKind;
import io.lumbar.model.Json;
import io.lumbar.model.Observation;
import io.lumbar.model.Placement;
import io.lumbar.model.Posture;
import io.lumbar.model.PostureObservation;
import io.lumbar.model.SleepPosition;
import io.lumbar.model.Stamp;
import io.lumbar.model.Topic;
import io.lumbar.model.Wearer;
import io.lumbar.model.WearerId;
import io.lumbar.model.WearerSettings;
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
import java.util.Properties;
import java.util.function.Function;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;

/** One wearer, from observations to alerts: both topologies joined, on a clock the test moves. */
final class Household implements AutoCloseable {
  static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
  static final LocalDate MONDAY = LocalDate.of(2026, 3, 2);
  private static final WearerId ANNA = new WearerId("w_anna");

  /** A device uploads this long after what it saw. */
  private static final Duration UPLOAD = Duration.ofSeconds(2);

  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final TopologyTestDriver driver;
  private final LocalDate day;
  private final List<Alert> listed = new ArrayList<>();
  private final List<Decision> decisions = new ArrayList<>();
  private final List<Episode> episodes = new ArrayList<>();
  private final List<Bout> bouts = new ArrayList<>();
  private Stamp device = new Stamp(new DeviceId("d_thigh"), Placement.THIGH, BERLIN);
  private boolean twice;
  private Instant now;

  Household(Path state, LocalDate day, String start) {
    this.day = day;
    this.now = at(start);
    Properties properties = new Properties();
    properties.put("application.id", "household");
    properties.put("bootstrap.servers", "nowhere:9092");
    properties.put("state.dir", state.toString());
    Topology topology = new Topology();
    AnalyticsTopology.addWearersSource(topology, "wearers");
    new AnalyticsTopology(() -> now, InputLag.NONE).addTo(topology, "wearers");
    AlertsTopology.addBehind(
        topology,
        "wearers",
        AnalyticsTopology.STATEMENTS,
        AnalyticsTopology.EPISODES,
        () -> now,
        InputProgress.COMPLETE);
    driver = new TopologyTestDriver(topology, properties, now);
  }

  /** Time of the day, of the day after with a time beyond 24:00, as {@code 31:00}. */
  Instant at(String time) {
    String padded = time.indexOf(':') == 1 ? "0" + time : time;
    int hours = Integer.parseInt(padded.substring(0, 2));
    LocalTime clock = LocalTime.parse("%02d%s".formatted(hours % 24, padded.substring(2)));
    return ZonedDateTime.of(day.plusDays(hours / 24), clock, BERLIN).toInstant();
  }

  Household settings(WearerSettings settings) {
    Wearer anna =
        new Wearer(
            ANNA, "Anna", "00", List.of(new Wearer.ZoneFrom(BERLIN, Instant.EPOCH)), settings);
    pipe(Topic.WEARERS, Json.bytes(anna));
    return this;
  }

  /** Everything from here on comes a second time, as over another way. */
  Household uploadsTwice() {
    twice = true;
    return this;
  }

  Household wearing(String id, Placement placement) {
    device = new Stamp(new DeviceId(id), placement, BERLIN);
    return this;
  }

  Stamp device() {
    return device;
  }

  /** A device that uploads minute by minute what it sees. */
  Household live(Posture posture, String from, String to) {
    Instant end = at(to);
    for (Instant start = at(from); start.isBefore(end); ) {
      Instant next = start.plus(MINUTE).isBefore(end) ? start.plus(MINUTE) : end;
      clockTo(next.plus(UPLOAD));
      upload(PostureObservation.span(device, posture, start, next));
      start = next;
    }
    return this;
  }

  Household lying(SleepPosition position, String from, String to) {
    Instant end = at(to);
    for (Instant start = at(from); start.isBefore(end); ) {
      Instant next = start.plus(MINUTE).isBefore(end) ? start.plus(MINUTE) : end;
      clockTo(next.plus(UPLOAD));
      upload(
          new PostureObservation(
              device,
              Posture.LYING,
              start,
              next,
              false,
              PostureObservation.Origin.REPORTED,
              PostureObservation.Grade.FINAL,
              position,
              null,
              null,
              Map.of()));
      start = next;
    }
    return this;
  }

  Household upload(Observation observation) {
    for (int i = 0; i < (twice ? 2 : 1); i++) {
      pipe(Topic.POSTURE, Json.bytes(observation));
    }
    return this;
  }

  Household answer(AlertResponse.Action action, Integer minutes) {
    List<Alert> sent = sent();
    String last = sent.get(sent.size() - 1).id();
    pipe(Topic.RESPONSES, Json.bytes(new AlertResponse(last, ANNA, action, minutes, null, now)));
    return this;
  }

  Household clockTo(String time) {
    clockTo(at(time));
    return this;
  }

  /** Second by second, as the timers run. */
  private void clockTo(Instant instant) {
    while (now.isBefore(instant)) {
      Duration left = Duration.between(now, instant);
      Duration step = left.compareTo(Duration.ofSeconds(1)) < 0 ? left : Duration.ofSeconds(1);
      now = now.plus(step);
      driver.advanceWallClockTime(step);
    }
    drain();
  }

  private void pipe(Topic topic, byte[] value) {
    driver
        .createInputTopic(topic.topicName(), new StringSerializer(), new ByteArraySerializer())
        .pipeInput(ANNA.value(), value, now);
    driver.advanceWallClockTime(Duration.ofMillis(10));
    drain();
  }

  private void drain() {
    read(Topic.ALERTS, Alert.class, listed);
    read(Topic.DECISIONS, Decision.class, decisions);
    read(Topic.EPISODES, Episode.class, episodes);
    read(Topic.BOUTS, Bout.class, bouts);
  }

  private <T> void read(Topic topic, Class<T> type, List<T> into) {
    driver
        .createOutputTopic(topic.topicName(), new StringDeserializer(), new ByteArrayDeserializer())
        .readKeyValuesToList()
        .forEach(record -> into.add(Json.read(record.value, type)));
  }

  List<Alert> sent() {
    return listed.stream().filter(alert -> alert.decision().equals("sent")).toList();
  }

  /** Step and local time of each alert that was sent, as {@code 30 at 09:30}. */
  List<String> told() {
    return sent().stream()
        .map(alert -> alert.step() + " at " + local(alert.at()).withSecond(0).withNano(0))
        .toList();
  }

  /** Steps and reasons, in order. */
  List<String> decided() {
    return decisions.stream().map(one -> one.step() + " " + one.reason()).toList();
  }

  /** What stands in the end, by start: {@code sitting 09:00-09:30}. */
  List<String> bouts() {
    return standing(bouts, Bout::id, Bout::retracted, Comparator.comparing(Bout::from)).stream()
        .map(
            bout ->
                "%s %s-%s%s"
                    .formatted(
                        bout.posture().wireName(),
                        local(bout.from()),
                        local(bout.to()),
                        bout.open() ? "+" : ""))
        .toList();
  }

  List<Episode> episodes(EpisodeKind kind) {
    return standing(episodes, Episode::id, Episode::retracted, Comparator.comparing(Episode::from))
        .stream()
        .filter(episode -> episode.kind() == kind)
        .toList();
  }

  private static <T> List<T> standing(
      List<T> all, Function<T, String> id, Function<T, Boolean> gone, Comparator<T> order) {
    Map<String, T> last = new LinkedHashMap<>();
    all.forEach(one -> last.put(id.apply(one), one));
    return last.values().stream().filter(one -> !gone.apply(one)).sorted(order).toList();
  }

  private static LocalTime local(Instant instant) {
    return instant.atZone(BERLIN).toLocalTime();
  }

  @Override
  public void close() {
    driver.close();
  }
}
