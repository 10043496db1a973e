package io.lumbar.app.streams;

import java.util.Map;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.apache.kafka.streams.errors.ProcessingExceptionHandler;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets the stream go on after a record that a processor cannot take. Faults of Kafka itself are not
 * the record's: going on would lose it, so the thread fails and reads it again. Kafka makes it.
 */
public final class UnprocessableRecords implements ProcessingExceptionHandler {
  private static final Logger LOG = LoggerFactory.getLogger(UnprocessableRecords.class);

  private StreamFaults faults = new StreamFaults();

  @Override
  public Response handleError(
      ErrorHandlerContext context, @Nullable Record<?, ?> record, Exception fault) {
    if (fault instanceof KafkaException && !(fault instanceof SerializationException)) {
      return Response.fail();
    }
    faults.countUnprocessable();
    LOG.error(
        "left out a record that {} could not process: {} partition {} offset {}",
        context.processorNodeId(),
        context.topic(),
        context.partition(),
        context.offset(),
        fault);
    return Response.resume(StreamFaults.deadLetters(context, fault));
  }

  @Override
  public void configure(Map<String, ?> configs) {
    faults = StreamFaults.in(configs);
  }
}
