package io.lumbar.alerts;

/**
 * Up to when everything that reached the broker is taken into account.
 *
 * <p>A timer may only speak when that is a moment ago: the word that the wearer stood up may still
 * wait, for the alerts to read an episode or an answer, or for the analysis to read an upload,
 * which can be another process and away.
 */
@FunctionalInterface
public interface InputProgress {

  /** Never behind; for tests and replays without a broker. */
  InputProgress COMPLETE = partition -> Long.MAX_VALUE;

  /**
   * What reached a partition before this instant was analysed, and what came of it was read.
   *
   * @return milliseconds of the system's clock; 0 when nobody knows at the moment. Must not block.
   */
  long readUpTo(int partition);
}
