package io.lumbar.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/**
 * What we told a wearer about an episode, or would have told: one per wearer, kind and step,
 * immutable.
 *
 * @param at when it was decided, by the injected clock
 * @param since start of the episode
 * @param step the step in minutes that it answers (30 or 45 for long sitting)
 * @param stretch id of the suggested stretch
 * @param decision {@code sent}, or why it was not: {@code withheld} or {@code missed}
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Alert(
    String id,
    WearerId wearer,
    String episode,
    EpisodeKind kind,
    int step,
    Instant at,
    Instant since,
    ZoneId zone,
    String title,
    String text,
    @Nullable String stretch,
    String decision) {

  @JsonProperty("v")
  public int version() {
    return 1;
  }
}
