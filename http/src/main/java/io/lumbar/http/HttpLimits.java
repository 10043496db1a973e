package io.lumbar.http;

import java.time.Duration;

/**
 * What a server bears.
 *
 * @param connections most connections at once
 * @param headerBytes largest header of a request
 * @param patience how long a body may come more slowly than 512 bytes a second
 * @param heldBytes most bytes of bodies in memory at once, beyond the first 64 KiB of each; a
 *     server holds at least its largest body
 */
public record HttpLimits(int connections, int headerBytes, Duration patience, long heldBytes) {

  public HttpLimits {
    if (connections < 1 || headerBytes < 1024) {
      throw new IllegalArgumentException(
          "a server needs at least a connection, and headers at least 1024 bytes");
    }
    if (heldBytes < 0) {
      throw new IllegalArgumentException("a server cannot hold less than nothing");
    }
    if (patience.compareTo(Duration.ofSeconds(1)) < 0) {
      throw new IllegalArgumentException("patience with slow bodies must be at least a second");
    }
  }

  /**
   * 10,000 connections, headers of 8 KiB, 20 seconds: a phone may pass through a tunnel. 32 MiB of
   * bodies, which are made into several times as much.
   */
  public static HttpLimits defaults() {
    return new HttpLimits(10_000, 8 << 10, Duration.ofSeconds(20), 32L << 20);
  }

  HttpLimits withPatience(Duration other) {
    return new HttpLimits(connections, headerBytes, other, heldBytes);
  }

  HttpLimits withHeldBytes(long other) {
    return new HttpLimits(connections, headerBytes, patience, other);
  }
}
