package io.lumbar.analytics;

import io.lumbar.analytics.stream.Stores;
import io.lumbar.analytics.stream.WearerErased;
import io.lumbar.model.Wearer;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * Clears every store of a wearer whose registry record is gone, tells the others to clear their
 * memory, and remembers the id, so that what still comes is refused.
 *
 * <p>Last revisions that an earlier version kept under an id alone stay: the id is a hash that no
 * longer tells of whom or when.
 */
@SuppressWarnings("NullAway.Init") // Streams calls init before anything else
final class ForgetProcessor implements Processor<String, @Nullable Wearer, String, Object> {
  /** All stores whose keys begin with the wearer. */
  static final List<String> STORES =
      List.of(
          Stores.MOTION,
          Stores.MOTION_TIMERS,
          Stores.TRUNK,
          Stores.TRUNK_TIMERS,
          Stores.EVIDENCE,
          Stores.CHANGED_POSTURE,
          Stores.CHANGED_NIGHTS,
          Stores.TIMERS,
          Stores.STATEMENTS,
          Stores.BOUTS,
          Stores.EPISODES,
          Stores.BENDS,
          Stores.WEARERS,
          Stores.NIGHTS,
          Stores.LOADS,
          Stores.STEPS,
          Stores.SEATED_MOVES,
          Stores.CHANGED_STEPS,
          Stores.STEP_TIMERS,
          Stores.CHANGED_DAYS,
          Stores.DAYS,
          Stores.DAY_TIMERS,
          Stores.BARRIERS,
          Stores.RETIRED,
          Stores.PRESENCE,
          Stores.NEEDS,
          Stores.PRESENCE_TIMERS,
          Stores.FORGET_TIMERS,
          Stores.WATERMARKS,
          Stores.CLOSED_DAYS,
          Stores.REBUILT_DAYS);

  private ProcessorContext<String, Object> context;
  private KeyValueStore<String, Long> erased;

  @Override
  public void init(ProcessorContext<String, Object> context) {
    this.context = context;
    erased = context.getStateStore(Stores.ERASED);
  }

  @Override
  public void process(Record<String, @Nullable Wearer> record) {
    String wearer = record.key();
    // A key that begins with a bar is a mark of the sweeper's, and nobody's.
    if (record.value() != null || wearer == null || wearer.startsWith("|")) {
      return;
    }
    for (String name : STORES) {
      clear(context.getStateStore(name), wearer);
    }
    erased.put(wearer, record.timestamp());
    context.forward(new Record<>(wearer, new WearerErased(wearer), record.timestamp()));
  }

  private static <V> void clear(KeyValueStore<String, V> store, String wearer) {
    List<String> keys = new ArrayList<>();
    if (store.get(wearer) != null) {
      keys.add(wearer);
    }
    // The character behind the bar ends what begins with it.
    try (KeyValueIterator<String, V> all = store.range(wearer + "|", wearer + "}")) {
      while (all.hasNext()) {
        KeyValue<String, V> next = all.next();
        keys.add(next.key);
      }
    }
    keys.forEach(store::delete);
  }
}
