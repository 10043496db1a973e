package io.lumbar.ingest.export;

import static io.lumbar.ingest.export.Zips.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.lumbar.ingest.export.Found.Span;
import io.lumbar.ingest.export.Found.Steps;
import io.lumbar.ingest.recording.InputFile;
import io.lumbar.ingest.recording.UnusableFile;
import io.lumbar.model.Posture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FitbitFileTest {
  private static final ExportFormat LOCAL = FitbitFile.ALL.get(0);
  private static final ExportFormat UTC = FitbitFile.ALL.get(1);
  private static final String STEPS =
      """
      [{
        "dateTime" : "02/03/26 14:50:00",
        "value" : "37"
      },{
        "dateTime" : "02/03/26 14:51:00",
        "value" : "0"
      }]
      """;
  private static final String SLEEP =
      """
      [{"logId" : 12, "dateOfSleep" : "2026-02-03", "startTime" : "2026-02-02T23:10:30.000",
        "endTime" : "2026-02-03T06:40:00.000", "minutesAsleep" : 411,
        "levels" : {"data" : [{"dateTime" : "2026-02-02T23:10:30.000", "level" : "light", "seconds" : 60}]}}]
      """;

  @TempDir Path folder;

  @Test
  void readsStepsByTheMinuteWithTheMonthFirst() throws IOException {
    Found found = read(STEPS, "Europe/Berlin", LOCAL);

    assertThat(found.steps)
        .containsExactly(
            new Steps(37, at("2026-02-03T13:50:00Z"), at("2026-02-03T13:51:00Z")),
            new Steps(0, at("2026-02-03T13:51:00Z"), at("2026-02-03T13:52:00Z")));
    assertThat(found.received()).isEqualTo(2);
  }

  @Test
  void takesStepTimesAsUtcWhereThatIsSaid() throws IOException {
    assertThat(read(STEPS, "Europe/Berlin", UTC).steps.get(0).from())
        .isEqualTo("2026-02-03T14:50:00Z");
  }

  @Test
  void readsSleepByTheClockOnTheWall() throws IOException {
    assertThat(read(SLEEP, "Europe/Berlin", LOCAL).spans)
        .containsExactly(
            new Span(Posture.LYING, at("2026-02-02T22:10:30Z"), at("2026-02-03T05:40:00Z")));
  }

  @Test
  void readsTheHourThatComesTwiceInOrder() throws IOException {
    String text =
        """
        [{"dateTime":"10/25/26 02:59:00","value":"1"},{"dateTime":"10/25/26 02:00:00","value":"2"},
         {"dateTime":"10/25/26 03:00:00","value":"3"}]
        """;

    assertThat(read(text, "Europe/Berlin", LOCAL).steps)
        .extracting(Steps::from)
        .containsExactly(
            at("2026-10-25T00:59:00Z"), at("2026-10-25T01:00:00Z"), at("2026-10-25T02:00:00Z"));
  }

  @Test
  void readsTheZipOfTakeoutAndLeavesTheRestAlone() throws IOException {
    Path zip =
        Zips.of(
            folder.resolve("x"),
            Map.of(
                "Takeout/Fitbit/Global Export Data/steps-2026-02-03.json", bytes(STEPS),
                "Takeout/Fitbit/Global Export Data/sleep-2026-02-03.json", bytes(SLEEP),
                "Takeout/Fitbit/Global Export Data/calories-2026-02-03.json",
                    bytes("[{\"dateTime\":\"02/03/26 14:50:00\",\"value\":\"1.25\"}]"),
                "Takeout/Fitbit/Physical Activity_GoogleData/steps_2026-02-04.csv",
                    bytes("timestamp,steps,data source\n2026-02-04T06:00:00Z,55,Watch\n")));

    assertThat(LOCAL.recognises(new InputFile(zip, 1 << 20).head())).isTrue();
    Found found = Found.in(zip, "Europe/Berlin", LOCAL);
    assertThat(found.steps).extracting(Steps::steps).containsExactlyInAnyOrder(37, 0, 55);
    assertThat(found.spans).hasSize(1);
    assertThat(found.notes).isEmpty();
  }

  @Test
  void aFileOfTheZipThatCannotBeReadIsRefusedByItsName() throws IOException {
    Path zip =
        Zips.of(
            folder.resolve("x"),
            Map.of(
                "Takeout/Fitbit/steps-2026-11-20.json", bytes("[garbage]"),
                "Takeout/Fitbit/steps-2026-11-21.json", bytes("[ \n]\n"),
                "Takeout/Fitbit/sleep-days.csv",
                    bytes("Id,SleepDay,TotalMinutesAsleep\n1,4/12/2026,327\n"),
                "Takeout/Fitbit/sleep-2026-02-03.json", bytes(SLEEP)));

    Found found = Found.in(zip, "Europe/Berlin", LOCAL);
    assertThat(found.refused)
        .containsExactlyInAnyOrder(
            "steps-2026-11-20.json: nothing of Fitbit's steps or sleep was found in this file",
            "sleep-days.csv: it says how long each night's sleep was, but not from when to when; import sleep-*.json");
    assertThat(found.spans).hasSize(1);
  }

  @Test
  void aValueThatIsNoneDoesNotEndTheList() throws IOException {
    Found found =
        read(
            "[{\"dateTime\":\"02/03/26 06:00:00\",\"value\":\"1\"},[5],7,{\"dateTime\":\"02/03/26 06:01:00\",\"value\":\"2\"}]",
            "Europe/Berlin",
            LOCAL);
    assertThat(found.steps).extracting(Steps::steps).containsExactly(1, 2);
    assertThat(found.refused).hasSize(2);
  }

  @Test
  void aZipThatInflatesAThousandTimesIsRefused() throws IOException {
    byte[] blanks = new byte[20 << 20];
    Arrays.fill(blanks, (byte) ' ');
    blanks[0] = '[';
    blanks[blanks.length - 1] = ']';
    Path zip = Zips.of(folder.resolve("x"), Map.of("Takeout/Fitbit/steps-2026-11-20.json", blanks));

    assertThatThrownBy(() -> Found.in(zip, "Europe/Berlin", LOCAL))
        .isInstanceOf(UnusableFile.class)
        .hasMessageContaining("inflates beyond");
  }

  @Test
  void stepsThatGoogleTellsOfTooDoNotCountTwice() throws IOException {
    Path zip =
        Zips.of(
            folder.resolve("x"),
            Map.of(
                "Takeout/Fitbit/Global Export Data/steps-2026-02-03.json",
                    bytes(
                        "[{\"dateTime\":\"02/03/26 06:00:00\",\"value\":\"55\"},{\"dateTime\":\"02/02/26 06:00:00\",\"value\":\"7\"}]"),
                "Takeout/Fitbit/Physical Activity_GoogleData/steps_2026-02-03.csv",
                    bytes("timestamp,steps,data source\n2026-02-03T06:00:00Z,55,Watch\n")));

    Found found = Found.in(zip, "Europe/Berlin", LOCAL);
    assertThat(found.steps).extracting(Steps::steps).containsExactlyInAnyOrder(55, 7);
    assertThat(found.notes)
        .singleElement()
        .asString()
        .isEqualTo(
            "days with steps both in Google's steps_*.csv and in other files: 1; of each those count that have more, and 1 rows are left out");
  }

  @Test
  void ofADayThatGoogleHasInPartTheOtherFileCounts() throws IOException {
    Path zip =
        Zips.of(
            folder.resolve("x"),
            Map.of(
                "Takeout/Fitbit/Global Export Data/steps-2026-02-03.json",
                    bytes(
                        "[{\"dateTime\":\"02/03/26 06:00:00\",\"value\":\"90\"},{\"dateTime\":\"02/03/26 06:01:00\",\"value\":\"95\"}]"),
                "Takeout/Fitbit/Physical Activity_GoogleData/steps_2026-02-03.csv",
                    bytes(
                        "timestamp,steps,data source\n2026-02-03T20:00:00Z,50,Phone\n2026-02-04T06:00:00Z,60,Phone\n")));

    Found found = Found.in(zip, "Europe/Berlin", LOCAL);
    assertThat(found.steps).extracting(Steps::steps).containsExactlyInAnyOrder(90, 95, 60);
    assertThat(found.notes)
        .singleElement()
        .asString()
        .contains("other files: 1;", "1 rows are left out");
  }

  /** A few hours apart, so that a day has more of them here and the next day more there. */
  @Test
  void theSameWalksInUtcDoNotCountTwiceFarFromThere() throws IOException {
    String google =
        """
        timestamp,steps,data source
        2026-02-03T02:00:00Z,100,Watch
        2026-02-03T22:00:00Z,90,Watch
        2026-02-03T22:01:00Z,90,Watch
        2026-02-04T02:00:00Z,20,Watch
        2026-02-04T22:00:00Z,5,Watch
        2026-02-05T02:00:00Z,60,Watch
        """;
    String json =
        """
        [{"dateTime":"02/03/26 02:00:00","value":"100"},{"dateTime":"02/03/26 22:00:00","value":"90"},
         {"dateTime":"02/03/26 22:01:00","value":"90"},{"dateTime":"02/04/26 02:00:00","value":"20"},
         {"dateTime":"02/04/26 22:00:00","value":"5"},{"dateTime":"02/05/26 02:00:00","value":"60"}]
        """;
    Path zip =
        Zips.of(
            folder.resolve("x"),
            Map.of("steps_2026-02-03.csv", bytes(google), "steps-2026-02-03.json", bytes(json)));

    Found found = Found.in(zip, "Australia/Brisbane", LOCAL);
    assertThat(found.steps)
        .extracting(Steps::from)
        .containsExactly(
            at("2026-02-03T02:00:00Z"),
            at("2026-02-03T22:00:00Z"),
            at("2026-02-03T22:01:00Z"),
            at("2026-02-04T02:00:00Z"),
            at("2026-02-04T22:00:00Z"),
            at("2026-02-05T02:00:00Z"));
    assertThat(found.notes).singleElement().asString().contains("6 rows are left out");
  }

  @Test
  void beginsADateWithTheMonth() throws IOException {
    String text = "[{\"dateTime\":\"01/10/26 14:50:00\",\"value\":\"37\"}]";
    assertThat(read(text, "Europe/Berlin", LOCAL).steps.get(0).from())
        .isEqualTo("2026-01-10T13:50:00Z");
  }

  @Test
  void stepsFallIntoSleepInWhateverOrderItsStagesCome() throws IOException {
    String stages =
        """
        sleep_id,sleep_type,start_utc_offset,sleep_start,end_utc_offset,sleep_end,data_source
        1,CLASSIC,+00:00,2026-02-03T03:00:00Z,+00:00,2026-02-03T04:00:00Z,Watch
        2,CLASSIC,+00:00,2026-02-03T01:00:00Z,+00:00,2026-02-03T03:00:00Z,Watch
        3,CLASSIC,+00:00,2026-02-03T02:00:00Z,+00:00,2026-02-03T02:30:00Z,Watch
        """;
    String steps =
        """
        timestamp,steps,data source
        2026-02-03T00:59:00Z,10,Watch
        2026-02-03T02:45:00Z,20,Watch
        2026-02-03T03:30:00Z,20,Watch
        2026-02-03T04:00:00Z,50,Watch
        """;
    Path zip =
        Zips.of(
            folder.resolve("stages"),
            Map.of("steps_2026-02-03.csv", bytes(steps), "UserSleeps_2026.csv", bytes(stages)));

    assertThat(Found.in(zip, "UTC", LOCAL).notes).singleElement().asString().startsWith("40 %");
  }

  @Test
  void saysWhenMostStepsFallIntoSleep() throws IOException {
    String atNight = STEPS.replace("14:5", "03:5");
    Path zip =
        Zips.of(
            folder.resolve("x"),
            Map.of("steps-1.json", bytes(atNight), "sleep-1.json", bytes(SLEEP)));

    assertThat(Found.in(zip, "Europe/Berlin", LOCAL).notes)
        .singleElement()
        .asString()
        .contains("100 % of the steps fall into sleep", "fitbit-utc");
  }

  @Test
  void readsGooglesStepsByTheSpacingOfOneSource() throws IOException {
    String text =
        """
        timestamp,steps,data source
        2026-02-03T06:00:00Z,500,"Watch, new"
        2026-02-03T06:05:00Z,20,"Watch, new"
        2026-02-03T06:01:00Z,90,Phone
        """;
    Found found = read(text, "Europe/Berlin", LOCAL);

    assertThat(found.steps)
        .contains(new Steps(500, at("2026-02-03T06:00:00Z"), at("2026-02-03T06:05:00Z")));
    assertThat(found.steps).hasSize(3);
  }

  @Test
  void readsGooglesSleep() throws IOException {
    String text =
        """
        sleep_id,sleep_type,start_utc_offset,sleep_start,end_utc_offset,sleep_end,data_source
        7,STAGES,+01:00,2026-02-02 22:10:00+0000,+01:00,2026-02-03 05:40:30+0000,Watch
        """;

    assertThat(read(text, "America/New_York", LOCAL).spans)
        .containsExactly(
            new Span(Posture.LYING, at("2026-02-02T22:10:00Z"), at("2026-02-03T05:40:30Z")));
  }

  @Test
  void tellsTheOrderOfDayAndMonthFromTheWholeFile() throws IOException {
    String header = "Id,ActivityMinute,Steps\n";

    assertThat(
            read(header + "1,3/2/2026 2:05:00 PM,7\n1,3/13/2026 1:00:00 AM,8\n", "UTC", LOCAL)
                .steps)
        .extracting(Steps::from)
        .containsExactly(at("2026-03-02T14:05:00Z"), at("2026-03-13T01:00:00Z"));
    assertThat(read(header + "1,3/2/2026 14:05,7\n1,13/3/2026 1:00,8\n", "UTC", LOCAL).steps)
        .extracting(Steps::from)
        .containsExactly(at("2026-02-03T14:05:00Z"), at("2026-03-13T01:00:00Z"));
    assertThatThrownBy(
            () -> read(header + "1,3/14/2026 14:05,7\n1,13/3/2026 1:00,8\n", "UTC", LOCAL))
        .isInstanceOf(UnusableFile.class)
        .hasMessageContaining("begin with the day and some with the month");
  }

  @Test
  void refusesAFileOfSeveralPeople() {
    assertThatThrownBy(
            () ->
                read(
                    "Id,ActivityMinute,Steps\n1,3/2/2026 2:05:00 PM,7\n2,3/2/2026 2:05:00 PM,7\n",
                    "UTC",
                    LOCAL))
        .isInstanceOf(UnusableFile.class)
        .hasMessageContaining("several people");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[{\"dateTime\":\"02/03/26 14:50:00\",\"value\":\"4321\"}]",
        "[{\"dateTime\":\"02/03/26 00:00:00\",\"value\":\"310\"},{\"dateTime\":\"02/04/26"
            + " 00:00:00\",\"value\":\"45\"}]",
        "Id,SleepDay,TotalSleepRecords,TotalMinutesAsleep,TotalTimeInBed\n"
            + "1,4/12/2016 12:00:00 AM,1,3,4\n",
        "[{\"dateTime\":\"02/03/26 14:50:00\",\"value\":\"43\"",
      })
  void refusesWhatLooksLikeStepsAndIsNone(String text) {
    assertThatThrownBy(() -> read(text, "UTC", LOCAL)).isInstanceOf(UnusableFile.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[{\"dateTime\":\"02/03/26 14:50:00\",\"value\":\"0.93\"}]",
        "[{\"dateTime\":\"02/03/26 14:50:00\",\"value\":{\"bpm\":61}}]",
        "[]",
        "{\"steps\":3}",
        "time,x,y,z\n2026-03-02 10:00:00,0,0,1\n",
        ""
      })
  void doesNotTakeOtherFilesForItsOwn(String text) throws IOException {
    Path file = Files.writeString(folder.resolve("steps-2026-02-03.json"), text);

    assertThat(LOCAL.recognises(new InputFile(file, 1 << 20).head())).isFalse();
  }

  @Test
  void refusesRowsOneByOne() throws IOException {
    String text =
        """
        timestamp,steps,data source
        2026-02-03T06:00:00Z,many,Watch
        yesterday,5,Watch
        2026-02-03T06:01:00Z
        2026-02-03T06:02:00Z,5,Watch
        """;
    Found found = read(text, "UTC", LOCAL);

    assertThat(found.refused)
        .containsExactly(
            "line 2: steps: must be a whole number",
            "line 3: its time cannot be read",
            "line 4: has only 1 of 3 columns");
    assertThat(found.steps).hasSize(1);
  }

  @Test
  void givesTheStepsOfARealPersonsMonth() throws IOException {
    Path shared =
        Stream.of("../shared", "../../shared", "../../../shared")
            .map(root -> Path.of(root, "recordings", "fitbit"))
            .filter(Files::exists)
            .findFirst()
            .orElse(Path.of("missing"));
    assumeTrue(Files.exists(shared), "skipped: the recordings are not on this machine");
    Path all = shared.resolve("minuteStepsWide_merged.csv");
    assertThatThrownBy(() -> Found.in(all, "America/Chicago", LOCAL))
        .hasMessageContaining("several people");
    List<String> lines = Files.readAllLines(all);
    String person = lines.get(1).substring(0, lines.get(1).indexOf(',') + 1);
    List<String> own =
        lines.stream().filter(line -> line.startsWith("Id") || line.startsWith(person)).toList();
    Path one = Files.write(folder.resolve("one"), own);

    Found found = Found.in(one, "America/Chicago", LOCAL);

    assertThat(found.refused).isEmpty();
    assertThat(found.received()).isEqualTo(own.size() - 1);
    assertThat(found.steps).hasSize(60 * (own.size() - 1));
    assertThat(found.steps.get(0).from()).isEqualTo("2016-04-13T05:00:00Z");
    int firstDay =
        found.steps.stream()
            .filter(each -> each.from().isBefore(at("2016-04-14T05:00:00Z")))
            .mapToInt(Steps::steps)
            .sum();
    assertThat(firstDay).as("the daily total of the same person").isEqualTo(10_735);
  }

  private Found read(String text, String zone, ExportFormat format) throws IOException {
    Path file = Files.writeString(folder.resolve("file"), text);
    return Found.in(file, zone, format);
  }

  private static Instant at(String text) {
    return Instant.parse(text);
  }
}
