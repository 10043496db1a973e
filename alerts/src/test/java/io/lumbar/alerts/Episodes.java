package io.lumbar.alerts;

import io.lumbar.model.Episode;
import io.lumbar.model.EpisodeKind;
import io.lumbar.model.Placement;
import io.lumbar.model.Posture;
import io.lumbar.model.StableIds;
import io.lumbar.model.WearerId;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;

/** Episodes as analytics would write them, on Monday 2 March 2026 in Berlin (UTC+1). */
record Episodes(
    WearerId wearer,
    EpisodeKind kind,
    Instant from,
    Instant to,
    Instant holdsUntil,
    int level,
    boolean open,
    int revision,
    boolean retracted,
    Posture posture,
    Placement source) {
  static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
  static final WearerId ANNA = new WearerId("w_anna");

  static Instant at(String localTime) {
    String full = localTime.length() == 5 ? localTime + ":00" : localTime;
    return LocalDateTime.parse("2026-03-02T" + full).atZone(BERLIN).toInstant();
  }

  static Episodes sitting(String from) {
    Instant start = at(from);
    return new Episodes(
        ANNA,
        EpisodeKind.LONG_SITTING,
        start,
        start,
        start,
        30,
        true,
        1,
        false,
        Posture.SITTING,
        Placement.THIGH);
  }

  static Episodes inactive(String from) {
    Episodes one = sitting(from);
    return new Episodes(
        ANNA,
        EpisodeKind.INACTIVE,
        one.from,
        one.to,
        one.holdsUntil,
        60,
        true,
        1,
        false,
        Posture.INACTIVE,
        Placement.WRIST);
  }

  /** Known when it is over, as all bends. */
  static Episodes bend(Instant from, Duration length) {
    return new Episodes(
        ANNA,
        EpisodeKind.DEEP_BEND,
        from,
        from.plus(length),
        from.plus(length),
        72,
        false,
        0,
        false,
        Posture.UPRIGHT,
        Placement.CHEST);
  }

  Episodes of(EpisodeKind other) {
    return new Episodes(
        wearer, other, from, to, holdsUntil, level, open, revision, retracted, posture, source);
  }

  Episodes until(String localTime) {
    return until(at(localTime));
  }

  Episodes until(Instant end) {
    return new Episodes(
        wearer, kind, from, end, end, level, open, revision, retracted, posture, source);
  }

  Episodes holds(String localTime) {
    return new Episodes(
        wearer, kind, from, to, at(localTime), level, open, revision, retracted, posture, source);
  }

  Episodes level(int minutes) {
    return new Episodes(
        wearer,
        kind,
        from,
        to,
        holdsUntil,
        minutes,
        open,
        revision + 1,
        retracted,
        posture,
        source);
  }

  Episodes revision(int number) {
    return new Episodes(
        wearer, kind, from, to, holdsUntil, level, open, number, retracted, posture, source);
  }

  Episodes posture(Posture newest) {
    return new Episodes(
        wearer, kind, from, to, holdsUntil, level, open, revision + 1, retracted, newest, source);
  }

  Episodes closed() {
    return new Episodes(
        wearer, kind, from, to, to, level, false, revision + 1, retracted, posture, source);
  }

  /** The record of its end, by a posture. */
  Episode closed(String endedBy) {
    Episode end = closed().build();
    return new Episode(
        end.id(),
        end.wearer(),
        end.kind(),
        end.from(),
        end.to(),
        end.zone(),
        end.level(),
        false,
        end.revision(),
        false,
        end.evidence(),
        endedBy);
  }

  Episodes takenBack() {
    return new Episodes(
        wearer, kind, from, to, to, level, open, revision + 1, true, posture, source);
  }

  String id() {
    return StableIds.episode(wearer, kind, from);
  }

  Episode build() {
    return new Episode(
        id(),
        wearer,
        kind,
        from,
        to,
        BERLIN,
        level,
        open,
        revision,
        retracted,
        new Episode.Evidence(
            to, holdsUntil, Duration.between(from, to).toMillis() / 1000.0, posture, source),
        open ? null : "standing");
  }
}
