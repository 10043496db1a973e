package io.lumbar.alerts;

import io.lumbar.model.Episode;
import java.time.Duration;
import java.time.Instant;

/** How far the evidence of an episode reaches, and whether that is near enough to speak. */
final class Freshness {
  static final Duration LIMIT = Duration.ofMinutes(2);

  private Freshness() {}

  /** End of the newest observation, or the present while a horizon covers it. */
  static Instant newest(Episode episode, Instant now) {
    Instant held = earlier(episode.evidence().holdsUntil(), now);
    return later(episode.evidence().until(), held);
  }

  static boolean isFresh(Episode episode, Instant now) {
    return !newest(episode, now).isBefore(now.minus(LIMIT));
  }

  /** How far the episode reaches in time, as far as is known now. */
  static Instant reach(Episode episode, Instant now) {
    return episode.open() ? later(episode.to(), newest(episode, now)) : episode.to();
  }

  /**
   * The measured seconds, and what the horizon has covered since the record was seen: a posture
   * that holds goes on without further records.
   */
  static double seconds(Episode episode, Instant seenAt, Instant now) {
    Instant known =
        later(episode.evidence().until(), earlier(episode.evidence().holdsUntil(), seenAt));
    Duration since = Duration.between(known, newest(episode, now));
    return episode.evidence().seconds() + Math.max(0, since.toMillis()) / 1000.0;
  }

  static Instant earlier(Instant a, Instant b) {
    return a.isBefore(b) ? a : b;
  }

  static Instant later(Instant a, Instant b) {
    return a.isBefore(b) ? b : a;
  }
}
