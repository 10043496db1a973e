package io.lumbar.model;

import static java.util.Objects.requireNonNullElse;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.Stream;

/**
 * The person measured, as the compacted topic {@code lumbar.wearers.v1} keeps it under the wearer's
 * id.
 *
 * @param name what people call the wearer; unique, never written to another topic
 * @param tokenHash SHA-256 of the wearer's token, hexadecimal
 * @param zones the wearer's time zones in order of {@code validFrom}; never empty, the first holds
 *     for all time before too
 * @param formerTokens that others have replaced, while they still hold
 */
public record Wearer(
    WearerId id,
    String name,
    String tokenHash,
    List<ZoneFrom> zones,
    WearerSettings settings,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<FormerToken> formerTokens) {

  /** A zone that holds from an instant on. */
  public record ZoneFrom(ZoneId zone, Instant validFrom) {}

  /** A token that ends. */
  public record FormerToken(String tokenHash, Instant until) {}

  public Wearer {
    if (zones.isEmpty()) {
      throw new IllegalArgumentException("a wearer has at least one zone");
    }
    zones = List.copyOf(zones);
    formerTokens = List.copyOf(requireNonNullElse(formerTokens, List.of()));
  }

  /** A wearer whose token was never replaced. */
  public Wearer(
      WearerId id, String name, String tokenHash, List<ZoneFrom> zones, WearerSettings settings) {
    this(id, name, tokenHash, zones, settings, List.of());
  }

  /** The same wearer with other settings. */
  public Wearer withSettings(WearerSettings other) {
    return new Wearer(id, name, tokenHash, zones, other, formerTokens);
  }

  /**
   * The same wearer with another token.
   *
   * @param oldUntil until when the tokens that hold now go on; not after {@code now} for no longer
   */
  public Wearer withToken(String hash, Instant now, Instant oldUntil) {
    List<FormerToken> former =
        Stream.concat(formerTokens.stream(), Stream.of(new FormerToken(tokenHash, oldUntil)))
            .map(
                each ->
                    each.until().isAfter(oldUntil)
                        ? new FormerToken(each.tokenHash(), oldUntil)
                        : each)
            .filter(each -> each.until().isAfter(now))
            .toList();
    return new Wearer(id, name, hash, zones, settings, former);
  }

  /** The hashes of tokens that are good at an instant, the newest token's first. */
  public List<String> tokenHashesAt(Instant now) {
    return Stream.concat(
            Stream.of(tokenHash),
            formerTokens.stream()
                .filter(each -> now.isBefore(each.until()))
                .map(FormerToken::tokenHash))
        .toList();
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
