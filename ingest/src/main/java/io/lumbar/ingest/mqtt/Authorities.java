package io.lumbar.ingest.mqtt;

import com.hivemq.client.mqtt.MqttClientSslConfig;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** Whose certificates a broker may show. The name in the certificate is checked in any case. */
final class Authorities {
  private Authorities() {}

  /**
   * TLS with the certificates of a PEM file as the only ones trusted, or with Java's own.
   *
   * @throws IllegalArgumentException with a sentence when the file cannot be used
   */
  static MqttClientSslConfig tls(@Nullable Path pem) {
    if (pem == null) {
      return MqttClientSslConfig.builder().build();
    }
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
      return MqttClientSslConfig.builder().trustManagerFactory(factory).build();
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalArgumentException(
          "the file of MQTT authorities " + pem + " must hold certificates as PEM", e);
    }
  }
}
