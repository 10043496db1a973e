package io.lumbar.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.lumbar.ingest.format.Adapter;
import io.lumbar.ingest.format.Collected;
import io.lumbar.ingest.recording.InputFile;
import io.lumbar.ingest.recording.UnusableFile;
import io.lumbar.model.BatteryObservation;
import io.lumbar.model.MotionBatch;
import io.lumbar.model.Observation;
import io.lumbar.model.PostureObservation;
import io.lumbar.model.StepCounterObservation;
import io.lumbar.model.StepsObservation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What clients are known to send, one line each, and what is made of it. Quotes are single ones;
 * times without an offset are London's.
 */
class FormatVectorsTest {
  private static final String EVENTS =
      "\"Time\",\"DataCount (samples)\",\"Interval (s)\",\"ActivityCode (0=sedentary, 1= standing, 2=stepping)\",\"CumulativeStepCount\",\"Activity Score (MET.h)\",\"Abs(sumDiff)\"\n";

  @TempDir Path folder;

  private record Vector(String format, String upload, String expected) {
    @Override
    public String toString() {
      return format + ": " + expected;
    }
  }

  static List<Vector> uploads() {
    return List.of(
        // Times.
        counter("1658038822740147200", "2022-07-17T06:20:22.740147200Z"),
        counter("'1658038822740147200'", "2022-07-17T06:20:22.740147200Z"),
        counter("1698501144401773000", "2023-10-28T13:52:24.401773Z"),
        counter("'1698501144401773000'", "2023-10-28T13:52:24.401773Z"),
        appleSteps("2021-12-24 00:04:00 +0800", "2021-12-23T16:04:00Z/2021-12-23T16:05:00Z"),
        appleSteps("2021-12-24 12:04:00 am +0800", "2021-12-23T16:04:00Z/2021-12-23T16:05:00Z"),
        appleSteps(
            "2021-12-24 12:04:00\u202fam +0800", "2021-12-23T16:04:00Z/2021-12-23T16:05:00Z"),
        appleSteps(
            "2021-12-24 12:04:00\u202fPM +0800", "2021-12-24T04:04:00Z/2021-12-24T04:05:00Z"),
        new Vector(
            "health-auto-export",
            "{'data':{'metrics':[{'name':'sleep_analysis','data':[{'date':'2021-12-18 09:03:36 +0800','asleep':6.1,'sleepStart':'2021-12-18 02:21:06 +0800','sleepEnd':'2021-12-18 08:57:06 +0800','sleepSource':'W','inBed':6.8}]}]}}",
            "lying 2021-12-17T18:21:06Z/2021-12-18T00:57:06Z"),
        new Vector(
            "health-auto-export",
            "{'data':{'metrics':[{'name':'sleep_analysis','data':[{'asleep':0,'core':3.3,'deep':0.9,'rem':1.3,'awake':0.1,'sleepStart':'2023-01-31 00:23:47 +0800','sleepEnd':'2023-01-31 08:39:12 +0800','source':'A|B'}]}]}}",
            "lying 2023-01-30T16:23:47Z/2023-01-31T00:39:12Z"),
        new Vector(
            "owntracks",
            "{'_type':'steps','from':1400455130,'steps':1234,'to':1400458000,'tst':1400455130}",
            "counter sum-1400455130-1234 0 @2014-05-18T23:18:50Z; counter sum-1400455130-1234 1234 @2014-05-19T00:06:40Z"),
        battery("'tst':1551874878", "2019-03-06T12:21:18Z"),
        battery("'tst':1736161169,'created_at':1736161415", "2025-01-06T10:59:29Z"),
        androidSteps("2026-05-09T14:00:00.123Z"),
        androidSteps("2026-05-09T14:00:00Z"),
        androidSteps("2026-05-09T14:00:00.123456789Z"),
        // Sensor Logger.
        sensors("", ""),
        sensors(reading("barometer", "'pressure':994.2,'relativeAltitude':0.3"), "ignored 1"),
        sensors(reading("moonphase", "'full':1"), "ignored 1"),
        sensors(reading("camera", "'image':'aGk='"), "ignored 1"),
        sensors("{'name':'test','time':1658038822740147200,'values':{}}", "ignored 1; hello"),
        sensors(
            "{'name':'totalacceleration','time':1658038822740147200,'x':0,'y':'9.80665','z':0}",
            "motion 1 (0.00 1.00 0.00) @2022-07-17T06:20:22.740147200Z"),
        // Health Auto Export.
        apple(
            "{'name':'active_energy','units':'kJ','data':[{'date':'2021-12-24 00:04:00 +0800','qty':0.77},{'date':'2021-12-24 00:05:00 +0800','qty':0.38}]},{'name':'basal_body_temperature','units':'degC','data':[]}",
            "ignored 2"),
        apple(
            "{'name':'sleep_analysis','data':[{'startDate':'2021-12-18 02:21:06 +0800','endDate':'2021-12-18 08:57:06 +0800','qty':6.6,'value':'Core','source':'W','date':null},{'startDate':'2021-12-18 02:12:50 +0800','endDate':'2021-12-18 02:21:06 +0800','qty':0.1,'value':'In Bed'}]}",
            "lying 2021-12-17T18:21:06Z/2021-12-18T00:57:06Z; ignored 1"),
        apple(
            "{'name':'step_count','data':[{'qty':12,'date':'2021-12-24 00:04:00 +0800'},{'qty':48.5,'date':'2021-12-24 00:05:00 +0800','source':'W|iPhone'}]}",
            "steps 12 2021-12-23T16:04:00Z/2021-12-23T16:05:00Z; steps 49 2021-12-23T16:05:00Z/2021-12-23T16:06:00Z"),
        new Vector("health-auto-export", "{'data':{}}", ""),
        // HC Webhook.
        new Vector(
            "health-connect",
            "{'test':true,'timestamp':'2026-05-09T14:00:00Z','steps':[{'count':8421,'start_time':'2026-05-08T00:00:00Z','end_time':'2026-05-09T00:00:00Z'}]}",
            "ignored 1; hello"),
        new Vector(
            "health-connect",
            "{'timestamp':'2026-05-09T14:00:00Z','steps':[{'count':8421,'start_time':'2026-05-08T00:00:00Z','end_time':'2026-05-09T00:00:00Z'}],'heart_rate':[{'bpm':72,'time':'2026-05-09T08:15:00Z'}]}",
            "counter sum-1778198400-8421 0 @2026-05-08T00:00:00Z; counter sum-1778198400-8421 8421 @2026-05-09T00:00:00Z; ignored 1"),
        new Vector(
            "health-connect",
            "{'timestamp':'2026-05-09T14:00:00Z','sleep':[{'session_end_time':'2026-05-09T06:00:00Z','duration_seconds':28800}]}",
            "lying 2026-05-08T22:00:00Z/2026-05-09T06:00:00Z"),
        // Open mHealth.
        health(
            "step-count",
            "3.0",
            "{'step_count':{'value':106,'unit':'steps'},'effective_time_frame':{'time_interval':{'start_date_time':'2016-02-05T06:25:00Z','end_date_time':'2016-02-05T06:35:00Z'}}}",
            "steps 106 2016-02-05T06:25:00Z/2016-02-05T06:35:00Z"),
        health(
            "step-count",
            "1.0",
            "{'step_count':60,'effective_time_frame':{'time_interval':{'start_date_time':'2016-02-05T06:25:00Z','duration':{'value':10,'unit':'min'}}}}",
            "steps 60 2016-02-05T06:25:00Z/2016-02-05T06:35:00Z"),
        health("step-count", "1.0", "{'step_count':'6000'}", "refused [0].body.step_count"),
        health(
            "step-count",
            "2.0",
            "{'step_count':6000,'effective_time_frame':{'date_time':'2016-02-05T06:25:00Z'}}",
            "refused [0].body.effective_time_frame.time_interval"),
        health(
            "step-count",
            "3.0",
            "{'step_count':{'value':26000,'unit':'steps'},'descriptive_statistic':'maximum','effective_time_frame':{'time_interval':{'start_date_time':'2016-02-05T06:25:00Z','end_date_time':'2016-06-05T07:25:00Z'}}}",
            "ignored 1"),
        health("body-posture", "1.0", "'stnding'", "refused [0].body"),
        health(
            "sleep-episode",
            "1.1",
            "{'effective_time_frame':{'time_interval':{'start_date_time':'2016-02-05T21:35:00Z','duration':{'value':9,'unit':'h'}}},'is_main_sleep':true}",
            "lying 2016-02-05T21:35:00Z/2016-02-06T06:35:00Z"),
        // OwnTracks.
        new Vector("owntracks", "", ""),
        new Vector("owntracks", "{'_type':'encrypted','data':'abc'}", "refused [0]"),
        new Vector(
            "owntracks",
            "{'_type':'steps','steps':-1,'from':1400455130,'to':1400458000}",
            "ignored 1"),
        new Vector("owntracks", "{'_type':'something'}", "ignored 1"),
        // Traccar.
        new Vector(
            "traccar-client",
            "{'location':{'timestamp':'2025-06-15T13:45:12.862Z','coords':{'latitude':37.4,'longitude':-122.1},'is_moving':false,'battery':{'level':-1,'is_charging':false},'activity':{'type':'still'}},'device_id':'4'}",
            "ignored 1"));
  }

