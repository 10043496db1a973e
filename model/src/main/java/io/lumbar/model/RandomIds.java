package io.lumbar.model;

import java.security.SecureRandom;
import java.util.Base64;

/** Unguessable ids and secrets, URL-safe. */
public final class RandomIds {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final Base64.Encoder TEXT = Base64.getUrlEncoder().withoutPadding();

  private RandomIds() {}

  /** The prefix and 96 random bits. */
  public static String next(String prefix) {
    return prefix + text(12);
  }

  /** The prefix and 256 random bits, for tokens. */
  public static String secret(String prefix) {
    return prefix + text(32);
  }

  private static String text(int bytes) {
    byte[] random = new byte[bytes];
    RANDOM.nextBytes(random);
    return TEXT.encodeToString(random);
  }
}
