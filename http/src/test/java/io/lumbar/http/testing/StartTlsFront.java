package io.lumbar.http.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLSocket;

/** Asks for STARTTLS before it lets anybody through to a mail server that does not know it. */
public final class StartTlsFront implements AutoCloseable {
  private final ServerSocket listening;
  private final int behind;
  private final TestCertificate certificate;
  private final ExecutorService threads = Executors.newCachedThreadPool();

  public StartTlsFront(int behind, TestCertificate certificate) {
    this.behind = behind;
    this.certificate = certificate;
    try {
      listening = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    threads.execute(this::accept);
  }

  public int port() {
    return listening.getLocalPort();
  }

  private void accept() {
    try {
      while (true) {
        Socket client = listening.accept();
        threads.execute(() -> serve(client));
      }
    } catch (IOException e) {
      threads.shutdown();
    }
  }

  private void serve(Socket plain) {
    try (plain) {
      greet(plain);
      SSLSocket client =
          (SSLSocket) certificate.sockets().createSocket(plain, null, plain.getPort(), true);
      client.setUseClientMode(false);
      client.startHandshake();
      join(client);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void greet(Socket client) throws IOException {
    // Reads byte by byte: what follows the command belongs to the handshake.
    say(client, "220 front");
    String line = line(client.getInputStream());
    while (!line.toUpperCase(Locale.ROOT).startsWith("STARTTLS")) {
      say(
          client,
          line.toUpperCase(Locale.ROOT).startsWith("EHLO")
              ? "250-front\r\n250 STARTTLS"
              : "530 no");
      line = line(client.getInputStream());
    }
    say(client, "220 go on");
  }

  private void join(SSLSocket client) throws IOException {
    try (Socket server = new Socket(InetAddress.getLoopbackAddress(), behind)) {
      new BufferedReader(new InputStreamReader(server.getInputStream(), StandardCharsets.US_ASCII))
          .readLine();
      threads.execute(() -> pump(server, client));
      client.getInputStream().transferTo(server.getOutputStream());
    }
  }

  private static void pump(Socket from, Socket to) {
    try {
      from.getInputStream().transferTo(to.getOutputStream());
    } catch (IOException e) {
      // The client has gone.
    }
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int read = in.read(); read >= 0 && read != '\n'; read = in.read()) {
      line.append((char) read);
    }
    if (line.isEmpty()) {
      throw new IOException("the client has gone");
    }
    return line.toString().strip();
  }

  private static void say(Socket client, String line) throws IOException {
    OutputStream out = client.getOutputStream();
    out.write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
    out.flush();
  }

  @Override
  public void close() {
    try {
      listening.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    threads.shutdownNow();
  }
}
