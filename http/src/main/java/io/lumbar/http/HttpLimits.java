package io.lumbar.http;

import java.time.Duration;

/**
 * What a server bears.
 *
 * @param connections most connections at once
 * @param headerBytes largest header of a request
 * @param patience how long a body may come more slowly than 512 bytes a second, or a large one more
 *     slowly than 3 KiB a second, both as sent; also how long a header may take, and what still
 *     comes of a body after its answer
 * @param heldBytes most bytes of bodies in memory at once, beyond the first 64 KiB of each, and a
 *     quarter of it of one token; a server holds at least the largest body of each
 * @param turn how long a large body waits for memory that others hold, before it is answered 503
 * @param deviceRequestsPerMinute of one device's token on the long run, with bursts of half a
 *     minute; 0 for no limit beside that of every token
 * @param deviceBytesPerMinute upload of one device's token, counted as that of every token is; 0
 *     for no limit beside that
 */
public record HttpLimits(
    int connections,
    int headerBytes,
    Duration patience,
    long heldBytes,
    Duration turn,
    int deviceRequestsPerMinute,
    long deviceBytesPerMinute) {
  private static final Duration USUAL_TURN = Duration.ofSeconds(2);

  /** A turn comes within two seconds, or not. */
  public HttpLimits(
      int connections,
      int headerBytes,
      Duration patience,
      long heldBytes,
      int deviceRequestsPerMinute,
      long deviceBytesPerMinute) {
    this(
        connections,
        headerBytes,
        patience,
        heldBytes,
        USUAL_TURN,
        deviceRequestsPerMinute,
        deviceBytesPerMinute);
  }

  /** Of no device alone. */
  public HttpLimits(int connections, int headerBytes, Duration patience, long heldBytes) {
    this(connections, headerBytes, patience, heldBytes, 0, 0);
  }

  public HttpLimits {
    if (connections < 1 || headerBytes < 1024) {
      throw new IllegalArgumentException(
          "a server needs at least a connection, and headers at least 1024 bytes");
    }
    if (heldBytes < 0 || deviceRequestsPerMinute < 0 || deviceBytesPerMinute < 0) {
      throw new IllegalArgumentException("limits of a server must not be negative");
    }
    if (turn.isNegative()) {
      throw new IllegalArgumentException("a turn of a server must not be negative");
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
    return new HttpLimits(
        connections,
        headerBytes,
        other,
        heldBytes,
        turn,
        deviceRequestsPerMinute,
        deviceBytesPerMinute);
  }

  HttpLimits withHeldBytes(long other) {
    return new HttpLimits(
        connections,
        headerBytes,
        patience,
        other,
        turn,
        deviceRequestsPerMinute,
        deviceBytesPerMinute);
  }

  HttpLimits withTurn(Duration other) {
    return new HttpLimits(
        connections,
        headerBytes,
        patience,
        heldBytes,
        other,
        deviceRequestsPerMinute,
        deviceBytesPerMinute);
  }
}
