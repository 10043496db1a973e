package io.lumbar.alerts.push;

import io.lumbar.model.Json;
import java.math.BigInteger;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.Signature;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;

/**
 * Says to push services who sends (RFC 8292). The keys come from the installation's secret, so that
 * all of its processes have the same and nothing must be kept. Thread-safe.
 */
public final class Vapid {
  /** Push services allow a day. */
  private static final Duration LIFETIME = Duration.ofHours(12);

  private final KeyPair keys;
  private final String contact;
  private final InstantSource clock;

  /**
   * The sender of an installation.
   *
   * @param secret shared by all its processes; another one needs new subscriptions
   * @param contact an https or mailto address for the people of the push service
   * @param clock the real time, also in a demo
   */
  public Vapid(byte[] secret, String contact, InstantSource clock) {
    this(P256.pair(scalar(secret)), contact, clock);
  }

  Vapid(KeyPair keys, String contact, InstantSource clock) {
    this.keys = keys;
    this.contact = contact;
    this.clock = clock;
  }

  /** Two blocks, so that the remainder favours no key. */
  private static BigInteger scalar(byte[] secret) {
    byte[] salt = "lumbar".getBytes(StandardCharsets.UTF_8);
    byte[] one = Hkdf.derive(salt, secret, "web push 1".getBytes(StandardCharsets.UTF_8), 32);
    byte[] two = Hkdf.derive(salt, secret, "web push 2".getBytes(StandardCharsets.UTF_8), 32);
    BigInteger wide = new BigInteger(1, one).shiftLeft(8 * two.length).add(new BigInteger(1, two));
    return wide.mod(P256.order().subtract(BigInteger.ONE)).add(BigInteger.ONE);
  }

  /** The public key as browsers want it. */
  String key() {
    return encode(P256.bytes(keys));
  }

  /** The value of the {@code Authorization} header for a subscription's address. */
  String authorization(URI endpoint) {
    String header = part(new Header("JWT", "ES256"));
    String audience = endpoint.getScheme() + "://" + endpoint.getRawAuthority();
    long expiry = clock.instant().plus(LIFETIME).getEpochSecond();
    String said = header + "." + part(new Claims(audience, expiry, contact));
    return "vapid t=" + said + "." + encode(sign(said)) + ", k=" + key();
  }

  private record Header(String typ, String alg) {}

  private record Claims(String aud, long exp, String sub) {}

  private static String part(Object value) {
    return encode(Json.bytes(value));
  }

  private byte[] sign(String text) {
    try {
      Signature signature = Signature.getInstance("SHA256withECDSAinP1363Format");
      signature.initSign(P256.secret(keys));
      signature.update(text.getBytes(StandardCharsets.US_ASCII));
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has ECDSA", e);
    }
  }

  private static String encode(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
