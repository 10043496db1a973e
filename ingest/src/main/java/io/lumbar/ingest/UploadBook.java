package io.lumbar.ingest;

import io.lumbar.model.DeviceId;
import java.time.Instant;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What devices have sent in clients' formats since this process started: when, and of numbered
 * messages which are missing. Remembers the devices and recordings heard last. Thread-safe.
 */
final class UploadBook {
  private static final int MOST_DEVICES = 20_000;
  private static final int MOST_SERIES = 2_000;
  private static final int LONGEST_SERIES = 1 << 20;

  private final Map<DeviceId, Heard> devices = lastUsed(MOST_DEVICES);
  private final Map<String, Series> series = lastUsed(MOST_SERIES);

  private record Heard(String format, @Nullable Instant at, @Nullable Instant hello) {}

  /**
   * About one device.
   *
   * @param at of the last upload, or null
   * @param hello when the connection was tested last, or null
   * @param messagesLost of its remembered recordings
   */
  record Entry(String format, @Nullable Instant at, @Nullable Instant hello, long messagesLost) {}

  synchronized void hello(DeviceId device, String format, Instant now) {
    Heard before = devices.get(device);
    devices.put(device, new Heard(format, before == null ? null : before.at(), now));
  }

  synchronized void upload(
      DeviceId device, String format, Instant now, Findings.@Nullable Message message) {
    if (message != null) {
      series
          .computeIfAbsent(
              device + " " + message.series(), each -> new Series(device, message.number()))
          .heard(message.number());
    }
    Heard before = devices.get(device);
    devices.put(device, new Heard(format, now, before == null ? null : before.hello()));
  }

  synchronized @Nullable Entry of(DeviceId device) {
    Heard heard = devices.get(device);
    if (heard == null) {
      return null;
    }
    long lost =
        series.values().stream()
            .filter(each -> each.device.equals(device))
            .mapToLong(Series::lost)
            .sum();
    return new Entry(heard.format(), heard.at(), heard.hello(), lost);
  }

  /** Of all devices together. */
  synchronized long lost() {
    return series.values().stream().mapToLong(Series::lost).sum();
  }

  private static <K, V> Map<K, V> lastUsed(int most) {
    return new LinkedHashMap<>(64, 0.75f, true) {
      private static final long serialVersionUID = 1;

      @Override
      protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
        return size() > most;
      }
    };
  }

  /** The numbers of one recording, from the first that was heard on. */
  private static final class Series {
    private final DeviceId device;
    private final BitSet heard = new BitSet();
    private long first;

    Series(DeviceId device, long first) {
      this.device = device;
      this.first = first;
    }

    void heard(long number) {
      if (number < first && first - number < LONGEST_SERIES) {
        shift((int) (first - number));
      }
      long place = number - first;
      if (place >= 0 && place < LONGEST_SERIES) {
        heard.set((int) place);
      }
    }

    /** What is between the first and the last that was heard. */
    int lost() {
      return heard.length() - heard.cardinality();
    }

    private void shift(int by) {
      if (heard.length() + (long) by > LONGEST_SERIES) {
        return;
      }
      BitSet moved = new BitSet();
      heard.stream().forEach(each -> moved.set(each + by));
      heard.clear();
      heard.or(moved);
      first -= by;
    }
  }
}