  @ParameterizedTest
  @MethodSource("uploads")
  void anUploadIsReadAsItIsMeant(Vector vector) {
    assertThat(told(vector.format(), vector.upload())).isEqualTo(vector.expected());
  }

  static List<Vector> files() {
    String phyphox =
        "\"Time (s)\"%1$s\"Acceleration x (m/s^2)\"%1$s\"Acceleration y (m/s^2)\"%1$s\"Acceleration z (m/s^2)\"\n";
    return List.of(
        // activPAL: serial days, local, in London; and the night after the change of the clocks.
        new Vector(
            "activpal",
            EVENTS + "42633.4165162037,0,1205.6,0,0,.4186111,171\n" + tail(42633, 43),
            "sitting 2016-09-20T08:59:47Z/2016-09-20T09:19:52.600Z"),
        new Vector(
            "activpal",
            EVENTS
                + "43428.3953935185,0,50.1,0,0,0.017395833333333333,6319,5768,4977\n"
                + tail(43428, 44),
            "sitting 2018-11-24T09:29:22Z/2018-11-24T09:30:12.100Z"),
        new Vector(
            "activpal",
            "sep=;\nTime;Time(approx);Data Count;Event Type;Duration (s);Waking Day;Cumulative Step Count;Activity Score (MET.h)\n44129.9814918981;2020-10-25 23:33:21;449;3.1;600.2;0;7;8.64;\n44129.9884386574;x;500;1;31.4;0;7;0.01;\n",
            "lying 2020-10-25T23:33:20.900Z/2020-10-25T23:43:21.100Z"),
        new Vector(
            "activpal",
            "sep=;\nTime;Time(approx);Data Count;Event Type;Duration (s);Waking Day;Cumulative Step Count;Activity Score (MET.h)\n44129,9814918981;2020-10-25 23:33:21;449;3,1;600,2;0;7;8,64;\n44129,9884386574;x;500;1;31,4;0;7;0,01;\n",
            "lying 2020-10-25T23:33:20.900Z/2020-10-25T23:43:21.100Z"),
        // Fitbit: the month comes first.
        new Vector(
            "fitbit",
            "[{\"dateTime\":\"01/10/26 14:50:00\",\"value\":\"100\"},{\"dateTime\":\"01/30/26 14:50:00\",\"value\":\"7\"}]",
            "steps 100 2026-01-10T14:50:00Z/2026-01-10T14:51:00Z"),
        // Axivity: without a header, and with blanks behind the commas.
        new Vector(
            "axivity",
            "2014-05-07 16:29:30.000,-0.078125,0.031250,0.984375\n2014-05-07 16:29:30.010,-0.078125,0.031250,0.984375\n",
            "motion 2 (-0.08 0.03 0.98) @2014-05-07T15:29:30Z"),
        new Vector(
            "axivity",
            "Time,Accel-X (g), Accel-Y (g), Accel-Z (g)\n2014-05-07 16:29:30.000,-0.078125,0.031250,0.984375\n",
            "motion 1 (-0.08 0.03 0.98) @2014-05-07T15:29:30Z"));
  }

