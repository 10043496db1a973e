package io.lumbar.ingest.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lumbar.http.ApiException;
import io.lumbar.ingest.format.healthautoexport.HealthAutoExport;
import io.lumbar.ingest.format.healthconnect.HealthConnect;
import io.lumbar.ingest.format.homeassistant.HomeAssistant;
import io.lumbar.ingest.format.openmhealth.OpenMHealth;
import io.lumbar.ingest.format.owntracks.OwnTracks;
import io.lumbar.ingest.format.sensorlogger.SensorLogger;
import io.lumbar.ingest.format.traccar.TraccarClient;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ElementCountTest {
  private static final List<Adapter> ADAPTERS =
      List.of(
          new SensorLogger(),
          new HealthConnect(),
          new HealthAutoExport(),
          new OpenMHealth(),
          new OwnTracks(),
          new TraccarClient(),
          new HomeAssistant());

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "sensor-logger; {'payload':[%s]}",
        "health-connect; {'steps':[%s]}",
        "health-connect; {'sleep':[%s]}",
        "health-auto-export; {'data':{'metrics':[{'data':[%s]}]}}",
        "health-auto-export; {'data':{'metrics':[{'name':'step_count','data':[%s]}]}}",
        "open-mhealth; [%s]",
        "owntracks; [%s]",
        "traccar-client; [%s]",
        "home-assistant; [%s]"
      })
  void tooManyAreRefusedWhileTheyAreRead(String format, String body) {
    assertThat(statusOf(format, body.formatted(repeated("{}", 10)), 10)).isZero();
    assertThat(statusOf(format, body.formatted(repeated("{}", 11)), 10)).isEqualTo(413);
  }

  @Test
  void oneThatHoldsMillionsIsRefusedWhileItIsRead() {
    String body = "{'sleep':[{'stages':[%s]}]}".formatted(repeated("{}", 300_000));
    assertThat(statusOf("health-connect", body, 10)).isEqualTo(413);
  }

  @Test
  void anotherEncodingThanUtf8IsRefused() {
    for (Adapter adapter : ADAPTERS) {
      byte[] body = "{\"payload\":[]}".getBytes(StandardCharsets.UTF_16LE);
      assertThatThrownBy(
              () ->
                  adapter.read(
                      new Upload(body, Collected.NOW, name -> null),
                      Collected.SENDER,
                      new Collected()))
          .isInstanceOf(ApiException.class)
          .hasMessageContaining("UTF-8");
    }
  }

  private static String repeated(String element, int times) {
    return Stream.generate(() -> element).limit(times).collect(Collectors.joining(","));
  }

  /** Of the refusal, or 0. */
  private static int statusOf(String format, String body, int most) {
    Adapter adapter =
        ADAPTERS.stream().filter(each -> each.format().equals(format)).findFirst().orElseThrow();
    Upload upload =
        new Upload(
            body.replace('\'', '"').getBytes(StandardCharsets.UTF_8),
            Collected.NOW,
            name -> null,
            mac -> null,
            new ElementCount(most));
    try {
      adapter.read(upload, Collected.SENDER, new Collected());
      return 0;
    } catch (ApiException e) {
      return e.status();
    }
  }
}
