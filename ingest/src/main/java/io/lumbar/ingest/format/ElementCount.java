package io.lumbar.ingest.format;

import io.lumbar.http.ApiException;

/**
 * Counts the elements of one upload while they are read, so that an upload of too many is refused
 * before it fills the memory: a few kilobytes of gzip can hold millions of empty elements.
 */
public final class ElementCount {
  private final int most;
  private int count;

  /** Counts up to a limit. */
  public ElementCount(int most) {
    this.most = most;
  }

  /**
   * Counts one more.
   *
   * @throws ApiException 413 beyond the limit
   */
  public void add() {
    count++;
    if (count > most) {
      throw ApiException.tooLarge(
          "more than %d elements in one upload; send it in parts".formatted(most));
    }
  }
}
