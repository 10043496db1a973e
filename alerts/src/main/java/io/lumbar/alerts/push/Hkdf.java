package io.lumbar.alerts.push;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Keys from a secret by HKDF with SHA-256 (RFC 5869), of at most one block. */
final class Hkdf {
  private static final String HMAC = "HmacSHA256";
  private static final int BLOCK_BYTES = 32;

  private Hkdf() {}

  /** The first {@code length} bytes, at most 32. */
  static byte[] derive(byte[] salt, byte[] secret, byte[] info, int length) {
    if (length > BLOCK_BYTES) {
      throw new IllegalArgumentException("one block has " + BLOCK_BYTES + " bytes");
    }
    byte[] extracted = hmac(salt, secret);
    byte[] counted = Arrays.copyOf(info, info.length + 1);
    counted[info.length] = 1;
    return Arrays.copyOf(hmac(extracted, counted), length);
  }

  private static byte[] hmac(byte[] key, byte[] text) {
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(new SecretKeySpec(key, HMAC));
      return mac.doFinal(text);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has " + HMAC, e);
    }
  }
}
