package io.lumbar.ingest;

import io.lumbar.model.DeviceId;
import io.lumbar.model.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.apache.kafka.common.errors.SerializationException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What devices have sent: when, and of numbered messages which are missing. Remembers the devices
 * and recordings heard last, over a restart too when the process could write them down at its end;
 * after another end it begins anew, because what was heard after the last writing would count as
 * lost. Thread-safe.
 */
final class UploadBook {
  private static final Logger LOG = LoggerFactory.getLogger(UploadBook.class);

  /** How a client says hello that has no message for it. */
  static final String EMPTY_BODY = "with an empty body";

  private static final int VERSION = 1;
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

  private record Heard(
      String format, @Nullable Instant at, @Nullable Instant hello, @Nullable DeviceId via) {}

  /** What is written down; version 1, older ones without {@code via}. */
  record Written(int version, List<WrittenDevice> devices, List<WrittenSeries> series) {}

  record WrittenDevice(
      DeviceId device,
      String format,
      @Nullable Instant at,
      @Nullable Instant hello,
      @Nullable DeviceId via) {}

  /**
   * One recording.
   *
   * @param gaps each the first missing number and the first after it that is not
   */
  record WrittenSeries(
      String key,
      DeviceId device,
      long first,
      long next,
      long missing,
      List<List<Long>> gaps,
      @Nullable Instant from,
      @Nullable Instant to,
      boolean imported) {}

  /**
   * Goes on with what was written down, which is gone then.
   *
   * @param known the devices that there still are
   */
  static UploadBook open(Path file, Predicate<DeviceId> known) {
    UploadBook book = new UploadBook();
    try {
      byte[] bytes = Files.readAllBytes(file);
      Files.delete(file);
      Written written = Json.read(bytes, Written.class);
      if (written.version() == VERSION) {
        book.read(written, known);
      }
    } catch (NoSuchFileException e) {
      LOG.debug("no uploads were written down", e);
    } catch (IOException | SerializationException e) {
      LOG.warn("what devices had sent before is not known: {}", e.toString());
    }
    return book;
  }

  private synchronized void read(Written written, Predicate<DeviceId> known) {
    for (WrittenDevice each : written.devices()) {
      if (known.test(each.device())) {
        devices.put(each.device(), new Heard(each.format(), each.at(), each.hello(), each.via()));
      }
    }
    for (WrittenSeries each : written.series()) {
      if (known.test(each.device())) {
        series.put(each.key(), new Series(each));
      }
    }
  }

  /**
   * Writes down for the next start what is known of devices that there still are, so that nothing
   * of an erased wearer's lies there until then.
   */
  synchronized void write(Path file, Predicate<DeviceId> known) {
    Written written =
        new Written(
            VERSION,
            devices.entrySet().stream()
                .filter(each -> known.test(each.getKey()))
                .map(
                    each ->
                        new WrittenDevice(
                            each.getKey(),
                            each.getValue().format(),
                            each.getValue().at(),
                            each.getValue().hello(),
                            each.getValue().via()))
                .toList(),
            series.entrySet().stream()
                .filter(each -> known.test(each.getValue().device))
                .map(each -> each.getValue().written(each.getKey()))
                .toList());
    try {
      Path fresh = file.resolveSibling(file.getFileName() + ".part");
      Files.write(fresh, Json.bytes(written));
      Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      LOG.warn("what devices have sent cannot be written down: {}", e.toString());
    }
  }

  /**
   * About one device.
   *
   * @param at of the last upload, or null
   * @param hello when the connection was tested last, or null
   * @param via the device that heard it in the last upload; null when it uploads itself
   * @param messagesLost of its remembered recordings
   * @param messagesFilled were lost, until the recording was imported
   */
  record Entry(
      String format,
      @Nullable Instant at,
      @Nullable Instant hello,
      @Nullable DeviceId via,
      long messagesLost,
      long messagesFilled) {}

  /**
   * A device tested its connection.
   *
   * @param client what it called itself, or how it did so
   */
  synchronized void hello(DeviceId device, String format, Instant now, String client) {
    LOG.info("device {} said hello ({})", device, Spelling.clip(client));
    Heard before = devices.get(device);
    devices.put(
        device,
        new Heard(
            format,
            before == null ? null : before.at(),
            now,
            before == null ? null : before.via()));
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
    uploaded(device, format, now, null);
  }

  /** A device that does not upload was heard in another one's upload, anew or once more. */
  synchronized void heard(DeviceId device, String format, Instant now, DeviceId via) {
    uploaded(device, format, now, via);
  }

  private void uploaded(DeviceId device, String format, Instant now, @Nullable DeviceId via) {
    Heard before = devices.get(device);
    devices.put(device, new Heard(format, now, before == null ? null : before.hello(), via));
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
    return new Entry(heard.format(), heard.at(), heard.hello(), heard.via(), lost, filled);
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

    Series(WrittenSeries written) {
      device = written.device();
      first = written.first();
      next = written.next();
      missing = written.missing();
      written.gaps().forEach(gap -> gaps.put(gap.get(0), gap.get(1)));
      Instant begin = written.from();
      Instant end = written.to();
      if (begin != null && end != null) {
        from = begin;
        to = end;
      }
      imported = written.imported();
    }

    WrittenSeries written(String key) {
      boolean timed = !from.isAfter(to);
      return new WrittenSeries(
          key,
          device,
          first,
          next,
          missing,
          gaps.entrySet().stream().map(gap -> List.of(gap.getKey(), gap.getValue())).toList(),
          timed ? from : null,
          timed ? to : null,
          imported);
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
