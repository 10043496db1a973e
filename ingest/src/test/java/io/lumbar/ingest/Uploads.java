package io.lumbar.ingest;

import io.lumbar.ingest.format.ElementCount;
import io.lumbar.model.Device;
import io.lumbar.model.DeviceId;
import io.lumbar.model.Placement;
import io.lumbar.model.Wearer;
import io.lumbar.model.WearerId;
import io.lumbar.model.WearerSettings;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;

/** A wearer in London with a thigh sensor, for readers' tests. */
final class Uploads {
  static final ZoneId LONDON = ZoneId.of("Europe/London");
  static final Wearer WEARER =
      new Wearer(
          new WearerId("w_1"),
          "ada",
          "0".repeat(64),
          List.of(new Wearer.ZoneFrom(LONDON, Instant.EPOCH)),
          WearerSettings.defaults());
  static final Device DEVICE =
      new Device(new DeviceId("d_1"), "leg", WEARER.id(), Placement.THIGH, "1".repeat(64));
  static final Source SOURCE = new Source(WEARER, DEVICE, null, "/test");

  private Uploads() {}

  /** Any number of elements. */
  static ElementCount count() {
    return new ElementCount(Integer.MAX_VALUE);
  }
}
