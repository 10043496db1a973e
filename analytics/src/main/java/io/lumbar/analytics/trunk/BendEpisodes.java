package io.lumbar.analytics.trunk;

import io.lumbar.model.Episode;
import io.lumbar.model.EpisodeKind;
import io.lumbar.model.Posture;
import io.lumbar.model.StableIds;
import io.lumbar.model.Stamp;
import io.lumbar.model.WearerId;
import java.time.Instant;

/** Bends as episodes: closed ones, since a bend is known only when it is over. */
final class BendEpisodes {
  private BendEpisodes() {}

  static Episode of(WearerId wearer, Bend bend, EpisodeKind kind, Stamp stamp) {
    Instant from = Instant.ofEpochMilli(bend.from());
    Instant to = Instant.ofEpochMilli(bend.to());
    int level =
        kind == EpisodeKind.DEEP_BEND
            ? (int) Math.floor(bend.peakDegrees())
            : (int) (bend.seconds() / 60);
    return new Episode(
        StableIds.episode(wearer, kind, from),
        wearer,
        kind,
        from,
        to,
        stamp.zone(),
        level,
        false,
        0,
        false,
        new Episode.Evidence(to, to, bend.seconds(), Posture.UPRIGHT, stamp.placement()),
        Posture.UPRIGHT.wireName());
  }
}
