package io.lumbar.app.logs;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.core.filter.Filter;
import ch.qos.logback.core.spi.FilterReply;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Leaves out what Kafka calls a warning or an error and is the usual course of its transactions.
 *
 * <p>The next transaction of a busy Streams thread may begin before the broker has marked the end
 * of the last one everywhere. Then the first batch for a partition is answered {@code
 * CONCURRENT_TRANSACTIONS}, the up to four behind it {@code OUT_OF_ORDER_SEQUENCE_NUMBER} because
 * that one is missing before them, and the producer sends all of them again, in order. Nothing is
 * lost, and nobody can do anything about it; sending one batch at a time would avoid it and make
 * every backlog slower. What is not sent again is another line, and stays.
 */
final class RepairedByKafka extends Filter<ILoggingEvent> {
  private static final String PRODUCER = "org.apache.kafka.clients.producer.internals.Sender";
  private static final String BROKER = "kafka.server.ReplicaManager";
  private static final List<String> SENT_AGAIN =
      List.of("Error: CONCURRENT_TRANSACTIONS", "Error: OUT_OF_ORDER_SEQUENCE_NUMBER");
  private static final String FIRST_IS_MISSING =
      "Expected sequence 0 for transactions v2 idempotent producer with no existing state";

  @Override
  public FilterReply decide(ILoggingEvent event) {
    boolean repaired =
        switch (event.getLoggerName()) {
          case PRODUCER -> isSentAgain(event.getFormattedMessage());
          case BROKER -> isFirstMissing(event.getThrowableProxy());
          default -> false;
        };
    return repaired ? FilterReply.DENY : FilterReply.NEUTRAL;
  }

  private static boolean isSentAgain(String message) {
    return message.contains(", retrying (") && SENT_AGAIN.stream().anyMatch(message::contains);
  }

  private static boolean isFirstMissing(@Nullable IThrowableProxy thrown) {
    return thrown != null
        && thrown.getMessage() != null
        && thrown.getMessage().contains(FIRST_IS_MISSING);
  }
}
