package io.lumbar.ingest.export;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import io.lumbar.ingest.recording.UnusableFile;
import io.lumbar.model.Posture;
import java.io.IOException;
import java.io.InputStream;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** Reads {@code steps-*.json} and {@code sleep-*.json}: lists of flat objects. */
final class FitbitJson {
  static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(32)
                  .maxStringLength(10_000)
                  .maxNumberLength(64)
                  .build())
          .build();
  private static final long MINUTE = 60;

  private final String where;
  private final LocalTimes times;
  private final ExportTaker taker;
  private int number;

  FitbitJson(String where, LocalTimes times, ExportTaker taker) {
    this.where = where;
    this.times = times;
    this.taker = taker;
  }

  void read(InputStream in, FitbitKind kind) throws IOException {
    try (JsonParser parser = FACTORY.createParser(in)) {
      if (parser.nextToken() != JsonToken.START_ARRAY) {
        throw new UnusableFile("it must be a list of values in JSON");
      }
      for (JsonToken token = parser.nextToken();
          token != JsonToken.END_ARRAY;
          token = parser.nextToken()) {
        if (token != JsonToken.START_OBJECT) {
          parser.skipChildren();
          refuse("must be an object with its time");
        } else if (kind.isSleep()) {
          sleep(values(parser));
        } else {
          steps(values(parser));
        }
        number++;
      }
    } catch (JsonProcessingException e) {
      throw broken(e);
    }
  }

  static UnusableFile broken(JsonProcessingException e) {
    return new UnusableFile(
        "its JSON is broken or cut short near line %d".formatted(e.getLocation().getLineNr()));
  }

  /** The texts and numbers of an object; what is nested is left out. */
  private static Map<String, String> values(JsonParser parser) throws IOException {
    Map<String, String> values = new HashMap<>();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      JsonToken token = parser.nextToken();
      if (token.isScalarValue()) {
        values.put(name, parser.getText());
      } else {
        parser.skipChildren();
      }
    }
    return values;
  }

  private void steps(Map<String, String> values) {
    int steps = Cells.count(values.getOrDefault("value", ""));
    if (steps < 0) {
      refuse("value: must be a whole number of steps");
      return;
    }
    try {
      Instant from = times.of(values.getOrDefault("dateTime", ""));
      taker.steps(path(), 1, steps, from, from.plusSeconds(MINUTE));
    } catch (DateTimeException e) {
      refuse("dateTime: must be a time such as 01/31/26 14:50:00");
    }
  }

  private void sleep(Map<String, String> values) {
    try {
      Instant from = times.of(values.getOrDefault("startTime", ""));
      Instant to = times.of(values.getOrDefault("endTime", ""));
      taker.posture(path(), 1, Posture.LYING, from, to);
    } catch (DateTimeException e) {
      refuse("startTime and endTime: must be times such as 2026-01-31T23:10:00.000");
    }
  }

  private void refuse(String reason) {
    taker.refused(path(), reason);
  }

  private String path() {
    return where + "[" + number + "]";
  }
}
