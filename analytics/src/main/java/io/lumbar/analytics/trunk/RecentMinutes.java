package io.lumbar.analytics.trunk;

import java.util.LinkedHashMap;
import java.util.Map;

/** Decoded minutes of one sensor by their start; those not asked for longest give way. */
final class RecentMinutes<V> extends LinkedHashMap<Long, V> {
  private static final long serialVersionUID = 1;

  private final int most;

  /** Keeps at most so many. */
  RecentMinutes(int most) {
    super(16, 0.75f, true);
    this.most = most;
  }

  @Override
  protected boolean removeEldestEntry(Map.Entry<Long, V> eldest) {
    return size() > most;
  }
}
