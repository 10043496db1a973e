package io.lumbar.ingest.format.healthautoexport;

import static io.lumbar.ingest.format.Collected.fixture;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lumbar.http.ApiException;
import io.lumbar.ingest.format.Collected;
import io.lumbar.model.Observation;
import io.lumbar.model.Posture;
import io.lumbar.model.PostureObservation;
import io.lumbar.model.StepCounterObservation;
import io.lumbar.model.StepsObservation;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HealthAutoExportTest {

  @ParameterizedTest
  @CsvSource({
    "2021-12-24 00:04:00 +0800, 2021-12-23T16:04:00Z",
    "2021-12-24 12:04:00\u202fam +0800, 2021-12-23T16:04:00Z",
    "2021-12-24 12:04:00 PM +0800, 2021-12-24T04:04:00Z",
    "2021-12-24 1:04:00 pm -0330, 2021-12-24T16:34:00Z",
    "2021-12-18 02:21:06 +0800, 2021-12-17T18:21:06Z",
    "2023-01-31 00:23:47 +0800, 2023-01-30T16:23:47Z"
  })
  void readsEveryWayInWhichTheAppWritesADate(String text, String instant) {
    assertThat(AppleDates.parse(text)).isEqualTo(instant);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "2021-12-24",
        "2021-12-24 00:04:00",
        "2021-13-24 00:04:00 +0800",
        "2021-12-24 13:04:00 pm +0800",
        "2021-12-24 00:04:00 +9900"
      })
  void refusesADateThatIsNone(String text) {
    assertThatThrownBy(() -> AppleDates.parse(text))
        .isInstanceOf(DateTimeException.class)
        .hasMessageMatching(".*(as in 2026-03-02 09:31:00 \\+0100|12-hour clock)");
  }

  @Test
  void readsMinutesOfStepsAndCountsOtherMetrics() {
    Collected found = of("minutes.json");

    assertThat(found.refused).isEmpty();
    assertThat(found.received()).isEqualTo(5);
    assertThat(found.ignored).isEqualTo(2);
    StepsObservation second = (StepsObservation) found.observations.get(1);
    assertThat(second.steps()).isEqualTo(49);
    assertThat(second.from()).isEqualTo("2026-05-04T08:32:00Z");
    assertThat(second.to()).isEqualTo("2026-05-04T08:33:00Z");
  }

  @Test
  void theNameMayStandBehindTheRows() {
    String rows =
        "[{'qty':412,'date':'2026-05-04 08:00:00 +0100'},{'qty':10,'date':'2026-05-04 08:01:00 +0100'}]";
    Collected found =
        Collected.of(
            new HealthAutoExport(),
            "{'data':{'metrics':[{'data':%s,'units':'count','name':'step_count'},{'data':%s,'name':'heart_rate'},{'data':%s}]}}"
                .formatted(rows, rows, rows));
    assertThat(found.refused).isEmpty();
    assertThat(found.observations).hasSize(2);
    assertThat(((StepsObservation) found.observations.get(0)).steps()).isEqualTo(412);
    assertThat(found.ignored).isEqualTo(4);
  }

  @Test
  void aDaysSumCoversNoMinute() {
    Collected found = of("days.json");
    assertThat(found.received()).isEqualTo(2);
    assertThat(found.observations).hasSize(4).allMatch(StepCounterObservation.class::isInstance);
  }

  @ParameterizedTest
  @CsvSource({
    "412, 09:00:00, PT1H",
    "412, 00:00:00, PT24H",
    "412, 12:00:00 AM, PT24H",
    "120, 09:00:00, PT1M"
  })
  void aRowAloneIsADayOnlyWhereItBeginsWithOne(int steps, String time, Duration length) {
    List<Observation> found =
        Collected.of(
                new HealthAutoExport(),
                "{'data':{'metrics':[{'name':'step_count','data':[{'qty':%d,'date':'2026-05-20 %s +0100'}]}]}}"
                    .formatted(steps, time))
            .observations;
    Instant first =
        found.get(0) instanceof StepsObservation one
            ? one.from()
            : ((StepCounterObservation) found.get(0)).at();
    Instant last =
        found.get(found.size() - 1) instanceof StepsObservation one
            ? one.to()
            : ((StepCounterObservation) found.get(found.size() - 1)).at();
    assertThat(Duration.between(first, last)).isEqualTo(length);
  }

  @Test
  void csvIsRefusedWithWhatToChange() {
    byte[] csv = "--x\r\nDate,Step Count\r\n".getBytes(StandardCharsets.UTF_8);
    assertThatThrownBy(
            () ->
                Collected.of(
                    new HealthAutoExport(),
                    csv,
                    Map.of("Content-Type", "multipart/form-data; boundary=x")))
        .isInstanceOfSatisfying(ApiException.class, e -> assertThat(e.status()).isEqualTo(415))
        .hasMessageContaining("JSON");
  }

  @Test
  void aDayThatIsNotOverIsLeftForLater() {
    String body =
        "{'data':{'metrics':[{'name':'step_count','data':[{'qty':412,'date':'2026-06-01 00:00:00"
            + " +0100'}]}]}}";
    byte[] bytes = body.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    Collected found =
        Collected.of(new HealthAutoExport(), bytes, Map.of("automation-aggregation", "Days"));
    assertThat(found.ignored).isEqualTo(1);
    assertThat(found.observations).isEmpty();
  }

  @Test
  void sleepIsLyingWhereAStageSaysAsleep() {
    Collected found = of("sleep-stages.json");
    assertThat(found.ignored).isEqualTo(2);
    PostureObservation core = (PostureObservation) found.observations.get(0);
    assertThat(core.posture()).isEqualTo(Posture.LYING);
    assertThat(core.from()).isEqualTo("2026-05-03T22:04:10Z");
    assertThat(core.position()).isNull();
    assertThat(found.observations).hasSize(2);
  }

  @Test
  void takesStandingOnlyWhereARowWasStoodThrough() {
    String rows =
        "{'qty':5,'date':'2026-05-04 09:00:00 +0100'},{'qty':4.99,'date':'2026-05-04 09:05:00 +0100'},"
            + "{'qty':3,'date':'2026-05-04 09:10:00 +0100'},{'qty':12,'date':'2026-05-04 10:00:00 +0100'}";
    Collected found = stood(rows);
    assertThat(found.ignored).isEqualTo(2);
    PostureObservation first = (PostureObservation) found.observations.get(0);
    assertThat(first.posture()).isEqualTo(Posture.UPRIGHT);
    assertThat(first.from()).isEqualTo("2026-05-04T08:00:00Z");
    assertThat(first.to()).isEqualTo("2026-05-04T08:05:00Z");
    assertThat(first.stamp().device().value()).isEqualTo("d_1-stand");
    assertThat(found.observations).hasSize(2);

    // By the hour, or alone, nobody knows which minutes they were.
    String hours =
        "{'qty':60,'date':'2026-05-04 09:00:00 +0100'},{'qty':20,'date':'2026-05-04 10:00:00 +0100'}";
    assertThat(stood(hours).ignored).isEqualTo(2);
    assertThat(stood("{'qty':1,'date':'2026-05-04 09:00:00 +0100'}").ignored).isEqualTo(1);
    assertThat(stood(rows.replace("5,", "'a',")).refused).isNotEmpty();
  }

  private static Collected stood(String rows) {
    return Collected.of(
        new HealthAutoExport(),
        "{'data':{'metrics':[{'name':'apple_stand_time','units':'min','data':[%s]}]}}"
            .formatted(rows));
  }

  @Test
  void readsNightsOfOldAndNewVersions() {
    Collected found = of("sleep-nights.json");
    assertThat(found.received()).isEqualTo(3);
    assertThat(found.ignored).isEqualTo(1);
    PostureObservation old = (PostureObservation) found.observations.get(0);
    assertThat(old.from()).isEqualTo("2026-05-02T17:15:02Z");
    assertThat(old.to()).isEqualTo("2026-05-02T23:51:02Z");
    PostureObservation newer = (PostureObservation) found.observations.get(1);
    assertThat(newer.from()).isEqualTo("2026-05-03T16:31:00Z");
  }

  @Test
  void toleratesWhatIsMissingAndRefusesWhatIsWrong() {
    assertThat(Collected.of(new HealthAutoExport(), "{}").received()).isZero();
    assertThat(Collected.of(new HealthAutoExport(), "{'data':{}}").received()).isZero();
    assertThat(
            Collected.of(
                    new HealthAutoExport(),
                    "{'data':{'metrics':[{'name':'step_count','data':[{'qty':1,'date':null}]}]}}")
                .refused)
        .containsExactly("data.metrics[0].data[0].date: missing");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'data':{'metrics':{'name':'step_count'}}} | data.metrics: must be a list",
        "{'data':[]} | data: must be an object",
        "{'metrics':[{'name':'step_count'}]} | metrics: must stand within data, as in {\"data\":{\"metrics\":[...]}}",
        "{'timestamp':'2026-05-04T08:00:00Z','steps':[]} | steps: this is a body of HC Webhook; send it to /api/v1/ingest/health-connect"
      })
  void refusesAWrongShapeByWhatToMend(String body, String reason) {
    assertThatThrownBy(() -> Collected.of(new HealthAutoExport(), body))
        .isInstanceOfSatisfying(ApiException.class, e -> assertThat(e.status()).isEqualTo(400))
        .hasMessage(reason);
  }

  @Test
  void aMetricWithoutAListSinksNoOther() {
    Collected found =
        Collected.of(
            new HealthAutoExport(),
            "{'data':{'metrics':[{'data':{'qty':5},'name':'step_count'},"
                + "{'name':'heart_rate','data':{}},{'name':'step_count','data':null},"
                + "{'name':'step_count','data':[{'qty':5,'date':'2026-05-04 09:00:00 +0100'}]}]}}");
    assertThat(found.refused).containsExactly("data.metrics[0].data: must be a list");
    assertThat(found.ignored).isEqualTo(1);
    assertThat(found.observations).hasSize(1);
  }

  private static Collected of(String name) {
    return Collected.of(new HealthAutoExport(), fixture("healthautoexport", name), Map.of());
  }
}
