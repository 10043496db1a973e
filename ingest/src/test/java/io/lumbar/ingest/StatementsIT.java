package io.lumbar.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.lumbar.http.Registry;
import io.lumbar.http.testing.TestClient;
import io.lumbar.model.Calibration;
import io.lumbar.model.CheckIn;
import io.lumbar.model.Correction;
import io.lumbar.model.DayTag;
import io.lumbar.model.Device;
import io.lumbar.model.Json;
import io.lumbar.model.Placement;
import io.lumbar.model.Statement;
import io.lumbar.model.Topic;
import io.lumbar.model.Wearer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StatementsIT {
  private static final Instant NOW = Instant.parse("2026-03-02T12:00:00Z");
  @TempDir static Path folder;
  private static ServedIngest served;
  private static int wearers;

  private Wearer wearer;
  private String[] token;
  private Device device;

  @BeforeAll
  static void start() throws IOException {
    Files.createDirectories(folder.resolve("ingest"));
    Files.writeString(folder.resolve("ingest/imported.txt"), "2000-01-01 since\n");
    served = ServedIngest.start(folder, NOW);
  }

  @AfterAll
  static void stop() {
    served.close();
  }

  @BeforeEach
  void addWearer() {
    wearers++;
    Registry.Added<Wearer> added =
        served.registry().addWearer("wearer" + wearers, ZoneId.of("Europe/London"));
    wearer = added.item();
    token = bearer(added.token());
    device = served.registry().addDevice(wearer.id(), "back", Placement.LOWER_BACK).item();
  }

  @Test
  void keepsEachKindUnderTheWearersKeyBeforeItAnswers() {
    JsonNode checkIn =
        said("/api/v1/checkins", "{\"at\":\"2026-03-02T08:00:00Z\",\"pain\":4,\"stiffness\":6}");
    said(
        "/api/v1/corrections",
        "{\"from\":\"2026-03-02T10:00:00+01:00\",\"to\":\"2026-03-02T09:30:00Z\",\"was\":\"driving\"}");
    said("/api/v1/day-tags", "{\"date\":\"2026-03-02\",\"tag\":\"flare-up\"}");
    said(
        "/api/v1/calibrations",
        "{\"device\":\"%s\",\"pose\":\"standing\",\"from\":\"2026-03-02T11:00:00Z\",\"to\":\"2026-03-02T11:00:10Z\"}"
            .formatted(device.id()));

    List<Statement> kept = kept();
    assertThat(kept).hasSize(4);
    CheckIn first = (CheckIn) kept.get(0);
    assertThat(first)
        .isEqualTo(
            new CheckIn(
                checkIn.path("id").asText(),
                NOW,
                false,
                Instant.parse("2026-03-02T08:00:00Z"),
                4,
                6,
                null,
                null,
                false,
                null));
    Correction correction = (Correction) kept.get(1);
    assertThat(correction.from()).isEqualTo("2026-03-02T09:00:00Z");
    assertThat(correction.was()).isEqualTo(Correction.Was.DRIVING);
    DayTag tag = (DayTag) kept.get(2);
    assertThat(tag.date()).isEqualTo(LocalDate.of(2026, 3, 2));
    Calibration calibration = (Calibration) kept.get(3);
    assertThat(calibration.device()).isEqualTo(device.id());
    assertThat(calibration.placement()).isEqualTo(Placement.LOWER_BACK);
  }

  /** {@link ServedIngest} knows days of before 2026 as closed. */
  @Test
  void whatIsSaidOfAClosedDayIsRefusedAtOnce() {
    for (String[] one :
        new String[][] {
          {"day-tags", "{\"date\":\"2025-12-31\",\"tag\":\"ill\"}", "date: 2025-12-31 is closed"},
          {"checkins", "{\"at\":\"2025-12-31T08:00:00Z\",\"pain\":4}", "at: 2025-12-31 is closed"},
          {
            "corrections",
            "{\"from\":\"2025-12-31T08:00:00Z\",\"to\":\"2025-12-31T09:00:00Z\",\"was\":\"driving\"}",
            "to: 2025-12-31 is closed"
          }
        }) {
      TestClient.Answer refused = post("/api/v1/" + one[0], one[1], token);
      assertThat(refused.status()).isEqualTo(409);
      assertThat(refused.json().path("detail").asText()).contains(one[2]);
    }
    assertThat(kept()).isEmpty();
  }

  @Test
  void theSameSaidTwiceIsOneStatementAndCanBeTakenBack() {
    String body =
        "{\"from\":\"2026-03-02T09:00:00Z\",\"to\":\"2026-03-02T10:00:00Z\",\"was\":\"standing\"%s}";
    String id = said("/api/v1/corrections", body.formatted("")).path("id").asText();
    assertThat(said("/api/v1/corrections", body.formatted("")).path("id").asText()).isEqualTo(id);
    JsonNode back = said("/api/v1/corrections", body.formatted(",\"revoked\":true"));
    assertThat(back.path("id").asText()).isEqualTo(id);
    assertThat(back.path("revoked").asBoolean()).isTrue();

    JsonNode tag = said("/api/v1/day-tags", "{\"date\":\"2026-03-02\",\"tag\":\"ill\"}");
    JsonNode removed =
        said("/api/v1/day-tags", "{\"date\":\"2026-03-02\",\"tag\":\"ill\",\"remove\":true}");
    assertThat(removed.path("id")).isEqualTo(tag.path("id"));
    assertThat(removed.path("revoked").asBoolean()).isTrue();
  }

  @Test
  void whatIsForgottenCannotBeTakenBack() {
    String body =
        "{\"from\":\"2026-03-02T09:00:00Z\",\"to\":\"2026-03-02T10:00:00Z\",\"was\":\"forget\"%s}";
    said("/api/v1/corrections", body.formatted(""));
    TestClient.Answer refused =
        post("/api/v1/corrections", body.formatted(",\"revoked\":true"), token);
    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.json().path("detail").asText())
        .contains("what is forgotten stays so", "a correction of its own");
    assertThat(kept()).hasSize(1);
  }

  @Test
  void anIdOfTheSendersAmends() {
    said("/api/v1/checkins", "{\"id\":\"mine-1\",\"pain\":4}");
    said("/api/v1/checkins", "{\"id\":\"mine-1\",\"pain\":2}");
    assertThat(kept()).extracting(Statement::id).containsExactly("mine-1", "mine-1");
  }

  @Test
  void aSecondExperimentAtOnceIsRefusedUntilTheFirstIsTakenBack() {
    String pillow = "{\"from\":\"2026-03-03\",\"change\":\"pillow\"%s}";
    String mattress = "{\"from\":\"2026-03-20\",\"change\":\"mattress\"}";
    said("/api/v1/experiments", pillow.formatted(""));
    TestClient.Answer refused = post("/api/v1/experiments", mattress, token);
    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.json().path("detail").asText())
        .contains("the experiment pillow", "2026-03-03 to 2026-03-30", "begin on 2026-03-31");
    assertThat(kept()).hasSize(1);
    said("/api/v1/experiments", pillow.formatted(",\"revoked\":true"));
    said("/api/v1/experiments", mattress);
    assertThat(kept()).hasSize(3);
  }

  @Test
  void aWeightWithoutRepetitionsWasLiftedOnce() {
    JsonNode lift = said("/api/v1/checkins", "{\"liftedKg\":18.5}");
    assertThat(lift.path("repetitions").asInt()).isEqualTo(1);
    assertThat(lift.path("at").asText()).isEqualTo("2026-03-02T12:00:00Z");
  }

  @Test
  void theOwnerNamesTheWearerAndNobodyElseSpeaksForThem() {
    String[] owner = bearer(ServedIngest.OWNER);
    String pain = "{\"pain\":1%s}";
    assertThat(post("/api/v1/checkins", pain.formatted(""), owner).status()).isEqualTo(400);
    assertThat(post("/api/v1/checkins?wearer=" + wearer.id(), pain.formatted(""), owner).status())
        .isEqualTo(200);
    String named = ",\"wearer\":\"" + wearer.name() + "\"";
    assertThat(post("/api/v1/checkins", pain.formatted(named), owner).status()).isEqualTo(200);
    assertThat(post("/api/v1/checkins", pain.formatted(named), token).status()).isEqualTo(200);
    assertThat(kept()).hasSize(3);

    String other = ",\"wearer\":\"somebody\"";
    assertThat(post("/api/v1/checkins", pain.formatted(other), owner).status()).isEqualTo(400);
    assertThat(post("/api/v1/checkins", pain.formatted(other), token).status()).isEqualTo(403);
    String[] upload =
        bearer(served.registry().addDevice(wearer.id(), "leg", Placement.THIGH).token());
    assertThat(post("/api/v1/checkins", pain.formatted(""), upload).status()).isEqualTo(403);
    assertThat(post("/api/v1/checkins", pain.formatted(named), bearer(ServedIngest.ADMIN)).status())
        .isEqualTo(403);
    assertThat(post("/api/v1/checkins", pain.formatted("")).status()).isEqualTo(401);
    assertThat(kept()).hasSize(3);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "checkins; {}; a check-in says at least one thing",
        "checkins; []; one JSON object",
        "checkins; {\"pain\":11}; pain must be between 0 and 10",
        "checkins; {\"pain\":3.5}; pain: must be a whole number",
        "checkins; {\"pain\":\"3\"}; pain: must be a whole number",
        "checkins; {\"note\":\"x\"}; note: unknown field",
        "checkins; {\"liftedKg\":-2}; liftedKg must be above 0",
        "checkins; {\"repetitions\":2}; go together",
        "checkins; {\"heavierThanUsual\":1}; heavierThanUsual: must be true or false",
        "checkins; {\"stretchDone\":\"../x\"}; stretchDone: must be the id of a stretch",
        "checkins; {\"pain\":1,\"at\":\"2026-03-02T12:05:01Z\"}; at: clock: more than 5 minutes"
            + " ahead",
        "checkins; {\"pain\":1,\"at\":\"2026-03-02T09:00\"}; at: must be written as in",
        "checkins; {\"pain\":1,\"at\":\"1999-03-02T09:00Z\"}; before the year 2000",
        "checkins; {\"pain\":1,\"id\":\"a b\"}; id must match",
        "corrections; {\"from\":\"2026-03-02T09:00Z\",\"was\":\"driving\"}; to: missing",
        "corrections;"
            + " {\"from\":\"2026-03-02T09:00Z\",\"to\":\"2026-03-02T09:00Z\",\"was\":\"driving\"};"
            + " must be before to",
        "corrections;"
            + " {\"from\":\"2026-03-02T09:00:00.0001Z\",\"to\":\"2026-03-02T09:00:00.0004Z\","
            + "\"was\":\"forget\"}; by a millisecond at least",
        "corrections;"
            + " {\"from\":\"2026-02-02T09:00Z\",\"to\":\"2026-03-02T09:00Z\",\"was\":\"forget\"};"
            + " at most 24 h",
        "corrections;"
            + " {\"from\":\"2026-03-02T09:00Z\",\"to\":\"2026-03-02T10:00Z\",\"was\":\"flying\"};"
            + " was: 'flying' is not one of sitting",
        "day-tags; {\"date\":\"02.03.2026\",\"tag\":\"ill\"}; date: must be written as in",
        "day-tags; {\"date\":\"2028-03-02\",\"tag\":\"ill\"}; date: must be between",
        "day-tags; {\"date\":\"2026-03-02\"}; tag: missing",
        "calibrations; {\"pose\":\"standing\"}; device: missing",
        "calibrations; {\"device\":\"d_none\",\"pose\":\"standing\"}; device: the wearer has no"
            + " device"
      })
  void refusesWhatBreaksARuleAndNamesIt(String path, String body, String words) {
    TestClient.Answer answer = post("/api/v1/" + path, body, token);
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.json().path("detail").asText()).contains(words);
    assertThat(kept()).isEmpty();
  }

  private JsonNode said(String path, String body) {
    TestClient.Answer answer = post(path, body, token);
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    return answer.json();
  }

  private static TestClient.Answer post(String path, String body, String... headers) {
    return served.client().post(path, body, headers);
  }

  private List<Statement> kept() {
    return served.records(Topic.CHECKINS, wearer.id()).stream()
        .map(record -> Json.read(record.value(), Statement.class))
        .toList();
  }

  private static String[] bearer(String token) {
    return new String[] {"Authorization", "Bearer " + token};
  }
}
