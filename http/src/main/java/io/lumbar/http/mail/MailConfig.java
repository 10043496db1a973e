package io.lumbar.http.mail;

import java.net.URI;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A mail server and how to sign in there.
 *
 * @param url {@code smtp://host:587}, or {@code smtps://host:465} for TLS from the first byte
 * @param startTls whether an {@code smtp} connection must become encrypted before anything is said;
 *     false only for a relay on the same machine
 * @param user or null for none
 * @param password or null for none; never printed
 * @param from the sender, {@code lumbar@example.org} or {@code Lumbar <lumbar@example.org>}
 * @param authorities a PEM file with the certificates to trust, or null for those that Java trusts
 */
public record MailConfig(
    URI url,
    boolean startTls,
    @Nullable String user,
    @Nullable String password,
    String from,
    @Nullable Path authorities) {

  private static final int PORT = 587;
  private static final int TLS_PORT = 465;

  /** Refuses a sender that is no address. */
  public MailConfig {
    MailAddress.parse(from);
  }

  boolean isTls() {
    return "smtps".equals(url.getScheme());
  }

  int port() {
    if (url.getPort() > 0) {
      return url.getPort();
    }
    return isTls() ? TLS_PORT : PORT;
  }

  @Override
  public String toString() {
    return "MailConfig[" + url + "]";
  }
}
