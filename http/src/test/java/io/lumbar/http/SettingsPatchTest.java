package io.lumbar.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lumbar.model.AlertPriority;
import io.lumbar.model.AlertSettings;
import io.lumbar.model.ChannelSettings;
import io.lumbar.model.DetectionSettings;
import io.lumbar.model.EpisodeKind;
import io.lumbar.model.Json;
import io.lumbar.model.ReportSettings;
import io.lumbar.model.WearerSettings;
import io.lumbar.model.Weekday;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsPatchTest {
  private static final String HOOK =
      "{\"name\":\"home\",\"type\":\"webhook\",\"url\":\"http://127.0.0.1:9/hook\"%s}";
  private static final String SECRET = "whsec_c2l4dGVlbiBieXRlcyBhbmQgbW9yZQ==";

  @Test
  void settingsFromBeforeThereWereMannersReadWithTheDefaults() {
    byte[] old =
        """
        {"longSittingMinutes":45,"repeatMinutes":15,"awakeFrom":"07:00","awakeTo":"22:00",
         "quietFrom":null,"quietTo":null}\
        """
            .getBytes(StandardCharsets.UTF_8);
    WearerSettings settings = Json.read(old, WearerSettings.class);
    assertThat(settings.alerts()).isEqualTo(AlertSettings.defaults());
    assertThat(settings.detection()).isEqualTo(DetectionSettings.defaults());
    assertThat(settings.longSittingMinutes()).isEqualTo(45);
  }

  @Test
  void thresholdsFromBeforeThereWereSomeOfThemReadWithTheirDefaults() {
    byte[] old =
        """
        {"silenceMinutes":90,"sleepMinutes":10,"archDegrees":10,"strongArchDegrees":20,
         "loadJumpPercent":40}\
        """
            .getBytes(StandardCharsets.UTF_8);
    assertThat(Json.read(old, DetectionSettings.class))
        .isEqualTo(new DetectionSettings(90, 10, 10, 20, 40, 60, 100));
  }

  @Test
  void thatACalendarCannotBeReadIsSeenAndEndsWithItsAddress() {
    Instant since = Instant.parse("2026-03-02T09:00:00Z");
    WearerSettings with = patched("{\"alerts\":{\"calendar\":\"https://example.org/a.ics\"}}");
    WearerSettings unread = with.withAlerts(with.alerts().calendarUnreadSince(since));
    String other = "{\"alerts\":{\"%s\":\"%s\"}}";
    assertThat(
            SettingsPatch.apply(unread, object(other.formatted("language", "de")))
                .alerts()
                .calendarUnreadSince())
        .isEqualTo(since);
    assertThat(
            SettingsPatch.apply(
                    unread, object(other.formatted("calendar", "https://example.org/b.ics")))
                .alerts()
                .calendarUnreadSince())
        .isNull();
    assertThat(
            SettingsPatch.apply(unread, object("{\"alerts\":{\"calendar\":null}}"))
                .alerts()
                .calendarUnreadSince())
        .isNull();
    assertThatThrownBy(
            () ->
                SettingsPatch.apply(
                    with, object(other.formatted("calendarUnreadSince", "2026-03-02T09:00:00Z"))))
        .hasMessageContaining("alerts.calendarUnreadSince: follows from reading the calendar");
  }

  @Test
  void ofTheThresholdsASingleOneMayChange() {
    WearerSettings settings =
        patched("{\"detection\":{\"archDegrees\":15}}")
            .withSharingPausedUntil(Instant.parse("2026-03-02T10:00:00Z"));
    WearerSettings both =
        SettingsPatch.apply(settings, object("{\"detection\":{\"silenceMinutes\":120}}"));
    assertThat(both.detection()).isEqualTo(new DetectionSettings(120, 10, 15, 20, 50, 60, 100));
    assertThat(both.withDetection(settings.detection())).isEqualTo(settings);
    assertThat(Json.read(Json.bytes(both), WearerSettings.class)).isEqualTo(both);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"detection":{"silenceMinutes":5}} | detection.silenceMinutes is 5; it must be between 15 and 720
          {"detection":{"archDegrees":30}} | detection.strongArchDegrees is 20; it must be between 31 and 60
          {"detection":{"deepBendDegrees":40}} | detection.deepBendDegrees is 40; it must be between 45 and 120
          {"detection":{"bendHoldPercent":0}} | detection.bendHoldPercent is 0; it must be between 25 and 200
          {"detection":{"silence":60}} | detection.silence: unknown field
          {"detection":60} | detection: must be an object
          """)
  void refusesThresholdsThatMakeNoSense(String body, String why) {
    assertThatThrownBy(() -> patched(body)).hasMessageContaining(why);
  }

  @Test
  void reportsGoByChannelsThatThereAreOrByMailOrByBoth() {
    String channels =
        "{\"alerts\":{\"channels\":["
            + HOOK.formatted(",\"secrets\":[\"" + SECRET + "\"]")
            + "]},\"reports\":%s}";
    WearerSettings settings = patched(channels.formatted("{\"channels\":[\"home\"]}"));
    assertThat(settings.reports())
        .isEqualTo(new ReportSettings(null, List.of("home"), Set.of(ReportSettings.Edition.DAILY)));
    assertThat(Json.read(Json.bytes(settings), WearerSettings.class)).isEqualTo(settings);
    assertThatThrownBy(() -> patched(channels.formatted("{\"channels\":[\"phone\"]}")))
        .hasMessage(
            "reports.channels: there is no channel 'phone' in alerts.channels; known are home");
    assertThatThrownBy(() -> patched("{\"reports\":{\"editions\":[\"daily\"]}}"))
        .hasMessage("reports: give an email, channels or both, or null to end sending");
  }

  @Test
  void aBudgetOfOneKindLeavesThoseOfTheOthers() {
    String deepBends = "{\"alerts\":{\"dailyBudget\":{\"deep-bend\":1,\"inactive\":null}}}";
    assertThat(patched(deepBends).alerts().dailyBudget())
        .containsOnly(Map.entry(EpisodeKind.DEEP_BEND, 1), Map.entry(EpisodeKind.LONG_SITTING, 8));
    assertThat(patched("{\"alerts\":{\"dailyBudget\":{}}}").alerts().dailyBudget())
        .isEqualTo(AlertSettings.defaults().dailyBudget());
  }

  @Test
  void reportSettingsFromBeforeThereWereChannelsReadWithoutAny() {
    byte[] old =
        "{\"email\":\"a@b.example\",\"editions\":[\"weekly\"]}".getBytes(StandardCharsets.UTF_8);
    assertThat(Json.read(old, ReportSettings.class))
        .isEqualTo(new ReportSettings("a@b.example", Set.of(ReportSettings.Edition.WEEKLY)));
  }

  @Test
  void whatIsWrittenReadsBackTheSame() {
    WearerSettings settings =
        patched(
            """
            {"quietFrom":"22:00","quietTo":"07:00",
             "alerts":{"pausedUntil":"2026-03-02T10:00:00Z","dailyBudget":{"inactive":0},
               "workingHours":[{"days":["mon","fri"],"from":"09:00","to":"17:30"}],
               "channels":[%s]}}\
            """
                .formatted(HOOK.formatted(",\"secrets\":[\"" + SECRET + "\"]")));
    assertThat(Json.read(Json.bytes(settings), WearerSettings.class)).isEqualTo(settings);
    AlertSettings alerts = settings.alerts();
    assertThat(alerts.pausedUntil()).isEqualTo(Instant.parse("2026-03-02T10:00:00Z"));
    assertThat(alerts.dailyBudget())
        .containsOnly(Map.entry(EpisodeKind.INACTIVE, 0), Map.entry(EpisodeKind.LONG_SITTING, 8));
    assertThat(alerts.workingHours().get(0).startsOn(Weekday.FRI)).isTrue();
    assertThat(alerts.workingHours().get(0).startsOn(Weekday.SAT)).isFalse();
    assertThat(alerts.workingHours().get(0).to()).isEqualTo(LocalTime.of(17, 30));
    assertThat(alerts.cooldownMinutes()).isEqualTo(30);
  }

  @Test
  void prioritiesReadBackAndOlderChannelsHaveTheUsualOne() {
    String hook =
        HOOK.formatted(
            ",\"priorities\":{\"long-sitting\":\"low\"},\"secrets\":[\"" + SECRET + "\"]");
    WearerSettings settings = patched("{\"alerts\":{\"channels\":[" + hook + "]}}");
    ChannelSettings channel = settings.alerts().channels().get(0);
    assertThat(channel.priority(EpisodeKind.LONG_SITTING)).isEqualTo(AlertPriority.LOW);
    assertThat(channel.priority(EpisodeKind.INACTIVE)).isEqualTo(AlertPriority.NORMAL);
    assertThat(Json.read(Json.bytes(settings), WearerSettings.class)).isEqualTo(settings);
    WearerSettings old = patched("{\"alerts\":{\"channels\":[" + hook() + "]}}");
    assertThat(new String(Json.bytes(old), StandardCharsets.UTF_8)).doesNotContain("priorities");
  }

  @Test
  void whatHappensAsleepGoesNowhereUnlessNamedAndOnlyWhereNothingRings() {
    WearerSettings settings = patched("{\"alerts\":{\"channels\":[" + hook() + "]}}");
    assertThat(settings.alerts().channels().get(0).takes(EpisodeKind.ARCHED_SLEEP)).isFalse();
    WearerSettings lamp =
        patched(
            "{\"alerts\":{\"channels\":[{\"name\":\"lamp\",\"type\":\"mqtt\",\"kinds\":[\"arched-sleep\"]}]}}");
    assertThat(lamp.alerts().channels().get(0).takes(EpisodeKind.ARCHED_SLEEP)).isTrue();
    assertThat(lamp.alerts().channels().get(0).takes(EpisodeKind.LONG_SITTING)).isFalse();
    assertThatThrownBy(
            () ->
                patched(
                    "{\"alerts\":{\"channels\":[{\"name\":\"mail\",\"type\":\"email\",\"to\":\"anna@example.org\","
                        + "\"kinds\":[\"arched-sleep\"]}]}}"))
        .isInstanceOf(ApiException.class)
        .hasMessageContaining("channel mail")
        .hasMessageContaining("mqtt or a webhook");
  }

  @Test
  void theWeekThatOnlyMeasuresIsNotSkipped() {
    String skipping = "{\"alerts\":{\"nightFeedbackFrom\":\"2026-03-02T00:00:00Z\"}}";
    assertThatThrownBy(() -> patched(skipping))
        .isInstanceOf(ApiException.class)
        .hasMessageContaining("night-feedback");
    WearerSettings on =
        WearerSettings.defaults()
            .withAlerts(
                AlertSettings.defaults().nightFeedbackFrom(Instant.parse("2026-03-02T00:00:00Z")));
    assertThat(SettingsPatch.apply(on, object(skipping))).isEqualTo(on);
  }

  @Test
  void busyTimesOfAFileStayUntilTheyAreTakenAway() {
    String busy = "\"busy\":[{\"from\":\"2026-03-02T09:00:00Z\",\"to\":\"2026-03-02T10:00:00Z\"}]";
    WearerSettings settings = patched("{\"alerts\":{" + busy + "}}");
    WearerSettings later =
        SettingsPatch.apply(settings, object("{\"alerts\":{\"cooldownMinutes\":45}}"));
    assertThat(later.alerts().busy()).hasSize(1);
    assertThat(SettingsPatch.apply(later, object("{\"alerts\":{\"busy\":[]}}")).alerts().busy())
        .isEmpty();
  }

  /** Whoever may change the address and not read the token must not have it sent to them. */
  @Test
  void aHiddenTokenDoesNotGoToAnotherAddress() {
    String shown =
        """
        {"alerts":{"channels":[{"name":"chat","type":"%s","url":"%s","to":"%s","secrets":["%s"]}]}}
        """;
    Map<String, List<String>> tokens =
        Map.of(
            "telegram", List.of("12345", "123456:ABCDEFGHIJKLMNOP"),
            "ntfy", List.of("anna", "tk_secret"),
            "gotify", List.of("", "Aapptoken"));
    tokens.forEach(
        (type, words) -> {
          String to = words.get(0);
          String token = words.get(1);
          WearerSettings before =
              patched(
                  WearerSettings.defaults(),
                  shown.formatted(type, "https://mine.example/", to, token));
          WearerSettings same =
              patched(before, shown.formatted(type, "https://mine.example/", to, "***"));
          assertThat(same.alerts().channels().get(0).secrets()).containsExactly(token);
          assertThatThrownBy(
                  () -> patched(before, shown.formatted(type, "https://evil.example/", to, "***")))
              .as(type)
              .isInstanceOf(ApiException.class)
              .hasMessageContaining("needs its secrets once more");
        });
  }

  private static WearerSettings patched(WearerSettings before, String json) {
    try {
      return SettingsPatch.apply(before, (ObjectNode) Json.mapper().readTree(json));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }

  @Test
  void secretsAreHiddenWhenShownAndKeptWhenShownOnesComeBack() {
    WearerSettings settings = patched("{\"alerts\":{\"channels\":[" + hook() + "]}}");
    AlertSettings shown = settings.alerts().hidden();
    assertThat(new String(Json.bytes(shown), StandardCharsets.UTF_8)).doesNotContain(SECRET);
    assertThat(shown.channels().get(0).secrets()).containsExactly(ChannelSettings.HIDDEN);
    String back = new String(Json.bytes(shown), StandardCharsets.UTF_8);
    WearerSettings again = SettingsPatch.apply(settings, object("{\"alerts\":" + back + "}"));
    assertThat(again).isEqualTo(settings);
    WearerSettings without =
        SettingsPatch.apply(
            settings, object("{\"alerts\":{\"channels\":[" + HOOK.formatted("") + "]}}"));
    assertThat(without).isEqualTo(settings);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'alerts':{'cooldownMinutes':5}} | alerts.cooldownMinutes is 5; it must be between 10 and"
            + " 240",
        "{'alerts':{'dailyBudget':2}} | alerts.dailyBudget: not of the right form; it has a number for"
            + " each kind that it names, for example {\"long-sitting\":4}",
        "{'alerts':{'cooldown':30}} | alerts.cooldown: unknown field",
        "{'alerts':{'quietHours':[{'from':'22:00'}]}} | a span of hours needs from and to",
        "{'alerts':{'quietHours':[{'from':'22:00','to':'22:00'}]}} | two different times",
        "{'alerts':{'quietHours':[{'days':['monday'],'from':'22:00','to':'23:00'}]}} | 'monday' is"
            + " not one of mon, tue",
        "{'alerts':{'quietHours':[{'from':'25:00','to':'23:00'}]}} | alerts.quietHours[0].from: not"
            + " of the right form",
        "{'alerts':{'dailyBudget':{'long-sitting':99}}} | alerts.dailyBudget.long-sitting is 99",
        "{'alerts':7} | alerts: must be an object",
        "{'alerts':{'channels':[{'type':'webhook'}]}} | a channel needs a name",
        "{'alerts':{'channels':[{'name':'a','type':'fax'}]}} | 'fax' is not one of webhook",
        "{'alerts':{'channels':[{'name':'a','type':'webhook','url':'ftp://x/y'}]}} | channel a"
            + " needs url",
        "{'alerts':{'channels':[{'name':'a','type':'webhook','url':'http://x/y'}]}} | channel a"
            + " needs secrets: at least one to sign with, whsec_ and a key in base64; make one with:"
            + " echo whsec_$(openssl rand -base64 24)",
        "{'alerts':{'channels':[{'name':'a','type':'webhook','url':'http://x/y','secrets':['whsec_no']}]}}"
            + " | openssl rand",
        "{'alerts':{'channels':[{'name':'a','type':'ntfy','url':'http://x','to':'a b'}]}} | the"
            + " ntfy topic",
        "{'alerts':{'channels':[{'name':'a','type':'ntfy','url':'http://x','to':'b'},{'name':'a','type':'ntfy','url':'http://x','to':'b'}]}}"
            + " | two channels are named a",
      })
  void aFaultNamesFieldRuleAndFix(String json, String sentence) {
    assertThatThrownBy(() -> patched(json.replace('\'', '"')))
        .isInstanceOf(ApiException.class)
        .hasMessageContaining(sentence);
  }

  private static String hook() {
    return HOOK.formatted(",\"secrets\":[\"" + SECRET + "\"]");
  }

  private static WearerSettings patched(String json) {
    return SettingsPatch.apply(WearerSettings.defaults(), object(json));
  }

  private static ObjectNode object(String json) {
    try {
      return (ObjectNode) Json.mapper().readTree(json);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
