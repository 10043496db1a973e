package io.lumbar.model;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.jspecify.annotations.Nullable;

/**
 * Which device is heard in a record of an input topic, as its headers {@code device} and {@code
 * via} say, so that nobody has to read the record to know.
 *
 * @param device whose measurement it is
 * @param via the device that heard and uploaded it, such as a gateway; null when {@code device} did
 */
public record Heard(DeviceId device, @Nullable DeviceId via) {
  private static final String DEVICE = "device";
  private static final String VIA = "via";

  /**
   * A record of one device that was uploaded by the same one or another.
   *
   * @param device whose measurement it is
   * @param uploader who brought it
   */
  public static Heard from(DeviceId device, DeviceId uploader) {
    return new Heard(device, device.equals(uploader) ? null : uploader);
  }

  /** The headers that say so. */
  public List<Header> headers() {
    Header whose = header(DEVICE, device);
    return via == null ? List.of(whose) : List.of(whose, header(VIA, via));
  }

  /** Reads the headers; empty for a record that names no device, or none that can be. */
  public static Optional<Heard> of(Headers headers) {
    DeviceId device = device(headers, DEVICE);
    return device == null ? Optional.empty() : Optional.of(new Heard(device, device(headers, VIA)));
  }

  private static Header header(String name, DeviceId device) {
    return new RecordHeader(name, device.value().getBytes(StandardCharsets.UTF_8));
  }

  private static @Nullable DeviceId device(Headers headers, String name) {
    Header header = headers.lastHeader(name);
    if (header == null || header.value() == null) {
      return null;
    }
    try {
      return new DeviceId(new String(header.value(), StandardCharsets.UTF_8));
    } catch (IllegalArgumentException e) {
      // Somebody else's header of the same name is no reason to stop reading the topic.
      return null;
    }
  }
}
