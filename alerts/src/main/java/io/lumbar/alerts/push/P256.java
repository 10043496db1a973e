package io.lumbar.alerts.push;

import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECFieldFp;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPrivateKeySpec;
import java.security.spec.ECPublicKeySpec;
import java.util.Arrays;

/** Keys on the curve P-256, and their bytes as Web Push writes them. */
final class P256 {
  /** Of a point that is written uncompressed: 4, x, y. */
  static final int POINT_BYTES = 65;

  private static final int NUMBER_BYTES = 32;
  private static final byte UNCOMPRESSED = 4;
  private static final BigInteger TWO = BigInteger.TWO;
  private static final BigInteger THREE = BigInteger.valueOf(3);
  private static final ECParameterSpec CURVE = curve();
  private static final BigInteger PRIME = ((ECFieldFp) CURVE.getCurve().getField()).getP();

  private P256() {}

  private static ECParameterSpec curve() {
    try {
      AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
      parameters.init(new ECGenParameterSpec("secp256r1"));
      return parameters.getParameterSpec(ECParameterSpec.class);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has P-256", e);
    }
  }

  /** How many private keys there are, and one more. */
  static BigInteger order() {
    return CURVE.getOrder();
  }

  /** A fresh pair. */
  static KeyPair fresh() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has P-256", e);
    }
  }

  /**
   * The pair of a private key.
   *
   * @param secret from 1 to below {@link #order}
   */
  static KeyPair pair(BigInteger secret) {
    try {
      KeyFactory keys = KeyFactory.getInstance("EC");
      ECPoint point = times(secret, CURVE.getGenerator());
      return new KeyPair(
          keys.generatePublic(new ECPublicKeySpec(point, CURVE)),
          keys.generatePrivate(new ECPrivateKeySpec(secret, CURVE)));
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("no private key of P-256", e);
    }
  }

  /** The bytes of a public key, uncompressed. */
  static byte[] bytes(KeyPair pair) {
    ECPoint point = ((ECPublicKey) pair.getPublic()).getW();
    byte[] bytes = new byte[POINT_BYTES];
    bytes[0] = UNCOMPRESSED;
    put(point.getAffineX(), bytes, 1);
    put(point.getAffineY(), bytes, 1 + NUMBER_BYTES);
    return bytes;
  }

  static ECPrivateKey secret(KeyPair pair) {
    return (ECPrivateKey) pair.getPrivate();
  }

  /**
   * A public key from its bytes.
   *
   * @throws IllegalArgumentException when they are no uncompressed point of the curve
   */
  static ECPublicKey point(byte[] bytes) {
    if (bytes.length != POINT_BYTES || bytes[0] != UNCOMPRESSED) {
      throw new IllegalArgumentException("a public key of Web Push has 65 bytes and starts with 4");
    }
    BigInteger x = new BigInteger(1, Arrays.copyOfRange(bytes, 1, 1 + NUMBER_BYTES));
    BigInteger y = new BigInteger(1, Arrays.copyOfRange(bytes, 1 + NUMBER_BYTES, POINT_BYTES));
    BigInteger right =
        x.modPow(THREE, PRIME)
            .add(CURVE.getCurve().getA().multiply(x))
            .add(CURVE.getCurve().getB())
            .mod(PRIME);
    // A point beside the curve would give our secret away bit by bit.
    if (x.compareTo(PRIME) >= 0 || y.compareTo(PRIME) >= 0 || !y.modPow(TWO, PRIME).equals(right)) {
      throw new IllegalArgumentException("the public key is no point of P-256");
    }
    try {
      return (ECPublicKey)
          KeyFactory.getInstance("EC")
              .generatePublic(new ECPublicKeySpec(new ECPoint(x, y), CURVE));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has P-256", e);
    }
  }

  private static void put(BigInteger number, byte[] into, int at) {
    byte[] bytes = number.toByteArray();
    int length = Math.min(bytes.length, NUMBER_BYTES);
    System.arraycopy(bytes, bytes.length - length, into, at + NUMBER_BYTES - length, length);
  }

  /** Java has no public way from a private key to its point; done once at the start. */
  private static ECPoint times(BigInteger factor, ECPoint point) {
    ECPoint sum = ECPoint.POINT_INFINITY;
    for (int bit = factor.bitLength() - 1; bit >= 0; bit--) {
      sum = plus(sum, sum);
      if (factor.testBit(bit)) {
        sum = plus(sum, point);
      }
    }
    return sum;
  }

  private static ECPoint plus(ECPoint one, ECPoint other) {
    if (one.equals(ECPoint.POINT_INFINITY)) {
      return other;
    }
    if (other.equals(ECPoint.POINT_INFINITY)) {
      return one;
    }
    BigInteger x1 = one.getAffineX();
    BigInteger y1 = one.getAffineY();
    BigInteger x2 = other.getAffineX();
    BigInteger y2 = other.getAffineY();
    boolean same = x1.equals(x2);
    if (same && !y1.equals(y2)) {
      return ECPoint.POINT_INFINITY;
    }
    BigInteger rise =
        same ? x1.pow(2).multiply(THREE).add(CURVE.getCurve().getA()) : y2.subtract(y1);
    BigInteger run = same ? y1.multiply(TWO) : x2.subtract(x1);
    BigInteger slope = rise.multiply(run.modInverse(PRIME)).mod(PRIME);
    BigInteger x = slope.pow(2).subtract(x1).subtract(x2).mod(PRIME);
    return new ECPoint(x, slope.multiply(x1.subtract(x)).subtract(y1).mod(PRIME));
  }
}
