package io.lumbar.app.streams;

import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.streams.errors.DeserializationExceptionHandler;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lets the stream go on after bytes that are not what the topic holds. Kafka makes it. */
public final class UnreadableRecords implements DeserializationExceptionHandler {
  private static final Logger LOG = LoggerFactory.getLogger(UnreadableRecords.class);

  private StreamFaults faults = new StreamFaults();

  @Override
  public Response handleError(
      ErrorHandlerContext context, ConsumerRecord<byte[], byte[]> record, Exception fault) {
    faults.countUnreadable();
    LOG.warn(
        "left out an unreadable record: {} partition {} offset {}",
        record.topic(),
        record.partition(),
        record.offset());
    return Response.resume(StreamFaults.deadLetters(context, fault));
  }

  @Override
  public void configure(Map<String, ?> configs) {
    faults = StreamFaults.in(configs);
  }
}
