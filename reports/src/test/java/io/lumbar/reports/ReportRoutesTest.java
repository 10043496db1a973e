package io.lumbar.reports;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.lumbar.model.Json;
import io.lumbar.model.Placement;
import io.lumbar.reports.render.Edition;
import io.lumbar.reports.trends.Figure;
import io.lumbar.reports.trends.Trend;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReportRoutesTest {
  private static final String REPORTS = "/api/v1/wearers/Mira/reports";
  private static final String TRENDS = "/api/v1/wearers/w_mira/trends";

  private ReportsServer server;

  @BeforeEach
  void start() {
    server = new ReportsServer(() -> SeededDay.NOW);
    SeededDay.into(server.history);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void writesWhatTheClientAsksFor() {
    HttpResponse<String> page = accepting("text/html,application/xhtml+xml,*/*;q=0.8");

    assertThat(page.headers().firstValue("Content-Type")).hasValue("text/html;charset=utf-8");
    assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
        .contains("default-src 'none'");
    assertThat(page.body())
        .contains("<h1>Wednesday 4 March 2026</h1>", "Yesterday, Tuesday 3 March")
        .contains("<p class=\"filing\">Of Mira, id w_mira.");
    assertThat(accepting("application/json").body())
        .contains("\"date\" : \"2026-03-04\"")
        .doesNotContain("\"edition\"");
    assertThat(accepting("text/csv").body()).startsWith("date,about,figure");
    assertThat(accepting("text/plain").body()).startsWith("Wednesday 4 March 2026, Mira\n");
    assertThat(accepting("text/plain").body().replaceAll("\\s+", " "))
        .contains("Of Mira, id w_mira. Times are of Europe/Berlin. Made on 4 March 2026 at ");
    assertThat(accepting("application/json;q=0.5, text/csv").body()).startsWith("date,");
    assertThat(accepting("image/png").statusCode()).isEqualTo(400);
    assertThat(server.get("w_mira", REPORTS + "/today?format=text").body())
        .startsWith("Wednesday 4 March 2026, Mira\n");
  }

  @Test
  void saysWhenAReportWasMadeAgain() {
    server.editions.put(
        SeededDay.DATE, new Edition(2, OffsetDateTime.parse("2026-03-04T14:10:00+01:00")));

    assertThat(accepting("text/plain").body())
        .contains("Made again on Wednesday 4 March at 14:10, because something changed since.");
    assertThat(accepting("application/json").body()).contains("\"number\" : 2");
  }

  /** New numbers stand under no time of before. */
  @Test
  void saysThatLateDataMadeAnotherOneOfIt() {
    server.editions.put(
        SeededDay.DATE, new Edition(1, OffsetDateTime.parse("2026-03-04T09:00:00+01:00")));
    assertThat(accepting("text/plain").body().replaceAll("\\s+", " "))
        .contains("Made on 4 March 2026 at 09:00.")
        .doesNotContain("Made again");

    server.changedSince = true;
    assertThat(accepting("text/plain").body().replaceAll("\\s+", " "))
        .contains("Made again on Wednesday 4 March at ", "because something changed since.")
        .doesNotContain("at 09:00");
    assertThat(accepting("application/json").body()).doesNotContain("\"edition\"");
    assertThat(json(server.get("w_mira", REPORTS)).findValue("edition").path("number").asInt())
        .isEqualTo(1);
  }

  @Test
  void refusesWithASentence() {
    assertThat(detail(server.get("w_mira", REPORTS + "/2026-3-4"))).contains("2026-03-02, today");
    assertThat(detail(server.get("w_mira", REPORTS + "/2026-03-05")))
        .contains("is made on that morning", "2026-03-04");
    assertThat(detail(server.get("w_mira", REPORTS + "/today?format=docx")))
        .contains("html, json, csv, text, pdf or email");
    for (String longAgo : List.of("0000-W01", "0001-01", "1969-12-31")) {
      HttpResponse<String> answer = server.get("w_mira", REPORTS + "/" + longAgo);
      assertThat(answer.statusCode()).as(longAgo).isEqualTo(404);
      assertThat(detail(answer)).isEqualTo("Nothing was measured before 1970.");
    }
    assertThat(server.get("w_tom", REPORTS + "/today").statusCode()).isEqualTo(404);
    assertThat(server.get("admin", REPORTS + "/today").statusCode()).isEqualTo(403);
    assertThat(detail(server.get("w_mira", TRENDS))).contains("Give 'figure'", "longest-sitting");
    assertThat(detail(server.get("w_mira", TRENDS + "?figure=naps"))).contains("'naps' is not one");
    assertThat(detail(server.get("w_mira", TRENDS + "?figure=steps&days=0")))
        .contains("from 1 to 731");
    assertThat(detail(server.get("w_mira", TRENDS + "?figure=steps&from=2020-01-01")))
        .contains("two years at most");
  }

  @Test
  void listsTheMorningsThatHaveAReport() {
    JsonNode list = json(server.get("w_mira", REPORTS));

    assertThat(list.path("items").findValuesAsText("date")).containsExactly("2026-03-04");
    assertThat(list.path("items").get(0).path("href").asText())
        .isEqualTo("/api/v1/wearers/w_mira/reports/2026-03-04");
    assertThat(json(server.get("w_mira", REPORTS + "?to=2026-03-03")).path("items")).isEmpty();
  }

  @Test
  void followsAFigureOverTime() {
    JsonNode trend =
        json(server.get("w_mira", TRENDS + "?figure=steps,sitting&from=2026-03-01&to=2026-03-03"))
            .path("items")
            .get(0);

    assertThat(trend.path("figure").asText()).isEqualTo("steps");
    assertThat(trend.path("points")).hasSize(3);
    assertThat(trend.path("points").get(0).path("value").isNull()).isTrue();
    assertThat(trend.path("points").get(2).path("value").asDouble()).isEqualTo(6412);
    assertThat(trend.path("points").get(2).path("seenMinutes").asDouble()).isPositive();
    assertThat(trend.path("change").isNull()).isTrue();
  }

  @Test
  void callsAnEstimateOne() {
    LocalDate date = LocalDate.of(2026, 3, 4);
    Trend trend =
        new Trend(
            Figure.PRONE,
            date,
            date,
            List.of(new Trend.Point(date, 39.0, null, false, false, Placement.THIGH, null, null)),
            null,
            null);
    JsonNode answer = Json.mapper().valueToTree(TrendAnswer.of(trend));
    assertThat(answer.path("estimated").asInt()).isEqualTo(1);
    assertThat(answer.path("points").get(0).path("estimatedFrom").asText()).isEqualTo("thigh");
    assertThat(
            json(server.get("w_mira", TRENDS + "?figure=steps&days=1")).findValue("points").get(0))
        .hasSizeGreaterThan(2)
        .noneMatch(field -> field.isTextual() && field.asText().equals("thigh"));
  }

  @Test
  void showsTrendsAsAPage() {
    HttpResponse<String> page = accepting(TRENDS + "?days=7", "text/html,*/*;q=0.8");

    assertThat(page.body()).contains("<h1>7 days</h1>", "Steps", "aria-current=\"page\">7 days");
    assertThat(page.body()).doesNotContain("On the front", "Nothing was measured or told");

    page = accepting(TRENDS + "?figure=steps,prone,pain&days=7", "text/html,*/*;q=0.8");
    assertThat(page.body())
        .contains("<h2>Steps</h2>")
        .contains("<p>Nothing was measured or told in this time of: On the front, Pain.</p>");
  }

  @Test
  void answers503WhileTheHistoryIsAway() {
    server.history.away = true;

    assertThat(server.get("w_mira", REPORTS + "/" + LocalDate.of(2026, 3, 4)).statusCode())
        .isEqualTo(503);
  }

  private HttpResponse<String> accepting(String accept) {
    return accepting(REPORTS + "/2026-03-04", accept);
  }

  private HttpResponse<String> accepting(String path, String accept) {
    return server.send(
        HttpRequest.newBuilder(server.uri(path))
            .header("Authorization", "Bearer w_mira")
            .header("Accept", accept)
            .build());
  }

  private static String detail(HttpResponse<String> response) {
    return json(response).path("detail").asText();
  }

  private static JsonNode json(HttpResponse<String> response) {
    return Json.read(response.body().getBytes(StandardCharsets.UTF_8), JsonNode.class);
  }
}
