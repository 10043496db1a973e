package io.lumbar.alerts;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.lumbar.model.Episode;
import io.lumbar.model.Wearer;
import java.time.Instant;
import java.util.List;

/**
 * In which zones a wearer is who has more than one. A sitting that began on a flight keeps the zone
 * of its start; quiet hours and days are those of where the wearer is now.
 *
 * @param zones in order of {@code validFrom}; never empty
 */
record Whereabouts(List<Wearer.ZoneFrom> zones) {

  /** An episode as of where the wearer is at an instant. */
  Episode at(Instant now, Episode episode) {
    return episode.withZone(Wearer.zoneAt(zones, now));
  }

  @JsonProperty("v")
  int version() {
    return 1;
  }
}
