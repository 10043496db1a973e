package io.lumbar.app.system;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lumbar.model.Json;
import java.time.Instant;

/** Native observations as a client writes them. */
final class Sending {
  private Sending() {}

  static ObjectNode span(String posture, Instant from, Instant to) {
    ObjectNode observation = Json.mapper().createObjectNode();
    observation.put("kind", "posture").put("posture", posture);
    return observation.put("from", from.toString()).put("to", to.toString());
  }

  static ObjectNode change(String posture, Instant at, String validFor) {
    ObjectNode observation = Json.mapper().createObjectNode();
    observation.put("kind", "posture").put("posture", posture);
    return observation.put("at", at.toString()).put("validFor", validFor);
  }

  static ObjectNode steps(long steps, Instant from, Instant to) {
    ObjectNode observation = Json.mapper().createObjectNode();
    observation.put("kind", "steps").put("steps", steps);
    return observation.put("from", from.toString()).put("to", to.toString());
  }
}
