package io.lumbar.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.lumbar.app.data.DataFolder;
import io.lumbar.app.data.Instance;
import io.lumbar.app.fault.UserMistake;
import io.lumbar.model.Json;
import io.lumbar.model.WearerSettings;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The client commands against an HTTP server that says what it is told to. */
class CommandsTest {
  private static final String ADDED_WEARER =
      "{\"id\":\"w_1\",\"name\":\"Anna\",\"zone\":\"Europe/Berlin\",\"token\":\"lw_secret\"}";
  private static final String ADDED_DEVICE =
      """
      {"id":"d_1","name":"phone","placement":"trouser-pocket","token":"ld_secret",
       "urls":{"sensorLogger":"http://192.168.1.20:8080/api/v1/ingest/sensor-logger/ld_secret",
               "observations":"http://192.168.1.20:8080/api/v1/observations"}}\
      """;

  @TempDir Path scratch;
  private Instant now = Instant.now();
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private final Map<String, String> environment = new HashMap<>();
  private final List<String> requests = new ArrayList<>();
  private final Deque<Answer> answers = new ArrayDeque<>();
  private HttpServer server;
  private DataFolder data;

  private record Answer(int status, String body) {}

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
    data = DataFolder.open(scratch.resolve("data"));
    data.publish(
        new Instance(
            "http://127.0.0.1:" + server.getAddress().getPort(),
            "lo_owner",
            ProcessHandle.current().pid(),
            "127.0.0.1:9"));
    environment.put("LUMBAR_DATA", data.root().toString());
  }

  @AfterEach
  void stop() {
    data.close();
    server.stop(0);
  }

  @Test
  void rulesTestCountsNoticesAboutSensorsApart() {
    answers.add(new Answer(200, "{\"sent\":8,\"sensorNotices\":1,\"items\":[]}"));
    assertThat(run("rules", "test", "--wearer", "Anna", "--set", "alerts.dailyBudget.inactive=2"))
        .isZero();
    assertThat(requests.get(0))
        .contains("\"settings\":{\"alerts\":{\"dailyBudget\":{\"inactive\":2}}}");
    assertThat(out.toString())
        .isEqualTo("8 reminders would have come, and 1 notice about a sensor.%n".formatted());
  }

  @Test
  void rulesWhySaysTheAnswerAndWhatWasDecided() {
    answers.add(
        new Answer(
            200,
            """
            {"at":"2026-03-02T14:10:00+01:00","answer":"You were lying down then.","items":[
             {"at":"2026-03-02T14:02:00+01:00","kind":"long-sitting","step":30,
              "decision":"in-bed","detail":"No alert at 30 minutes: you were lying down."}]}
            """));
    assertThat(run("rules", "why", "--wearer", "Anna", "--at", "2026-03-02T14:10:00+01:00"))
        .isZero();
    assertThat(requests)
        .singleElement()
        .asString()
        .startsWith("GET /api/v1/wearers/Anna/rules/why?at=2026-03-02T14%3A10%3A00%2B01%3A00");
    assertThat(out.toString())
        .isEqualTo(
            "You were lying down then.%n2026-03-02 14:02  long-sitting  30  No alert at 30 minutes: you were lying down.%n"
                .formatted());
  }

  @Test
  void wearerAddSendsNameAndZoneAndShowsTheTokenOnce() {
    answers.add(new Answer(201, ADDED_WEARER));
    assertThat(run("wearer", "add", "Anna", "--zone", "Europe/Berlin")).isZero();
    assertThat(requests)
        .singleElement()
        .asString()
        .startsWith("POST /api/v1/wearers Bearer lo_owner {")
        .contains("\"name\":\"Anna\"")
        .contains("\"zone\":\"Europe/Berlin\"");
    assertThat(out.toString())
        .contains("Anna is added (Europe/Berlin).")
        .contains("Token, shown only now: lw_secret")
        .contains("./lumbar device add --wearer \"Anna\"");
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void eraseConfirmsWithTheNameOfAnIdAndSaysWhereTheReceiptIs() {
    answers.add(new Answer(200, "{\"items\":[{\"id\":\"w_1\",\"name\":\"Anna\"}],\"next\":null}"));
    answers.add(
        new Answer(
            200,
            "{\"id\":\"w_1\",\"wearer\":\"w_1\",\"done\":true,\"gone\":[],\"expires\":[],\"yours\":[]}"));
    assertThat(run("erase", "--wearer", "w_1", "--yes")).isZero();
    assertThat(requests).hasSize(2);
    assertThat(requests.get(1))
        .startsWith("POST /api/v1/wearers/w_1/erasures ")
        .contains("\"confirm\":\"Anna\"");
    assertThat(out.toString()).contains("The receipt again: GET /api/v1/erasures/w_1");
  }

  @Test
  void theReceiptOfAForgottenSpanCanBeReadAgain() {
    answers.add(
        new Answer(
            202,
            "{\"id\":\"w_1.mm9.mma\",\"wearer\":\"w_1\",\"from\":\"2026-03-02T13:00:00Z\",\"to\":\"2026-03-02T14:00:00Z\","
                + "\"gone\":[],\"expires\":[],\"yours\":[]}"));
    String[] asked = {"erase", "--wearer", "Anna", "--from", "2026-03-02", "--to", "2026-03-02"};
    assertThat(run(asked)).isEqualTo(2);
    assertThat(err.toString())
        .contains("from 2026-03-02 to 2026-03-02, that day too, would be forgotten", "Say --yes");
    assertThat(requests).isEmpty();
    String[] meant = Arrays.copyOf(asked, asked.length + 1);
    meant[asked.length] = "--yes";
    assertThat(run(meant)).isZero();
    assertThat(requests).hasSize(1);
    assertThat(out.toString())
        .contains("Gone:", "The receipt again: GET /api/v1/erasures/w_1.mm9.mma");
  }

  @Test
  void jsonIsExactlyOneDocument() throws IOException {
    answers.add(new Answer(201, ADDED_WEARER));
    assertThat(run("wearer", "add", "Anna", "--zone", "Europe/Berlin", "--json")).isZero();
    assertThat(Json.mapper().readTree(out.toString()))
        .isEqualTo(Json.mapper().readTree(ADDED_WEARER));
  }

  @Test
  void deviceAddShowsWhereToUploadWithAQrCode() {
    answers.add(new Answer(201, ADDED_DEVICE));
    assertThat(
            run(
                "device",
                "add",
                "--wearer",
                "Anna B",
                "--placement",
                "trouser-pocket",
                "--name",
                "phone"))
        .isZero();
    assertThat(requests)
        .singleElement()
        .asString()
        .startsWith("POST /api/v1/wearers/Anna%20B/devices ")
        .contains("\"placement\":\"trouser-pocket\"")
        .contains("\"name\":\"phone\"");
    assertThat(out.toString())
        .contains("http://192.168.1.20:8080/api/v1/ingest/sensor-logger/ld_secret")
        .contains("█▀")
        .doesNotContain("localhost");
  }

  @Test
  void deviceAddTellsATagsAddress() {
    answers.add(new Answer(201, ADDED_DEVICE));
    assertThat(
            run(
                "device",
                "add",
                "--wearer",
                "Anna",
                "--placement",
                "chest",
                "--mac",
                "C4:5A:00:12:34:56"))
        .isZero();
    assertThat(requests).singleElement().asString().contains("\"mac\":\"C4:5A:00:12:34:56\"");
  }

  @Test
  void deviceSetSaysTheAxesOfAnIphone() {
    answers.add(new Answer(200, "{\"id\":\"d_1\",\"name\":\"phone\",\"axes\":\"ios\"}"));
    assertThat(run("device", "set", "phone", "--wearer", "Anna", "--axes", "ios")).isZero();
    assertThat(requests)
        .singleElement()
        .asString()
        .startsWith("PATCH /api/v1/wearers/Anna/devices/phone ")
        .contains("{\"axes\":\"ios\"}");
    assertThat(out.toString()).contains("phone", "axes of iOS");
    assertThat(run("device", "set", "phone", "--wearer", "Anna", "--axes", "nokia")).isEqualTo(2);
  }

  @Test
  void deviceRotateShowsTheNewTokenAndUntilWhenTheOldOneHolds() {
    answers.add(
        new Answer(
            200,
            "{\"id\":\"d_1\",\"name\":\"phone\",\"token\":\"ld_new\",\"oldUntil\":\"2026-03-02T09:05:00Z\"}"));
    assertThat(run("device", "rotate", "phone", "--wearer", "Anna", "--overlap", "5")).isZero();
    assertThat(requests)
        .singleElement()
        .asString()
        .startsWith("POST /api/v1/wearers/Anna/devices/phone/token ")
        .contains("{\"overlapMinutes\":5}");
    assertThat(out.toString())
        .contains("New token, shown only now: ld_new")
        .contains("holds until 2026-03-02T09:05:00Z");
  }

  @Test
  void deviceRevokeNamesTheDevice() {
    answers.add(new Answer(200, "{\"id\":\"d_1\",\"name\":\"phone\",\"revoked\":true}"));
    assertThat(run("device", "revoke", "d_1", "--wearer", "Anna")).isZero();
    assertThat(requests)
        .singleElement()
        .asString()
        .startsWith("DELETE /api/v1/wearers/Anna/devices/d_1 ");
    assertThat(out.toString()).contains("phone is revoked.");
  }

  @Test
  void wearerSettingsSendsNumbersTimesAndNothing() {
    answers.add(
        new Answer(
            200,
            "{\"id\":\"w_1\",\"name\":\"Anna\",\"settings\":{\"longSittingMinutes\":40,\"quietFrom\":null}}"));
    assertThat(
            run(
                "wearer",
                "settings",
                "Anna",
                "longSittingMinutes=40",
                "awakeTo=21:30",
                "quietFrom="))
        .isZero();
    assertThat(requests)
        .singleElement()
        .asString()
        .startsWith("PATCH /api/v1/wearers/Anna/settings ")
        .contains("\"longSittingMinutes\":40")
        .contains("\"awakeTo\":\"21:30\"")
        .contains("\"quietFrom\":null");
    assertThat(out.toString()).contains("longSittingMinutes").contains("40");
  }

  @Test
  void wearerSettingsSetsASettingWithinAnother() throws IOException {
    answers.add(new Answer(200, "{\"id\":\"w_1\",\"settings\":{}}"));
    assertThat(
            run(
                "wearer",
                "settings",
                "Anna",
                "alerts.language=de",
                "alerts.dailyBudget.long-sitting=3",
                "alerts.backOff=false",
                "alerts.workingHours=[{\"from\":\"09:00\",\"to\":\"17:00\"}]",
                "detection.silenceMinutes=120",
                "quietFrom=22:00"))
        .isZero();
    String request = requests.get(0);
    assertThat(Json.mapper().readTree(request.substring(request.indexOf('{'))))
        .isEqualTo(
            Json.mapper()
                .readTree(
                    """
                    {"alerts":{"language":"de","dailyBudget":{"long-sitting":3},"backOff":false,
                      "workingHours":[{"from":"09:00","to":"17:00"}]},
                     "detection":{"silenceMinutes":120},"quietFrom":"22:00"}
                    """));
  }

  @Test
  void wearerSettingsShowsEachWithWhatHoldsAndWhoseItIs() throws IOException {
    var settings = Json.mapper().valueToTree(WearerSettings.defaults()).deepCopy();
    ((ObjectNode) settings).put("longSittingMinutes", 40);
    ((ObjectNode) settings.path("alerts"))
        .put("language", "de")
        .putObject("dailyBudget")
        .put("inactive", 2);
    answers.add(new Answer(200, "{\"id\":\"w_1\",\"zone\":\"UTC\",\"settings\":" + settings + "}"));
    assertThat(run("wearer", "settings", "Anna")).isZero();
    assertThat(requests).singleElement().asString().endsWith(" {}");
    assertThat(out.toString().lines().map(line -> line.replaceAll(" +", " ")))
        .contains(
            "zone UTC",
            "longSittingMinutes 40 own (default 30)",
            "repeatMinutes 15 default",
            "quietFrom - default",
            "alerts.cooldownMinutes 30 default",
            "alerts.dailyBudget.long-sitting no limit own (default 8)",
            "alerts.dailyBudget.inactive 2 own (default 8)",
            "alerts.dailyBudget.deep-bend 0 default",
            "alerts.calendar - default",
            "alerts.channels - default",
            "alerts.language de own (default en)",
            "reports - default",
            "detection.silenceMinutes 60 default",
            "detection.bendHoldPercent 100 default")
        .noneMatch(line -> line.startsWith("stretches"));
  }

  @Test
  void aChangeOfSettingsThatIsNoneSaysWhatOneLooksLike() {
    assertThat(run("wearer", "settings", "Anna", "alerts.language")).isEqualTo(2);
    assertThat(err.toString()).contains("'alerts.language': a change is SETTING=VALUE");
    assertThat(run("wearer", "settings", "Anna", "alerts..language=de")).isEqualTo(2);
    assertThat(run("wearer", "settings", "Anna", "alerts.workingHours=[{from:09:00}]"))
        .isEqualTo(2);
    assertThat(err.toString()).contains("alerts.workingHours: a list or an object is written");
    assertThat(run("wearer", "settings", "Anna", "alerts=1", "alerts.language=de")).isEqualTo(2);
    assertThat(err.toString()).contains("alerts.language: alerts is given a value of its own");
    assertThat(run("wearer", "settings", "Anna", "reports.email=a@example.org")).isEqualTo(2);
    assertThat(err.toString()).contains("reports.email: reports are set as a whole");
    assertThat(requests).isEmpty();
  }

  @Test
  void wearerSettingsTellsWhereSomebodyIsAndFromWhenOn() {
    answers.add(
        new Answer(
            200,
            "{\"id\":\"w_1\",\"name\":\"Anna\",\"zone\":\"Europe/Berlin\",\"zones\":["
                + "{\"zone\":\"Europe/Berlin\",\"validFrom\":\"1970-01-01T00:00:00Z\"},"
                + "{\"zone\":\"Asia/Tokyo\",\"validFrom\":\"2026-03-10T05:05:00Z\"}],"
                + "\"settings\":{}}"));
    assertThat(
            run(
                "wearer",
                "settings",
                "Anna",
                "--zone",
                "Asia/Tokyo",
                "--zone-from",
                "2026-03-10T14:05"))
        .isZero();
    assertThat(requests)
        .singleElement()
        .asString()
        .contains("\"zone\":\"Asia/Tokyo\"")
        .contains("\"zoneFrom\":\"2026-03-10T14:05\"");
    assertThat(out.toString())
        .contains("Europe/Berlin")
        .contains("Asia/Tokyo from 2026-03-10T14:05+09:00")
        .doesNotContain("1970");

    assertThat(run("wearer", "settings", "Anna", "--zone-from", "2026-03-10T14:05")).isEqualTo(2);
    assertThat(err.toString()).contains("--zone-from goes with --zone");
  }

  @Test
  void aPlacementThatIsNoneIsWrongUsage() {
    assertThat(run("device", "add", "--wearer", "A", "--placement", "nose")).isEqualTo(2);
    assertThat(err.toString()).contains("'--placement': 'nose' is not one of thigh, chest,");
    assertThat(requests).isEmpty();
  }

  @Test
  void importUploadsTheFileFollowsItAndPrintsExactCounts() throws IOException {
    Path file = Files.writeString(scratch.resolve("a b.csv"), "1,2\n3,4\n");
    answers.add(new Answer(202, "{\"id\":\"i_1\",\"wearer\":\"w_1\",\"token\":\"lw_new\"}"));
    answers.add(new Answer(200, "{\"state\":\"reading\",\"progress\":0.4}"));
    answers.add(
        new Answer(
            200,
            """
            {"state":"done","rows":4,"received":4,"accepted":1,"duplicate":1,"ignored":1,
             "rejected":[{"path":"row 4","reason":"no time"}],"rejectedCount":1,
             "notes":["the last row was dropped"],"progress":1.0}\
            """));
    assertThat(run("import", file.toString(), "--wearer", "w 1", "--zone", "Europe/London"))
        .isZero();
    assertThat(requests)
        .containsExactly(
            "POST /api/v1/import?wearer=w%201&filename=a%20b.csv&zone=Europe%2FLondon"
                + " Bearer lo_owner 1,2\n3,4\n",
            "GET /api/v1/imports/i_1 Bearer lo_owner ", "GET /api/v1/imports/i_1 Bearer lo_owner ");
    assertThat(out.toString())
        .contains("done. 4 rows, 4 observations: 1 accepted, 1 duplicate, 1 ignored, 1 rejected.")
        .contains("rejected row 4: no time")
        .contains("the last row was dropped")
        .contains("Token, shown only now: lw_new");
  }

  @Test
  void aFailedImportEndsWithOneAndIsOneDocumentWithJson() throws IOException {
    Path file = Files.writeString(scratch.resolve("x.csv"), "x");
    answers.add(new Answer(202, "{\"id\":\"i_1\",\"wearer\":\"w_1\"}"));
    answers.add(new Answer(200, "{\"state\":\"failed\",\"error\":\"not a format we read\"}"));
    assertThat(run("import", file.toString(), "--wearer", "w1", "--json")).isEqualTo(1);
    JsonNode document = Json.mapper().readTree(out.toString());
    assertThat(document.path("state").asText()).isEqualTo("failed");
    assertThat(document.path("error").asText()).isEqualTo("not a format we read");
    assertThat(document.path("file").asText()).isEqualTo(file.toString());
  }

  @Test
  void anUnzippedRecordingGoesAsTheArchiveThatItWas() throws IOException {
    Path folder = Files.createDirectory(scratch.resolve("My walk"));
    Files.writeString(folder.resolve("Metadata.csv"), "version,platform\n3,ios\n");
    Files.writeString(folder.resolve("Accelerometer.csv"), "time,z,y,x\n");
    Files.writeString(folder.resolve("Microphone.mp4"), "a sound");
    Files.createDirectory(folder.resolve("Camera"));
    assertThat(RecordingFolder.isRecording(folder)).isTrue();
    Path packed = RecordingFolder.pack(folder);
    try (ZipFile zip = new ZipFile(packed.toFile())) {
      assertThat(zip.stream().map(ZipEntry::getName))
          .containsExactly("Accelerometer.csv", "Metadata.csv");
      assertThat(zip.getInputStream(zip.getEntry("Metadata.csv")))
          .hasBinaryContent("version,platform\n3,ios\n".getBytes(StandardCharsets.UTF_8));
    }
    Files.delete(packed);

    answers.add(new Answer(202, "{\"id\":\"i_1\",\"wearer\":\"w_1\"}"));
    answers.add(new Answer(200, "{\"state\":\"done\"}"));
    assertThat(run("import", folder.toString(), "--wearer", "w1")).isZero();
    assertThat(requests.get(0))
        .startsWith("POST /api/v1/import?wearer=w1&filename=My%20walk.zip Bearer lo_owner PK");
  }

  @Test
  void aFolderThatIsNoRecordingSaysWhatToGive() {
    assertThat(run("import", scratch.toString(), "--wearer", "w1")).isEqualTo(1);
    assertThat(err.toString())
        .contains("is a folder without a recording of Sensor Logger; name the files in it");
    assertThat(requests).isEmpty();
  }

  @Test
  void aFileThatIsRefusedIsNamedAndTheNextOneIsImported() throws IOException {
    Path events = Files.writeString(scratch.resolve("events.csv"), "1,2\n");
    Path notes = refusedBeforeOneThatIsRead();
    assertThat(run("import", notes.toString(), events.toString(), "--wearer", "w1")).isEqualTo(1);
    assertThat(out.toString())
        .contains(notes + ": refused. this file is none that is read")
        .contains(events + ": done. 1 rows");
  }

  @Test
  void aFileThatIsRefusedIsOneOfTheResultsAsJson() throws IOException {
    Path events = Files.writeString(scratch.resolve("events.csv"), "1,2\n");
    Path notes = refusedBeforeOneThatIsRead();
    assertThat(run("import", notes.toString(), events.toString(), "--wearer", "w1", "--json"))
        .isEqualTo(1);
    JsonNode document = Json.mapper().readTree(out.toString());
    assertThat(document.findValuesAsText("state")).containsExactly("refused", "done");
    assertThat(document.path(0).path("error").asText()).isEqualTo("this file is none that is read");
  }

  @Test
  void aFileThatIsNotThereIsNamedAndTheNextOneIsImported() throws IOException {
    Path events = Files.writeString(scratch.resolve("events.csv"), "1,2\n");
    answers.add(new Answer(202, "{\"id\":\"i_1\",\"wearer\":\"w_1\"}"));
    answers.add(new Answer(200, "{\"state\":\"done\",\"rows\":1}"));
    assertThat(run("import", "/nowhere/x.csv", events.toString(), "--wearer", "w1")).isEqualTo(1);
    assertThat(out.toString())
        .contains("/nowhere/x.csv: refused. there is no file /nowhere/x.csv that can be read")
        .contains(events + ": done. 1 rows");
  }

  @Test
  void whatIsRejectedForOneReasonIsSaidOnceAndParametersAreOptions() throws IOException {
    Path events = Files.writeString(scratch.resolve("events.csv"), "1,2\n");
    answers.add(new Answer(202, "{\"id\":\"i_1\",\"wearer\":\"w_1\"}"));
    answers.add(
        new Answer(
            200,
            """
            {"state":"done","rows":3,"rejected":[
              {"path":"sample 0","reason":"unit"},{"path":"sample 7","reason":"time"},
              {"path":"sample 9","reason":"unit"},{"path":"sample 11","reason":"unit"}]}
            """));
    answers.add(
        new Answer(
            400, "{\"detail\":\"placement: missing; add placement=thigh, or one of them\"}"));
    String file = events.toString();
    assertThat(run("import", file, file, "--wearer", "w1")).isEqualTo(1);
    assertThat(out.toString())
        .contains("  rejected sample 0 and 2 more like it: unit\n  rejected sample 7: time\n")
        .contains("refused. placement: missing; add --placement thigh, or one of them");
  }

  private Path refusedBeforeOneThatIsRead() throws IOException {
    answers.add(new Answer(415, "{\"detail\":\"this file is none that is read\"}"));
    answers.add(new Answer(202, "{\"id\":\"i_1\",\"wearer\":\"w_1\"}"));
    answers.add(new Answer(200, "{\"state\":\"done\",\"rows\":1}"));
    return Files.writeString(scratch.resolve("notes.txt"), "x");
  }

  @Test
  void whatWasImportedBeforeTheServerSaysNoMoreIsTold() throws IOException {
    Path first = Files.writeString(scratch.resolve("a.csv"), "1,2\n");
    Path second = Files.writeString(scratch.resolve("b.csv"), "1,2\n");
    answers.add(new Answer(202, "{\"id\":\"i_1\",\"wearer\":\"w_1\"}"));
    answers.add(new Answer(200, "{\"state\":\"done\",\"rows\":1}"));
    answers.add(new Answer(503, "{\"detail\":\"the disk is full\"}"));
    assertThat(run("import", first.toString(), second.toString(), "--wearer", "w1", "--json"))
        .isEqualTo(1);
    assertThat(Json.mapper().readTree(out.toString()).findValuesAsText("state"))
        .containsExactly("done");
    assertThat(err.toString().strip()).isEqualTo("the disk is full");
  }

  @Test
  void aFileThatIsNotThereIsSaidBeforeAnythingIsSent() {
    assertThat(run("import", "/nowhere/x.csv", "--wearer", "w1")).isEqualTo(1);
    assertThat(err.toString().strip())
        .isEqualTo("there is no file /nowhere/x.csv that can be read");
    assertThat(requests).isEmpty();
  }

  @Test
  void aRefusalIsTheServersOwnSentence() {
    answers.add(
        new Answer(
            409, "{\"status\":409,\"title\":\"Exists already\",\"detail\":\"Anna exists\"}"));
    assertThat(run("wearer", "add", "Anna", "--zone", "Europe/Berlin")).isEqualTo(1);
    assertThat(err.toString().strip()).isEqualTo("Anna exists");
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void anAnswerOfAProxyIsSaidByItsStatus() {
    answers.add(new Answer(502, "<html>bad gateway</html>"));
    assertThat(run("wearer", "list")).isEqualTo(1);
    assertThat(err.toString()).contains("answered with status 502");
  }

  @Test
  void withoutAnInstanceItSaysHowToStartOne() {
    Path empty = scratch.resolve("empty");
    assertThat(run("wearer", "list", "--data", empty.toString())).isEqualTo(1);
    assertThat(err.toString().strip())
        .isEqualTo("no Lumbar runs on " + empty + "; start ./lumbar up");
  }

  @Test
  void afterAKillItSaysTheSame() {
    server.stop(0);
    assertThat(run("wearer", "list")).isEqualTo(1);
    assertThat(err.toString().strip())
        .isEqualTo("no Lumbar runs on " + data.root() + "; start ./lumbar up");
  }

  @Test
  void anotherServerNeedsItsToken() {
    String url = "http://127.0.0.1:" + server.getAddress().getPort() + "/";
    assertThat(run("wearer", "list", "--server", url)).isEqualTo(1);
    assertThat(err.toString()).contains("add --token, or set LUMBAR_TOKEN");
    environment.put("LUMBAR_TOKEN", "la_admin");
    answers.add(new Answer(200, "{\"items\":[]}"));
    assertThat(run("wearer", "list", "--server", url)).isZero();
    assertThat(requests).containsExactly("GET /api/v1/wearers Bearer la_admin ");
    assertThat(out.toString()).contains("Nobody yet");
  }

  @Test
  void listsHaveALineForEachWithItsId() {
    answers.add(
        new Answer(
            200,
            "{\"items\":[{\"id\":\"w_1\",\"name\":\"Anna\",\"zone\":\"Europe/Berlin\"},"
                + "{\"id\":\"w_2\",\"name\":\"Ben\",\"zone\":\"UTC\"}]}"));
    assertThat(run("wearer", "list")).isZero();
    answers.add(
        new Answer(
            200, "{\"items\":[{\"id\":\"d_1\",\"name\":\"phone\",\"placement\":\"thigh\"}]}"));
    assertThat(run("device", "list", "--wearer", "Anna")).isZero();
    answers.add(new Answer(200, "{\"items\":[]}"));
    assertThat(run("device", "list", "--wearer", "Ben")).isZero();
    assertThat(out.toString().lines())
        .map(line -> line.replaceAll(" +", " "))
        .containsExactly(
            "Anna Europe/Berlin w_1",
            "Ben UTC w_2",
            "phone thigh d_1",
            "None yet. Add one: ./lumbar device add --wearer \"Ben\" --placement trouser-pocket");
    assertThat(requests).last().asString().startsWith("GET /api/v1/wearers/Ben/devices ");
  }

  @Test
  void wrongUsageEndsWithTwoAndPointsToHelp() {
    assertThat(run()).isEqualTo(2);
    assertThat(run("wearer")).isEqualTo(2);
    assertThat(run("wearer", "add")).isEqualTo(2);
    assertThat(run("dance")).isEqualTo(2);
    assertThat(run("up", "--dance")).isEqualTo(2);
    assertThat(err.toString())
        .contains("Missing required parameter: 'NAME'")
        .contains("See: ./lumbar wearer add --help")
        .contains("Say what to do: add or list")
        .doesNotContain("Exception");
  }

  @Test
  void everyCommandHasHelp() {
    CommandLine line = commandLine();
    assertThat(line.getSubcommands().keySet())
        .contains(
            "up",
            "wearer",
            "device",
            "import",
            "simulate",
            "simulate-recording",
            "report",
            "doctor",
            "bench",
            "ingest",
            "analytics",
            "alerts",
            "history",
            "web");
    for (String command : line.getSubcommands().keySet()) {
      assertThat(run(command, "--help")).as(command).isZero();
    }
    assertThat(run("--help")).isZero();
    assertThat(out.toString()).contains("./lumbar up --lan").doesNotContain("\n  warm-up");
  }

  /** An admin's token copies nothing that it may not read. */
  @Test
  void helpSaysWhoseTokenABackupTakes() {
    assertThat(run("backup", "--help")).isZero();
    assertThat(out.toString().replaceAll("\\s+", " "))
        .contains("only with the owner's token", "an admin's manages, but reads no health data");
  }

  /** As a timer runs it every night. */
  @Test
  void aBackupIntoAFolderIsNamedByTheTime() throws IOException {
    Path folder = Files.createDirectory(scratch.resolve("backups"));
    now = Instant.parse("2026-03-02T23:30:00Z");
    for (String name : List.of("lumbar-20260302T233000Z.zip", "lumbar-20260303T233000Z.zip")) {
      answers.add(new Answer(200, "zip"));
      assertThat(run("backup", "--out", folder.toString())).isZero();
      assertThat(folder.resolve(name)).hasContent("zip");
      now = now.plusSeconds(86_400);
    }
    answers.add(new Answer(200, "zip"));
    Path same = folder.resolve("lumbar-20260302T233000Z.zip");
    assertThat(run("backup", "--out", same.toString())).isEqualTo(1);
    assertThat(err.toString()).contains("exists already");
  }

  @Test
  void aRoleSaysEverythingItMisses() {
    assertThat(run("web")).isEqualTo(1);
    assertThat(err.toString())
        .contains("web needs LUMBAR_KAFKA_BOOTSTRAP_SERVERS")
        .contains("web needs LUMBAR_INFLUX_URL")
        .contains("web needs LUMBAR_COOKIE_KEY")
        .contains("web needs LUMBAR_ADMIN_TOKEN");
  }

  @Test
  void doctorFindsTheRunningInstanceAndEndsWithOneWhenItIsIll() {
    answers.add(new Answer(503, "{}"));
    assertThat(run("doctor")).isEqualTo(1);
    assertThat(out.toString().lines())
        .anyMatch(line -> line.startsWith("ok      Java"))
        .anyMatch(line -> line.startsWith("ok      Data folder"))
        .anyMatch(line -> line.contains("Clock"))
        .anyMatch(line -> line.contains("Network"))
        .anyMatch(line -> line.startsWith("BROKEN  Running") && line.contains("a part is ill"))
        .anyMatch(line -> line.startsWith("note    https") && line.contains("travel readable"));
  }

  @Test
  void doctorSeesAClockThatStandsBeforeTheProgramWasBuilt() {
    now = Instant.parse("2001-01-01T00:00:00Z");
    answers.add(new Answer(200, "{}"));
    assertThat(run("doctor")).isEqualTo(1);
    assertThat(out.toString().lines())
        .anyMatch(line -> line.startsWith("BROKEN  Clock") && line.contains("automatic time"));
  }

  private int run(String... arguments) {
    return commandLine().execute(arguments);
  }

  private CommandLine commandLine() {
    Surroundings surroundings =
        new Surroundings(environment, scratch, InstantSource.fixed(now), false);
    return Main.commandLine(
            surroundings,
            (site, fault) -> {
              throw new UserMistake("nothing is started here");
            })
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true));
  }

  private void answer(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    Answer answer = answers.isEmpty() ? new Answer(500, "{}") : answers.remove();
    requests.add(
        exchange.getRequestMethod()
            + " "
            + exchange.getRequestURI()
            + " "
            + exchange.getRequestHeaders().getFirst("Authorization")
            + " "
            + body);
    byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(answer.status(), bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }
}
