package io.lumbar.analytics.evidence;

import io.lumbar.model.Posture;

/**
 * A part of the resolved timeline: over [from, to) this evidence is believed.
 *
 * @param posture what is believed; it may differ from the evidence's own when a trunk sensor
 *     refined it or the device charges
 * @param holdsUntil for a change that still holds, its horizon; otherwise {@code to}
 */
public record Piece(long from, long to, Posture posture, Evidence evidence, long holdsUntil) {

  /** The part of this piece over another span inside of it. */
  public Piece between(long newFrom, long newTo) {
    return new Piece(newFrom, newTo, posture, evidence, newTo == to ? holdsUntil : newTo);
  }
}
