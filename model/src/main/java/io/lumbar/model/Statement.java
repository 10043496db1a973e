package io.lumbar.model;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Instant;
import java.util.Arrays;

/**
 * One thing that a wearer told us, as it stands in {@code lumbar.checkins.v1}.
 *
 * <p>Statements form a set. Two of the same {@link #id} are the same statement, of which the one
 * that {@link #supersedes} the other counts, in whatever order they are read. The wearer is the
 * record's key. There is no free text, so that nothing is kept that nobody asked for.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
  @JsonSubTypes.Type(value = CheckIn.class, name = "check-in"),
  @JsonSubTypes.Type(value = Correction.class, name = "correction"),
  @JsonSubTypes.Type(value = DayTag.class, name = "day-tag"),
  @JsonSubTypes.Type(value = Calibration.class, name = "calibration"),
  @JsonSubTypes.Type(value = Experiment.class, name = "experiment")
})
public sealed interface Statement permits CheckIn, Correction, DayTag, Calibration, Experiment {

  /** Names the statement, so that it can be said again, amended and taken back. */
  String id();

  /** When it was said, by the injected clock. */
  Instant statedAt();

  /** True when the wearer took it back: nothing of it counts any more. */
  boolean revoked();

  /** The version of the JSON form. */
  @JsonProperty("v")
  default int version() {
    return 1;
  }

  /**
   * Whether it has a time forgotten, which is final: nothing that is said later under the same id
   * takes it back or makes it another word, and of two of one id with different times both hold.
   */
  default boolean forgets() {
    return false;
  }

  /**
   * Whether this counts rather than another of the same id: what has a time forgotten, then what
   * was said later, of what was said at once what was taken back, and else the larger bytes, so
   * that arrival never decides.
   */
  default boolean supersedes(Statement other) {
    if (forgets() != other.forgets()) {
      return forgets();
    }
    int later = statedAt().compareTo(other.statedAt());
    if (later == 0) {
      later = Boolean.compare(revoked(), other.revoked());
    }
    return later == 0 ? Arrays.compareUnsigned(Json.bytes(this), Json.bytes(other)) > 0 : later > 0;
  }
}
