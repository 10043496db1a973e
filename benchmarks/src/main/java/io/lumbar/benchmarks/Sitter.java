package io.lumbar.benchmarks;

import io.lumbar.benchmarks.HttpConnection.Answer;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** A wearer whose next upload crosses the threshold, and whose page is open. */
record Sitter(Subject subject, LiveStream stream, Instant satUntil) {
  private static final Duration SAT = Duration.ofMinutes(28);
  private static final Duration AGO = Duration.ofMinutes(12);

  /** Sits a subject down: 28 minutes until 12 minutes ago. */
  static Sitter sit(ChildProcess server, HttpConnection connection, Subject subject, Instant now)
      throws IOException {
    Instant until = now.minus(AGO).truncatedTo(ChronoUnit.MILLIS);
    send(connection, subject, until.minus(SAT), until);
    return new Sitter(subject, new LiveStream(server, subject), until);
  }

  /** Makes the upload that crosses; returns when its answer was there. */
  long cross(HttpConnection connection, Instant now) throws IOException {
    send(connection, subject, satUntil, now.truncatedTo(ChronoUnit.MILLIS));
    return System.nanoTime();
  }

  private static void send(HttpConnection connection, Subject subject, Instant from, Instant to)
      throws IOException {
    String span = "[" + Subject.span("sitting", from, to) + "]";
    Answer answer = connection.send(subject.upload(span));
    if (answer.status() / 100 != 2) {
      throw new IOException("an upload was answered " + answer.status() + ": " + answer.body());
    }
  }
}
