package io.lumbar.http.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocketFactory;
import javax.net.ssl.SSLSocketFactory;

/** A fresh certificate for 127.0.0.1 and its key, in files. */
public final class TestCertificate {
  public static final String PASSWORD = "secret1";
  private static final String ALIAS = "server";

  private final Path folder;

  private TestCertificate(Path folder) {
    this.folder = folder;
  }

  /** Makes one in a folder that exists. */
  public static TestCertificate in(Path folder) {
    TestCertificate made = new TestCertificate(folder);
    try {
      made.make();
      KeyStore keys = made.keys();
      byte[] key = keys.getKey(ALIAS, PASSWORD.toCharArray()).getEncoded();
      Files.writeString(made.key(), pem("PRIVATE KEY", key));
      Files.writeString(
          made.certificate(), pem("CERTIFICATE", keys.getCertificate(ALIAS).getEncoded()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
    return made;
  }

  /** The certificate to trust, as PEM. */
  public Path certificate() {
    return folder.resolve("certificate.pem");
  }

  /** The key, as PEM. */
  public Path key() {
    return folder.resolve("key.pem");
  }

  /** Both as PKCS 12, under {@link #PASSWORD}. */
  public Path store() {
    return folder.resolve("store.p12");
  }

  public SSLServerSocketFactory serverSockets() {
    return context().getServerSocketFactory();
  }

  public SSLSocketFactory sockets() {
    return context().getSocketFactory();
  }

  private SSLContext context() {
    try {
      KeyManagerFactory factory =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      factory.init(keys(), PASSWORD.toCharArray());
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(factory.getKeyManagers(), null, null);
      return context;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private KeyStore keys() throws IOException, GeneralSecurityException {
    return KeyStore.getInstance(store().toFile(), PASSWORD.toCharArray());
  }

  private void make() throws IOException, InterruptedException {
    String keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
    Process made =
        new ProcessBuilder(
                keytool,
                "-genkeypair",
                "-alias",
                ALIAS,
                "-keyalg",
                "RSA",
                "-keysize",
                "2048",
                "-dname",
                "CN=test",
                "-ext",
                "san=ip:127.0.0.1",
                "-validity",
                "30",
                "-storetype",
                "PKCS12",
                "-keystore",
                store().toString(),
                "-storepass",
                PASSWORD)
            .redirectErrorStream(true)
            .start();
    made.getInputStream().readAllBytes();
    assertThat(made.waitFor()).isZero();
  }

  private static String pem(String what, byte[] bytes) {
    return "-----BEGIN %s-----%n%s%n-----END %s-----%n"
        .formatted(what, Base64.getMimeEncoder().encodeToString(bytes), what);
  }
}
