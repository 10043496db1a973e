package io.lumbar.app.demo;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lumbar.analytics.simulation.Activity;
import io.lumbar.analytics.simulation.Mounting;
import io.lumbar.analytics.simulation.Script;
import io.lumbar.analytics.simulation.Simulation;
import io.lumbar.analytics.simulation.Wear;
import io.lumbar.model.DeviceId;
import io.lumbar.model.MotionBatch;
import io.lumbar.model.Posture;
import io.lumbar.model.Stamp;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Turns what a simulated wearer does into the uploads that the wearer's device would make: spans of
 * a thigh or chest sensor, changes of a phone, minute steps and battery of a watch, raw motion of a
 * phone in the pocket.
 */
final class SimulatedDevice {
  static final String OBSERVATIONS = "/api/v1/observations";
  static final String SENSOR_LOGGER = "/api/v1/ingest/sensor-logger";

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final int LARGEST_BATCH = 500;
  private static final Duration LIVE_SPAN = Duration.ofSeconds(30);
  private static final Duration HOLDS = Duration.ofHours(2);
  private static final int MOTION_HERTZ = 20;
  private static final Duration MESSAGE = Duration.ofSeconds(10);
  private static final double G = 9.80665;

  private final Persona persona;
  private final Random random;

  SimulatedDevice(Persona persona, long seed) {
    this.persona = persona;
    this.random = new Random(seed * 17 + persona.ordinal());
  }

  /** The uploads of days gone by, as a device would send them that kept everything. */
  List<Upload> past(List<Segment> segments, Instant liveFrom) {
    List<ObjectNode> observations = new ArrayList<>();
    Instant online = persona == Persona.OMAR ? liveFrom.minus(Duration.ofHours(4)) : liveFrom;
    for (Segment segment : segments) {
      if (segment.from().isBefore(online)) {
        observations.addAll(observations(segment, Duration.ofMinutes(30)));
      }
    }
    return batches(observations, liveFrom);
  }

  /**
   * The uploads of the live part, each at the moment at which the device makes it.
   *
   * @param before what was done before; the offline phone sends its last hours from it
   */
  List<Upload> live(List<Segment> segments, List<Segment> before, Instant liveFrom) {
    return switch (persona) {
      case FRANK -> rawMotion(segments);
      case OMAR -> lateUpload(segments, before, liveFrom);
      default -> prompt(segments);
    };
  }

  private List<Upload> prompt(List<Segment> segments) {
    List<Upload> uploads = new ArrayList<>();
    for (Segment segment : segments) {
      for (Segment piece : segment.cut(LIVE_SPAN)) {
        uploads.addAll(batches(observations(piece, LIVE_SPAN), piece.to()));
      }
    }
    return uploads;
  }

  /** Off the network until 12 minutes into the live part; then everything at once. */
  private List<Upload> lateUpload(List<Segment> segments, List<Segment> before, Instant liveFrom) {
    Instant offlineFrom = liveFrom.minus(Duration.ofHours(4));
    Instant online = liveFrom.plus(Duration.ofMinutes(12));
    List<ObjectNode> kept = new ArrayList<>();
    for (Segment segment : before) {
      if (!segment.from().isBefore(offlineFrom)) {
        kept.addAll(observations(segment, Duration.ofMinutes(30)));
      }
    }
    List<Upload> uploads = new ArrayList<>();
    for (Segment segment : segments) {
      ObjectNode change = posture(segment).put("at", segment.from().toString());
      change.put("validFor", HOLDS.toString());
      if (segment.from().isBefore(online)) {
        kept.add(change);
      } else {
        uploads.addAll(batches(List.of(change), segment.from().plusSeconds(5)));
      }
    }
    uploads.addAll(0, batches(kept, online));
    return uploads;
  }

  private List<ObjectNode> observations(Segment segment, Duration longest) {
    List<ObjectNode> all = new ArrayList<>();
    for (Segment piece : segment.cut(longest)) {
      if (persona == Persona.WIM) {
        all.addAll(watch(piece));
      } else {
        all.add(span(posture(piece), piece));
        if (piece.steps() > 0) {
          all.add(steps(piece));
        }
      }
    }
    return all;
  }

