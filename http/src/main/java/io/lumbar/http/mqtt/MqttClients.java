package io.lumbar.http.mqtt;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.MqttClientSslConfig;
import com.hivemq.client.mqtt.exceptions.ConnectionFailedException;
import com.hivemq.client.mqtt.mqtt3.Mqtt3ClientBuilder;
import com.hivemq.client.mqtt.mqtt3.exceptions.Mqtt3ConnAckException;
import io.lumbar.http.trust.Authorities;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Clients of MQTT 3.1.1, which every broker speaks. */
public final class MqttClients {
  private static final long FIRST_WAIT_SECONDS = 1;
  private static final long LONGEST_WAIT_SECONDS = 60;

  private MqttClients() {}

  /**
   * A client to be built that signs in, and goes on trying until it is disconnected.
   *
   * @param id under which the broker knows it; two of one id drive each other out
   * @throws IllegalArgumentException with a sentence when the file of certificates cannot be used
   */
  public static Mqtt3ClientBuilder reconnecting(MqttConfig config, String id) {
    Mqtt3ClientBuilder builder =
        MqttClient.builder()
            .useMqttVersion3()
            .identifier(id)
            .serverHost(config.url().getHost())
            .serverPort(config.port())
            .automaticReconnect()
            .initialDelay(FIRST_WAIT_SECONDS, TimeUnit.SECONDS)
            .maxDelay(LONGEST_WAIT_SECONDS, TimeUnit.SECONDS)
            .applyAutomaticReconnect();
    if (config.isTls()) {
      builder = builder.sslConfig(tls(config.authorities()));
    }
    String user = config.user();
    String password = config.password();
    if (user == null) {
      return builder;
    }
    return password == null
        ? builder.simpleAuth().username(user).applySimpleAuth()
        : builder
            .simpleAuth()
            .username(user)
            .password(password.getBytes(StandardCharsets.UTF_8))
            .applySimpleAuth();
  }

  private static MqttClientSslConfig tls(@Nullable Path authorities) {
    return authorities == null
        ? MqttClientSslConfig.builder().build()
        : MqttClientSslConfig.builder()
            .trustManagerFactory(Authorities.trusting(authorities))
            .build();
  }

  /** Why a connection ended or did not come about, in words. */
  public static String reason(Throwable cause) {
    if (cause instanceof Mqtt3ConnAckException refusal) {
      return "it refused us, "
          + refusal.getMqttMessage().getReturnCode().name().toLowerCase(Locale.ROOT);
    }
    Throwable inner =
        cause instanceof ConnectionFailedException && cause.getCause() != null
            ? cause.getCause()
            : cause;
    return String.valueOf(inner.getMessage());
  }
}
