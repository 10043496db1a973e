package io.lumbar.ingest;

import io.lumbar.ingest.format.Sender;
import io.lumbar.model.Axes;
import io.lumbar.model.Device;
import io.lumbar.model.Provenance;
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
 * @param provenance an import may build days that are closed for what comes live
 */
record Source(
    Wearer wearer, Device device, @Nullable ZoneId zone, String where, Provenance provenance)
    implements Sender {

  /** Who uploads what has just been measured. */
  Source(Wearer wearer, Device device, @Nullable ZoneId zone, String where) {
    this(wearer, device, zone, where, Provenance.LIVE);
  }

  /** The same, whose phone counts acceleration in another way than is said of the device. */
  Source withAxes(Axes axes) {
    return new Source(wearer, device.withAxes(axes), zone, where, provenance);
  }

  ZoneId zoneAt(Instant instant) {
    return zone != null ? zone : wearer.zoneAt(instant);
  }

  @Override
  public Stamp stampAt(Instant instant) {
    return new Stamp(device.id(), device.placement(), zoneAt(instant));
  }
}
