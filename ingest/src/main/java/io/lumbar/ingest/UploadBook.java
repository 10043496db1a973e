package io.lumbar.ingest;

import io.lumbar.model.DeviceId;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What devices have sent in clients' formats since this process started: when, and of numbered
 * messages which are missing. Remembers the devices and recordings heard last. Thread-safe.
 */
final class UploadBook {
  private static final int MOST_DEVICES = 20_000;
  private static final int MOST_SERIES = 2_000;
  private static final int LONGEST_SERIES = 1 << 20;
  private static final long HIGHEST_NUMBER = 1L << 53;

  /**
   * Of one device: a recording per hour of a day, so that one device cannot push out the others.
   */
  private static final int MOST_OF_A_DEVICE = 24;

  /** Of one recording; beyond it the earliest count as lost for good. */
  private static final int MOST_GAPS = 200;

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
    if (message != null && message.number() >= 0 && message.number() < HIGHEST_NUMBER) {
      String key = device + " " + message.series();
      if (!series.containsKey(key)) {
        forgetEldestOf(device);
      }
      series.computeIfAbsent(key, each -> new Series(device, message.number())).heard(message);
    }
    Heard before = devices.get(device);
    devices.put(device, new Heard(format, now, before == null ? null : before.hello()));
  }

  private void forgetEldestOf(DeviceId device) {
    List<String> own =
        series.entrySet().stream()
            .filter(each -> each.getValue().device.equals(device))
            .map(Map.Entry::getKey)
            .toList();
    if (own.size() >= MOST_OF_A_DEVICE) {
      series.remove(own.get(0));
    }
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

  /**
   * The numbers of one recording, from the first that was heard to the last. Only what is missing
   * between them is kept, so that numbers far apart take no more memory than near ones.
   */
  private static final class Series {
    private final DeviceId device;

    /** First missing number to the first after it that is not. */
    private final TreeMap<Long, Long> gaps = new TreeMap<>();

    private long first;
    private long next;

    /** In all gaps, also those that are remembered no more. */
    private long missing;

    private Instant from = Instant.MAX;
    private Instant to = Instant.MIN;
    private boolean imported;

    Series(DeviceId device, long first) {
      this.device = device;
      this.first = first;
      this.next = first;
    }

    void heard(Findings.Message message) {
      from = from.isBefore(message.from()) ? from : message.from();
      to = to.isAfter(message.to()) ? to : message.to();
      long number = message.number();
      if (Math.max(number, next - 1) - Math.min(number, first) >= LONGEST_SERIES) {
        return;
      }
      if (number >= next) {
        open(next, number);
        next = number + 1;
      } else if (number < first) {
        open(number + 1, first);
        first = number;
      } else {
        fill(number);
      }
    }

    /** Takes note of a recording, which fills the gaps when it spans all that was heard. */
    void imported(Instant first, Instant last) {
      imported |=
          !from.isAfter(to) && !first.isAfter(from.plus(EDGE)) && !last.isBefore(to.minus(EDGE));
    }

    /** What is missing between the first and the last that was heard, and was not imported. */
    long lost() {
      return imported ? 0 : missing;
    }

    long filled() {
      return imported ? missing : 0;
    }

    private void open(long begin, long end) {
      if (begin < end) {
        gaps.put(begin, end);
        missing += end - begin;
        if (gaps.size() > MOST_GAPS) {
          gaps.pollFirstEntry();
        }
      }
    }

    private void fill(long number) {
      Map.Entry<Long, Long> gap = gaps.floorEntry(number);
      if (gap == null || number >= gap.getValue()) {
        return;
      }
      gaps.remove(gap.getKey());
      missing -= gap.getValue() - gap.getKey();
      open(gap.getKey(), number);
      open(number + 1, gap.getValue());
    }
  }
}
