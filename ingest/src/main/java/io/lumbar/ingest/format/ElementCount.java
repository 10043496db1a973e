package io.lumbar.ingest.format;

import io.lumbar.http.ApiException;
import io.lumbar.http.Shares;
import org.jspecify.annotations.Nullable;

/**
 * Counts the elements of one upload while they are read, so that an upload of too many is refused
 * before it fills the memory: a few kilobytes of gzip can hold millions of empty elements. What
 * goes beyond some thousand is taken from what all uploads together may hold, and all of one
 * sender, until this is closed: each takes some hundred bytes until it is answered. For one thread.
 */
public final class ElementCount implements AutoCloseable {
  private static final int FREE = 2_000;
  private static final int STEP = 1_000;
  private static final int RETRY_SECONDS = 5;
  private static final long LONGEST_WAIT_MILLIS = 2_000;

  private final int most;
  private final Hold hold;
  private int count;

  /** What one upload has taken, whatever counts. */
  private static final class Hold {
    private final Shares.@Nullable Share share;
    private int allowed = FREE;

    Hold(Shares.@Nullable Share share) {
      this.share = share;
    }

    boolean more() {
      boolean taken = share == null || share.take(STEP, LONGEST_WAIT_MILLIS);
      allowed += taken ? STEP : 0;
      return taken;
    }

    void close() {
      if (share != null) {
        share.close();
        allowed = FREE;
      }
    }
  }

  private ElementCount(int most, Hold hold) {
    this.most = most;
    this.hold = hold;
  }

  /** Counts up to a limit. */
  public ElementCount(int most) {
    this(most, new Hold(null));
  }

  /** Counts up to a limit, beside other uploads of the same sender and of others. */
  public ElementCount(int most, Shares pool, String sender) {
    this(most, new Hold(pool.share(sender)));
  }

  /**
   * Counts something else of the same upload, such as what was found in its elements: both may
   * reach the limit, and the upload holds as many as the larger. Closing either closes both.
   */
  public ElementCount another() {
    return new ElementCount(most, hold);
  }

  /**
   * Counts one more.
   *
   * @throws ApiException 413 beyond the limit, 503 when other uploads, or those of the same sender,
   *     still hold all there is for them
   */
  public void add() {
    count++;
    if (count > most) {
      throw ApiException.tooLarge(
          "more than %d elements in one upload; send it in parts".formatted(most));
    }
    if (count > hold.allowed && !hold.more()) {
      throw ApiException.unavailable(
          "other large uploads are still being worked on; send it again, or in parts of at most"
              + " %d elements".formatted(FREE),
          RETRY_SECONDS);
    }
  }

  @Override
  public void close() {
    hold.close();
  }
}