  /** A watch tells steps of each minute while worn, and when it is put on its charger. */
  private static List<ObjectNode> watch(Segment piece) {
    if (piece.posture() == Posture.NOT_WORN) {
      ObjectNode battery = JSON.objectNode().put("kind", "battery").put("charging", true);
      return List.of(battery.put("level", 0.3).put("at", piece.from().toString()));
    }
    List<ObjectNode> all = new ArrayList<>();
    all.add(
        JSON.objectNode()
            .put("kind", "battery")
            .put("charging", false)
            .put("level", 0.8)
            .put("at", piece.from().toString()));
    for (Segment minute : piece.cut(Duration.ofMinutes(1))) {
      all.add(steps(minute));
    }
    return all;
  }

  private static ObjectNode posture(Segment segment) {
    ObjectNode node = JSON.objectNode().put("kind", "posture");
    node.put("posture", segment.posture().wireName());
    if (segment.position() != null) {
      node.put("position", segment.position().wireName());
    }
    return node;
  }

  private static ObjectNode steps(Segment segment) {
    ObjectNode node = JSON.objectNode().put("kind", "steps").put("steps", segment.steps());
    return span(node, segment);
  }

  private static ObjectNode span(ObjectNode node, Segment segment) {
    return node.put("from", segment.from().toString()).put("to", segment.to().toString());
  }

  private List<Upload> batches(List<ObjectNode> observations, Instant at) {
    List<Upload> uploads = new ArrayList<>();
    for (int i = 0; i < observations.size(); i += LARGEST_BATCH) {
      List<ObjectNode> part =
          observations.subList(i, Math.min(observations.size(), i + LARGEST_BATCH));
      ArrayNode array = JSON.arrayNode().addAll(part);
      uploads.add(new Upload(at, OBSERVATIONS, array));
    }
    return uploads;
  }

  /**
   * Messages of the Sensor Logger app on an Android phone, which lies in the pocket anyhow: total
   * acceleration as a thigh feels it.
   */
  private List<Upload> rawMotion(List<Segment> segments) {
    Script script =
        new Script(
            segments.get(0).from(),
            segments.stream()
                .map(
                    segment ->
                        new Script.Scene(
                            activity(segment.posture()),
                            Duration.between(segment.from(), segment.to())))
                .toList());
    Stamp stamp = new Stamp(new DeviceId("d_demo"), persona.placement(), ZoneOffset.UTC);
    Wear wear = Wear.of(stamp, MOTION_HERTZ).mounted(Mounting.random(random)).batches(MESSAGE);
    List<Upload> uploads = new ArrayList<>();
    for (MotionBatch batch : new Simulation(script, random.nextLong()).worn(wear)) {
      ArrayNode payload = JSON.arrayNode();
      for (int i = 0; i < batch.size(); i++) {
        payload.add(reading(batch, i));
      }
      ObjectNode body = JSON.objectNode().put("messageId", uploads.size());
      body.put("sessionId", "demo-frank").put("deviceId", "demo-phone");
      body.set("payload", payload);
      Instant at = script.start().plus(MESSAGE.multipliedBy(uploads.size() + 1));
      uploads.add(new Upload(at, SENSOR_LOGGER, body));
    }
    return uploads;
  }

  private static Activity activity(Posture posture) {
    return switch (posture) {
      case SITTING -> Activity.SITTING;
      case WALKING -> Activity.WALKING;
      default -> Activity.STANDING;
    };
  }

  private static ObjectNode reading(MotionBatch batch, int i) {
    ObjectNode reading = JSON.objectNode().put("name", "totalacceleration");
    reading.put("time", batch.startNanos() + batch.offsetMicros()[i] * 1_000L);
    reading.set(
        "values",
        JSON.objectNode()
            .put("x", G * batch.x()[i])
            .put("y", G * batch.y()[i])
            .put("z", G * batch.z()[i]));
    return reading;
  }
}
