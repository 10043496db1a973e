package io.lumbar.history;

import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What others may know about a running writer. Written by its thread, read by any. */
final class WriterState {
  private static final Logger LOG = LoggerFactory.getLogger(HistoryWriter.class);

  final AtomicLong written = new AtomicLong();
  final AtomicLong deadLettered = new AtomicLong();
  volatile long behind;
  private volatile @Nullable String trouble;

  @Nullable String trouble() {
    return trouble;
  }

  /** Says so once, however often it is tried again. */
  void failed(String what, RuntimeException cause) {
    String before = trouble;
    trouble = what + ": " + cause.getMessage();
    if (before == null) {
      LOG.warn("{}; trying again", trouble);
    } else {
      LOG.debug("still: {}", trouble, cause);
    }
  }

  void fine() {
    if (trouble != null) {
      trouble = null;
      LOG.info("the history is written again");
    }
  }
}
