package io.lumbar.ingest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.lumbar.model.Json;
import io.lumbar.model.Observation;
import io.lumbar.model.PostureObservation;
import io.lumbar.model.Stamp;
import io.lumbar.model.StepsObservation;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Writes observations as JSON, the same observation always as the same bytes. The two kinds that
 * come in masses are written by hand, in a third of Jackson's time; a test holds both to the same
 * text. For one device; not thread-safe.
 */
final class ObservationBytes {
  // Ordered, so that the same observation is the same bytes in every run.
  private static final ObjectWriter WRITER =
      Json.mapper()
          .writerFor(Observation.class)
          .with(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);

  private final StringBuilder text = new StringBuilder(512);
  private @Nullable ZoneId stampedZone;
  private String stamp = "";

  byte[] of(Observation observation) {
    if (observation instanceof PostureObservation posture) {
      return bytes(posture);
    }
    return observation instanceof StepsObservation steps ? bytes(steps) : slowly(observation);
  }

  private byte[] bytes(PostureObservation posture) {
    text.setLength(0);
    text.append("{\"kind\":\"posture\",\"stamp\":").append(stamp(posture.stamp()));
    text.append(",\"posture\":\"").append(posture.posture().wireName()).append('"');
    span(posture.from(), posture.to());
    if (posture.change()) {
      text.append(",\"change\":true");
    }
    text.append(",\"origin\":\"").append(posture.origin().name());
    text.append("\",\"grade\":\"").append(posture.grade().name()).append('"');
    if (posture.position() != null) {
      text.append(",\"position\":\"").append(posture.position().wireName()).append('"');
    }
    if (posture.headUpDegrees() != null) {
      text.append(",\"headUpDegrees\":").append(posture.headUpDegrees().doubleValue());
    }
    if (posture.archDegrees() != null) {
      text.append(",\"archDegrees\":").append(posture.archDegrees().doubleValue());
    }
    if (!posture.positionSeconds().isEmpty()) {
      char before = '{';
      text.append(",\"positionSeconds\":");
      for (var each : new TreeMap<>(posture.positionSeconds()).entrySet()) {
        text.append(before).append('"').append(each.getKey().wireName()).append("\":");
        text.append(each.getValue().doubleValue());
        before = ',';
      }
      text.append('}');
    }
    if (posture.archConfidence() != null) {
      text.append(",\"archConfidence\":").append(posture.archConfidence().doubleValue());
    }
    return finish(posture.version());
  }

  private byte[] bytes(StepsObservation steps) {
    text.setLength(0);
    text.append("{\"kind\":\"steps\",\"stamp\":").append(stamp(steps.stamp()));
    text.append(",\"steps\":").append(steps.steps());
    span(steps.from(), steps.to());
    return finish(steps.version());
  }

  private byte[] finish(int version) {
    text.append(",\"v\":").append(version).append('}');
    // Ids, wire names, zones and numbers are all ASCII.
    return text.toString().getBytes(StandardCharsets.ISO_8859_1);
  }

  private void span(Instant from, Instant to) {
    text.append(",\"from\":\"");
    instant(from);
    text.append("\",\"to\":\"");
    instant(to);
    text.append('"');
  }

  /** As ISO-8601 in UTC with no, 3, 6 or 9 digits of a second. */
  private void instant(Instant instant) {
    long seconds = instant.getEpochSecond();
    LocalDate date = LocalDate.ofEpochDay(Math.floorDiv(seconds, 86_400L));
    int ofDay = (int) Math.floorMod(seconds, 86_400L);
    digits(date.getYear(), 1_000);
    text.append('-');
    digits(date.getMonthValue(), 10);
    text.append('-');
    digits(date.getDayOfMonth(), 10);
    text.append('T');
    digits(ofDay / 3_600, 10);
    text.append(':');
    digits(ofDay / 60 % 60, 10);
    text.append(':');
    digits(ofDay % 60, 10);
    int nanos = instant.getNano();
    if (nanos != 0) {
      text.append('.');
      if (nanos % 1_000_000 == 0) {
        digits(nanos / 1_000_000, 100);
      } else if (nanos % 1_000 == 0) {
        digits(nanos / 1_000, 100_000);
      } else {
        digits(nanos, 100_000_000);
      }
    }
    text.append('Z');
  }

  private void digits(int value, int highest) {
    for (int unit = highest; unit > 0; unit /= 10) {
      text.append((char) ('0' + value / unit % 10));
    }
  }

  private String stamp(Stamp of) {
    if (!of.zone().equals(stampedZone)) {
      stampedZone = of.zone();
      stamp =
          "{\"device\":\"%s\",\"placement\":\"%s\",\"zone\":\"%s\"}"
              .formatted(of.device().value(), of.placement().wireName(), of.zone().getId());
    }
    return stamp;
  }

  private static byte[] slowly(Observation observation) {
    try {
      return WRITER.writeValueAsBytes(observation);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("an observation cannot be written", e);
    }
  }
}
