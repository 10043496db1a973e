package io.lumbar.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
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

  /** The hash that stands in a letter. */
  public static String sha256(byte[] refused) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(refused));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
