package io.lumbar.model;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * A registered sensor or phone, as the compacted topic {@code lumbar.devices.v1} keeps it under its
 * token's hash.
 *
 * @param tokenHash SHA-256 of the upload token, hexadecimal
 */
public record Device(
    DeviceId id, String name, WearerId wearer, Placement placement, String tokenHash) {

  @JsonProperty("v")
  public int version() {
    return 1;
  }
}
