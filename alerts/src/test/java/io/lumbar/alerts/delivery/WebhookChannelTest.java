package io.lumbar.alerts.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.lumbar.alerts.delivery.ChannelFault.Kind;
import io.lumbar.model.ChannelSettings;
import io.lumbar.model.Json;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WebhookChannelTest extends AlertChannelContract {
  private final Receiver receiver = new Receiver();
  private final WebhookChannel webhook = new WebhookChannel(new HttpPoster(), () -> Notices.NOW);

  @AfterEach
  void stop() {
    receiver.close();
  }

  @Test
  void signsThePublishedExampleToTheLetter() {
    String signature =
        SvixSignature.of(
            List.of("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"),
            "msg_p5jXN8AQM9LWM0D4loKWxJek",
            1614265330,
            "{\"test\": 2432232314}".getBytes(StandardCharsets.UTF_8));
    assertThat(signature).isEqualTo("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
  }

  @Test
  void theReceiverCanCheckIdTimeAndBody() throws Exception {
    deliver(Notice.of(Notices.alert("a_1", Notices.NOW)), reachable());
    Receiver.Got got = receiver.got.get(0);
    assertThat(got.path()).isEqualTo("/hook");
    assertThat(got.headers())
        .containsEntry("content-type", "application/json")
        .containsEntry("svix-id", "a_1")
        .containsEntry("svix-timestamp", Long.toString(Notices.NOW.getEpochSecond()))
        .containsEntry("svix-signature", "v1," + expected(Notices.SECRET, got));
    JsonNode body = Json.mapper().readTree(got.body());
    assertThat(body.path("type").asText()).isEqualTo("alert.sent");
    assertThat(body.path("timestamp").asText()).isEqualTo("2026-03-02T08:30:00Z");
    assertThat(body.path("data").path("id").asText()).isEqualTo("a_1");
    assertThat(body.path("data").path("step").asInt()).isEqualTo(30);
  }

  @Test
  void whileSecretsAreRotatedEachOfThemFits() throws Exception {
    ChannelSettings both =
        Notices.channel(
            "home",
            ChannelSettings.Type.WEBHOOK,
            receiver.url("/hook"),
            null,
            Notices.SECRET,
            Notices.OTHER_SECRET);
    deliver(Notice.of(Notices.alert("a_1", Notices.NOW)), both);
    Receiver.Got got = receiver.got.get(0);
    assertThat(got.headers().get("svix-signature").split(" "))
        .containsExactly(
            "v1," + expected(Notices.SECRET, got), "v1," + expected(Notices.OTHER_SECRET, got));
  }

  @ParameterizedTest
  @CsvSource({
    "400, REFUSED",
    "401, REFUSED",
    "302, REFUSED",
    "410, REFUSED",
    "429, NOT_REACHED",
    "503, UNCERTAIN"
  })
  void aStatusSaysWhetherAnotherAttemptMakesSense(int status, Kind kind) {
    receiver.answers(status);
    ChannelFault fault =
        ChannelFault.of(
            catchThrowable(
                () -> deliver(Notice.of(Notices.alert("a_1", Notices.NOW)), reachable())));
    assertThat(fault.kind()).isEqualTo(kind);
    assertThat(fault.getMessage()).contains("status " + status);
  }

  @Test
  void aReceiverThatHangsIsGivenUpAndNobodyWaitsForIt() throws Exception {
    receiver.answers(Receiver.HANG);
    var hanging =
        webhook
            .deliver(Notice.of(Notices.alert("a_1", Notices.NOW)), reachable())
            .toCompletableFuture();
    await().atMost(Duration.ofSeconds(8)).until(receiver::allAnswersTaken);
    deliver(Notice.of(Notices.alert("a_2", Notices.NOW)), reachable());
    assertThat(hanging).isNotDone();
    assertThat(ChannelFault.of(catchThrowable(hanging::join)).kind()).isEqualTo(Kind.UNCERTAIN);
  }

  @Override
  protected AlertChannel channel() {
    return webhook;
  }

  @Override
  protected ChannelSettings reachable() {
    return Notices.webhook("home", receiver.url("/hook"));
  }

  @Override
  protected ChannelSettings unreachable() {
    return Notices.webhook("home", URI.create("http://127.0.0.1:1/hook"));
  }

  @Override
  protected List<String> received(int atLeast) {
    return receiver.got.stream().map(Receiver.Got::body).toList();
  }

  @Override
  protected List<String> secrets() {
    return List.of(Notices.SECRET);
  }

  /** As a receiver would do it, by itself. */
  private static String expected(String secret, Receiver.Got got) throws Exception {
    byte[] key = Base64.getDecoder().decode(secret.substring(6));
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(key, "HmacSHA256"));
    String signed =
        got.headers().get("svix-id") + "." + got.headers().get("svix-timestamp") + "." + got.body();
    return Base64.getEncoder().encodeToString(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8)));
  }
}
