package io.lumbar.history;

import io.lumbar.history.HistoryStore.HistoryUnavailable;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.common.KafkaException;
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

  /**
   * Says so once, however often it is tried again. What neither the store nor Kafka says of itself
   * is a fault of ours, whose place is worth knowing.
   */
  void failed(String what, RuntimeException cause) {
    boolean known = cause instanceof HistoryUnavailable || cause instanceof KafkaException;
    String before = trouble;
    trouble =
        what
            + ": "
            + (known
                ? cause.getMessage()
                : cause.getClass().getSimpleName() + ", which is a fault in Lumbar; see its log");
    if (before != null) {
      LOG.debug("still: {}", trouble, cause);
    } else if (known) {
      LOG.warn("{}; trying again", trouble);
    } else {
      LOG.warn("{}; trying again", trouble, cause);
    }
  }

  void fine() {
    if (trouble != null) {
      trouble = null;
      LOG.info("the history is written again");
    }
  }
}
