package io.lumbar.history.influx;

import java.time.Instant;

/** A SELECT over one measurement. Every text is quoted; names of columns are literals of ours. */
final class InfluxQl {
  /** What InfluxDB can stamp, with a year to spare at both ends. */
  private static final long EARLIEST = Instant.parse("1678-01-01T00:00:00Z").toEpochMilli();

  private static final long LATEST = Instant.parse("2261-01-01T00:00:00Z").toEpochMilli();

  private final StringBuilder text;

  private InfluxQl(String columns, String measurement) {
    this.text = new StringBuilder("SELECT " + columns + " FROM " + measurement + " WHERE ");
  }

  /** The points with from <= time < to, in milliseconds since the epoch. */
  static InfluxQl select(String columns, String measurement, long from, long to) {
    InfluxQl query = new InfluxQl(columns, measurement);
    query.text.append("time >= ").append(clamp(from)).append("ms");
    query.text.append(" AND time < ").append(clamp(to)).append("ms");
    return query;
  }

  static long clamp(long millis) {
    return Math.max(EARLIEST, Math.min(LATEST, millis));
  }

  InfluxQl where(String column, String value) {
    text.append(" AND ").append(column).append(" = ").append(quoted(value));
    return this;
  }

  /** Leaves out what is retracted. */
  InfluxQl live() {
    text.append(" AND retracted = false");
    return this;
  }

  InfluxQl endingAfter(long millis) {
    if (millis > EARLIEST) {
      text.append(" AND until > ").append(millis);
    }
    return this;
  }

  InfluxQl first(int limit) {
    text.append(" ORDER BY time ASC LIMIT ").append(limit);
    return this;
  }

  InfluxQl last(int limit) {
    text.append(" ORDER BY time DESC LIMIT ").append(limit);
    return this;
  }

  static String quoted(String value) {
    return "'" + value.replace("\\", "\\\\").replace("'", "\\'").replace("\n", "\\n") + "'";
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
