package io.lumbar.reports;

import io.lumbar.model.Alert;
import io.lumbar.model.Bout;
import io.lumbar.model.Episode;
import io.lumbar.model.EpisodeKind;
import io.lumbar.model.Placement;
import io.lumbar.model.Posture;
import io.lumbar.model.Wearer;
import java.time.Instant;
import java.util.Map;

/** Records with the fields that a test does not speak about filled in. */
final class Records {
  private Records() {}

  static Bout bout(Wearer wearer, Posture posture, Instant from, Instant to) {
    return bout(wearer, posture, from, to, false, 1, false);
  }

  static Bout openBout(Wearer wearer, Posture posture, Instant from, Instant to) {
    return bout(wearer, posture, from, to, true, 1, false);
  }

  static Bout bout(
      Wearer wearer,
      Posture posture,
      Instant from,
      Instant to,
      boolean open,
      int revision,
      boolean retracted) {
    return new Bout(
        "b_" + wearer.id() + "_" + from.toEpochMilli(),
        wearer.id(),
        posture,
        from,
        to,
        to,
        wearer.zoneAt(from),
        Placement.TROUSER_POCKET,
        open,
        revision,
        retracted,
        Map.of());
  }

  static Bout provisional(Bout bout) {
    return new Bout(
        bout.id(),
        bout.wearer(),
        bout.posture(),
        bout.from(),
        bout.to(),
        bout.holdsUntil(),
        bout.zone(),
        bout.placement(),
        bout.open(),
        bout.revision(),
        bout.retracted(),
        bout.positionSeconds(),
        true);
  }

  static Alert alert(Wearer wearer, String id, int step, Instant at, String decision) {
    return new Alert(
        id,
        wearer.id(),
        "e_" + id,
        EpisodeKind.LONG_SITTING,
        step,
        at,
        at.minusSeconds(step * 60L),
        wearer.zoneAt(at),
        "Time to stand up",
        "You have been sitting for " + step + " minutes. Stand up for a minute or two.",
        "standing-back-bend",
        decision);
  }

  static Episode longSitting(Wearer wearer, Instant from, Instant to, int level, boolean open) {
    return new Episode(
        "e_" + from.toEpochMilli(),
        wearer.id(),
        EpisodeKind.LONG_SITTING,
        from,
        to,
        wearer.zoneAt(from),
        level,
        open,
        1,
        false,
        new Episode.Evidence(
            to,
            to,
            (to.toEpochMilli() - from.toEpochMilli()) / 1000.0,
            Posture.SITTING,
            Placement.TROUSER_POCKET),
        null);
  }
}
