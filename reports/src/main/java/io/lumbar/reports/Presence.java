package io.lumbar.reports;

import io.lumbar.model.DeviceId;
import io.lumbar.model.Heard;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * When each device was last heard, by the arrival of its records, not by what they speak about: an
 * upload of yesterday's data shows a device that is connected now. A file that is imported, old or
 * new, shows none. Known from ten minutes before the start on. Thread-safe.
 */
public final class Presence {
  private final Map<DeviceId, Seen> seen = new ConcurrentHashMap<>();

  private record Seen(Instant at, Heard as) {}

  Presence() {}

  /** When a record of the device last arrived, if it did since shortly before the start. */
  public Optional<Instant> lastSeen(DeviceId device) {
    return Optional.ofNullable(seen.get(device)).map(Seen::at);
  }

  /** The device that uploaded that record, where the device itself did not. */
  Optional<DeviceId> lastVia(DeviceId device) {
    return Optional.ofNullable(seen.get(device)).map(last -> last.as().via());
  }

  /** A record arrived; who uploaded it was heard then too. */
  void heard(Heard as, Instant at) {
    note(as, at);
    if (as.via() != null) {
      note(new Heard(as.via(), null), at);
    }
  }

  private void note(Heard as, Instant at) {
    seen.merge(
        as.device(),
        new Seen(at, as),
        (known, next) -> next.at().isAfter(known.at()) ? next : known);
  }
}
