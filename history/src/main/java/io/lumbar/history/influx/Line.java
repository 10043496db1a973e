package io.lumbar.history.influx;

/**
 * One point in line protocol. Tags come before fields, and the time last.
 *
 * <p>Tag values must not end with a backslash; those used here are ids, dates and wire names.
 */
final class Line {
  private final StringBuilder text;
  private boolean hasField;

  Line(String measurement) {
    this.text = new StringBuilder(256).append(measurement);
  }

  Line tag(String name, String value) {
    text.append(',').append(name).append('=');
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == ',' || c == '=' || c == ' ') {
        text.append('\\');
      }
      text.append(c == '\n' ? '_' : c);
    }
    return this;
  }

  Line field(String name, String value) {
    key(name).append('"');
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == '"' || c == '\\') {
        text.append('\\');
      }
      text.append(c);
    }
    text.append('"');
    return this;
  }

  Line field(String name, long value) {
    key(name).append(value).append('i');
    return this;
  }

  /** Left out unless finite, because InfluxDB knows no other numbers. */
  Line field(String name, double value) {
    if (Double.isFinite(value)) {
      key(name).append(value);
    }
    return this;
  }

  Line field(String name, boolean value) {
    key(name).append(value);
    return this;
  }

  /** The point's time; without it the server takes its own. */
  String at(long nanos) {
    return text.append(' ').append(nanos).toString();
  }

  @Override
  public String toString() {
    return text.toString();
  }

  private StringBuilder key(String name) {
    text.append(hasField ? ',' : ' ').append(name).append('=');
    hasField = true;
    return text;
  }
}
