package io.lumbar.analytics.trunk;

/**
 * What is flat for one wearer: the head-up pitch of each sensor, in degrees, as it was with the
 * wearer flat on the front, or standing when only that is known.
 *
 * @param chest of the chest sensor
 * @param lowerBack of the lower-back sensor; with a thigh sensor, what it was above the thigh's
 * @param measuredInBed true when the wearer lay flat on the front for it
 */
public record ArchReference(double chest, double lowerBack, boolean measuredInBed) {
  /** Sensors that read 0 on a flat body; for a wearer who never calibrated. */
  public static final ArchReference NONE = new ArchReference(0, 0, false);
}
