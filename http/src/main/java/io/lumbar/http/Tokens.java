package io.lumbar.http;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The hashes under which tokens are kept. */
final class Tokens {
  static final String WEARER_PREFIX = "lw_";
  static final String DEVICE_PREFIX = "ld_";

  private Tokens() {}

  /** SHA-256, hexadecimal. Tokens carry 256 random bits, so that no salt is needed. */
  static String hash(String token) {
    return HexFormat.of().formatHex(digest(token));
  }

  /** Compares two secrets in a time that does not depend on where they differ. */
  static boolean same(String one, String other) {
    return MessageDigest.isEqual(digest(one), digest(other));
  }

  private static byte[] digest(String token) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
