package io.lumbar.ingest;

import io.lumbar.ingest.format.Sender;
import io.lumbar.model.Device;
import io.lumbar.model.Stamp;
import io.lumbar.model.Wearer;
import java.time.Instant;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/**
 * Who uploads.
 *
 * @param zone the zone to stamp, or null for the wearer's zone at each instant
 * @param where the request path, for dead letters
 */
record Source(Wearer wearer, Device device, @Nullable ZoneId zone, String where) implements Sender {

  ZoneId zoneAt(Instant instant) {
    return zone != null ? zone : wearer.zoneAt(instant);
  }

  @Override
  public Stamp stampAt(Instant instant) {
    return new Stamp(device.id(), device.placement(), zoneAt(instant));
  }
}
