package io.lumbar.ingest.format.traccar;

import io.lumbar.ingest.format.Adapter;
import io.lumbar.ingest.format.Answer;
import io.lumbar.ingest.format.Documents;
import io.lumbar.ingest.format.Estimates;
import io.lumbar.ingest.format.Intake;
import io.lumbar.ingest.format.Item;
import io.lumbar.ingest.format.Sender;
import io.lumbar.ingest.format.Upload;
import io.lumbar.model.BatteryObservation;
import io.lumbar.model.Posture;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Messages of Traccar Client from version 9. Coordinates are never looked at: of a location only
 * what the phone takes its owner to do, and the battery, are read.
 */
public final class TraccarClient implements Adapter {
  private static final double SURE = 50;

  @Override
  public String format() {
    return "traccar-client";
  }

  @Override
  public Answer answer() {
    return Answer.ALWAYS_TAKEN;
  }

  @Override
  public void read(Upload upload, Sender sender, Intake intake) {
    Documents.each(
        upload, item -> intake.read(item, () -> location(item.object("location"), sender, intake)));
  }

  private static void location(Item location, Sender sender, Intake intake) {
    // A simulator's phone goes nowhere.
    if (location.node().path("mock").asBoolean(false)) {
      intake.ignore(1);
      return;
    }
    Instant at = location.instant("timestamp");
    Posture posture = posture(location);
    BatteryObservation battery = battery(location, sender, at);
    if (posture != null) {
      intake.keep(location.path(), 1, Estimates.activity(sender, posture, at));
    }
    if (battery != null) {
      intake.keep(location.path(), posture == null ? 1 : 0, battery);
    }
    if (posture == null && battery == null) {
      intake.ignore(1);
    }
  }

  private static @Nullable Posture posture(Item location) {
    Item activity = location.find("activity");
    if (activity == null || !activity.has("type")) {
      return null;
    }
    Double confidence = activity.numberOrNull("confidence");
    return confidence != null && confidence < SURE
        ? null
        : Estimates.ofActivity(activity.text("type"));
  }

  /** A level of -1 is one that the phone does not know. */
  private static @Nullable BatteryObservation battery(Item location, Sender sender, Instant at) {
    Item battery = location.find("battery");
    if (battery == null) {
      return null;
    }
    Double level = battery.numberOrNull("level");
    boolean known = level != null && level >= 0 && level <= 1;
    return known
        ? new BatteryObservation(
            sender.stampAt(at), level, battery.node().path("is_charging").asBoolean(false), at)
        : null;
  }
}
