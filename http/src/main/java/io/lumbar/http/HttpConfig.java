package io.lumbar.http;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * Where the server listens and what it accepts.
 *
 * @param host the address to listen on, {@code 127.0.0.1} for this machine only
 * @param port the port, 0 for any free one
 * @param maxBodyBytes the largest request body, counted after decompression
 * @param requestsPerSecond requests of one token that are answered on the long run, with bursts of
 *     twice as many; 0 for no limit
 * @param bytesPerSecond upload of one token that is read on the long run, counted after
 *     decompression, with bursts of twice as much; 0 for no limit
 * @param limits what the server bears
 * @param tls the certificate of a server that speaks https itself, or null
 * @param publicUrl the address that phones and browsers use, or null to take it from each request
 */
public record HttpConfig(
    String host,
    int port,
    int maxBodyBytes,
    int requestsPerSecond,
    long bytesPerSecond,
    HttpLimits limits,
    @Nullable TlsFiles tls,
    @Nullable URI publicUrl) {

  public static final int DEFAULT_BODY_BYTES = 8 << 20;
  public static final int DEFAULT_REQUESTS_PER_SECOND = 2000;
  public static final long DEFAULT_BYTES_PER_SECOND = 100L << 20;

  /** Without TLS. */
  public HttpConfig(
      String host,
      int port,
      int maxBodyBytes,
      int requestsPerSecond,
      long bytesPerSecond,
      HttpLimits limits,
      @Nullable URI publicUrl) {
    this(host, port, maxBodyBytes, requestsPerSecond, bytesPerSecond, limits, null, publicUrl);
  }

  /** With the default limits of the server. */
  public HttpConfig(
      String host,
      int port,
      int maxBodyBytes,
      int requestsPerSecond,
      long bytesPerSecond,
      @Nullable URI publicUrl) {
    this(
        host,
        port,
        maxBodyBytes,
        requestsPerSecond,
        bytesPerSecond,
        HttpLimits.defaults(),
        publicUrl);
  }

  /** With the default upload of one token. */
  public HttpConfig(
      String host, int port, int maxBodyBytes, int requestsPerSecond, @Nullable URI publicUrl) {
    this(host, port, maxBodyBytes, requestsPerSecond, DEFAULT_BYTES_PER_SECOND, publicUrl);
  }

  public HttpConfig {
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException("port " + port + " must be between 0 and 65535");
    }
    if (maxBodyBytes < 1024) {
      throw new IllegalArgumentException("maxBodyBytes " + maxBodyBytes + " must be at least 1024");
    }
    if (requestsPerSecond < 0 || bytesPerSecond < 0) {
      throw new IllegalArgumentException("limits of a token must not be negative");
    }
    if (publicUrl != null && publicUrl.getHost() == null) {
      throw new IllegalArgumentException(
          "public URL " + publicUrl + " needs a scheme and a host, as in https://lumbar.example");
    }
  }

  /** Loopback only, with the default limits. */
  public static HttpConfig loopback(int port) {
    return new HttpConfig("127.0.0.1", port, DEFAULT_BODY_BYTES, DEFAULT_REQUESTS_PER_SECOND, null);
  }

  /** The same with a certificate. */
  public HttpConfig withTls(TlsFiles files) {
    return new HttpConfig(
        host, port, maxBodyBytes, requestsPerSecond, bytesPerSecond, limits, files, publicUrl);
  }

  HttpConfig withLimits(HttpLimits others) {
    return new HttpConfig(
        host, port, maxBodyBytes, requestsPerSecond, bytesPerSecond, others, tls, publicUrl);
  }

  boolean isHttps() {
    return tls != null || (publicUrl != null && "https".equalsIgnoreCase(publicUrl.getScheme()));
  }
}
