package io.lumbar.reports;

import io.lumbar.model.DeviceId;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * When each device was last heard, by the arrival of its records, not by what they speak about: an
 * upload of yesterday's data shows a device that is connected now. Known from ten minutes before
 * the start on. Thread-safe.
 */
public final class Presence {
  private final Map<String, Instant> lastSeen = new ConcurrentHashMap<>();

  Presence() {}

  /** When a record of the device last arrived, if it did since shortly before the start. */
  public Optional<Instant> lastSeen(DeviceId device) {
    return Optional.ofNullable(lastSeen.get(device.value()));
  }

  void heard(String device, Instant at) {
    lastSeen.merge(device, at, (known, next) -> next.isAfter(known) ? next : known);
  }
}
