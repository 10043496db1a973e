package io.lumbar.analytics.stream;

import io.lumbar.model.Topic;

/**
 * Whether everything that was uploaded so far has been read.
 *
 * <p>A timer may only speak when it has: after an outage the word that the wearer stood up may
 * still be waiting in the topic.
 */
public interface InputLag {

  /** Never behind; for tests and replays without a broker. */
  InputLag NONE = (partition, positions) -> true;

  /**
   * True when the input topics hold nothing in a partition beyond the given positions. Must not
   * block: an answer that is not known yet is false, and asked again.
   */
  boolean caughtUp(int partition, Positions positions);

  /** How far a task has read. */
  interface Positions {
    /** The next offset to read, or -1 when nothing was read since the task began. */
    long next(Topic topic);
  }
}
