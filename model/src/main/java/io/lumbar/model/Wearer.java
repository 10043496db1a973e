package io.lumbar.model;

import static java.util.Objects.requireNonNullElse;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The person measured, as the compacted topic {@code lumbar.wearers.v1} keeps it under the wearer's
 * id.
 *
 * @param name what people call the wearer; unique, never written to another topic
 * @param tokenHash SHA-256 of the wearer's token, hexadecimal
 * @param zones the wearer's time zones in order of {@code validFrom}; never empty, the first holds
 *     for all time before too
 * @param settings as they are now
 * @param formerTokens that others have replaced, while they still hold
 * @param added when the wearer was added; null where that is not known
 * @param formerThresholds by what was judged before the settings that hold now, in order of {@code
 *     until}; the first held for all time before too
 */
public record Wearer(
    WearerId id,
    String name,
    String tokenHash,
    List<ZoneFrom> zones,
    WearerSettings settings,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<FormerToken> formerTokens,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Instant added,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<FormerThresholds> formerThresholds) {

  /** More changes than a frequent traveller makes in years; each reader of the record has them. */
  static final int MOST_ZONES = 200;

  /** More changes than there are reasons for in years. */
  static final int MOST_THRESHOLDS = 50;

  /** Who is added is set up within so long, and what was recorded before is imported after that. */
  private static final Duration SETTING_UP = Duration.ofDays(1);

  /** A zone that holds from an instant on. */
  public record ZoneFrom(ZoneId zone, Instant validFrom) {}

  /** A token that ends. */
  public record FormerToken(String tokenHash, Instant until) {}

  /** What held until an instant, which is no more part of it. */
  public record FormerThresholds(Thresholds thresholds, Instant until) {}

  public Wearer {
    if (zones.isEmpty()) {
      throw new IllegalArgumentException("a wearer has at least one zone");
    }
    zones = List.copyOf(zones);
    formerTokens = List.copyOf(requireNonNullElse(formerTokens, List.of()));
    formerThresholds = List.copyOf(requireNonNullElse(formerThresholds, List.of()));
  }

  /** A wearer whose token and thresholds were never replaced. */
  public Wearer(
      WearerId id, String name, String tokenHash, List<ZoneFrom> zones, WearerSettings settings) {
    this(id, name, tokenHash, zones, settings, List.of(), null, List.of());
  }

  /**
   * The same wearer with other settings; thresholds among them hold as if they had never been
   * others since they were last told.
   */
  public Wearer withSettings(WearerSettings other) {
    return new Wearer(id, name, tokenHash, zones, other, formerTokens, added, formerThresholds);
  }

  /** The same wearer, added at an instant. */
  public Wearer addedAt(Instant instant) {
    return new Wearer(
        id, name, tokenHash, zones, settings, formerTokens, instant, formerThresholds);
  }

  /**
   * The same wearer with other settings, whose thresholds judge what is measured from an instant
   * on, for good: what was told for a later instant is replaced. What was measured before is judged
   * by what held then, whenever it comes. Beyond {@value #MOST_THRESHOLDS} changes the oldest are
   * let go.
   */
  public Wearer withSettings(WearerSettings other, Instant from) {
    List<FormerThresholds> former = new ArrayList<>(formerThresholds);
    former.removeIf(each -> each.until().isAfter(from));
    Thresholds before = Thresholds.of(settingsAt(from));
    if (from.isAfter(Instant.MIN) && !before.equals(Thresholds.of(other))) {
      former.add(new FormerThresholds(before, from));
    }
    int old = Math.max(0, former.size() - MOST_THRESHOLDS);
    return new Wearer(
        id, name, tokenHash, zones, other, formerTokens, added, former.subList(old, former.size()));
  }

  /**
   * From when on thresholds judge that are told now and name no instant: from now on; within a day
   * of the wearer's adding for all time, so that recordings of the time before are judged by them.
   */
  public Instant thresholdsFrom(Instant now) {
    return added != null && now.isBefore(added.plus(SETTING_UP)) ? Instant.MIN : now;
  }

  /** The settings, with the thresholds that held at an instant. */
  public WearerSettings settingsAt(Instant instant) {
    for (FormerThresholds each : formerThresholds) {
      if (instant.isBefore(each.until())) {
        return settings.withThresholds(each.thresholds());
      }
    }
    return settings;
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
    return new Wearer(id, name, hash, zones, settings, former, added, formerThresholds);
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

  /**
   * The same wearer, in a zone from an instant on and for good: what was told for the same or a
   * later instant is replaced, so that a word about now also ends a journey that is not made.
   * Before the instant all stays as it was. Told again, nothing changes. Beyond {@value
   * #MOST_ZONES} changes the oldest are let go.
   *
   * @param from in the past or the future
   */
  public Wearer withZone(ZoneId zone, Instant from) {
    List<ZoneFrom> told = new ArrayList<>(zones);
    told.removeIf(each -> !each.validFrom().isBefore(from));
    if (told.isEmpty() || !told.get(told.size() - 1).zone().equals(zone)) {
      told.add(new ZoneFrom(zone, from));
    }
    int old = Math.max(0, told.size() - MOST_ZONES);
    return new Wearer(
        id,
        name,
        tokenHash,
        told.subList(old, told.size()),
        settings,
        formerTokens,
        added,
        formerThresholds);
  }

  /** The zone that holds at an instant. */
  public ZoneId zoneAt(Instant instant) {
    return zoneAt(zones, instant);
  }

  /** The zone that holds at an instant, of some in order of {@code validFrom}; never none. */
  public static ZoneId zoneAt(List<ZoneFrom> zones, Instant instant) {
    ZoneId zone = zones.get(0).zone();
    for (ZoneFrom next : zones) {
      if (!next.validFrom().isAfter(instant)) {
        zone = next.zone();
      }
    }
    return zone;
  }

  /** The dates of the wearer, by the zones as they are known now. */
  public WearerDates dates() {
    return new WearerDates(zones);
  }

  /**
   * The first instant at which it is so late where the wearer is. Who flies over a local time
   * reaches it on arrival; who flies back to before it has it twice, and the first counts.
   */
  public Instant instantOf(LocalDateTime local) {
    Instant there = local.atZone(zones.get(0).zone()).toInstant();
    for (ZoneFrom next : zones.subList(1, zones.size())) {
      if (there.isBefore(next.validFrom())) {
        return there;
      }
      Instant then = local.atZone(next.zone()).toInstant();
      there = then.isBefore(next.validFrom()) ? next.validFrom() : then;
    }
    return there;
  }

  @JsonProperty("v")
  public int version() {
    return 1;
  }
}
