package io.lumbar.http;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The text of the sign-in cookie: who, until when, and a signature. No server keeps a session, so
 * that any web instance with the same key accepts it.
 */
final class SignedCookie {
  static final Duration LIFETIME = Duration.ofDays(30);

  private final SecretKeySpec key;

  /**
   * With the key that all web instances share.
   *
   * @throws IllegalArgumentException when it has fewer than 16 bytes
   */
  SignedCookie(byte[] key) {
    if (key.length < 16) {
      throw new IllegalArgumentException("the cookie key must have at least 16 bytes");
    }
    this.key = new SecretKeySpec(key, "HmacSHA256");
  }

  /** The cookie's value for a subject, which must not contain a dot. */
  String write(String subject, Instant now) {
    String text = subject + "." + now.plus(LIFETIME).getEpochSecond();
    return encode(text.getBytes(StandardCharsets.UTF_8)) + "." + encode(sign(text));
  }

  /** The subject of a value that we signed and that has not expired. */
  Optional<String> read(String value, Instant now) {
    int dot = value.indexOf('.');
    if (dot < 0) {
      return Optional.empty();
    }
    try {
      String text =
          new String(
              Base64.getUrlDecoder().decode(value.substring(0, dot)), StandardCharsets.UTF_8);
      byte[] signature = Base64.getUrlDecoder().decode(value.substring(dot + 1));
      int last = text.lastIndexOf('.');
      if (last < 0 || !MessageDigest.isEqual(signature, sign(text))) {
        return Optional.empty();
      }
      Instant expiry = Instant.ofEpochSecond(Long.parseLong(text.substring(last + 1)));
      return now.isBefore(expiry) ? Optional.of(text.substring(0, last)) : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private byte[] sign(String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(key);
      return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has HmacSHA256", e);
    }
  }

  private static String encode(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
