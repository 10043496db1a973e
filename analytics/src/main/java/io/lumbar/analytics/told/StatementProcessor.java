package io.lumbar.analytics.told;

import io.lumbar.analytics.stream.Corrected;
import io.lumbar.analytics.stream.DayTold;
import io.lumbar.analytics.stream.MomentTold;
import io.lumbar.analytics.stream.Nodes;
import io.lumbar.analytics.stream.Span;
import io.lumbar.analytics.stream.SpanForgotten;
import io.lumbar.analytics.stream.Stores;
import io.lumbar.model.CheckIn;
import io.lumbar.model.Correction;
import io.lumbar.model.DayTag;
import io.lumbar.model.Statement;
import io.lumbar.model.WearerId;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/** Keeps what wearers tell, and tells the detectors that it concerns. */
@SuppressWarnings("NullAway.Init") // Streams calls init before anything else
public final class StatementProcessor implements Processor<String, Object, String, Object> {
  private ProcessorContext<String, Object> context;
  private StatementLog log;

  @Override
  public void init(ProcessorContext<String, Object> context) {
    this.context = context;
    log = new StatementLog(context.getStateStore(Stores.STATEMENTS));
  }

  @Override
  public void process(Record<String, Object> record) {
    if (record.value() instanceof Statement statement) {
      WearerId wearer = new WearerId(record.key());
      for (Statement changed : log.add(wearer, statement)) {
        tell(wearer, changed, record);
        if (changed instanceof Correction one && one.forgets()) {
          forget(wearer, one, record);
        }
      }
    }
  }

  private void tell(WearerId wearer, Statement changed, Record<String, Object> record) {
    if (changed instanceof Correction one) {
      Span span = new Span(one.from().toEpochMilli(), one.to().toEpochMilli());
      Corrected note = new Corrected(wearer, span, one.was().voidsMeasurements());
      context.forward(record.withValue((Object) note), Nodes.DETECT_SITTING);
      context.forward(record.withValue((Object) note), Nodes.COUNT_STEPS);
      if (note.voids()) {
        context.forward(record.withValue((Object) note), Nodes.COUNT_BENDS);
      }
      // Also where no posture changes: what is forgotten may have got a word since.
      context.forward(record.withValue((Object) note), Nodes.SUM_DAYS);
    } else if (changed instanceof CheckIn one) {
      MomentTold note = new MomentTold(wearer, one.at().toEpochMilli());
      context.forward(record.withValue((Object) note), Nodes.FIND_NIGHTS);
      context.forward(record.withValue((Object) note), Nodes.SUM_DAYS);
    } else if (changed instanceof DayTag one) {
      DayTold note = new DayTold(wearer, one.date());
      context.forward(record.withValue((Object) note), Nodes.DETECT_SITTING);
      context.forward(record.withValue((Object) note), Nodes.FIND_NIGHTS);
      context.forward(record.withValue((Object) note), Nodes.SUM_DAYS);
    }
  }

  /** Beyond what is measured: what was told within the span, and sums that cannot be made anew. */
  private void forget(WearerId wearer, Correction word, Record<String, Object> record) {
    Span span = new Span(word.from().toEpochMilli(), word.to().toEpochMilli());
    SpanForgotten note = new SpanForgotten(wearer, span);
    context.forward(record.withValue((Object) note), Nodes.FIND_NIGHTS);
    context.forward(record.withValue((Object) note), Nodes.SUM_DAYS);
  }
}
