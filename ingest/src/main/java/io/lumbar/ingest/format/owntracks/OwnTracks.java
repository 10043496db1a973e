package io.lumbar.ingest.format.owntracks;

import io.lumbar.ingest.format.Adapter;
import io.lumbar.ingest.format.Answer;
import io.lumbar.ingest.format.Documents;
import io.lumbar.ingest.format.Estimates;
import io.lumbar.ingest.format.Intake;
import io.lumbar.ingest.format.Item;
import io.lumbar.ingest.format.Sender;
import io.lumbar.ingest.format.StepSpans;
import io.lumbar.ingest.format.Upload;
import io.lumbar.model.BatteryObservation;
import io.lumbar.model.Posture;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Messages of OwnTracks, by HTTP or MQTT alike. Places are never looked at: of a location message
 * only what the phone takes its owner to do, and the battery, are read.
 */
public final class OwnTracks implements Adapter {
  private static final int CHARGING = 2;
  private static final int FULL = 3;

  @Override
  public String format() {
    return "owntracks";
  }

  @Override
  public Answer answer() {
    return Answer.EMPTY_LIST;
  }

  @Override
  public void read(Upload upload, Sender sender, Intake intake) {
    // An empty message tests the connection.
    if (upload.body().length > 0) {
      Documents.each(upload, item -> intake.read(item, () -> message(item, sender, intake)));
    }
  }

  private static void message(Item item, Sender sender, Intake intake) {
    String type = item.text("_type");
    switch (type) {
      case "steps" -> steps(item, sender, intake);
      case "location" -> location(item, sender, intake);
      case "encrypted" ->
          throw item.fault(
              "encrypted payload: switch off the encryption key in the app, or decrypt before"
                  + " sending");
      default -> intake.ignore(1);
    }
  }

  /** Minus one says that the phone does not count. */
  private static void steps(Item item, Sender sender, Intake intake) {
    long steps = item.whole("steps");
    if (steps == -1) {
      intake.ignore(1);
      return;
    }
    StepSpans.keep(item, steps, item.epochSeconds("from"), item.epochSeconds("to"), sender, intake);
  }

  private static void location(Item item, Sender sender, Intake intake) {
    Instant at = item.epochSeconds("tst");
    int count = 1;
    Posture posture = posture(item);
    BatteryObservation battery = battery(item, sender, at);
    if (posture != null) {
      intake.keep(item.path(), count, Estimates.activity(sender, posture, at));
      count = 0;
    }
    if (battery != null) {
      intake.keep(item.path(), count, battery);
      count = 0;
    }
    if (count == 1) {
      intake.ignore(1);
    }
  }

  /** What the phone is sure of: exactly one activity that says something. */
  private static @Nullable Posture posture(Item item) {
    List<Posture> named = new ArrayList<>();
    for (Item each : item.items("motionactivities")) {
      Posture posture = Estimates.ofActivity(each.node().asText());
      if (posture == null) {
        return null;
      }
      named.add(posture);
    }
    return named.size() == 1 ? named.get(0) : null;
  }

  private static @Nullable BatteryObservation battery(Item item, Sender sender, Instant at) {
    Double percent = item.numberOrNull("batt");
    Double state = item.numberOrNull("bs");
    boolean known = percent != null && percent >= 0 && percent <= 100;
    if (!known && (state == null || state == 0)) {
      return null;
    }
    boolean charging = state != null && (state == CHARGING || state == FULL);
    return new BatteryObservation(
        sender.stampAt(at), known && percent != null ? percent / 100 : null, charging, at);
  }
}
