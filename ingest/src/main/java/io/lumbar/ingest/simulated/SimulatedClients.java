package io.lumbar.ingest.simulated;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * Clients of every format that live through the same hour: a walk of ten minutes, then still. Each
 * emits what it would have known, in messages as it sends them.
 */
public final class SimulatedClients {
  private static final int WALKED_MINUTES = 10;
  private static final int STEPS_A_MINUTE = 110;
  private static final int MINUTES = 60;

  /** Of the tag of {@link #tag}: temperature, acceleration and number are filled in. */
  private static final String ADVERTISEMENT =
      "0201061BFF990405%04X530FC66C%04X%04X%04XA956B4%04XC45A00123456";

  private static final Map<String, BiFunction<Instant, SplittableRandom, List<String>>> CLIENTS =
      new TreeMap<>(
          Map.of(
              "sensor-logger", SimulatedClients::sensorLogger,
              "health-auto-export", SimulatedClients::healthAutoExport,
              "health-connect", SimulatedClients::healthConnect,
              "open-mhealth", SimulatedClients::openMHealth,
              "owntracks", SimulatedClients::ownTracks,
              "traccar-client", SimulatedClients::traccar,
              "home-assistant", SimulatedClients::homeAssistant,
              "line-protocol", SimulatedClients::lineProtocol,
              "ruuvi", SimulatedClients::ruuvi));

  private SimulatedClients() {}

  /** The formats that there is a client for. */
  public static List<String> formats() {
    return List.copyOf(CLIENTS.keySet());
  }

  /** The address of the tag that a format's client hears, or null when it hears none. */
  public static @Nullable String tag(String format) {
    return format.equals("ruuvi") ? "C4:5A:00:12:34:56" : null;
  }

  /**
   * The messages of an hour, in order; the same seed gives the same.
   *
   * @throws IllegalArgumentException for a format that has no client
   */
  public static List<byte[]> hour(String format, Instant start, long seed) {
    BiFunction<Instant, SplittableRandom, List<String>> client = CLIENTS.get(format);
    if (client == null) {
      throw new IllegalArgumentException("no client speaks " + format);
    }
    return client.apply(start, new SplittableRandom(seed)).stream()
        .map(text -> text.replace('\'', '"').getBytes(StandardCharsets.UTF_8))
        .toList();
  }

