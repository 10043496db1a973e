package io.lumbar.http;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * A token bucket per caller: so much per second on the long run, bursts of some seconds' worth.
 * Remembers the callers seen last, so that memory stays bounded. Thread-safe.
 */
final class RateLimit {
  private static final int MOST_CALLERS = 10_000;

  private static final int SHORT_BURST_SECONDS = 2;

  private final double perSecond;
  private final double most;
  private final LongSupplier nanos;
  private final Map<String, Bucket> buckets =
      new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
          return size() > MOST_CALLERS;
        }
      };

  /** With bursts of two seconds' worth; with 0 per second there is no limit. */
  RateLimit(double perSecond, LongSupplier nanos) {
    this(perSecond, SHORT_BURST_SECONDS, nanos);
  }

  /** With bursts of so many seconds' worth; with 0 per second there is no limit. */
  RateLimit(double perSecond, int burstSeconds, LongSupplier nanos) {
    this.perSecond = perSecond;
    this.most = perSecond * burstSeconds;
    this.nanos = nanos;
  }

  /** Takes one from the caller's bucket; false when it is empty. */
  boolean allows(String caller) {
    if (perSecond == 0) {
      return true;
    }
    synchronized (buckets) {
      Bucket bucket = refilled(caller);
      if (bucket.tokens < 1) {
        return false;
      }
      bucket.tokens -= 1;
      return true;
    }
  }

  /**
   * Takes as much as was used, which may leave a debt: how large something is, is known only when
   * it has been read.
   */
  void charge(String caller, long amount) {
    if (perSecond > 0) {
      synchronized (buckets) {
        refilled(caller).tokens -= amount;
      }
    }
  }

  /** Seconds until the caller has no debt any more, rounded up; 0 for one that has none. */
  int secondsToWait(String caller) {
    if (perSecond == 0) {
      return 0;
    }
    synchronized (buckets) {
      return (int) Math.ceil(Math.max(0, -refilled(caller).tokens / perSecond));
    }
  }

  private Bucket refilled(String caller) {
    long now = nanos.getAsLong();
    Bucket bucket = buckets.computeIfAbsent(caller, unused -> new Bucket(most, now));
    double refilled = bucket.tokens + (now - bucket.at) / 1e9 * perSecond;
    bucket.tokens = Math.min(most, refilled);
    bucket.at = now;
    return bucket;
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
