package io.lumbar.alerts.push;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.KeyAgreement;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** The other end of Web Push: decrypts as RFC 8291, section 3.4, tells it to, step by step. */
final class Browser {
  private final KeyPair keys = P256.fresh();
  private final byte[] authentication = new byte[16];

  Browser() {
    new SecureRandom().nextBytes(authentication);
  }

  byte[] key() {
    return P256.bytes(keys);
  }

  byte[] authentication() {
    return authentication;
  }

  byte[] read(byte[] body) {
    ByteBuffer in = ByteBuffer.wrap(body);
    byte[] salt = new byte[16];
    in.get(salt);
    int recordSize = in.getInt();
    byte[] sender = new byte[in.get()];
    in.get(sender);
    byte[] sealed = new byte[in.remaining()];
    in.get(sealed);
    if (sealed.length > recordSize) {
      throw new AssertionError("more than one record");
    }
    try {
      KeyAgreement agreement = KeyAgreement.getInstance("ECDH");
      agreement.init(keys.getPrivate());
      agreement.doPhase(P256.point(sender), true);
      byte[] prkKey = hmac(authentication, agreement.generateSecret());
      byte[] info =
          ByteBuffer.allocate(14 + 65 + 65 + 1)
              .put("WebPush: info\0".getBytes(StandardCharsets.US_ASCII))
              .put(key())
              .put(sender)
              .put((byte) 1)
              .array();
      byte[] prk = hmac(salt, hmac(prkKey, info));
      byte[] cek = Arrays.copyOf(hmac(prk, bytes("Content-Encoding: aes128gcm\0\1")), 16);
      byte[] nonce = Arrays.copyOf(hmac(prk, bytes("Content-Encoding: nonce\0\1")), 12);
      Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
      cipher.init(
          Cipher.DECRYPT_MODE, new SecretKeySpec(cek, "AES"), new GCMParameterSpec(128, nonce));
      byte[] padded = cipher.doFinal(sealed);
      int end = padded.length - 1;
      while (padded[end] == 0) {
        end--;
      }
      if (padded[end] != 2) {
        throw new AssertionError("the last record ends with 2");
      }
      return Arrays.copyOf(padded, end);
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static byte[] hmac(byte[] key, byte[] text) throws GeneralSecurityException {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(key, "HmacSHA256"));
    return mac.doFinal(text);
  }
}