  @ParameterizedTest
  @MethodSource("files")
  void aFileIsReadAsItIsMeant(Vector vector) throws IOException {
    Path file = Files.writeString(folder.resolve("file"), vector.upload());
    List<String> told = new ArrayList<>();
    RecordingFile.read(
        file,
        Uploads.LONDON,
        new RecordingFile.Taker() {
          @Override
          public void observation(Observation observation) {
            told.add(words(observation));
          }

          @Override
          public void motion(MotionBatch batch) {
            told.add(words(batch));
          }
        });
    assertThat(told.get(0)).isEqualTo(vector.expected());
  }

  @Test
  void axivityTextInAnotherUnitIsRefusedWithWhatToDo() throws IOException {
    for (String text :
        List.of(
            "2014-05-07 16:29:30.000,-0.766,0.306,9.653\n2014-05-07 16:29:30.010,-0.766,0.306,9.653\n",
            "Time,Accel-X (g), Accel-Y (g), Accel-Z (g)\n2014-05-07 16:29:30.000,-0.766,0.306,9.653\n",
            "time,x,y,z\n2014-05-07 16:29:30.000,-0.766,0.306,9.653\n")) {
      Path file = Files.writeString(folder.resolve("file"), text);
      assertThatThrownBy(
              () -> RecordingFile.read(file, Uploads.LONDON, new RecordingFile.Taker() {}))
          .isInstanceOf(UnusableFile.class)
          .hasMessageStartingWith("unit: ")
          .hasMessageContaining("m/s2")
          .hasMessageContaining("--format phone-csv");

      ImportFormat phone =
          ImportFormats.of(new InputFile(file, Long.MAX_VALUE).head(), "phone-csv");
      List<Element> taken = new ArrayList<>();
      phone.read(
          new InputFile(file, Long.MAX_VALUE),
          Uploads.SOURCE,
          null,
          new ImportSink() {
            @Override
            public void take(Element element) {
              taken.add(element);
            }

            @Override
            public void note(String sentence) {}
          });
      assertThat(taken.get(0)).isInstanceOf(Element.Motion.class);
      assertThat(((Element.Motion) taken.get(0)).batch().z()[0]).isEqualTo(0.984f, within(0.01f));
    }
  }

