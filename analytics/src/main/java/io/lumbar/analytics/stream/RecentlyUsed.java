package io.lumbar.analytics.stream;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Decoded values at hand, by key; those not asked for longest give way.
 *
 * <p>By a store's keys it is right as long as the processor that holds it is the only writer of the
 * store, and is emptied in {@code init}: after an aborted transaction it may be ahead of the store.
 */
public final class RecentlyUsed<K, V> extends LinkedHashMap<K, V> {
  private static final long serialVersionUID = 1;

  private final int most;

  /** Keeps at most so many values. */
  public RecentlyUsed(int most) {
    super(16, 0.75f, true);
    this.most = most;
  }

  @Override
  protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
    return size() > most;
  }
}
