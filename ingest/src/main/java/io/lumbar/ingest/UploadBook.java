package io.lumbar.ingest;

import io.lumbar.model.DeviceId;
import java.time.Duration;
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

  /** Sensors of one recording do not begin and end at the same moment. */
  private static final Duration EDGE = Duration.ofMinutes(1);

  private final Map<DeviceId, Heard> devices = lastUsed(MOST_DEVICES);
  private final Map<String, Series> series = lastUsed(MOST_SERIES);

  private record Heard(String format, @Nullable Instant at, @Nullable Instant hello) {}

  /**
   * About one device.
   *
   * @param at of the last upload, or null
   * @param hello when the connection was tested last, or null
   * @param messagesLost of its remembered recordings
   * @param messagesFilled were lost, until the recording was imported
   */
  record Entry(
      String format,
      @Nullable Instant at,
      @Nullable Instant hello,
      long messagesLost,
      long messagesFilled) {}

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
          .heard(message);
    }
    Heard before = devices.get(device);
    devices.put(device, new Heard(format, now, before == null ? null : before.hello()));
  }

  /** A recording of a device was imported, from its first sample to its last. */
  synchronized void imported(DeviceId device, Instant from, Instant to) {
    series.values().stream()
        .filter(each -> each.device.equals(device))
        .forEach(each -> each.imported(from, to));
  }

  synchronized @Nullable Entry of(DeviceId device) {
    Heard heard = devices.get(device);
    if (heard == null) {
      return null;
    }
    long lost = 0;
    long filled = 0;
    for (Series each : series.values()) {
      if (each.device.equals(device)) {
        lost += each.lost();
        filled += each.filled();
      }
    }
    return new Entry(heard.format(), heard.at(), heard.hello(), lost, filled);
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
    private Instant from = Instant.MAX;
    private Instant to = Instant.MIN;
    private boolean imported;

    Series(DeviceId device, long first) {
      this.device = device;
      this.first = first;
    }

    void heard(Findings.Message message) {
      from = from.isBefore(message.from()) ? from : message.from();
      to = to.isAfter(message.to()) ? to : message.to();
      long number = message.number();
      if (number < first && first - number < LONGEST_SERIES) {
        shift((int) (first - number));
      }
      long place = number - first;
      if (place >= 0 && place < LONGEST_SERIES) {
        heard.set((int) place);
      }
    }

    /** Takes note of a recording, which fills the gaps when it spans all that was heard. */
    void imported(Instant first, Instant last) {
      imported |=
          !from.isAfter(to) && !first.isAfter(from.plus(EDGE)) && !last.isBefore(to.minus(EDGE));
    }

    /** What is missing between the first and the last that was heard, and was not imported. */
    int lost() {
      return imported ? 0 : missing();
    }

    int filled() {
      return imported ? missing() : 0;
    }

    private int missing() {
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
