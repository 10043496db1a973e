package io.lumbar.benchmarks;

import java.time.Duration;
import java.time.Instant;
import java.util.StringJoiner;

/**
 * What a subject's sensor reports: spans one after the other, never the same twice, with a new
 * posture every few minutes and never half an hour of sitting. Not thread-safe.
 */
final class Diary {
  private static final String[] POSTURES = {
    "sitting", "standing", "walking", "sitting", "standing"
  };
  private static final Duration SPELL = Duration.ofMinutes(6);

  private final Subject subject;
  private final Duration span;
  private Instant next;

  Diary(Subject subject, Instant start, Duration span) {
    this.subject = subject;
    this.next = start;
    this.span = span;
  }

  /** The request of the next upload. */
  byte[] upload(int observations) {
    StringJoiner all = new StringJoiner(",", "[", "]");
    for (int i = 0; i < observations; i++) {
      Instant to = next.plus(span);
      long spell = next.getEpochSecond() / SPELL.toSeconds();
      all.add(Subject.span(POSTURES[(int) (spell % POSTURES.length)], next, to));
      next = to;
    }
    return subject.upload(all.toString());
  }
}
