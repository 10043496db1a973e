package io.lumbar.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What could not be used, and why.
 *
 * @param where the place: a request path, or topic, partition and offset
 * @param element the element after the privacy filter, or null when it could not be parsed
 * @param bytes size of what was refused
 * @param sha256 its hash, hexadecimal, so that a sender can find it again
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record DeadLetter(
    String where,
    String reason,
    @Nullable WearerId wearer,
    @Nullable DeviceId device,
    @Nullable JsonNode element,
    long bytes,
    @Nullable String sha256,
    Instant at) {

  @JsonProperty("v")
  public int version() {
    return 1;
  }
}
