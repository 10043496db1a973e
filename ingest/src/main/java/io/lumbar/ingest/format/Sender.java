package io.lumbar.ingest.format;

import io.lumbar.model.Device;
import io.lumbar.model.DeviceId;
import io.lumbar.model.Placement;
import io.lumbar.model.Stamp;
import java.time.Instant;

/** Whose upload it is, by its token and never by what the payload claims. */
public interface Sender {

  /** The registered device. */
  Device device();

  /** Stamps what the device itself measured at an instant. */
  Stamp stampAt(Instant instant);

  /** Stamps what a watch measured that reports through the device, at the wrist. */
  default Stamp wristAt(Instant instant) {
    Stamp own = stampAt(instant);
    return own.placement() == Placement.WRIST
        ? own
        : new Stamp(new DeviceId(own.device().value() + "-watch"), Placement.WRIST, own.zone());
  }

  /**
   * Stamps what is concluded rather than measured on the body, so that everything worn outranks it.
   *
   * <p>Each source of such conclusions is a device of its own, because a device's report ends what
   * it reported before: an empty chair must not end what the bed said.
   *
   * @param source short, of letters, digits and hyphens
   */
  default Stamp estimatedAt(Instant instant, String source) {
    DeviceId part = new DeviceId(device().id().value() + "-" + source);
    return new Stamp(part, Placement.ESTIMATED, stampAt(instant).zone());
  }
}
