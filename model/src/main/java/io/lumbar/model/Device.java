package io.lumbar.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A registered sensor or phone, as the compacted topic {@code lumbar.devices.v1} keeps it under its
 * token's hash. While a token is replaced, the device stands there under both.
 *
 * @param tokenHash SHA-256 of the upload token, hexadecimal
 * @param tagHash SHA-256 of a Bluetooth tag's address, which phones and gateways hear; or null
 * @param until when the token ends because another replaced it; null for one that holds
 * @param axes which way it counts acceleration, for apps whose messages do not tell; null where
 *     nobody has said
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Device(
    DeviceId id,
    String name,
    WearerId wearer,
    Placement placement,
    String tokenHash,
    @Nullable String tagHash,
    @Nullable Instant until,
    @Nullable Axes axes) {

  /** A device that is no Bluetooth tag, with a token that holds. */
  public Device(DeviceId id, String name, WearerId wearer, Placement placement, String tokenHash) {
    this(id, name, wearer, placement, tokenHash, null, null, null);
  }

  /** The same device under another token, which holds. */
  public Device withToken(String hash) {
    return new Device(id, name, wearer, placement, hash, tagHash, null, axes);
  }

  /** The same record, whose token ends. */
  public Device ending(Instant when) {
    return new Device(id, name, wearer, placement, tokenHash, tagHash, when, axes);
  }

  /** The same record with its axes. */
  public Device withAxes(Axes said) {
    return new Device(id, name, wearer, placement, tokenHash, tagHash, until, said);
  }

  /** Whether the token is still good at an instant. */
  public boolean accepts(Instant now) {
    return until == null || now.isBefore(until);
  }

  @JsonProperty("v")
  public int version() {
    return 1;
  }
}
