package io.lumbar.http.mail;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A server that answers as it is told, for what a real one does not do on demand. */
final class Scripted {
  private Scripted() {}

  /** Says the first line to one client, then one after each line that comes, and hangs up. */
  static void serve(ServerSocket listening, String... lines) {
    try (Socket client = listening.accept();
        BufferedReader in =
            new BufferedReader(
                new InputStreamReader(client.getInputStream(), StandardCharsets.US_ASCII))) {
      for (int at = 0; at < lines.length; at++) {
        client.getOutputStream().write((lines[at] + "\r\n").getBytes(StandardCharsets.US_ASCII));
        if (at + 1 < lines.length && in.readLine() == null) {
          return;
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
