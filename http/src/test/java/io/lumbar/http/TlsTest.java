package io.lumbar.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lumbar.http.testing.TestCertificate;
import io.lumbar.http.testing.TestClient;
import io.lumbar.http.trust.Authorities;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TlsTest {
  @TempDir Path folder;

  @Test
  void speaksTlsAndTakesARenewedCertificateWithoutARestart() throws IOException {
    TestCertificate first = made("first");
    TestCertificate second = made("second");
    TlsFiles files = new TlsFiles(folder.resolve("cert.pem"), folder.resolve("key.pem"));
    put(first, files, 1);
    try (HttpServer server = start(files)) {
      assertThat(status(server, first)).isEqualTo(200);
      assertThatThrownBy(() -> status(server, second)).isInstanceOf(SSLHandshakeException.class);

      Files.copy(second.certificate(), files.certificate(), StandardCopyOption.REPLACE_EXISTING);
      Files.setLastModifiedTime(files.certificate(), FileTime.fromMillis(2_000));
      server.lookAtCertificate();
      assertThat(status(server, first)).as("half of a renewal").isEqualTo(200);

      put(second, files, 3);
      server.lookAtCertificate();
      assertThat(status(server, second)).isEqualTo(200);
      assertThatThrownBy(() -> status(server, first)).isInstanceOf(SSLHandshakeException.class);
    }
  }

  /** The beginning of a handshake as a client of an older version would send it. */
  @ParameterizedTest
  @ValueSource(ints = {0x0301, 0x0302})
  void speaksNoVersionOlderThan12(int version) throws IOException {
    TestCertificate own = made("own" + version);
    ByteBuffer hello = ByteBuffer.allocate(52);
    hello.put((byte) 22).putShort((short) 0x0301).putShort((short) 47);
    hello.put((byte) 1).put((byte) 0).putShort((short) 43);
    hello.putShort((short) version).put(new byte[32]).put((byte) 0);
    // Two ciphers of those versions, and no compression.
    hello.putShort((short) 4).putShort((short) 0xC013).putShort((short) 0x002F);
    hello.put((byte) 1).put((byte) 0);
    try (HttpServer server = start(new TlsFiles(own.certificate(), own.key()));
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      socket.setSoTimeout(10_000);
      socket.getOutputStream().write(hello.array(), 0, hello.position());
      byte[] answer = socket.getInputStream().readNBytes(7);
      // An alert that is fatal: the version of the protocol.
      assertThat(answer[0]).isEqualTo((byte) 21);
      assertThat(answer[5]).isEqualTo((byte) 2);
      assertThat(answer[6]).isEqualTo((byte) 70);
    }
  }

  @Test
  void answersThisMachineWithoutTlsToo() throws IOException {
    TestCertificate own = made("own");
    try (HttpServer server = start(new TlsFiles(own.certificate(), own.key()))) {
      assertThat(new TestClient(server.port()).get("/signin").status()).isEqualTo(200);
    }
    assertThat(HttpServer.isInTheClear(false, "192.168.1.7")).isTrue();
    assertThat(HttpServer.isInTheClear(true, "192.168.1.7")).isFalse();
    assertThat(HttpServer.isInTheClear(false, "127.0.0.1")).isFalse();
    assertThat(HttpServer.isInTheClear(false, "[::1]")).isFalse();
  }

  @Test
  void saysWhatIsWrongWithTheFiles() throws IOException {
    TestCertificate one = made("one");
    TestCertificate other = made("other");
    Path empty = Files.createFile(folder.resolve("empty"));
    assertThat(new TlsFiles(one.certificate(), one.key()).until()).isAfter(Instant.EPOCH);
    for (TlsFiles files :
        List.of(
            new TlsFiles(one.certificate(), other.key()),
            new TlsFiles(one.certificate(), empty),
            new TlsFiles(empty, one.key()),
            new TlsFiles(folder.resolve("none"), one.key()))) {
      assertThatThrownBy(files::until)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining(folder.toString());
    }
  }

  private TestCertificate made(String name) throws IOException {
    return TestCertificate.in(Files.createDirectory(folder.resolve(name)));
  }

  private static void put(TestCertificate made, TlsFiles files, int second) throws IOException {
    Files.copy(made.certificate(), files.certificate(), StandardCopyOption.REPLACE_EXISTING);
    Files.copy(made.key(), files.key(), StandardCopyOption.REPLACE_EXISTING);
    Files.setLastModifiedTime(files.certificate(), FileTime.fromMillis(1_000L * second));
    Files.setLastModifiedTime(files.key(), FileTime.fromMillis(1_000L * second));
  }

  private static HttpServer start(TlsFiles files) {
    HttpConfig config = HttpConfig.loopback(0).withTls(files);
    return HttpServer.start(
        config,
        new Authentication(
            new MemoryRegistry(), "owner", "admin", new byte[32], config, () -> Instant.EPOCH),
        List.of());
  }

  private static int status(HttpServer server, TestCertificate trusted) throws IOException {
    HttpsURLConnection connection =
        (HttpsURLConnection)
            URI.create("https://127.0.0.1:" + server.port() + "/signin").toURL().openConnection();
    connection.setSSLSocketFactory(Authorities.sockets(trusted.certificate()));
    connection.setRequestProperty("Connection", "close");
    try {
      return connection.getResponseCode();
    } finally {
      connection.disconnect();
    }
  }
}
