package io.lumbar.http;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A certificate and its key, in PEM files such as Let's Encrypt's clients write.
 *
 * @param certificate the server's own first, then those that vouch for it
 * @param key its private key in PKCS 8, RSA, EC or Ed25519, without a password
 */
public record TlsFiles(Path certificate, Path key) {
  private static final Pattern PRIVATE_KEY =
      Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");
  private static final Map<String, String> SIGNATURES =
      Map.of("RSA", "SHA256withRSA", "EC", "SHA256withECDSA", "Ed25519", "Ed25519");
  private static final String ALIAS = "server";

  /**
   * When the certificate ends.
   *
   * @throws IllegalArgumentException with a sentence when the files cannot be used
   */
  public Instant until() {
    try {
      keys("");
      return ((X509Certificate) chain().get(0)).getNotAfter().toInstant();
    } catch (IOException | GeneralSecurityException e) {
      throw unusable(e);
    }
  }

  /** Both, as Java's TLS takes them. */
  KeyStore keys(String password) {
    try {
      List<? extends Certificate> chain = chain();
      if (chain.isEmpty()) {
        throw new IllegalArgumentException(certificate + " holds no certificate as PEM");
      }
      KeyStore keys = KeyStore.getInstance("PKCS12");
      keys.load(null, null);
      keys.setKeyEntry(
          ALIAS,
          privateKey(chain.get(0).getPublicKey()),
          password.toCharArray(),
          chain.toArray(new Certificate[0]));
      return keys;
    } catch (IOException | GeneralSecurityException e) {
      throw unusable(e);
    }
  }

  private List<? extends Certificate> chain() throws IOException, GeneralSecurityException {
    byte[] pem = Files.readAllBytes(certificate);
    return List.copyOf(
        CertificateFactory.getInstance("X.509")
            .generateCertificates(new ByteArrayInputStream(pem)));
  }

  private PrivateKey privateKey(PublicKey belonging) throws IOException, GeneralSecurityException {
    Matcher pem = PRIVATE_KEY.matcher(Files.readString(key, StandardCharsets.US_ASCII));
    if (!pem.find()) {
      throw new IllegalArgumentException(
          key
              + " holds no private key in PKCS 8 without a password; convert it with: openssl pkcs8"
              + " -topk8 -nocrypt");
    }
    PKCS8EncodedKeySpec encoded =
        new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(pem.group(1)));
    for (Map.Entry<String, String> each : SIGNATURES.entrySet()) {
      try {
        PrivateKey found = KeyFactory.getInstance(each.getKey()).generatePrivate(encoded);
        requirePair(found, belonging, each.getValue());
        return found;
      } catch (InvalidKeySpecException e) {
        // A key of another kind.
      }
    }
    throw new IllegalArgumentException(key + " must hold a key of RSA, EC or Ed25519");
  }

  private void requirePair(PrivateKey own, PublicKey belonging, String algorithm)
      throws GeneralSecurityException {
    boolean pair = false;
    if (own.getAlgorithm().equals(belonging.getAlgorithm())) {
      byte[] probe = {1};
      Signature signature = Signature.getInstance(algorithm);
      signature.initSign(own);
      signature.update(probe);
      byte[] signed = signature.sign();
      signature.initVerify(belonging);
      signature.update(probe);
      pair = signature.verify(signed);
    }
    if (!pair) {
      throw new IllegalArgumentException(
          "the key in " + key + " is not that of the certificate in " + certificate);
    }
  }

  private IllegalArgumentException unusable(Exception e) {
    return new IllegalArgumentException(
        "the certificate %s and the key %s must be PEM files that can be read"
            .formatted(certificate, key),
        e);
  }
}
