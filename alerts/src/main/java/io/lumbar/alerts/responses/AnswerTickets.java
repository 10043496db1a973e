package io.lumbar.alerts.responses;

import io.lumbar.model.AlertResponse.Action;
import io.lumbar.model.RandomIds;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Tokens that answer one alert in one way, once, within three hours: for buttons in messages, which
 * pass through other people's servers. Signed, so that no server has to remember those that it gave
 * out. Thread-safe.
 */
public final class AnswerTickets {
  /** How the id of a test begins, which is no alert: its buttons work, and nothing is kept. */
  public static final String TEST_ID = "test_";

  private static final String PREFIX = "la_";
  private static final String HMAC = "HmacSHA256";
  private static final Duration LIFETIME = Duration.ofHours(3);

  private final SecretKeySpec key;
  private final InstantSource clock;

  /**
   * Tickets of one installation.
   *
   * @param secret shared by all processes that give out or take tickets, at least 16 bytes
   * @param clock the real time, also in a demo
   */
  public AnswerTickets(byte[] secret, InstantSource clock) {
    if (secret.length < 16) {
      throw new IllegalArgumentException("the key of tickets must have at least 16 bytes");
    }
    this.key = new SecretKeySpec(hmac(new SecretKeySpec(secret, HMAC), "answer tickets"), HMAC);
    this.clock = clock;
  }

  /**
   * A ticket that was not used as far as it tells.
   *
   * @param id under which its use is noted
   */
  record Ticket(String id, Action action) {}

  /** A new ticket. */
  public String issue(String alert, Action action) {
    long expiry = clock.instant().plus(LIFETIME).getEpochSecond();
    String says = action.wireName() + "." + expiry + "." + RandomIds.next("t_");
    return PREFIX + encode(says.getBytes(StandardCharsets.UTF_8)) + "." + encode(sign(alert, says));
  }

  /** What a ticket of ours for this alert says, empty for any other text and after its time. */
  Optional<Ticket> read(String text, String alert) {
    int dot = text.indexOf('.');
    if (!text.startsWith(PREFIX) || dot < 0) {
      return Optional.empty();
    }
    try {
      byte[] said = Base64.getUrlDecoder().decode(text.substring(PREFIX.length(), dot));
      byte[] signature = Base64.getUrlDecoder().decode(text.substring(dot + 1));
      String says = new String(said, StandardCharsets.UTF_8);
      if (!MessageDigest.isEqual(signature, sign(alert, says))) {
        return Optional.empty();
      }
      String[] parts = says.split("\\.", -1);
      Instant expiry = Instant.ofEpochSecond(Long.parseLong(parts[1]));
      return clock.instant().isBefore(expiry)
          ? Optional.of(new Ticket(parts[2], Action.of(parts[0])))
          : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private byte[] sign(String alert, String says) {
    return hmac(key, alert + "\n" + says);
  }

  private static byte[] hmac(SecretKeySpec key, String text) {
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(key);
      return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has " + HMAC, e);
    }
  }

  private static String encode(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
