package io.lumbar.http;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * A token bucket per caller: so many requests per second on the long run, bursts of twice as many.
 * Remembers the callers seen last, so that memory stays bounded. Thread-safe.
 */
final class RateLimit {
  private static final int MOST_CALLERS = 10_000;

  private final double perSecond;
  private final LongSupplier nanos;
  private final Map<String, Bucket> buckets =
      new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
          return size() > MOST_CALLERS;
        }
      };

  /** With 0 requests per second there is no limit. */
  RateLimit(double perSecond, LongSupplier nanos) {
    this.perSecond = perSecond;
    this.nanos = nanos;
  }

  /** Takes one request from the caller's bucket; false when it is empty. */
  boolean allows(String caller) {
    if (perSecond == 0) {
      return true;
    }
    long now = nanos.getAsLong();
    synchronized (buckets) {
      Bucket bucket = buckets.computeIfAbsent(caller, unused -> new Bucket(2 * perSecond, now));
      double refilled = bucket.tokens + (now - bucket.at) / 1e9 * perSecond;
      bucket.tokens = Math.min(2 * perSecond, refilled);
      bucket.at = now;
      if (bucket.tokens < 1) {
        return false;
      }
      bucket.tokens -= 1;
      return true;
    }
  }

  private static final class Bucket {
    private double tokens;
    private long at;

    Bucket(double tokens, long at) {
      this.tokens = tokens;
      this.at = at;
    }
  }
}
