package io.lumbar.alerts.stretches;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.Javalin;
import io.javalin.http.Context;
import io.lumbar.http.ApiException;
import io.lumbar.http.Principal;
import io.lumbar.http.SettingsPatch;
import io.lumbar.model.Json;
import io.lumbar.model.StretchProfile;
import io.lumbar.model.Wearer;
import io.lumbar.model.WearerId;
import io.lumbar.model.WearerSettings;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RoutineRoutesTest {
  /** Half past eleven in the evening of UTC is the next day in Berlin. */
  private static final Instant NOW = Instant.parse("2026-03-04T23:30:00Z");

  private static final LocalDate TODAY = LocalDate.of(2026, 3, 5);
  private static final String BASE = "/api/v1/wearers/w_anna/";

  /** No word that asks for walking or standing. */
  private static final String NO_WALK = "(?is)(?!.*\\b(walk|stand|get up|gehen|stehen)).*";

  private final OneWearer registry =
      new OneWearer(
          new Wearer(
              new WearerId("w_anna"),
              "Anna",
              "00",
              List.of(new Wearer.ZoneFrom(ZoneId.of("Europe/Berlin"), Instant.EPOCH)),
              WearerSettings.defaults()));
  private final Map<LocalDate, Integer> pains = new HashMap<>();
  private final List<String> asked = new ArrayList<>();
  private final HttpClient client = HttpClient.newHttpClient();
  private Javalin server;

  @BeforeEach
  void start() {
    RoutineRoutes routes =
        new RoutineRoutes(
            registry,
            this::principal,
            (wearer, day) -> {
              asked.add(wearer.value() + " " + day);
              return new DayFacts(75, 3, 0, 0, false, false, pains);
            },
            () -> NOW);
    server =
        Javalin.create(
                config -> {
                  config.startup.showJavalinBanner = false;
                  config.startup.startupWatcherEnabled = false;
                  routes.addTo(config.routes);
                  new StretchRoutes().addTo(config.routes);
                  new StretchPages(this::principal).addTo(config.routes);
                  config.routes.exception(
                      ApiException.class,
                      (fault, context) ->
                          context
                              .status(fault.status())
                              .result(String.valueOf(fault.getMessage())));
                })
            .start("127.0.0.1", 0);
  }

  @AfterEach
  void stop() {
    server.stop();
  }

  @Test
  void keepsAProfileAndFiltersByIt() throws Exception {
    assertThat(send("PATCH", "stretch-profile", "{\"conditions\":[\"cannot-stand\"]}").statusCode())
        .isEqualTo(200);
    JsonNode kept = json(send("PATCH", "stretch-profile", "{\"liked\":[\"weight-shift\"]}"));
    assertThat(kept.path("conditions").get(0).asText()).isEqualTo("cannot-stand");
    assertThat(kept.path("liked").get(0).asText()).isEqualTo("weight-shift");

    JsonNode routine = json(send("GET", "routine", null));
    assertThat(routine.path("items"))
        .isNotEmpty()
        .allMatch(item -> item.path("stretch").path("place").asText().matches("chair|bed"));
    assertThat(routine.path("advice").get(0).asText()).contains("Shifting your weight");
    assertThat(asked).containsOnly("w_anna " + TODAY);
    JsonNode all = json(send("GET", "stretches?place=standing,chair", null));
    assertThat(all.path("items"))
        .anyMatch(item -> !item.path("suits").asBoolean())
        .anyMatch(item -> item.path("suits").asBoolean());
  }

  /** Half past midnight in Berlin: a shift that began the evening before. */
  @Test
  void inWorkingHoursItKeepsToAChairAndStandingUnlessAskedOtherwise() throws Exception {
    assertThat(json(send("GET", "routine", null)).path("places"))
        .extracting(JsonNode::asText)
        .containsExactly("chair", "standing", "floor", "bed");
    workingHours("22:00", "06:00");
    JsonNode atWork = json(send("GET", "routine", null));
    assertThat(atWork.path("places"))
        .extracting(JsonNode::asText)
        .containsExactly("chair", "standing");
    assertThat(atWork.path("items"))
        .isNotEmpty()
        .allMatch(item -> item.path("stretch").path("place").asText().matches("chair|standing"));
    JsonNode asked = json(send("GET", "routine?place=floor,bed,chair,standing", null));
    assertThat(asked.path("items"))
        .anyMatch(item -> item.path("stretch").path("place").asText().matches("floor|bed"));
    JsonNode named = json(send("GET", "routine?exercises=cat-cow", null));
    assertThat(named.path("items")).hasSize(1);
    assertThat(named.path("places")).isEmpty();

    workingHours("08:00", "17:00");
    assertThat(json(send("GET", "routine", null)).path("places")).hasSize(4);
  }

  @Test
  void aRoutineThatStaysShortSaysWhy() throws Exception {
    send("PATCH", "stretch-profile", "{\"conditions\":[\"cannot-stand\"]}");
    JsonNode inRounds = json(send("GET", "routine", null));
    assertThat(inRounds.path("minutes").asDouble()).isGreaterThanOrEqualTo(10);
    assertThat(inRounds.has("text")).isFalse();
    JsonNode inBed = json(send("GET", "routine?place=bed", null));
    assertThat(inBed.path("items")).isNotEmpty();
    assertThat(inBed.path("minutes").asDouble()).isLessThan(10);
    assertThat(inBed.path("text").asText()).startsWith("Few exercises fit what you told us");
    JsonNode asked = json(send("GET", "routine?place=bed&minutes=5", null));
    assertThat(asked.has("text")).as("no more was asked for").isFalse();
  }

  private void workingHours(String from, String to) {
    ObjectNode change = Json.mapper().createObjectNode();
    change.putObject("alerts").putArray("workingHours").addObject().put("from", from).put("to", to);
    registry.changeSettings(
        new WearerId("w_anna"), known -> SettingsPatch.apply(known, change.deepCopy()));
  }

  @Test
  void thoseThatAreNamedComeInTheirOrderAsFarAsTheySuit() throws Exception {
    JsonNode named = json(send("GET", "routine?exercises=glute-bridge,cat-cow,glute-bridge", null));
    assertThat(named.path("items"))
        .extracting(item -> item.path("stretch").path("id").asText())
        .containsExactly("glute-bridge", "cat-cow", "glute-bridge");
    assertThat(named.path("items"))
        .extracting(item -> item.path("again").asBoolean())
        .as("a link has the rounds of its report")
        .containsExactly(false, false, true);

    send("PATCH", "stretch-profile", "{\"hurts\":[\"cat-cow\"]}");
    assertThat(json(send("GET", "routine?exercises=glute-bridge,cat-cow", null)).path("items"))
        .hasSize(1);
    assertThat(
            json(send("GET", "routine?exercises=glute-bridge,own-gone-since", null)).path("items"))
        .hasSize(1);
    assertThat(send("GET", "routine?exercises=glute-bridge,nothing", null).body())
        .isEqualTo("exercises: there is no 'nothing'; the list of stretches has the ids");
  }

  @Test
  void theDiaryBelongsToTheWearersDay() throws Exception {
    send("POST", "stretch-diary", "{\"pain\":3}");
    JsonNode kept =
        json(send("POST", "stretch-diary", "{\"done\":[\"walk\",\"cat-cow\"],\"pain\":2}"));
    JsonNode day = kept.path("diary").path(TODAY.toString());
    assertThat(day.path("pain").asInt()).isEqualTo(3);
    assertThat(day.path("done")).hasSize(2);
  }

  @Test
  void thePainBeforeARoutineStaysBesideThatAfterIt() throws Exception {
    send("POST", "stretch-diary", "{\"pain\":4}");
    send("POST", "stretch-diary", "{\"done\":[\"walk\"],\"painBefore\":4,\"painAfter\":2}");
    JsonNode kept = json(send("POST", "stretch-diary", "{\"done\":[],\"painAfter\":5}"));
    JsonNode day = kept.path("diary").path(TODAY.toString());
    assertThat(day.path("routines").toString())
        .isEqualTo("[{\"before\":4,\"after\":2},{\"after\":5}]");
    assertThat(day.path("pain").asInt()).isEqualTo(5);
    assertThat(day.path("done")).hasSize(1);
  }

  @Test
  void aPainfulDayGetsAWalkAndNoExercises() throws Exception {
    JsonNode routine = json(send("GET", "routine?pain=8&lang=de", null));
    assertThat(routine.path("gate").asText()).isEqualTo("pain");
    assertThat(routine.path("text").asText()).contains("Ein Tag zum Gehen");
    assertThat(routine.path("items")).hasSize(1);
    assertThat(routine.path("items").get(0).path("stretch").path("id").asText()).isEqualTo("walk");
  }

  @Test
  void aSignStopsRoutineAndGalleryUntilItIsAnsweredAnew() throws Exception {
    JsonNode first = json(send("GET", "red-flags", null));
    assertThat(first.has("answer")).isFalse();

    JsonNode kept = json(send("POST", "red-flags", "{\"flags\":[\"weeks\",\"saddle\"]}"));
    assertThat(kept.path("answer").toString())
        .isEqualTo("{\"level\":\"emergency\",\"on\":\"2026-03-05\"}");
    assertThat(kept.path("stop").path("text").asText()).contains("Call 112");
    JsonNode routine = json(send("GET", "routine?exercises=cat-cow&lang=de", null));
    assertThat(routine.path("gate").asText()).isEqualTo("stopped");
    assertThat(routine.path("stop").path("title").asText())
        .isEqualTo("Bitte holen Sie jetzt Hilfe");
    assertThat(routine.path("items")).isEmpty();
    JsonNode gallery = json(send("GET", "stretches", null));
    assertThat(gallery.path("items")).isEmpty();
    assertThat(gallery.path("stop").path("since").asText()).isEqualTo("2026-03-05");
    send("PATCH", "stretch-profile", "{\"liked\":[\"walk\"]}");
    send("POST", "stretch-diary", "{\"pain\":1}");
    assertThat(json(send("GET", "stretches", null)).path("items")).isEmpty();

    JsonNode lesser = json(send("POST", "red-flags", "{\"flags\":[\"weeks\"]}"));
    assertThat(lesser.path("stop").path("level").asText()).isEqualTo("emergency");
    assertThat(json(send("GET", "routine", null)).path("items")).isEmpty();
    assertThat(json(send("POST", "red-flags", "{\"flags\":[]}")).has("stop")).isFalse();
    assertThat(json(send("GET", "stretches", null)).path("items")).isNotEmpty();
    send("POST", "red-flags", "{\"flags\":[\"weeks\"]}");
    assertThat(json(send("GET", "routine", null)).path("advice").get(0).asText())
        .contains("which exercises suit you");
  }

  @Test
  void thePainOfCheckInsCountsLikeThatOfTheDiary() throws Exception {
    send("POST", "stretch-diary", "{\"pain\":2}");
    pains.put(TODAY, 8);
    JsonNode routine = json(send("GET", "routine", null));
    assertThat(routine.path("gate").asText()).isEqualTo("pain");
    assertThat(json(send("GET", "routine?pain=3", null)).has("gate")).isFalse();
    JsonNode gallery = json(send("GET", "stretches?lang=de", null));
    assertThat(gallery.path("gate").asText()).isEqualTo("pain");
    assertThat(gallery.path("text").asText()).startsWith("Ein Tag zum Gehen.");
    assertThat(gallery.path("items")).hasSize(Stretches.catalogue().all().size());

    pains.putAll(Map.of(TODAY, 4, TODAY.minusDays(1), 3, TODAY.minusDays(3), 1));
    assertThat(json(send("GET", "routine", null)).has("gate")).isFalse();
    assertThat(json(send("GET", "stretches", null)).has("gate")).isFalse();
    assertThat(json(send("GET", "stretches", null)).has("text")).isFalse();
    pains.put(TODAY.minusDays(2), 2);
    assertThat(json(send("GET", "stretches", null)).path("gate").asText()).isEqualTo("rising");
    assertThat(json(send("GET", "routine", null)).path("gate").asText()).isEqualTo("rising");
  }

  @ParameterizedTest
  @ValueSource(strings = {"en", "de"})
  void whoCannotStandIsNeverToldToWalkOnAPainfulDay(String language) throws Exception {
    send("PATCH", "stretch-profile", "{\"conditions\":[\"cannot-stand\"]}");
    pains.put(TODAY, 8);
    for (String path : List.of("routine", "stretches")) {
      JsonNode pain = json(send("GET", path + "?lang=" + language, null));
      assertThat(pain.path("gate").asText()).isEqualTo("pain");
      assertThat(pain.path("text").asText()).matches(NO_WALK).containsPattern("position|Lage");
    }
    assertThat(json(send("GET", "routine", null)).path("items")).isEmpty();
    pains.putAll(
        Map.of(TODAY, 4, TODAY.minusDays(1), 3, TODAY.minusDays(2), 2, TODAY.minusDays(3), 1));
    for (String path : List.of("routine", "stretches")) {
      JsonNode rising = json(send("GET", path + "?lang=" + language, null));
      assertThat(rising.path("gate").asText()).isEqualTo("rising");
      assertThat(rising.path("text").asText()).matches(NO_WALK).containsPattern("position|Lage");
    }
    for (String flag : List.of("fever", "saddle")) {
      String body = "{\"flags\":[\"" + flag + "\"]}";
      JsonNode stop = json(send("POST", "red-flags?lang=" + language, body)).path("stop");
      assertThat(stop.path("text").asText()).matches(NO_WALK);
      for (String path : List.of("routine", "stretches", "red-flags")) {
        JsonNode same = json(send("GET", path + "?lang=" + language, null)).path("stop");
        assertThat(same.path("text")).isEqualTo(stop.path("text"));
      }
    }
    JsonNode levels = json(send("GET", "red-flags?lang=" + language, null)).path("levels");
    assertThat(levels)
        .hasSize(3)
        .allSatisfy(level -> assertThat(level.path("text").asText()).matches(NO_WALK));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "POST; red-flags; {}; flags: a list of ids",
        "POST; red-flags; {\"flags\":[\"tired\"]}; flags: there is no 'tired'",
        "PATCH; stretch-profile; {\"redFlags\":null}; redFlags: unknown field",
        "PATCH; stretch-profile; {\"conditions\":[\"tired\"]}; conditions: 'tired' is not known",
        "PATCH; stretch-profile; {\"country\":\"Germany\"}; country: two capital letters",
        "PATCH; stretch-profile; {\"country\":\"ZZ\"}; country: no country has the letters ZZ; use",
        "PATCH; stretch-profile; {\"country\":\"UK\"}; or GB for the United Kingdom",
        "PATCH; stretch-profile; {\"babyDue\":\"2020-01-01\"}; babyDue: must lie from 2025-12-11",
        "PATCH; stretch-profile; {\"babyDue\":\"2025-12-10\"}; (12 weeks ago) to 2026-12-30",
        "PATCH; stretch-profile; {\"babyDue\":\"2026-12-31\"}; in 300 days); give the day",
        "PATCH; stretch-profile; {\"liked\":[\"handstand\"]}; liked: no stretch has",
        "PATCH; stretch-profile; {\"diary\":{}}; diary: unknown field",
        "PATCH; stretch-profile; {\"babyDue\":\"soon\"}; babyDue is a date such as",
        "POST; stretch-diary; {}; done or pain: give at least one",
        "POST; stretch-diary; {\"pain\":11}; pain: a whole number from 0",
        "POST; stretch-diary; {\"painBefore\":11}; painBefore: a whole number from 0",
        "GET; routine?pain=x; ; pain: a whole number from 0",
        "GET; routine?minutes=90; ; minutes: a whole number from 2 to 30",
        "GET; routine?place=roof; ; place 'roof' is not known; use chair, standing, floor, bed",
      })
  void saysWhatIsWrong(String method, String path, String body, String answer) throws Exception {
    HttpResponse<String> refused = send(method, path, body);
    assertThat(refused.statusCode()).isEqualTo(400);
    assertThat(refused.body().replaceAll("\\s+", " ")).contains(answer);
  }

  @Test
  void aDueDateAndACountryThatAreKeptStandInTheWayOfNothing() throws Exception {
    for (String due : List.of("2025-12-11", "2026-12-30")) {
      JsonNode kept = json(send("PATCH", "stretch-profile", "{\"babyDue\":\"" + due + "\"}"));
      assertThat(kept.path("babyDue").asText()).isEqualTo(due);
    }
    registry.changeSettings(
        new WearerId("w_anna"),
        settings ->
            settings.withStretches(
                new StretchProfile(
                    Set.of(),
                    false,
                    LocalDate.of(2024, 5, 1),
                    "ZZ",
                    Set.of(),
                    Set.of(),
                    StretchProfile.none().diary())));
    String same = "{\"babyDue\":\"2024-05-01\",\"country\":\"ZZ\",\"liked\":[\"walk\"]}";
    assertThat(json(send("PATCH", "stretch-profile", same)).path("liked")).hasSize(1);
    String none = "{\"babyDue\":null,\"country\":\"GB\"}";
    assertThat(json(send("PATCH", "stretch-profile", none)).path("country").asText())
        .isEqualTo("GB");
  }

  @Test
  void othersReadNothing() throws Exception {
    for (String path : List.of("stretch-profile", "routine", "red-flags", "stretches")) {
      assertThat(as("w_tom", "GET", BASE + path, null).statusCode()).isEqualTo(404);
      assertThat(as("admin", "GET", BASE + path, null).statusCode()).isEqualTo(403);
    }
  }

  @Test
  void anybodyReadsWordsPicturesAndTheCatalogueInTheirLanguage() throws Exception {
    assertThat(as("", "GET", "/api/v1/stretches/glute-bridge?lang=de", null).body())
        .contains("Br\u00fccke");
    HttpResponse<String> svg = as("", "GET", "/api/v1/stretches/short-walk/figure.svg", null);
    assertThat(svg.headers().firstValue("Content-Type")).hasValue("image/svg+xml");
    assertThat(svg.body()).startsWith("<svg");
    assertThat(json(as("", "GET", "/api/v1/stretch-words?lang=de", null)).path("language").asText())
        .isEqualTo("de");
    for (Stretch stretch : Stretches.catalogue().all()) {
      String path = "/api/v1/stretches/" + stretch.id() + "/figure.svg";
      assertThat(as("", "GET", path, null).statusCode()).as(stretch.id()).isEqualTo(200);
    }
  }

  @Test
  void thePagesAreForThoseWhoAreSignedIn() throws Exception {
    HttpResponse<String> stranger = as("", "GET", "/stretches", null);
    assertThat(stranger.statusCode()).isEqualTo(302);
    assertThat(as("w_anna", "GET", "/stretches", null).body()).contains("gallery");
    assertThat(as("w_anna", "GET", "/stretches/routine", null).body()).contains("player.js");
    assertThat(as("", "GET", "/stretches/assets/player.js", null).statusCode()).isEqualTo(200);
    assertThat(as("", "GET", "/stretches/assets/secrets", null).statusCode()).isEqualTo(404);
  }

  private Principal principal(Context context) {
    String token = String.valueOf(context.header("Authorization"));
    return switch (token) {
      case "admin" -> new Principal.Admin();
      case "owner" -> new Principal.Owner();
      case "w_anna" -> new Principal.WearerPrincipal(registry.wearers().get(0));
      case "w_tom" ->
          new Principal.WearerPrincipal(
              new Wearer(
                  new WearerId("w_tom"),
                  "Tom",
                  "11",
                  registry.wearers().get(0).zones(),
                  WearerSettings.defaults()));
      default -> throw ApiException.unauthorized("Send a token.");
    };
  }

  private HttpResponse<String> send(String method, String path, String body) throws Exception {
    return as("w_anna", method, BASE + path, body);
  }

  private HttpResponse<String> as(String token, String method, String path, String body)
      throws Exception {
    HttpRequest.BodyPublisher publisher =
        body == null
            ? HttpRequest.BodyPublishers.noBody()
            : HttpRequest.BodyPublishers.ofString(body);
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
            .method(method, publisher);
    if (!token.isEmpty()) {
      request.header("Authorization", token);
    }
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private static JsonNode json(HttpResponse<String> answer) throws Exception {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return Json.mapper().readTree(answer.body());
  }
}
