package io.lumbar.alerts.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.lumbar.alerts.ServedRoutes;
import io.lumbar.alerts.stretches.OneWearer;
import io.lumbar.http.ApiException;
import io.lumbar.model.ChannelSettings;
import io.lumbar.model.Delivery;
import io.lumbar.model.Delivery.Outcome;
import io.lumbar.model.Json;
import io.lumbar.model.Wearer;
import io.lumbar.model.WearerSettings;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ChannelRoutesTest {
  private static final String BASE = "/api/v1/wearers/w_anna";
  private static final ChannelSettings HOME =
      Notices.webhook("home", URI.create("http://home.example/"));

  private final OneWearer registry =
      new OneWearer(
          new Wearer(
              Notices.ANNA,
              "Anna",
              "00",
              List.of(new Wearer.ZoneFrom(ZoneId.of("Europe/Berlin"), Instant.EPOCH)),
              WearerSettings.defaults()
                  .withAlerts(WearerSettings.defaults().alerts().withChannels(List.of(HOME)))));
  private final List<Delivery> log = new CopyOnWriteArrayList<>();
  private CompletionStage<Void> answer = CompletableFuture.completedFuture(null);
  private Consumer<Delivery> keep = log::add;
  private final ServedRoutes server =
      ServedRoutes.of(
          new ChannelRoutes(
              registry,
              ServedRoutes.authentication(registry),
              new Channels(Map.of(ChannelSettings.Type.WEBHOOK, new Answering())),
              (wearer, since) -> List.copyOf(log),
              line -> keep.accept(line),
              () -> Notices.NOW));

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void testsStandInTheLogAndAreMarked() throws IOException {
    log.add(new Delivery("a_1", Notices.ANNA, "home", Outcome.DELIVERED, 1, Notices.NOW, null));
    assertThat(test().path("delivered").asBoolean()).isTrue();
    answer =
        CompletableFuture.failedFuture(
            new ChannelFault(ChannelFault.Kind.REFUSED, ChannelFault.Why.STATUS, "403", null));
    assertThat(test().path("delivered").asBoolean()).isFalse();

    JsonNode items = json(server.get("w_anna", BASE + "/deliveries")).path("items");
    assertThat(items).hasSize(3);
    assertThat(items.get(0).has("test")).isFalse();
    assertThat(items.get(1).path("test").asBoolean()).isTrue();
    assertThat(items.get(1).path("alert").asText()).startsWith("test_");
    assertThat(items.get(1).path("channel").asText()).isEqualTo("home");
    assertThat(items.get(1).path("outcome").asText()).isEqualTo("delivered");
    assertThat(items.get(2).path("outcome").asText()).isEqualTo("failed");
    assertThat(items.get(2).path("detail").asText()).contains("403");
  }

  @Test
  void whatThisServerCannotDoIsNotAmongTheTypesAndATestNamesTheSetting() throws IOException {
    assertThat(server.get("w_anna", BASE + "/channels").body())
        .isEqualTo("{\"types\":[\"webhook\"]}");
    ChannelSettings mail =
        Notices.channel("mail", ChannelSettings.Type.EMAIL, null, "anna@example.org");
    registry.changeSettings(
        Notices.ANNA,
        settings -> settings.withAlerts(settings.alerts().withChannels(List.of(mail))));
    JsonNode tested = json(server.send("w_anna", "POST", BASE + "/channels/mail/test", ""));
    assertThat(tested.path("detail").asText()).contains("no channel of type email", "mail.url");
  }

  @Test
  void anAlertThatWasMissedStandsThereOnce() throws IOException {
    for (String alert : List.of("a_1", "a_1", "a_2")) {
      log.add(new Delivery(alert, Notices.ANNA, null, Outcome.MISSED, 0, Notices.NOW, "too late"));
    }
    JsonNode items = json(server.get("w_anna", BASE + "/deliveries")).path("items");
    assertThat(items).extracting(item -> item.path("alert").asText()).containsExactly("a_1", "a_2");
  }

  @Test
  void whatCameOfATestIsToldAlsoWhenItCannotBeWrittenDown() throws IOException {
    keep =
        line -> {
          throw ApiException.unavailable("Kafka did not confirm it", 5);
        };
    assertThat(test().path("delivered").asBoolean()).isTrue();
  }

  private JsonNode test() throws IOException {
    return json(server.send("w_anna", "POST", BASE + "/channels/home/test", ""));
  }

  private static JsonNode json(HttpResponse<String> answer) throws IOException {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return Json.mapper().readTree(answer.body());
  }

  /** Answers as it is told. */
  private final class Answering implements AlertChannel {
    @Override
    public CompletionStage<Void> deliver(Notice notice, ChannelSettings to) {
      return answer;
    }

    @Override
    public boolean tellsRepeats() {
      return true;
    }

    @Override
    public void close() {}
  }
}
