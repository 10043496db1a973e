package io.lumbar.model;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;

/**
 * The person measured, as the compacted topic {@code lumbar.wearers.v1} keeps it under the wearer's
 * id.
 *
 * @param name what people call the wearer; unique, never written to another topic
 * @param tokenHash SHA-256 of the wearer's token, hexadecimal
 * @param zones the wearer's time zones in order of {@code validFrom}; never empty, the first holds
 *     for all time before too
 */
public record Wearer(
    WearerId id, String name, String tokenHash, List<ZoneFrom> zones, WearerSettings settings) {

  /** A zone that holds from an instant on. */
  public record ZoneFrom(ZoneId zone, Instant validFrom) {}

  public Wearer {
    if (zones.isEmpty()) {
      throw new IllegalArgumentException("a wearer has at least one zone");
    }
    zones = List.copyOf(zones);
  }

  /** The same wearer with other settings. */
  public Wearer withSettings(WearerSettings other) {
    return new Wearer(id, name, tokenHash, zones, other);
  }

  /** The zone that holds at an instant. */
  public ZoneId zoneAt(Instant instant) {
    ZoneId zone = zones.get(0).zone();
    for (ZoneFrom next : zones) {
      if (!next.validFrom().isAfter(instant)) {
        zone = next.zone();
      }
    }
    return zone;
  }

  @JsonProperty("v")
  public int version() {
    return 1;
  }
}
