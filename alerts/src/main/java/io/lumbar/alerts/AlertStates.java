package io.lumbar.alerts;

import java.time.Instant;
import java.util.function.BiConsumer;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.api.ProcessingContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * What the policy remembers of each wearer, in two stores: the state as a whole, written when
 * something was told, decided or ended, and beside it how far the episodes that go on have come
 * since, which is all that an ordinary observation writes.
 *
 * <p>An advance counts on the state that it was made for. Both are written in one transaction; a
 * state that was written without looking at the advance takes it away, and what an advance says of
 * an episode that is known by a later revision counts for nothing.
 */
final class AlertStates {
  private final KeyValueStore<String, AlertState> whole;
  private final KeyValueStore<String, byte[]> advances;

  AlertStates(ProcessingContext context) {
    whole = context.getStateStore(AlertsTopology.STATE_STORE);
    advances = context.getStateStore(AlertsTopology.ADVANCE_STORE);
  }

  /**
   * What is remembered of a wearer.
   *
   * @param written as a whole, or null where nothing was
   * @param advance since then, or null
   * @param state both together; empty of a wearer of whom nothing was heard
   */
  record Known(
      String wearer, @Nullable AlertState written, @Nullable Advance advance, AlertState state) {}

  Known of(String wearer) {
    return known(wearer, whole.get(wearer));
  }

  private Known known(String wearer, @Nullable AlertState written) {
    byte[] bytes = advances.get(wearer);
    if (written == null || bytes == null) {
      return new Known(wearer, written, null, written == null ? AlertState.empty() : written);
    }
    Advance advance = AdvanceBytes.decode(bytes);
    return new Known(wearer, written, advance, advance.on(written));
  }

  /**
   * Writes what has changed, if anything has.
   *
   * @param known what was remembered before
   * @param forgottenBefore what was forgotten of it, or null where nothing more was
   */
  void keep(Known known, AlertState state, @Nullable Instant forgottenBefore) {
    if (state.equals(known.state())) {
      return;
    }
    Advance old = known.advance();
    AlertState written = known.written();
    Instant forgotten = forgottenBefore;
    if (forgotten == null) {
      forgotten = old == null ? Instant.EPOCH : old.forgottenBefore();
    }
    Advance advance =
        written == null ? null : Advance.between(written, state, forgotten).orElse(null);
    if (advance != null) {
      advances.put(known.wearer(), AdvanceBytes.encode(advance));
    } else {
      whole.put(known.wearer(), state);
      if (old != null) {
        advances.delete(known.wearer());
      }
    }
  }

  void delete(String wearer) {
    whole.delete(wearer);
    advances.delete(wearer);
  }

  /** Calls back with every wearer of whom something is remembered. */
  void forEach(BiConsumer<String, AlertState> taker) {
    try (KeyValueIterator<String, AlertState> all = whole.all()) {
      while (all.hasNext()) {
        KeyValue<String, AlertState> entry = all.next();
        taker.accept(entry.key, known(entry.key, entry.value).state());
      }
    }
  }
}