  @Test
  void aCounterBeginsAnewWithEachRecording() {
    String recording =
        "{'sessionId':'%s','messageId':1,'payload':["
            + "{'name':'pedometer','time':16580388%d000000000,'values':{'steps':%d}}]}";
    List<String> told = new ArrayList<>();
    // Of the first recording the second reading comes last.
    for (Object[] each :
        new Object[][] {{"a", 20, 0}, {"a", 40, 30}, {"a", 30, 12}, {"b", 50, 0}, {"b", 60, 5}}) {
      told.add(told("sensor-logger", recording.formatted(each)));
    }
    assertThat(told)
        .extracting(text -> text.replaceAll(" @.*", ""))
        .containsExactly(
            "counter a 0", "counter a 30", "counter a 12", "counter b 0", "counter b 5");
  }

  @Test
  void tenThousandReadingsAreOneMessage() {
    String readings =
        IntStream.range(0, 10_000)
            .mapToObj(
                i ->
                    "{'name':'totalacceleration','time':%d,'values':{'x':0,'y':9.8,'z':0}}"
                        .formatted(1_658_038_800_000_000_000L + i * 10_000_000L))
            .collect(Collectors.joining(","));
    assertThat(
            told("sensor-logger", "{'messageId':1,'sessionId':'s','payload':[" + readings + "]}"))
        .isEqualTo("motion 10000 (0.00 1.00 0.00) @2022-07-17T06:20:00Z");
  }

