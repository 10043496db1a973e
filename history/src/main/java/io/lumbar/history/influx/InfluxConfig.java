package io.lumbar.history.influx;

import org.jspecify.annotations.Nullable;

/**
 * Where InfluxDB is.
 *
 * @param url for example {@code http://localhost:8086}
 * @param token of 2.x or 3; {@code user:password} for 1.8; null when the server asks for none
 * @param org of 2.x; any text elsewhere
 * @param bucket a bucket of 2.x, a database of 3, or {@code database} or {@code
 *     database/retention-policy} of 1.8
 */
public record InfluxConfig(String url, @Nullable String token, String org, String bucket) {
  public static final String DEFAULT_BUCKET = "lumbar";

  public InfluxConfig {
    if (!url.startsWith("http://") && !url.startsWith("https://")) {
      throw new IllegalArgumentException(
          "the InfluxDB url must begin with http:// or https://, as in http://localhost:8086");
    }
    if (bucket.isBlank() || bucket.startsWith("/") || bucket.endsWith("/")) {
      throw new IllegalArgumentException(
          "the InfluxDB bucket '%s' must be NAME or DATABASE/RETENTION-POLICY".formatted(bucket));
    }
    if (org.isBlank()) {
      throw new IllegalArgumentException(
          "the InfluxDB org is empty; give the organisation's name, or - for 1.8 and 3");
    }
  }

  /** What InfluxQL calls the database. */
  String database() {
    int slash = bucket.indexOf('/');
    return slash < 0 ? bucket : bucket.substring(0, slash);
  }

  /** The retention policy, null for the database's own default. */
  @Nullable String retentionPolicy() {
    int slash = bucket.indexOf('/');
    return slash < 0 ? null : bucket.substring(slash + 1);
  }

  /** Without the token. */
  @Override
  public String toString() {
    return "InfluxDB at " + url + ", bucket " + bucket;
  }
}
