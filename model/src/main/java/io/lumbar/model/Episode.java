package io.lumbar.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Something worth acting on. The last record of an id is the whole truth about it, as with {@link
 * Bout}.
 *
 * @param level how far it has come; for long sitting and inactivity the highest step in minutes
 *     that was reached (30, 45, 60, 75, 90), for a deep bend its whole degrees, for a sustained one
 *     its whole minutes; for silence the waking minutes from which it counts; for a sensor's need 1
 *     charging, 2 its position
 * @param endedBy what closed it: a posture's wire name, {@code silence}, {@code data}, {@code
 *     charged}, {@code known-again}, {@code usual-load}, or null while open
 * @param dayTags wire names of the tags of the day on which it began, sorted, where alerts follow
 *     from it: on such a day they are fewer
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Episode(
    String id,
    WearerId wearer,
    EpisodeKind kind,
    Instant from,
    Instant to,
    ZoneId zone,
    int level,
    boolean open,
    int revision,
    boolean retracted,
    Evidence evidence,
    @Nullable String endedBy,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> dayTags) {

  public Episode {
    dayTags = dayTags == null ? List.of() : List.copyOf(dayTags);
  }

  /** On a day without tags. */
  public Episode(
      String id,
      WearerId wearer,
      EpisodeKind kind,
      Instant from,
      Instant to,
      ZoneId zone,
      int level,
      boolean open,
      int revision,
      boolean retracted,
      Evidence evidence,
      @Nullable String endedBy) {
    this(
        id, wearer, kind, from, to, zone, level, open, revision, retracted, evidence, endedBy,
        List.of());
  }

  /** The same in another zone. */
  public Episode withZone(ZoneId other) {
    return new Episode(
        id, wearer, kind, from, to, other, level, open, revision, retracted, evidence, endedBy,
        dayTags);
  }

  /** The same on a day with these tags. */
  public Episode withDayTags(List<String> tags) {
    return new Episode(
        id, wearer, kind, from, to, zone, level, open, revision, retracted, evidence, endedBy,
        tags);
  }

  /**
   * What an episode rests on.
   *
   * @param until end of the newest observation that supports it
   * @param holdsUntil horizon of a posture that holds without further word; {@code until} if none
   * @param seconds the measured amount: seconds sat, or for inactivity seconds without walking
   * @param posture the wearer's newest posture
   * @param source the placement that was believed
   * @param confidence how well it could be known, 0 to 1; null where that is no question
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Evidence(
      Instant until,
      Instant holdsUntil,
      double seconds,
      Posture posture,
      Placement source,
      @Nullable Double confidence) {

    /** Evidence that is beyond doubt. */
    public Evidence(
        Instant until, Instant holdsUntil, double seconds, Posture posture, Placement source) {
      this(until, holdsUntil, seconds, posture, source, null);
    }
  }

  @JsonProperty("v")
  public int version() {
    return 1;
  }
}