  private static Vector counter(String time, String instant) {
    return sensors(
        "{'name':'pedometer','time':%s,'values':{'steps':7}}".formatted(time),
        "counter s 7 @" + Instant.parse(instant));
  }

  private static String reading(String name, String values) {
    return "{'name':'%s','time':1658038822740147200,'values':{%s},'accuracy':3}"
        .formatted(name, values);
  }

  private static Vector sensors(String payload, String expected) {
    return new Vector(
        "sensor-logger",
        "{'messageId':36,'sessionId':'s','deviceId':'p','payload':[" + payload + "]}",
        expected);
  }

  private static Vector appleSteps(String date, String span) {
    return apple(
        "{'name':'step_count','data':[{'qty':5,'date':'" + date + "'}]}", "steps 5 " + span);
  }

  private static Vector apple(String metrics, String expected) {
    return new Vector(
        "health-auto-export", "{'data':{'metrics':[" + metrics + "],'workouts':[]}}", expected);
  }

  private static Vector battery(String times, String instant) {
    return new Vector(
        "owntracks",
        "{'_type':'location'," + times + ",'batt':46,'bs':1,'lat':46.07,'lon':11.15}",
        "battery 0.46 @" + instant);
  }

  private static Vector androidSteps(String from) {
    return new Vector(
        "health-connect",
        "{'timestamp':'2026-05-09T15:00:00Z','steps':[{'count':9,'start_time':'%s','end_time':'2026-05-09T14:05:00Z'}]}"
            .formatted(from),
        "steps 9 " + Instant.parse(from) + "/2026-05-09T14:05:00Z");
  }

  private static Vector health(String schema, String version, String body, String expected) {
    return new Vector(
        "open-mhealth",
        "{'header':{'id':'a','creation_date_time':'2016-02-06T07:25:00Z','schema_id':{'namespace':'omh','name':'%s','version':'%s'}},'body':%s}"
            .formatted(schema, version, body),
        expected);
  }

  /** A standing behind what is looked at, so that this is not the recording's last row. */
  private static String tail(int day, int hundredths) {
    return "%d.%d,0,60.0,1,0,0,0\n".formatted(day, hundredths);
  }

  private static String told(String format, String upload) {
    Adapter adapter =
        Formats.all().stream()
            .filter(each -> each.format().equals(format))
            .findFirst()
            .orElseThrow();
    Collected found = new Collected();
    adapter.read(
        Collected.upload(upload.replace('\'', '"').getBytes(UTF_8)), Collected.SENDER, found);
    List<String> told = new ArrayList<>();
    found.observations.forEach(each -> told.add(words(each)));
    found.motion.forEach(each -> told.add(words(each)));
    found.refused.forEach(each -> told.add("refused " + each.substring(0, each.indexOf(": "))));
    if (found.ignored > 0) {
      told.add("ignored " + found.ignored);
    }
    if (found.greeting != null) {
      told.add("hello");
    }
    return String.join("; ", told);
  }

  private static String words(Observation observation) {
    if (observation instanceof StepsObservation steps) {
      return "steps %d %s/%s".formatted(steps.steps(), steps.from(), steps.to());
    }
    if (observation instanceof StepCounterObservation counter) {
      return "counter %s %d @%s".formatted(counter.session(), counter.steps(), counter.at());
    }
    if (observation instanceof PostureObservation posture) {
      return "%s %s/%s".formatted(posture.posture().wireName(), posture.from(), posture.to());
    }
    BatteryObservation battery = (BatteryObservation) observation;
    return "battery %s @%s".formatted(battery.level(), battery.at());
  }

  private static String words(MotionBatch batch) {
    return String.format(
        Locale.ROOT,
        "motion %d (%.2f %.2f %.2f) @%s",
        batch.size(),
        batch.x()[0],
        batch.y()[0],
        batch.z()[0],
        Instant.ofEpochSecond(0, batch.startNanos()));
  }
}
