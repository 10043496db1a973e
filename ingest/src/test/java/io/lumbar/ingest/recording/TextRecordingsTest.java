package io.lumbar.ingest.recording;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.lumbar.model.Placement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TextRecordingsTest {
  private static final List<RecordingFormat> FORMATS =
      Stream.concat(
              Stream.of(new AxivityCwa(), new SensorLoggerFile(), new PhyphoxFile()),
              CsvFile.ALL.stream())
          .toList();
  private static final Path SQUATS =
      Path.of("..", "..", "shared", "recordings", "sensor-logger", "Squats");
  private static final String LOGGER = "time,seconds_elapsed,z,y,x\n";

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "2026-03-02 10:00:00.500,-0.1,0.25,0.97~2026-03-02 10:00:00.510,-0.1,0.25,0.96",
        "Time,Accel-X (g), Accel-Y (g), Accel-Z (g), Gyro-X (d/s), Gyro-Y (d/s), Gyro-Z (d/s)~2026-03-02 10:00:00.500,-0.1,0.25,0.97,9,9,9",
        "time,x,y,z~2026-03-02 10:00:00.500,-0.1,0.25,0.97",
        "time,x,y,z~2026-03-02 09:00:00.500+0000 [Europe/London],-0.1,0.25,0.97",
        "Time,Ax*256,Ay*256,Az*256~2026-03-02 10:00:00.500,-25.6,64,248.32",
        "1772442000.5000,-0.1,0.25,0.97~1772442000.51,-0.1,0.25,0.97"
      })
  void readsAxivityTextInItsVariants(String text) throws IOException {
    Taken taken = read("axivity-csv", text.replace('~', '\n'), null);

    Taken.Sample first = taken.samples.get(0);
    assertThat(first.at()).isEqualTo("2026-03-02T09:00:00.5Z");
    assertThat(first.x()).isEqualTo(-0.1f);
    assertThat(first.y()).isEqualTo(0.25f);
    assertThat(first.z()).isEqualTo(0.97f);
    assertThat(taken.refused).isEmpty();
  }

  @Test
  void readsSensorLoggersColumnsByNameAndItsTimesToTheNanosecond() throws IOException {
    Taken taken = read("sensor-logger", LOGGER + "1698501144401773000,0.2,9.7,0.3,-0.4\n", null);

    assertThat(taken.samples)
        .containsExactly(new Taken.Sample(1_698_501_144_401_773_000L, -0.4f, 0.3f, 9.7f));
  }

  @Test
  void readsSensorLoggersOlderColumnNames() throws IOException {
    Taken taken =
        read(
            "sensor-logger",
            "time,seconds_elapsed,TOTALACCELERATION Z (m/s²),TOTALACCELERATION Y (m/s²),TOTALACCELERATION X (m/s²)\n1698501144401773000,0.2,9.7,0.3,-0.4\n",
            null);

    assertThat(taken.samples.get(0).x()).isEqualTo(-0.4f);
  }

  @Test
  void addsGravityToTheAccelerometerOfAnArchiveAndTurnsIosOver() throws IOException {
    Map<String, String> ios = new LinkedHashMap<>();
    ios.put(
        "rec/Accelerometer.csv",
        LOGGER
            + "1698501144400000000,0,0.5,0,0\n1698501144410000000,0,0.25,0,0\n1698501144430000000,0,9,9,9\n");
    ios.put(
        "rec/Gravity.csv",
        LOGGER + "1698501144401000000,0,-10,1,0\n1698501144410000000,0,-10,1,0\n");
    ios.put(
        "rec/Metadata.csv", "version,device name,platform,standardisation\n3,phone,ios,false\n");

    Taken taken = read("sensor-logger", zip(ios), null);

    assertThat(taken.samples)
        .containsExactly(
            new Taken.Sample(1_698_501_144_400_000_000L, 0, -1, 9.5f),
            new Taken.Sample(1_698_501_144_410_000_000L, 0, -1, 9.75f));
    assertThat(taken.ignored).isEqualTo(1);

    ios.put("rec/Metadata.csv", "version,device name,platform,standardisation\n3,phone,ios,true\n");
    assertThat(read("sensor-logger", zip(ios), null).samples.get(0).z()).isEqualTo(-9.5f);
  }

  @Test
  void takesTheDevicesWordWhereTheFileDoesNotTellItsSystem() throws IOException {
    String rows = "1698501144400000000,0,-9.5,1,0\n";
    byte[] bare = zip(Map.of("AccelerometerUncalibrated.csv", LOGGER + rows));
    byte[] total = zip(Map.of("TotalAcceleration.csv", LOGGER + rows));
    byte[] standard =
        zip(
            Map.of(
                "AccelerometerUncalibrated.csv",
                LOGGER + rows,
                "Metadata.csv",
                "platform,standardisation\nios,true\n"));

    assertThat(ofAnIphone(bare)).isEqualTo(9.5f);
    assertThat(ofAnIphone((LOGGER + rows).getBytes(UTF_8))).isEqualTo(9.5f);
    assertThat(ofAnIphone(total)).as("only Android has it").isEqualTo(-9.5f);
    assertThat(ofAnIphone(standard)).as("the file says more").isEqualTo(-9.5f);
    assertThat(read("sensor-logger", bare, null).samples.get(0).z()).isEqualTo(-9.5f);
  }

  private float ofAnIphone(byte[] bytes) throws IOException {
    Path file = Files.write(folder.resolve("file"), bytes);
    return Taken.from(new SensorLoggerFile(true), file, "UTC", null).samples.get(0).z();
  }

  @Test
  void saysWhatIsMissingWhenAnArchiveHasNoGravity() throws IOException {
    byte[] zip = zip(Map.of("Accelerometer.csv", LOGGER + "1698501144400000000,0,0.5,0,0\n"));

    assertThatThrownBy(() -> read("sensor-logger", zip, null))
        .isInstanceOf(UnusableFile.class)
        .hasMessageContaining("Gravity");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'\"Time (s)\",\"Acceleration x (m/s^2)\",\"Acceleration y (m/s^2)\",\"Acceleration z (m/s^2)\"\n0.000000000E0,1.5E0,NaN,9.5E0\n2.500000000E-1,1.5E0,0,9.5E0\n'",
        "'\"Time (s)\";\"Acceleration x (m/s^2)\";\"Acceleration y (m/s^2)\";\"Acceleration z (m/s^2)\"\n0,000000000E0;1,5E0;NaN;9,5E0\n2,500000000E-1;1,5E0;0;9,5E0\n'",
        "'\"Time (s)\"\t\"Acceleration x (m/s^2)\"\t\"Acceleration y (m/s^2)\"\t\"Acceleration z (m/s^2)\"\n0\t1.5\tNaN\t9.5\n0.25\t1.5\t0\t9.5\n'"
      })
  void readsPhyphoxWithEverySeparatorFromTheStartThatIsGiven(String text) throws IOException {
    Taken taken = read("phyphox", text, Instant.parse("2026-03-02T09:00:00Z"));

    assertThat(taken.samples).hasSize(1);
    assertThat(taken.samples.get(0).at()).isEqualTo("2026-03-02T09:00:00.25Z");
    assertThat(taken.samples.get(0).z()).isEqualTo(9.5f);
    assertThat(taken.ignored).isEqualTo(1);
  }

  @Test
  void takesPhyphoxsStartsAndPausesFromTheArchive() throws IOException {
    byte[] zip =
        zip(
            Map.of(
                "Accelerometer.csv",
                "\"Time (s)\",\"Acceleration x (m/s^2)\",\"Acceleration y (m/s^2)\",\"Acceleration z (m/s^2)\"\n0,0,0,9.8\n9.5,0,0,9.8\n10.5,0,0,9.8\n",
                "meta/time.csv",
                "\"event\",\"experiment time\",\"system time\",\"system time text\"\n\"START\",0,1772442000.25,\"a\"\n\"PAUSE\",10,1772442010.25,\"b\"\n\"START\",10,1772442100,\"c\"\n",
                "meta/device.csv",
                "\"property\",\"value\"\n"));

    Taken taken = read("phyphox", zip, null);

    assertThat(taken.samples)
        .extracting(each -> each.at().toString())
        .containsExactly(
            "2026-03-02T09:00:00.250Z", "2026-03-02T09:00:09.750Z", "2026-03-02T09:01:40.500Z");
    assertThat(taken.gapsBefore).containsExactly(2);
  }

  @Test
  void anArchiveOfPhyphoxThatBeginsHoursIntoItsExperimentKeepsItsTimes() throws IOException {
    byte[] zip =
        zip(
            Map.of(
                "Accelerometer.csv",
                "\"Time (s)\",\"Acceleration x (m/s^2)\",\"Acceleration y (m/s^2)\",\"Acceleration z (m/s^2)\"\n90000,0,0,9.8\n90000.5,0,0,9.8\n",
                "meta/time.csv",
                "\"event\",\"experiment time\",\"system time\",\"system time text\"\n\"START\",0,1772442000,\"a\"\n",
                "meta/device.csv",
                "\"property\",\"value\"\n"));

    assertThat(read("phyphox", zip, null).samples.get(0).at()).isEqualTo("2026-03-03T10:00:00Z");
  }

  @Test
  void readsActiGraphWithAndWithoutTimes() throws IOException {
    String header =
        """
        ------------ Data File Created By ActiGraph wGT3XBT ActiLife v6.13.3 Firmware v1.8.0 date format dd/MM/yyyy at 50 Hz  Filter Normal Limb: Waist -----------,,
        Serial Number: TAS1E23,,
        Start Time 10:00:00,,
        Start Date 02/03/2026,,
        Epoch Period (hh:mm:ss) 00:00:00,,
        Download Time 16:40:25,,
        Download Date 09/03/2026,,
        Current Memory Address: 0,,
        Current Battery Voltage: 4.03     Mode = 12,,
        --------------------------------------------------,,
        """;

    Taken bare =
        read(
            "actigraph",
            header + "Accelerometer X,Accelerometer Y,Accelerometer Z\n0.1,-0.9,0\n0.2,-0.9,0\n",
            null);
    Taken timed =
        read(
            "actigraph",
            header
                + "Timestamp,Accelerometer X,Accelerometer Y,Accelerometer Z\n02/03/2026 10:00:00.000,0.1,-0.9,0\n02/03/2026 10:00:00.020,0.2,-0.9,0\n",
            null);

    assertThat(bare.samples).isEqualTo(timed.samples);
    assertThat(bare.samples.get(0).at()).isEqualTo("2026-03-02T09:00:00Z");
    assertThat(bare.samples.get(1).at()).isEqualTo("2026-03-02T09:00:00.02Z");
    Taken hole =
        read(
            "actigraph",
            header
                + "Accelerometer X,Accelerometer Y,Accelerometer Z\n0.1,-0.9,0\nNaN,NaN,NaN\n0.2,-0.9,0\n",
            null);
    assertThat(hole.samples.get(1).at())
        .as("a row without values takes its time")
        .isEqualTo("2026-03-02T09:00:00.04Z");
    Path file = Files.writeString(folder.resolve("a"), header + "1.1,1,1\n");
    Origin origin = CsvFile.ALL.get(0).origin(new InputFile(file, 1 << 20));
    assertThat(origin.placement()).isEqualTo(Placement.WAIST);
    assertThat(origin.device()).isEqualTo("ActiGraph TAS1E23");
    assertThatThrownBy(
            () ->
                read(
                    "actigraph", header + "325,85,176,2,0,0,5,0,0\n325,85,176,2,0,0,5,0,0\n", null))
        .isInstanceOf(UnusableFile.class)
        .hasMessageContaining("counts per epoch");
  }

  @Test
  void readsPlainPhoneTextWithTwoTimesOrWithNames() throws IOException {
    String twice = "1.7724420005E9,1.7724420005E9,0.0085,-0.0078,0.9987\n";
    Taken bare = read("phone-csv", twice + twice, null);
    Taken named =
        read(
            "phone-csv",
            "timestamp,gyroX,gyro y,acc_x,acc_y,acc_z\n1772442000500,1,2,0,0,9.8\n",
            null);

    assertThat(bare.samples.get(0).at()).isEqualTo("2026-03-02T09:00:00.5Z");
    assertThat(bare.samples.get(0).z()).isEqualTo(0.9987f);
    assertThat(named.samples)
        .containsExactly(new Taken.Sample(1_772_442_000_500_000_000L, 0, 0, 9.8f));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // Nanoseconds since the phone was switched on, twelve days before, five, and this morning.
        "timestamp,x,y,z~1036800123000000,0,0,9.8~1036800143000000,0,0,9.8~1036800163000000,0,0,9.8",
        "timestamp,x,y,z~432000123000000,0,0,9.8~432000143000000,0,0,9.8~432000163000000,0,0,9.8",
        "timestamp,x,y,z~7200123000000,0,0,9.8~7200143000000,0,0,9.8~7200163000000,0,0,9.8",
        "timestamp_ns,x,y,z~1036800123000000,0,0,9.8~1036800143000000,0,0,9.8",
        "elapsed,timestamp (us),x,y,z~1,0,0,0,9.8~1,20000,0,0,9.8~1,40000,0,0,9.8",
        "time_us,x,y,z~0,0,0,9.8~20000,0,0,9.8~40000,0,0,9.8",
        "timestampMs,x,y,z~0,0,0,9.8~20,0,0,9.8~40,0,0,9.8",
        "t,x,y,z~0,0,0,9.8~20,0,0,9.8~40,0,0,9.8",
        "t,x,y,z~40000,0,0,9.8~40020,0,0,9.8~40040,0,0,9.8",
        "time (s),x,y,z~0,0,0,9.8~0.02,0,0,9.8~0.04,0,0,9.8"
      })
  void countsFromTheStartInTheUnitThatNameOrStepsTell(String text) throws IOException {
    Taken taken =
        read("phone-csv", text.replace('~', '\n') + '\n', Instant.parse("2026-03-02T09:00:00Z"));

    Instant first = taken.samples.get(0).at();
    assertThat(Duration.between(first, taken.samples.get(1).at())).isEqualTo(Duration.ofMillis(20));
    assertThat(first)
        .isBetween(Instant.parse("2026-03-02T09:00:00Z"), Instant.parse("2026-03-02T09:00:40Z"));
    assertThat(taken.notes).singleElement().asString().contains("from the start of the recording");
    assertThatThrownBy(() -> read("phone-csv", text.replace('~', '\n') + '\n', null))
        .isInstanceOf(UnusableFile.class)
        .hasMessageStartingWith("start");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "timestamp,x,y,z~1772442000.5,0,0,9.8~1772442000.52,0,0,9.8",
        "timestamp,x,y,z~1772442000500,0,0,9.8~1772442000520,0,0,9.8",
        "timestamp,x,y,z~1772442000500000000,0,0,9.8~1772442000520000000,0,0,9.8",
        "epoch (ms),x,y,z~1772442000500,0,0,9.8~1772442000520,0,0,9.8",
        "timestamp;x;y;z~1772442000,5;0;0;9,8~1772442000,52;0;0;9,8"
      })
  void countsFrom1970InEveryUnitAlsoWithACommaForAPoint(String text) throws IOException {
    Taken taken = read("phone-csv", text.replace('~', '\n') + '\n', null);

    assertThat(taken.refused).isEmpty();
    assertThat(taken.samples)
        .extracting(each -> each.at().toString())
        .containsExactly("2026-03-02T09:00:00.500Z", "2026-03-02T09:00:00.520Z");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "t,x,y,z~0,0,0,9.8~5,0,0,9.8~10,0,0,9.8~15,0,0,9.8|name it 'time (s)' or 'time (ms)'",
        "time (s),x,y,z~0,0,0,9.8~20,0,0,9.8~40,0,0,9.8|steps by 20 s",
        "timestamp,x,y,z~1772442000,0,0,9.8~1772442030,0,0,9.8~1772442060,0,0,9.8|has the size of s since 1970 and steps by 30 s; name it 'time (s)'",
        "timestamp,x,y,z~1772442000500,0,0,9.8~1772442030500,0,0,9.8~1772442060500,0,0,9.8|or 'uptime (us)'"
      })
  void refusesTimesThatCannotBeOfMotionAndSaysWhatToDo(String text, String reason)
      throws IOException {
    Path file = Files.writeString(folder.resolve("file"), text.replace('~', '\n') + '\n');
    InputFile input = new InputFile(file, 1 << 20);
    RecordingFormat phone = CsvFile.ALL.get(2);

    assertThat(phone.recognises(input.head())).isTrue();
    assertThatThrownBy(() -> phone.origin(input))
        .isInstanceOf(UnusableFile.class)
        .hasMessageContaining(reason);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "time (s),x,y,z~1772442000,0,0,9.8~1772442030,0,0,9.8~1772442060,0,0,9.8~",
        "timestamp (ms),x,y,z~1772442000000,0,0,9.8~1772442030000,0,0,9.8~1772442060000,0,0,9.8~",
        "timestamp,x,y,z~1772442000000000000,0,0,9.8~1772442030000000000,0,0,9.8~"
      })
  void aTagThatIsHeardTwiceAMinuteCountsFrom1970WhereItsUnitIsKnown(String text)
      throws IOException {
    Taken taken = read("phone-csv", text.replace('~', '\n'), null);

    assertThat(taken.samples.get(0).at()).isEqualTo("2026-03-02T09:00:00Z");
    assertThat(taken.samples.get(1).at()).isEqualTo("2026-03-02T09:00:30Z");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "uptime (ms),timestamp (ms),x,y,z~7200000,1772442000000,0,0,9.8~7200020,1772442000020,0,0,9.8~",
        "elapsedRealtimeNanos,utc_ms,x,y,z~7200000000000,1772442000000,0,0,9.8~7200020000000,1772442000020,0,0,9.8~"
      })
  void timesThatSayWhenComeBeforeThoseSinceAPhoneWasSwitchedOn(String text) throws IOException {
    Taken taken = read("phone-csv", text.replace('~', '\n'), null);

    assertThat(taken.samples.get(0).at()).isEqualTo("2026-03-02T09:00:00Z");
    assertThat(taken.notes).isEmpty();
  }

  @Test
  void theSecondPartOfARecordingStaysBehindTheFirst() throws IOException {
    Instant start = Instant.parse("2026-03-02T09:00:00Z");
    String second = "time (s),x,y,z\n7200.00,0,0,9.8\n7200.02,0,0,9.8\n";
    Taken behind = read("phone-csv", second, start);
    assertThat(behind.samples.get(0).at()).isEqualTo("2026-03-02T11:00:00Z");
    assertThat(behind.notes)
        .containsExactly(
            "the times were read as s from the start of the recording, the first row 2:00:00 after it");

    Taken uptime =
        read("phone-csv", "uptime (ms),x,y,z\n7200000,0,0,9.8\n7200020,0,0,9.8\n", start);
    assertThat(uptime.samples.get(0).at()).isEqualTo(start);
    assertThat(uptime.notes)
        .singleElement()
        .asString()
        .contains("its first row counts as the start");
  }

  @ParameterizedTest
  @CsvSource({
    "05/02/2026 09:00:00~13/02/2026 09:00:01, 2026-02-05T08:00:00Z",
    "02/05/2026 09:00:00~02/13/2026 09:00:01, 2026-02-05T08:00:00Z",
    "13/02/2026 09:00:00~13/02/2026 09:00:01, 2026-02-13T08:00:00Z",
    "05/02/2026 23:59:59~06/02/2026 00:00:00, 2026-02-05T22:59:59Z",
    "02/05/2026 23:59:59~02/06/2026 00:00:00, 2026-02-05T22:59:59Z",
    "05.02.2026 09:00:00~05.02.2026 09:00:01, 2026-02-05T08:00:00Z",
    "03/03/2026 09:00:00~03/03/2026 09:00:01, 2026-03-03T08:00:00Z"
  })
  void theWholeFileTellsWhetherTheDayStandsFirst(String times, String first) throws IOException {
    Taken taken = read("axivity-csv", withTimes(times), null);

    assertThat(taken.refused).isEmpty();
    assertThat(taken.samples.get(0).at()).isEqualTo(first);
  }

  @Test
  void datesThatMayBeEitherNeedTheStart() throws IOException {
    String times = "05/02/2026 09:00:00~05/02/2026 09:00:01";
    assertThatThrownBy(() -> read("axivity-csv", withTimes(times), null))
        .isInstanceOf(UnusableFile.class)
        .hasMessageContaining("--start");
    Path file = Files.writeString(folder.resolve("file"), withTimes(times));
    assertThat(CsvFile.ALL.get(1).origin(new InputFile(file, 1 << 20)).times())
        .isEqualTo(Origin.Times.IN_UNTOLD_ORDER);

    Instant february = Instant.parse("2026-02-05T08:00:00Z");
    Instant may = Instant.parse("2026-05-02T07:00:00Z");
    assertThat(read("axivity-csv", withTimes(times), february).samples.get(0).at())
        .isEqualTo(february);
    assertThat(read("axivity-csv", withTimes(times), may).samples.get(0).at()).isEqualTo(may);
  }

  private static String withTimes(String times) {
    StringBuilder text = new StringBuilder("time,x,y,z\n");
    for (String time : times.split("~")) {
      text.append(time).append(",0,0,1\n");
    }
    return text.toString();
  }

  @ParameterizedTest
  @CsvSource({
    "2026-03-02 10:00:00+01, 2026-03-02T09:00:00Z",
    "2026-03-02 04:00:00-05, 2026-03-02T09:00:00Z",
    "2026-03-02 9:00:00\u202Fpm, 2026-03-02T20:00:00Z",
    "2026-03-02 9:00:00\u00A0AM, 2026-03-02T08:00:00Z"
  })
  void readsShortOffsetsAndSpacesThatDoNotBreak(String time, String at) throws IOException {
    Taken taken = read("axivity-csv", withTimes(time + "~" + time), null);

    assertThat(taken.refused).isEmpty();
    assertThat(taken.samples.get(0).at()).isEqualTo(at);
  }

  @Test
  void readsTheStartsOfAGermanPhyphoxArchive() throws IOException {
    byte[] zip =
        zip(
            Map.of(
                "Accelerometer.csv",
                "\"Time (s)\";\"Acceleration x (m/s^2)\";\"Acceleration y (m/s^2)\";\"Acceleration z (m/s^2)\"\n0,0E0;NaN;0E0;9,8E0\n1,25E-1;0E0;0E0;9,8E0\n9,5E0;0E0;0E0;9,8E0\n1,05E1;0E0;0E0;9,8E0\n",
                "meta/time.csv",
                "\"event\";\"experiment time\";\"system time\";\"system time text\"\n\"START\";0,0E0;1,77244200025E9;\"2026-03-02 10:00:00,250 UTC+01:00\"\n\"PAUSE\";1,0E1;1,77244201025E9;\"b\"\n\"START\";1,0E1;1,7724421E9;\"c\"\n",
                "meta/device.csv",
                "\"property\";\"value\"\n"));

    Taken taken = read("phyphox", zip, null);

    assertThat(taken.samples)
        .extracting(each -> each.at().toString())
        .containsExactly(
            "2026-03-02T09:00:00.375Z", "2026-03-02T09:00:09.750Z", "2026-03-02T09:01:40.500Z");
    assertThat(taken.gapsBefore).containsExactly(2);
    assertThat(taken.ignored).isEqualTo(1);
  }

  @Test
  void refusesRowsOneByOne() throws IOException {
    Taken taken =
        read(
            "axivity-csv",
            "time,x,y,z\n2026-03-02 10:00:00,0,0,1\nyesterday,0,0,1\n2026-03-02 10:00:01,0,0\n2026-03-02 10:00:02,0,zero,1\n2026-13-02 10:00:03,0,0,1\n",
            null);

    assertThat(taken.samples).hasSize(1);
    assertThat(taken.refused)
        .containsExactly(
            "line 3: its time cannot be read",
            "line 4: has too few columns",
            "line 5: x, y and z must be numbers",
            "line 6: its time cannot be read");
  }

  @Test
  void knowsNothingOfOtherText() throws IOException {
    for (String other :
        List.of(
            "a,b,c\n1,2,3\n",
            "time,seconds_elapsed,GYROSCOPE Z (rad/s),GYROSCOPE Y (rad/s),GYROSCOPE X (rad/s)\n1698501144401773000,0,1,1,1\n",
            "x,y,z,time\n1,2,3\n",
            "time,Linear Acceleration x (m/s^2),Linear Acceleration y (m/s^2),Linear Acceleration z (m/s^2)\n0.1,0,0,1\n",
            "{\"a\":1}",
            "")) {
      Path file = Files.writeString(folder.resolve("other"), other);
      FileHead head = new InputFile(file, 1 << 20).head();
      assertThat(FORMATS).as(other).noneMatch(format -> format.recognises(head));
    }
  }

  @Test
  void refusesArchivesThatPlayTricks() throws IOException {
    String sample = LOGGER + "1698501144400000000,0,9.8,0,0\n";
    Map<String, String> wandering = Map.of("../TotalAcceleration.csv", sample);
    StringBuilder zeros = new StringBuilder(LOGGER);
    for (int i = 0; i < 800_000; i++) {
      zeros.append("1698501144400000000,0,9.8,0,0\n");
    }
    byte[] whole = zip(Map.of("TotalAcceleration.csv", sample));

    assertThatThrownBy(() -> read("sensor-logger", zip(wandering), null))
        .isInstanceOf(UnusableFile.class)
        .hasMessageContaining("leads out");
    assertThatThrownBy(
            () ->
                read("sensor-logger", zip(Map.of("TotalAcceleration.csv", zeros.toString())), null))
        .isInstanceOf(UnusableFile.class)
        .hasMessageContaining("inflates");
    assertThat(whole.length).isGreaterThan(60);
    Path cut = Files.write(folder.resolve("cut"), Arrays.copyOf(whole, 60));
    assertThatThrownBy(() -> new InputFile(cut, 1 << 20).head())
        .isInstanceOf(UnusableFile.class)
        .hasMessageContaining("broken");
    Map<String, String> thousands = new HashMap<>();
    for (int i = 0; i <= 20_000; i++) {
      thousands.put("n" + i, "");
    }
    Path crowd = Files.write(folder.resolve("crowd"), zip(thousands));
    assertThatThrownBy(() -> new InputFile(crowd, 1 << 20).head())
        .isInstanceOf(UnusableFile.class)
        .hasMessageContaining("20000 entries");
    byte[] boasting = whole.clone();
    Arrays.fill(boasting, boasting.length - 10, boasting.length - 6, (byte) 0x7F);
    Path huge = Files.write(folder.resolve("huge"), boasting);
    assertThatThrownBy(() -> new InputFile(huge, 1 << 20).head())
        .as("a directory of two gigabytes is not read")
        .isInstanceOf(UnusableFile.class)
        .hasMessageContaining("entries");
    assertThatThrownBy(
            () ->
                read(
                    "axivity-csv",
                    "time,x,y,z\n2026-03-02 10:00:00,0,0,1\n" + "9".repeat(70_000),
                    null))
        .isInstanceOf(UnusableFile.class)
        .hasMessageContaining("64 KiB");
  }

  @Test
  void readsARealRecordingOfSensorLogger() throws IOException {
    assumeThat(SQUATS).as("recordings are not beside the project").exists();
    Map<String, String> files = new LinkedHashMap<>();
    for (String name : List.of("Accelerometer.csv", "Gravity.csv", "Gyroscope.csv")) {
      files.put(name, Files.readString(SQUATS.resolve(name)));
    }

    Taken taken = read("sensor-logger", zip(files), null);

    assertThat(taken.samples).hasSize(10_910);
    assertThat(taken.refused).isEmpty();
  }

  private Taken read(String id, String text, Instant start) throws IOException {
    return read(id, text.getBytes(UTF_8), start);
  }

  private Taken read(String id, byte[] bytes, Instant start) throws IOException {
    Path file = Files.write(folder.resolve("file"), bytes);
    FileHead head = new InputFile(file, 1 << 30).head();
    assertThat(FORMATS.stream().filter(format -> format.recognises(head)))
        .extracting(RecordingFormat::id)
        .containsExactly(id);
    RecordingFormat format =
        FORMATS.stream().filter(each -> each.id().equals(id)).findFirst().orElseThrow();
    return Taken.from(format, file, "Europe/Berlin", start);
  }

  private byte[] zip(Map<String, String> files) throws IOException {
    Path file = folder.resolve("archive");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      for (Map.Entry<String, String> entry : files.entrySet()) {
        zip.putNextEntry(new ZipEntry(entry.getKey()));
        zip.write(entry.getValue().getBytes(UTF_8));
        zip.closeEntry();
      }
    }
    return Files.readAllBytes(file);
  }
}
