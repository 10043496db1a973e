package io.lumbar.app.system;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/**
 * The rows of an EventsEx file as somebody outside would turn them into native observations,
 * written apart from the importer: rows follow each other, and the first one's local time is
 * converted.
 */
final class ActivPalRecording {
  private static final List<String> POSTURES = List.of("sitting", "standing", "walking");

  private final List<ObjectNode> observations = new ArrayList<>();
  private int rows;

  private ActivPalRecording() {}

  static ActivPalRecording read(byte[] file, ZoneId zone) {
    ActivPalRecording recording = new ActivPalRecording();
    Instant at = null;
    long strides = 0;
    for (String line : new String(file, StandardCharsets.UTF_8).lines().skip(2).toList()) {
      String[] cells = line.split(";");
      if (at == null) {
        at = start(cells[0], zone);
      }
      Instant to = at.plusMillis(new BigDecimal(cells[4]).movePointRight(3).longValueExact());
      String posture = posture(cells[3]);
      recording.rows++;
      if (to.isAfter(at)) {
        recording.observations.add(Sending.span(posture, at, to));
      }
      long now = Long.parseLong(cells[6]);
      if (now > strides) {
        recording.observations.add(Sending.steps(2 * (now - strides), at, to));
      }
      strides = now;
      at = to;
    }
    return recording;
  }

  private static Instant start(String daysSince1899, ZoneId zone) {
    long tenths = Math.round(Double.parseDouble(daysSince1899) * 864_000);
    LocalDateTime local =
        LocalDateTime.of(1899, 12, 30, 0, 0).plus(Duration.ofMillis(100 * tenths));
    return local.atZone(zone).toInstant();
  }

  private static String posture(String code) {
    return switch (code) {
      case "3.1", "3.2" -> "lying";
      case "2.1" -> "cycling";
      case "4" -> "not-worn";
      case "5" -> "travelling";
      default -> POSTURES.get(Integer.parseInt(code));
    };
  }

  /** How many rows the file has. */
  int rows() {
    return rows;
  }

  /** Postures and steps, in order of time. */
  List<ObjectNode> observations() {
    return observations;
  }
}