  private static List<String> sensorLogger(Instant start, SplittableRandom random) {
    List<String> messages = new ArrayList<>();
    int steps = 0;
    for (int minute = 0; minute < MINUTES; minute++) {
      steps += stepsIn(minute);
      List<String> readings = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        long at = nanos(start, minute) + i * 50_000_000L;
        readings.add(vector("accelerometer", at, wobble(random), wobble(random), wobble(random)));
        readings.add(vector("gravity", at + 1_000_000, 0.3, 9.79, 0.2));
      }
      readings.add(
          "{'name':'pedometer','time':%d,'values':{'steps':%d}}"
              .formatted(nanos(start, minute) + 1_000_000_000L, steps));
      messages.add(
          "{'messageId':%d,'sessionId':'hour','deviceId':'phone','payload':[%s]}"
              .formatted(minute, String.join(",", readings)));
    }
    return messages;
  }

  private static List<String> healthAutoExport(Instant start, SplittableRandom random) {
    List<String> rows = new ArrayList<>();
    DateTimeFormatter form =
        DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss xx", Locale.ROOT)
            .withZone(ZoneOffset.ofHours(1));
    for (int minute = 0; minute < WALKED_MINUTES; minute++) {
      rows.add(
          "{'qty':%s,'date':'%s','source':'Watch'}"
              .formatted(
                  stepsIn(minute) + random.nextInt(4) / 4.0, form.format(at(start, minute))));
    }
    return List.of(
        "{'data':{'metrics':[{'name':'step_count','units':'count','data':[%s]}],'workouts':[]}}"
            .formatted(String.join(",", rows)));
  }

  private static List<String> healthConnect(Instant start, SplittableRandom random) {
    List<String> records = new ArrayList<>();
    for (int minute = 0; minute < WALKED_MINUTES; minute++) {
      records.add(
          "{'count':%d,'start_time':'%s','end_time':'%s'}"
              .formatted(
                  stepsIn(minute),
                  at(start, minute),
                  at(start, minute + 1).minusMillis(random.nextInt(900))));
    }
    return List.of(
        "{'timestamp':'%s','app_version':'1.0','steps':[%s]}"
            .formatted(at(start, MINUTES), String.join(",", records)));
  }

  private static List<String> openMHealth(Instant start, SplittableRandom random) {
    List<String> points = new ArrayList<>();
    for (int minute = 0; minute < WALKED_MINUTES; minute++) {
      points.add(
          ("{'header':{'id':'p-%d','creation_date_time':'%s','schema_id':{'namespace':'omh','name':'step-count','version':'3.0'}},"
                  + "'body':{'step_count':{'value':%d,'unit':'steps'},'effective_time_frame':{'time_interval':{'start_date_time':'%s','duration':{'value':1,'unit':'min'}}}}}")
              .formatted(
                  random.nextInt(1 << 30), at(start, MINUTES), stepsIn(minute), at(start, minute)));
    }
    return List.of(String.join("\n", points));
  }

  private static List<String> ownTracks(Instant start, SplittableRandom random) {
    List<String> messages = new ArrayList<>();
    messages.add(
        "{'_type':'steps','tst':%d,'from':%d,'to':%d,'steps':%d}"
            .formatted(
                at(start, MINUTES).getEpochSecond(),
                start.getEpochSecond(),
                at(start, WALKED_MINUTES).getEpochSecond(),
                WALKED_MINUTES * STEPS_A_MINUTE));
    for (int minute = 0; minute < MINUTES; minute += 10) {
      messages.add(
          "{'_type':'location','lat':51.5,'lon':-0.1,'tst':%d,'batt':%d,'bs':1,'motionactivities':['%s']}"
              .formatted(
                  at(start, minute).getEpochSecond(),
                  90 - random.nextInt(20),
                  minute < WALKED_MINUTES ? "walking" : "stationary"));
    }
    return messages;
  }

  private static List<String> traccar(Instant start, SplittableRandom random) {
    List<String> messages = new ArrayList<>();
    for (int minute = 0; minute < MINUTES; minute += 10) {
      messages.add(
          ("{'location':{'timestamp':'%s','coords':{'latitude':51.5,'longitude':-0.1},'battery':{'level':%.2f,'is_charging':false},"
                  + "'activity':{'type':'%s','confidence':%d}},'device_id':'7'}")
              .formatted(
                  at(start, minute),
                  0.5 + random.nextInt(50) / 100.0,
                  minute < WALKED_MINUTES ? "walking" : "still",
                  60 + random.nextInt(40)));
    }
    return messages;
  }

  private static List<String> homeAssistant(Instant start, SplittableRandom random) {
    String form = "{'kind':'chair','entity':'binary_sensor.chair','state':'%s','at':'%s'}";
    return List.of(
        form.formatted("on", at(start, WALKED_MINUTES).plusSeconds(random.nextInt(30))),
        form.formatted("off", at(start, MINUTES)));
  }

  private static List<String> lineProtocol(Instant start, SplittableRandom random) {
    List<String> lines = new ArrayList<>();
    for (int minute = 0; minute < WALKED_MINUTES; minute++) {
      lines.add(
          "steps,host=t%d count=%di,seconds=60i %d"
              .formatted(random.nextInt(9), stepsIn(minute), nanos(start, minute)));
    }
    lines.add("posture code='sitting' " + nanos(start, WALKED_MINUTES));
    return List.of(String.join("\n", lines));
  }

  private static List<String> ruuvi(Instant start, SplittableRandom random) {
    List<String> messages = new ArrayList<>();
    for (int minute = 0; minute < MINUTES; minute++) {
      // Upright, and swaying while it walks.
      int sway = minute < WALKED_MINUTES ? 150 : 5;
      String advertisement =
          ADVERTISEMENT.formatted(
              0x1200 + random.nextInt(64),
              random.nextInt(sway) & 0xFFFF,
              (-1_000 + random.nextInt(sway)) & 0xFFFF,
              -random.nextInt(sway) & 0xFFFF,
              minute);
      messages.add(
          "{'gw_mac':'C8:00:00:00:00:01','rssi':-60,'aoa':[],'gwts':'%1$d','ts':'%1$d','data':'%2$s','coords':''}"
              .formatted(at(start, minute).getEpochSecond(), advertisement));
    }
    return messages;
  }

  private static int stepsIn(int minute) {
    return minute < WALKED_MINUTES ? STEPS_A_MINUTE : 0;
  }

  private static String vector(String name, long at, double x, double y, double z) {
    return String.format(
        Locale.ROOT,
        "{'name':'%s','time':%d,'values':{'x':%.4f,'y':%.4f,'z':%.4f}}",
        name,
        at,
        x,
        y,
        z);
  }

  private static double wobble(SplittableRandom random) {
    return random.nextDouble(-0.3, 0.3);
  }

  private static Instant at(Instant start, int minute) {
    return start.plus(Duration.ofMinutes(minute));
  }

  private static long nanos(Instant start, int minute) {
    return at(start, minute).getEpochSecond() * 1_000_000_000L;
  }
}
