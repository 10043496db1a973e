package io.lumbar.ingest.format.sensorlogger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.lumbar.ingest.format.Collected;
import io.lumbar.ingest.format.Sender;
import io.lumbar.model.Axes;
import io.lumbar.model.BatteryObservation;
import io.lumbar.model.Device;
import io.lumbar.model.DeviceId;
import io.lumbar.model.MotionBatch;
import io.lumbar.model.Observation;
import io.lumbar.model.Placement;
import io.lumbar.model.Posture;
import io.lumbar.model.PostureObservation;
import io.lumbar.model.Stamp;
import io.lumbar.model.StepCounterObservation;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SensorLoggerTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'name':'pedometer','time':1760000000123456789,'values':{'steps':12}}",
        "{'name':'pedometer','time':'1760000000123456789','values':{'steps':'12'}}",
        "{'name':'Pedometer','time':1760000000123456789,'steps':12,'accuracy':3}"
      })
  void readsAStepCounterToTheNanosecond(String reading) {
    assertThat(observations(reading))
        .containsExactly(
            new StepCounterObservation(
                Collected.SENDER.stampAt(Instant.EPOCH),
                "session-a",
                12,
                Instant.parse("2025-10-09T08:53:20.123456789Z")));
  }

  @ParameterizedTest
  @CsvSource({
    "1658038822740147200, 2022-07-17T06:20:22.740147200Z",
    "1698501144401773000, 2023-10-28T13:52:24.401773Z"
  })
  void readsATimeToTheNanosecondAsNumberAndAsText(String nanos, Instant expected) {
    for (String time : List.of(nanos, "'" + nanos + "'")) {
      Observation counter =
          observations("{'name':'pedometer','time':%s,'values':{'steps':12}}".formatted(time))
              .get(0);
      assertThat(((StepCounterObservation) counter).at()).isEqualTo(expected);
    }
  }

  @Test
  void aWatchThatCountsInGIsKnownByItsSize() {
    MotionBatch batch =
        read("{'name':'totalacceleration','time':1658038822740147200,'values':{'x':0,'y':0,'z':-1}}")
            .motion
            .get(0);
    assertThat(batch.z()[0]).isEqualTo(-1f);
    assertThat(batch.startNanos()).isEqualTo(1_658_038_822_740_147_200L);
  }

  @ParameterizedTest
  @CsvSource({"wrist motion, 1", "WristMotion, 9.80665"})
  void motionOfAWatchIsThatOfAWrist(String name, double unit) {
    String reading =
        "{'name':'%s','time':1658038822740147200,'values':{'gravityX':0,'gravityY':%s,'gravityZ':%s,'accelerationX':%s,'accelerationY':0,'accelerationZ':0,'rotationRateX':9}}"
            .formatted(name, 0.6 * unit, -0.8 * unit, 0.5 * unit);
    MotionBatch batch = read(reading).motion.get(0);

    assertThat(batch.stamp().placement()).isEqualTo(Placement.WRIST);
    assertThat(batch.stamp().device()).as("the sender is a watch").isEqualTo(Collected.DEVICE.id());
    assertThat(batch.x()[0]).isCloseTo(0.5f, within(1e-6f));
    assertThat(batch.y()[0]).isCloseTo(0.6f, within(1e-6f));
    assertThat(batch.z()[0]).isCloseTo(-0.8f, within(1e-6f));
    assertThat(flat("{'payload':[" + reading + "]}", Map.of("axes", "ios")).motion.get(0).z()[0])
        .isCloseTo(0.8f, within(1e-6f));
    assertThat(
            read("{'name':'headphone','time':1658038822740147200,'values':{'gravityX':1}}").ignored)
        .isEqualTo(1);
  }

  @Test
  void aWatchThatReportsThroughAPhoneIsADeviceBesideIt() {
    Stamp own = new Stamp(new DeviceId("d_1"), Placement.TROUSER_POCKET, Collected.LONDON);
    Sender phone =
        new Sender() {
          @Override
          public Device device() {
            return Collected.DEVICE;
          }

          @Override
          public Stamp stampAt(Instant instant) {
            return own;
          }
        };
    assertThat(phone.wristAt(Instant.EPOCH))
        .isEqualTo(new Stamp(new DeviceId("d_1-watch"), Placement.WRIST, Collected.LONDON));
  }

  @Test
  void aPhoneOnATableIsTheSameOnBothSystemsWhenTheAddressSaysIos() {
    String flat =
        "{'payload':[{'name':'accelerometer','time':1658038822740147200,'values':{'x':0.1,'y':0,'z':0}},{'name':'gravity','time':1658038822740147200,'values':{'x':0,'y':0,'z':%s}}]}";
    String raw =
        "{'payload':[{'name':'accelerometeruncalibrated','time':1658038822740147200,'values':{'x':0,'y':0,'z':%s}}]}";
    assertThat(flat(flat.formatted("9.80665"), Map.of()).motion.get(0).z()[0]).isEqualTo(1f);
    assertThat(flat(flat.formatted("-9.80665"), Map.of("axes", "ios")).motion.get(0).z()[0])
        .isEqualTo(1f);
    assertThat(flat(raw.formatted("-1"), Map.of("axes", "ios")).motion.get(0).z()[0]).isEqualTo(1f);
    // With its setting Standardise Units & Frames an iPhone tells it as Android does.
    assertThat(flat(flat.formatted("9.80665"), Map.of()).advice).isNull();
    assertThat(flat(flat.formatted("9.80665"), Map.of("axes", "iPhone")).advice)
        .contains("axes=ios");
  }

  @ParameterizedTest
  @CsvSource({
    "IOS, , -9.80665, 1",
    "IOS, , 9.80665, -1",
    "ANDROID, , 9.80665, 1",
    "IOS, android, 9.80665, 1",
    "ANDROID, ios, -9.80665, 1"
  })
  void whatIsSaidOfTheDeviceHoldsWhereTheAddressSaysNothing(
      Axes device, String address, String gravity, float up) {
    String flat =
        "{'payload':[{'name':'accelerometeruncalibrated','time':1658038822740147200,'values':{'x':0,'y':0,'z':%s}}]}"
            .formatted(gravity);
    Collected found =
        Collected.of(
            new SensorLogger(),
            flat.replace('\'', '"').getBytes(StandardCharsets.UTF_8),
            address == null ? Map.of() : Map.of("axes", address),
            device);
    assertThat(found.motion.get(0).z()[0]).isEqualTo(up);
    assertThat(found.advice).isNull();
  }

  private static Collected flat(String body, Map<String, String> hints) {
    return Collected.of(
        new SensorLogger(), body.replace('\'', '"').getBytes(StandardCharsets.UTF_8), hints);
  }

  @Test
  void joinsAccelerometerAndGravityIntoOneBatchInG() {
    Collected found =
        read(
            "{'name':'accelerometer','time':1760000000000000000,'values':{'x':0,'y':0.980665,'z':0}}",
            "{'name':'gravity','time':1760000000003000000,'values':{'x':0,'y':9.80665,'z':0}}",
            "{'name':'gravity','time':1760000000020000128,'values':{'x':9.80665,'y':0,'z':0}}",
            "{'name':'accelerometer','time':1760000000020000000,'values':{'x':0,'y':0,'z':0}}",
            "{'name':'accelerometer','time':1760000000040000000,'values':{'x':0,'y':0,'z':0}}");

    MotionBatch batch = found.motion.get(0);
    assertThat(batch.size()).isEqualTo(2);
    assertThat(batch.startNanos()).isEqualTo(1_760_000_000_000_000_000L);
    assertThat(batch.offsetMicros()).containsExactly(0, 20_000);
    assertThat(batch.y()[0]).isCloseTo(1.1f, within(1e-5f));
    assertThat(batch.x()[1]).isCloseTo(1f, within(1e-5f));
    assertThat(found.counted).isEqualTo(4);
    assertThat(found.ignored).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"9.80665", "1"})
  void tellsTheUnitOfAStreamWithGravityByItsSize(String oneG) {
    MotionBatch batch =
        read("{'name':'totalacceleration','time':1760000000000000000,'values':{'x':0,'y':0,'z':"
                + oneG
                + "}}")
            .motion
            .get(0);

    assertThat(batch.z()[0]).isCloseTo(1f, within(1e-5f));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "3.0", "100", "500", "1e7", "1e300"})
  void refusesATotalAccelerationOfNoKnownUnit(String z) {
    assertThat(
            refusal(
                "{'name':'totalacceleration','time':1760000000000000000,'values':{'x':0,'y':0,'z':"
                    + z
                    + "}}"))
        .contains("unit: ");
  }

  @Test
  void aRunMayBeLargerThanGravityAndNoMinuteIsThreeTimesAsLarge() {
    assertThat(read(totals(100, 20)).motion).hasSize(1);
    assertThat(read(totals(100, 40)).refused).hasSize(100);
  }

  private static String[] totals(int count, int metresPerSecondSquared) {
    return IntStream.range(0, count)
        .mapToObj(
            i ->
                "{'name':'totalacceleration','time':%d,'values':{'x':0,'y':0,'z':%d}}"
                    .formatted(
                        1_760_000_000_000_000_000L + i * 10_000_000L, metresPerSecondSquared))
        .toArray(String[]::new);
  }

  @Test
  void refusesReadingsOfNoKnownUnitAndAnAccelerometerWithoutGravity() {
    assertThat(
            refusal(
                "{'name':'accelerometeruncalibrated','time':1760000000000000000,'x':0,'y':0,'z':250}"))
        .contains("unit");
    assertThat(refusal("{'name':'accelerometer','time':1760000000000000000,'x':0,'y':0,'z':0.1}"))
        .contains("switch on Gravity");
    assertThat(refusal("{'name':'pedometer','time':1760000000,'values':{'steps':1}}"))
        .contains("nanoseconds");
  }

  @Test
  void readsBatteryAndWhatThePhoneTakesTheWearerToDo() {
    List<Observation> observations =
        observations(
            "{'name':'battery','time':1760000000000000000,'values':{'batteryLevel':0.5,'batteryState':'charging','lowPowerMode':false}}",
            "{'name':'activity','time':1760000000000000000,'values':{'activity':'automotive','confidence':'high'}}",
            "{'name':'activity','time':1760000001000000000,'values':{'activity':'walking','confidence':'low'}}",
            "{'name':'activity','time':1760000002000000000,'values':{'activity':'stationary','confidence':'high'}}");

    assertThat(observations).hasSize(2);
    BatteryObservation battery = (BatteryObservation) observations.get(0);
    assertThat(battery.level()).isEqualTo(0.5);
    assertThat(battery.charging()).isTrue();
    PostureObservation travel = (PostureObservation) observations.get(1);
    assertThat(travel.posture()).isEqualTo(Posture.TRAVELLING);
    assertThat(travel.change()).isTrue();
  }

  @Test
  void dropsPrivateAndUnknownSensorsUnread() {
    Collected found =
        read(
            "{'name':'location','time':1760000000000000000,'values':{'latitude':51.5,'longitude':0}}",
            "{'name':'microphone','time':1760000000000000000,'values':{'dBFS':-20}}",
            "{'name':'camera','time':1760000000000000000,'values':{'image':'aGk='}}",
            "{'name':'barometer','time':1760000000000000000,'values':{'pressure':994.2}}");

    assertThat(found.received()).isEqualTo(4);
    assertThat(found.ignored).isEqualTo(4);
  }

  @Test
  void aTestMessageStoresNothingAndSaysHello() {
    Collected found = read("{'name':'test','time':1760000000000000000}");

    assertThat(found.greeting).isEqualTo("phone-7");
    assertThat(found.received()).isEqualTo(1);
    assertThat(found.ignored).isEqualTo(1);
  }

  @Test
  void asksTheUserForGravityWhereOnlyTheyCanSwitchItOn() {
    Collected found =
        read("{'name':'accelerometer','time':1760000000000000000,'x':0,'y':0,'z':0.1}");

    assertThat(found.advice).contains("Gravity");
    assertThat(found.refused).hasSize(1);
  }

  @Test
  void aTimeThatIsNoneNeverTakesLong() {
    assertThat(refusal("{'name':'pedometer','time':1e999999999,'values':{'steps':1}}"))
        .contains("nanoseconds");
  }

  @Test
  void tellsWhichMessageOfWhichRecordingItIs() {
    assertThat(read("{'name':'light','time':1,'values':{'lux':3}}").messages)
        .containsExactly("session-a 3");
  }

  @ParameterizedTest
  @CsvSource({
    "9904054C21530FC66C000AFC18002CA956B401D4C45A00123456, 1",
    "9904054C21530FC66C000AFC18002CA956B401D4C45A00999999, 0",
    "9904054C21530FC66C8000FC18002CA956B401D4C45A00123456, 0",
    "4C0002154C21530FC66C000AFC18002CA956B401D4C45A00123456, 0",
    "zz, 0"
  })
  void takesOnlyTheWearersOwnTags(String data, int kept) {
    String body =
        "{'payload':[{'name':'bluetooth-C4:5A:00:12:34:56','time':1760000000000000000,'values':{'rssi':-60,'name':'Headphones','manufacturerData':'%s'}}]}"
            .formatted(data);
    Collected found = new Collected();
    new SensorLogger()
        .read(
            Collected.upload(body.replace('\'', '"').getBytes(StandardCharsets.UTF_8)),
            Collected.SENDER,
            found);
    assertThat(found.motion).hasSize(kept);
    assertThat(found.received()).isEqualTo(1);
    if (kept > 0) {
      assertThat(found.motion.get(0).x()[0]).isEqualTo(0.01f);
      assertThat(found.motion.get(0).y()[0]).isEqualTo(-1f);
      assertThat(found.motion.get(0).z()[0]).isEqualTo(0.044f);
      assertThat(found.identities).singleElement().asString().contains("d_1 468");
    }
  }

  private static String refusal(String reading) {
    return read(reading).refused.get(0);
  }

  private static List<Observation> observations(String... readings) {
    return read(readings).observations;
  }

  private static Collected read(String... readings) {
    return Collected.of(
        new SensorLogger(),
        "{'messageId':3,'sessionId':'session-a','deviceId':'phone-7','payload':["
            + String.join(",", readings)
            + "]}");
  }
}
