package io.lumbar.alerts;

import com.fasterxml.jackson.databind.JsonNode;
import io.lumbar.alerts.AlertInput.Answered;
import io.lumbar.alerts.AlertInput.EpisodeSeen;
import io.lumbar.alerts.AlertInput.Missed;
import io.lumbar.model.AlertResponse;
import io.lumbar.model.Barrier;
import io.lumbar.model.Delivery;
import io.lumbar.model.Episode;
import io.lumbar.model.Json;
import io.lumbar.model.WearerPartitioner;
import java.io.IOException;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads the bytes of a record, and says in words what is wrong with them. */
final class InputDecoder {
  private InputDecoder() {}

  /** One way of reading, for one topic. */
  interface Reading {
    /**
     * What the record says, empty when it is not for us.
     *
     * @throws Unreadable when it breaks a rule
     */
    Optional<AlertInput> read(@Nullable String key, byte[] value) throws Unreadable;
  }

  /** A record that breaks a rule, named by the message. */
  @SuppressWarnings("serial") // never serialised
  static final class Unreadable extends Exception {
    Unreadable(String message) {
      super(message, null, false, false);
    }
  }

  /** An episode; the markers that importers write behind their data are passed over. */
  static Optional<AlertInput> episode(@Nullable String key, byte[] value) throws Unreadable {
    JsonNode tree = tree(value);
    if (isBarrier(key, tree)) {
      return Optional.empty();
    }
    Episode episode = as(tree, Episode.class);
    present(
        episode.id(),
        episode.wearer(),
        episode.kind(),
        episode.from(),
        episode.to(),
        episode.zone(),
        episode.evidence());
    present(
        episode.evidence().until(),
        episode.evidence().holdsUntil(),
        episode.evidence().posture(),
        episode.evidence().source());
    return Optional.of(belonging(key, new EpisodeSeen(episode)));
  }

  static Optional<AlertInput> response(@Nullable String key, byte[] value) throws Unreadable {
    JsonNode tree = tree(value);
    if (isBarrier(key, tree)) {
      return Optional.empty();
    }
    AlertResponse response = as(tree, AlertResponse.class);
    present(response.alert(), response.wearer(), response.action(), response.at());
    return Optional.of(belonging(key, new Answered(response)));
  }

  /** That an alert was missed; the other lines of the delivery log are passed over. */
  static Optional<AlertInput> delivery(@Nullable String key, byte[] value) throws Unreadable {
    Delivery line = as(tree(value), Delivery.class);
    present(line.alert(), line.wearer(), line.outcome());
    return line.outcome() == Delivery.Outcome.MISSED
        ? Optional.of(belonging(key, new Missed(line.wearer(), line.alert())))
        : Optional.empty();
  }

  private static boolean isBarrier(@Nullable String key, JsonNode tree) {
    return tree.path("kind").asText().equals("barrier")
        || (key != null && key.endsWith("|" + Barrier.KEY));
  }

  private static JsonNode tree(byte[] value) throws Unreadable {
    try {
      JsonNode tree = Json.mapper().readTree(value);
      if (!tree.isObject()) {
        throw new Unreadable("not a JSON object");
      }
      return tree;
    } catch (IOException e) {
      throw new Unreadable("not JSON");
    }
  }

  private static <T> T as(JsonNode tree, Class<T> type) throws Unreadable {
    try {
      return Json.mapper().treeToValue(tree, type);
    } catch (IOException | IllegalArgumentException e) {
      throw new Unreadable("not a valid " + type.getSimpleName());
    }
  }

  private static void present(@Nullable Object... parts) throws Unreadable {
    if (Stream.of(parts).anyMatch(part -> part == null)) {
      throw new Unreadable("a required field is missing");
    }
  }

  private static AlertInput belonging(@Nullable String key, AlertInput input) throws Unreadable {
    if (key == null || !WearerPartitioner.wearer(key).equals(input.wearer().value())) {
      throw new Unreadable("key and wearer do not agree");
    }
    return input;
  }
}
