package io.lumbar.ingest;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.lumbar.ingest.format.Instants;
import io.lumbar.ingest.recording.Epoch;
import io.lumbar.model.Axes;
import io.lumbar.model.MotionBatch;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads one batch of raw motion from JSON; reused from batch to batch. The first fault in a batch
 * is the one that is told.
 */
final class MotionDraft {
  private static final List<String> FIELDS =
      List.of("start", "rate", "offsetsMs", "unit", "x", "y", "z");

  private final Source source;
  private final Series x = new Series();
  private final Series y = new Series();
  private final Series z = new Series();
  private final Series offsets = new Series();
  private @Nullable Long startNanos;
  private double rate;
  private @Nullable String unit;
  private @Nullable String fault;

  MotionDraft(Source source) {
    this.source = source;
  }

  /** Reads an object on whose start the parser stands, to its end. */
  Element read(JsonParser parser, String path, byte[] body) throws IOException {
    clear();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String field = parser.currentName();
      JsonToken token = parser.nextToken();
      if (fault == null) {
        set(field, token, parser);
      }
      parser.skipChildren();
    }
    MotionBatch batch = fault == null ? build() : null;
    if (batch != null) {
      return new Element.Motion(path, 1, batch);
    }
    return refused(path, fault == null ? ": cannot be read" : fault);
  }

  /** A fault is {@code field: sentence}, and without a field it is of the whole batch. */
  private static Element refused(String path, String fault) {
    int colon = fault.indexOf(": ");
    String field = fault.substring(0, colon);
    return new Element.Refused(
        field.isEmpty() ? path : path + "." + field, fault.substring(colon + 2), null);
  }

  private void clear() {
    x.size = 0;
    y.size = 0;
    z.size = 0;
    offsets.size = 0;
    startNanos = null;
    rate = Double.NaN;
    unit = null;
    fault = null;
  }

  private void set(String field, JsonToken token, JsonParser parser) throws IOException {
    switch (field) {
      case "start" -> start(token, parser);
      case "rate" -> {
        rate = token.isNumeric() ? parser.getDoubleValue() : Double.NaN;
        if (Double.isNaN(rate)) {
          fault = "rate: must be a number of samples a second";
        }
      }
      case "unit" -> {
        unit = token == JsonToken.VALUE_STRING ? parser.getText() : "";
        if (!MotionRules.isUnit(unit)) {
          fault = "unit: must be g or m/s2";
        }
      }
      case "offsetsMs" -> series("offsetsMs", token, parser, offsets);
      case "x" -> series("x", token, parser, x);
      case "y" -> series("y", token, parser, y);
      case "z" -> series("z", token, parser, z);
      default -> fault = Spelling.unknownField(field, FIELDS);
    }
  }

  private void start(JsonToken token, JsonParser parser) throws IOException {
    try {
      if (token == JsonToken.VALUE_STRING) {
        Instant at = Instants.parse(parser.getText());
        startNanos =
            Math.addExact(Math.multiplyExact(at.getEpochSecond(), 1_000_000_000L), at.getNano());
      } else if (token.isNumeric()) {
        startNanos = Epoch.nanos(parser.getDecimalValue());
      } else {
        fault = "start: must be an instant, as in 2026-03-02T09:00:00Z, or a number since 1970";
      }
    } catch (DateTimeException e) {
      fault = "start: " + e.getMessage();
    } catch (ArithmeticException | NumberFormatException e) {
      fault = "start: is too far from the present";
    }
  }

  private void series(String name, JsonToken token, JsonParser parser, Series into)
      throws IOException {
    if (token != JsonToken.START_ARRAY) {
      fault = name + ": must be a list of numbers";
      return;
    }
    for (JsonToken each = parser.nextToken();
        each != JsonToken.END_ARRAY;
        each = parser.nextToken()) {
      if (!each.isNumeric() && fault == null) {
        fault = "%s[%d]: must be a number".formatted(name, into.size);
      }
      if (fault == null && into.size == MotionRules.MOST_SAMPLES) {
        fault = name + ": " + MotionRules.tooMany();
      }
      if (fault == null) {
        into.add(parser.getDoubleValue());
      }
      parser.skipChildren();
    }
  }

  private @Nullable MotionBatch build() {
    Long start = startNanos;
    if (start == null) {
      fault = "start: missing; the instant of the first sample";
      return null;
    }
    int n = x.size;
    if (n == 0) {
      fault = "x: missing; a list of numbers, one for each sample";
      return null;
    }
    fault = length("y", y, n);
    if (fault == null) {
      fault = length("z", z, n);
    }
    double[] seconds = fault == null ? times(n) : new double[0];
    if (fault != null) {
      return null;
    }
    float[] gx = x.floats();
    float[] gy = y.floats();
    float[] gz = z.floats();
    MotionRules.Unit found = MotionRules.unit(unit, gx, gy, gz);
    if (found.fault() != null) {
      fault = ": " + found.fault();
      return null;
    }
    // What iOS counts down is kept as up.
    float scale = (float) (found.perG() * (source.device().axes() == Axes.IOS ? -1 : 1));
    int[] micros = new int[n];
    for (int i = 0; i < n; i++) {
      micros[i] = (int) Math.round((seconds[i] - seconds[0]) * 1e6);
      gx[i] /= scale;
      gy[i] /= scale;
      gz[i] /= scale;
    }
    long first = start + Math.round(seconds[0] * 1e9);
    return new MotionBatch(
        source.stampAt(Instant.ofEpochSecond(0, first)), first, micros, gx, gy, gz);
  }

  private static @Nullable String length(String name, Series series, int wanted) {
    return series.size == wanted
        ? null
        : "%s: has %d values where x has %d".formatted(name, series.size, wanted);
  }

  /** Seconds from the start; sets the fault when the batch does not tell them. */
  private double[] times(int n) {
    double[] seconds = new double[n];
    if (offsets.size == 0 && n == 1) {
      return seconds;
    }
    if (Double.isNaN(rate) == (offsets.size == 0)) {
      fault = "rate: give either rate, or offsetsMs with the milliseconds to each sample";
      return seconds;
    }
    if (offsets.size == 0) {
      for (int i = 0; i < n; i++) {
        seconds[i] = i / rate;
      }
    } else {
      fault = length("offsetsMs", offsets, n);
      for (int i = 0; i < n && fault == null; i++) {
        seconds[i] = offsets.values[i] / 1e3;
        if (!(Math.abs(seconds[i]) < MotionRules.LONGEST_SECONDS)
            || (i > 0 && seconds[i] < seconds[i - 1])) {
          fault =
              "offsetsMs[%d]: must be milliseconds from the start, in order of time".formatted(i);
        }
      }
    }
    if (fault == null) {
      fault = MotionRules.rateFault(n, seconds[n - 1] - seconds[0]);
    }
    return seconds;
  }

  /** Numbers on their way to an array. */
  private static final class Series {
    private double[] values = new double[512];
    private int size;

    void add(double value) {
      if (size == values.length) {
        values = Arrays.copyOf(values, 2 * size);
      }
      values[size++] = value;
    }

    float[] floats() {
      float[] floats = new float[size];
      for (int i = 0; i < size; i++) {
        floats[i] = (float) values[i];
      }
      return floats;
    }
  }
}
