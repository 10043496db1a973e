package io.lumbar.benchmarks;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/**
 * A plain HTTP/1.1 connection that is kept open. The JDK's own client takes more processor time
 * than the server under test, and both share the machine. Not thread-safe.
 */
final class HttpConnection implements AutoCloseable {
  private final Socket socket;
  private final InputStream in;

  HttpConnection(URI server) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), server.getPort());
    socket.setTcpNoDelay(true);
    in = new BufferedInputStream(socket.getInputStream(), 16 << 10);
  }

  /** An answer. */
  record Answer(int status, String body) {}

  /** A request ready to be sent any number of times. */
  static byte[] post(String path, String token, String json) {
    return request("POST", path, token, json);
  }

  /** A request of another method than POST, likewise. */
  static byte[] request(String method, String path, String token, String json) {
    byte[] body = json.getBytes(StandardCharsets.UTF_8);
    List<String> lines =
        List.of(
            method + " " + path + " HTTP/1.1",
            "Host: localhost",
            "Authorization: Bearer " + token,
            "Content-Type: application/json",
            "Content-Length: " + body.length);
    byte[] head = head(lines);
    byte[] request = new byte[head.length + body.length];
    System.arraycopy(head, 0, request, 0, head.length);
    System.arraycopy(body, 0, request, head.length, body.length);
    return request;
  }

  /** The lines before a request's body. */
  static byte[] head(List<String> lines) {
    return (String.join("\r\n", lines) + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII);
  }

  /** Sends a request and waits for its answer. */
  Answer send(byte[] request) throws IOException {
    socket.getOutputStream().write(request);
    int status = Integer.parseInt(line().split(" ", 3)[1]);
    int length = 0;
    boolean chunked = false;
    for (String header = line(); !header.isEmpty(); header = line()) {
      String lower = header.toLowerCase(Locale.ROOT);
      if (lower.startsWith("content-length:")) {
        length = Integer.parseInt(lower.substring(lower.indexOf(':') + 1).strip());
      }
      chunked |= lower.startsWith("transfer-encoding:") && lower.contains("chunked");
    }
    return new Answer(status, chunked ? chunks() : text(length));
  }

  private String chunks() throws IOException {
    StringBuilder body = new StringBuilder();
    for (int length = chunkLength(); length > 0; length = chunkLength()) {
      body.append(text(length));
      line();
    }
    line();
    return body.toString();
  }

  private int chunkLength() throws IOException {
    return Integer.parseInt(line().strip(), 16);
  }

  private String text(int length) throws IOException {
    byte[] bytes = in.readNBytes(length);
    if (bytes.length < length) {
      throw new EOFException("the server broke off");
    }
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private String line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream(64);
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0) {
        throw new EOFException("the server broke off");
      }
      if (next != '\r') {
        line.write(next);
      }
    }
    return line.toString(StandardCharsets.UTF_8);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
