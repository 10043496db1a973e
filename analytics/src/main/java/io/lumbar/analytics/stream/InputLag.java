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
   * True when the input topics hold nothing in a partition beyond the given positions. May wait for
   * the broker, at most a second or two; false when it does not answer. For what is asked seldom.
   */
  boolean caughtUp(int partition, Positions positions);

  /**
   * The same without waiting: false while the answer is on its way, and to be asked again. A stream
   * thread that waited here whenever it is behind would never catch up.
   */
  default boolean isKnownCaughtUp(int partition, Positions positions) {
    return caughtUp(partition, positions);
  }

  /**
   * True for a moment after uploads could not be taken, while senders still have to come back with
   * what they kept. Then no record, however new, shows that the rest was read: it may be another
   * wearer's.
   */
  default boolean settling() {
    return false;
  }

  /** How far a task has read. */
  interface Positions {
    /** The next offset to read, or -1 when nothing was read since the task began. */
    long next(Topic topic);
  }
}
