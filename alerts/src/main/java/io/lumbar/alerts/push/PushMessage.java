package io.lumbar.alerts.push;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.SecureRandom;
import javax.crypto.Cipher;
import javax.crypto.KeyAgreement;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Encrypts a message for one browser, so that the push service in between cannot read it (RFC 8291
 * and RFC 8188).
 */
final class PushMessage {
  /** Push services take 4096 bytes; header, padding and tag need 103 of them. */
  static final int MOST_BYTES = 3993;

  static final int SALT_BYTES = 16;
  private static final int RECORD_BYTES = 4096;
  private static final int KEY_BYTES = 16;
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;
  private static final byte LAST_RECORD = 2;
  private static final SecureRandom RANDOM = new SecureRandom();

  private PushMessage() {}

  /**
   * The body of the request.
   *
   * @param reader the browser's public key, 65 bytes
   * @param authentication the browser's secret, 16 bytes
   * @throws IllegalArgumentException when the key is none, or the message is too long
   */
  static byte[] encrypt(byte[] plain, byte[] reader, byte[] authentication) {
    byte[] salt = new byte[SALT_BYTES];
    RANDOM.nextBytes(salt);
    return encrypt(plain, reader, authentication, P256.fresh(), salt);
  }

  static byte[] encrypt(
      byte[] plain, byte[] reader, byte[] authentication, KeyPair sender, byte[] salt) {
    if (plain.length > MOST_BYTES) {
      throw new IllegalArgumentException("a push message has at most " + MOST_BYTES + " bytes");
    }
    byte[] own = P256.bytes(sender);
    byte[] agreed = agree(sender, reader);
    byte[] info = join(text("WebPush: info\0"), reader, own);
    byte[] secret = Hkdf.derive(authentication, agreed, info, 32);
    byte[] key = Hkdf.derive(salt, secret, text("Content-Encoding: aes128gcm\0"), KEY_BYTES);
    byte[] nonce = Hkdf.derive(salt, secret, text("Content-Encoding: nonce\0"), NONCE_BYTES);
    byte[] sealed = seal(join(plain, new byte[] {LAST_RECORD}), key, nonce);
    return ByteBuffer.allocate(SALT_BYTES + 5 + own.length + sealed.length)
        .put(salt)
        .putInt(RECORD_BYTES)
        .put((byte) own.length)
        .put(own)
        .put(sealed)
        .array();
  }

  private static byte[] agree(KeyPair sender, byte[] reader) {
    try {
      KeyAgreement agreement = KeyAgreement.getInstance("ECDH");
      agreement.init(sender.getPrivate());
      agreement.doPhase(P256.point(reader), true);
      return agreement.generateSecret();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has ECDH", e);
    }
  }

  private static byte[] seal(byte[] plain, byte[] key, byte[] nonce) {
    try {
      Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
      cipher.init(
          Cipher.ENCRYPT_MODE,
          new SecretKeySpec(key, "AES"),
          new GCMParameterSpec(TAG_BITS, nonce));
      return cipher.doFinal(plain);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has AES-GCM", e);
    }
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static byte[] join(byte[]... parts) {
    int length = 0;
    for (byte[] part : parts) {
      length += part.length;
    }
    ByteBuffer joined = ByteBuffer.allocate(length);
    for (byte[] part : parts) {
      joined.put(part);
    }
    return joined.array();
  }
}
