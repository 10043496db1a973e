package io.lumbar.analytics.sitting;

import io.lumbar.model.Placement;
import io.lumbar.model.Posture;
import io.lumbar.model.SleepPosition;
import java.time.ZoneId;
import java.util.Map;

/**
 * An unbroken stretch of one posture on the resolved timeline, in epoch milliseconds.
 *
 * @param holdsUntil the horizon up to which the posture holds without further word, or {@code to}
 * @param zone the wearer's zone at the start
 * @param placement the source believed at the start
 * @param positionSeconds seconds per sleep position, a share for spans that count only in part
 * @param provisional true while a label in it may still change with what follows
 */
public record Spell(
    Posture posture,
    long from,
    long to,
    long holdsUntil,
    ZoneId zone,
    Placement placement,
    Map<SleepPosition, Double> positionSeconds,
    boolean provisional) {

  /** The same, said to hold no longer than until an instant, or its end where that is later. */
  Spell heldUntil(long instant) {
    long held = Math.max(to, Math.min(holdsUntil, instant));
    return new Spell(posture, from, to, held, zone, placement, positionSeconds, provisional);
  }
}
