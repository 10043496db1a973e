package io.lumbar.http.mqtt;

import java.net.URI;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A broker and how to sign in there.
 *
 * @param url {@code mqtt://host:1883}, or {@code mqtts://host:8883} for TLS
 * @param clientId under which the broker keeps what arrives while Lumbar is away; one for each
 *     process that connects
 * @param user or null for none
 * @param password or null for none; never printed
 * @param authorities a PEM file with the certificates to trust, or null for those that Java trusts
 */
public record MqttConfig(
    URI url,
    String clientId,
    @Nullable String user,
    @Nullable String password,
    @Nullable Path authorities) {

  private static final int PORT = 1883;
  private static final int TLS_PORT = 8883;

  /** Whether the connection is encrypted. */
  public boolean isTls() {
    return "mqtts".equals(url.getScheme());
  }

  /** The port of the address, or the usual one. */
  public int port() {
    if (url.getPort() > 0) {
      return url.getPort();
    }
    return isTls() ? TLS_PORT : PORT;
  }

  @Override
  public String toString() {
    return "MqttConfig[" + url + ", " + clientId + "]";
  }
}
