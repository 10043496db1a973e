package io.lumbar.analytics.sitting;

import io.lumbar.model.Bout;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.function.Supplier;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.jspecify.annotations.Nullable;

/** Bouts one after the other: first those at hand, then, when it comes to that, those stored. */
final class BoutWalk implements Iterator<Bout>, AutoCloseable {
  private final Iterator<Bout> atHand;
  private @Nullable Supplier<KeyValueIterator<String, Bout>> behind;
  private @Nullable KeyValueIterator<String, Bout> stored;

  BoutWalk(Iterator<Bout> atHand, @Nullable Supplier<KeyValueIterator<String, Bout>> behind) {
    this.atHand = atHand;
    this.behind = behind;
  }

  @Override
  public boolean hasNext() {
    if (atHand.hasNext()) {
      return true;
    }
    if (behind != null) {
      stored = behind.get();
      behind = null;
    }
    return stored != null && stored.hasNext();
  }

  @Override
  public Bout next() {
    if (!hasNext()) {
      throw new NoSuchElementException("there are no more bouts");
    }
    return atHand.hasNext() || stored == null ? atHand.next() : stored.next().value;
  }

  @Override
  public void close() {
    if (stored != null) {
      stored.close();
    }
  }
}
