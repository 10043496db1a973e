package io.lumbar.http.trust;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;

/** Certificates from a file as the only ones trusted, for servers whose own is home-made. */
public final class Authorities {
  private Authorities() {}

  /**
   * Trust in the certificates of a PEM file and in no others.
   *
   * @throws IllegalArgumentException with a sentence when the file cannot be used
   */
  public static TrustManagerFactory trusting(Path pem) {
    try {
      KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
      trusted.load(null, null);
      try (InputStream in = Files.newInputStream(pem)) {
        for (Certificate each : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
          trusted.setCertificateEntry("authority-" + trusted.size(), each);
        }
      }
      TrustManagerFactory factory =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      factory.init(trusted);
      return factory;
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalArgumentException(
          "the file of authorities " + pem + " must hold certificates as PEM", e);
    }
  }

  /**
   * Sockets that trust the certificates of a PEM file and no others.
   *
   * @throws IllegalArgumentException with a sentence when the file cannot be used
   */
  public static SSLSocketFactory sockets(Path pem) {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, trusting(pem).getTrustManagers(), null);
      return context.getSocketFactory();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has TLS", e);
    }
  }
}
