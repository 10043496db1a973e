package io.lumbar.ingest.format.openmhealth;

import io.lumbar.ingest.format.Adapter;
import io.lumbar.ingest.format.Answer;
import io.lumbar.ingest.format.Documents;
import io.lumbar.ingest.format.Estimates;
import io.lumbar.ingest.format.Intake;
import io.lumbar.ingest.format.Item;
import io.lumbar.ingest.format.Sender;
import io.lumbar.ingest.format.StepSpans;
import io.lumbar.ingest.format.Upload;
import io.lumbar.model.Posture;
import io.lumbar.model.PostureObservation;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Data points of Open mHealth and of IEEE 1752.1: one, a list, or one per line. Each is held
 * against its schema's rules, and refused by the path of what breaks one. Data points of other
 * schemas are ignored.
 */
public final class OpenMHealth implements Adapter {
  private static final Duration POSTURE_HOLDS = Duration.ofMinutes(10);
  private static final Set<String> STEPS = Set.of("steps");
  private static final Set<String> POSTURES =
      Set.of("sitting", "lying down", "standing", "semi-recumbent");
  private static final Set<String> LENGTHS =
      Set.of("fm", "pm", "nm", "um", "mm", "cm", "m", "km", "in", "ft", "yd", "mi");

  @Override
  public String format() {
    return "open-mhealth";
  }

  @Override
  public Answer answer() {
    return Answer.RECEIPT;
  }

  @Override
  public void read(Upload upload, Sender sender, Intake intake) {
    Accelerations accelerations = new Accelerations(sender, intake);
    Documents.each(
        upload, item -> intake.read(item, () -> point(item, sender, intake, accelerations)));
    accelerations.finish();
  }

  private static void point(Item item, Sender sender, Intake intake, Accelerations accelerations) {
    Header header = Header.of(item.object("header"));
    Item body = item.child("body");
    switch (header.schema()) {
      case "step-count" -> stepCount(item, header, body, sender, intake);
      case "body-posture" -> posture(item, header, body, sender, intake);
      case "acceleration" -> accelerations.take(item, body);
      case "sleep-episode" -> sleep(item, body, sender, intake);
      case "physical-activity" -> activity(item, header, body, sender, intake);
      default -> {
        if (!body.node().isObject()) {
          throw item.fault("body", "must be an object");
        }
        intake.ignore(1);
      }
    }
  }

  private static void stepCount(Item item, Header header, Item body, Sender sender, Intake intake) {
    long steps;
    if (header.major().equals("1") || header.major().equals("2")) {
      steps = body.whole("step_count");
    } else {
      Item count = body.object("step_count");
      count.oneOf("unit", STEPS);
      steps = Math.round(count.number("value"));
    }
    if (header.major().equals("1") && !body.has("effective_time_frame")) {
      intake.ignore(1);
      return;
    }
    TimeFrame frame =
        header.major().equals("1")
            ? TimeFrame.of(body)
            : TimeFrame.interval(body, "effective_time_frame");
    keepSteps(item, body, steps, frame, sender, intake);
  }

  /**
   * An average or maximum is no count of steps that somebody took then, and nobody took any in an
   * interval that ends before it begins, which the schemas allow.
   */
  private static void keepSteps(
      Item item, Item body, long steps, TimeFrame frame, Sender sender, Intake intake) {
    Instant from = frame.from();
    Instant to = frame.to();
    if (!frame.hasLength() || from == null || to == null || body.has("descriptive_statistic")) {
      intake.ignore(1);
    } else {
      StepSpans.keep(item, steps, from, to, sender, intake);
    }
  }

  /** The body is the posture itself and has no time but the header's. */
  private static void posture(Item item, Header header, Item body, Sender sender, Intake intake) {
    String name = body.node().asText();
    if (!body.node().isTextual() || !POSTURES.contains(name)) {
      throw item.fault(
          "body", "must be one of " + String.join(", ", POSTURES.stream().sorted().toList()));
    }
    Posture posture =
        switch (name) {
          case "sitting" -> Posture.SITTING;
          case "standing" -> Posture.STANDING;
          case "lying down" -> Posture.LYING;
          // Half sitting and half lying is neither.
          default -> Posture.UNKNOWN;
        };
    Instant at = header.at();
    intake.keep(
        item.path(), 1, PostureObservation.change(sender.stampAt(at), posture, at, POSTURE_HOLDS));
  }

  private static void sleep(Item item, Item body, Sender sender, Intake intake) {
    TimeFrame frame = TimeFrame.interval(body, "effective_time_frame");
    Instant from = frame.from();
    Instant to = frame.to();
    if (!frame.hasLength() || from == null || to == null) {
      intake.ignore(1);
    } else {
      intake.keep(item.path(), 1, Estimates.asleep(item, sender, from, to));
    }
  }

  private static void activity(Item item, Header header, Item body, Sender sender, Intake intake) {
    if (body.has("distance")) {
      Item distance = body.object("distance");
      distance.number("value");
      distance.oneOf("unit", LENGTHS);
    }
    String name = body.textOrNull("activity_name");
    TimeFrame frame = activityFrame(header, body);
    if (name == null || frame == null || !frame.hasLength()) {
      intake.ignore(1);
      return;
    }
    Item quantity = body.find("base_movement_quantity");
    if (quantity != null && "steps".equals(quantity.textOrNull("unit"))) {
      keepSteps(item, body, Math.round(quantity.number("value")), frame, sender, intake);
      return;
    }
    Posture posture = posture(name);
    Instant from = frame.from();
    Instant to = frame.to();
    if (posture == null || from == null || to == null) {
      intake.ignore(1);
    } else {
      intake.keep(
          item.path(),
          1,
          PostureObservation.span(sender.estimatedAt(from, "activity"), posture, from, to));
    }
  }

  /** The first version leaves the time out or names a point; later ones need an interval. */
  private static @Nullable TimeFrame activityFrame(Header header, Item body) {
    if (!header.major().equals("1")) {
      return TimeFrame.interval(body, "effective_time_frame");
    }
    return body.has("effective_time_frame") ? TimeFrame.of(body) : null;
  }

  private static @Nullable Posture posture(String activity) {
    String name = activity.toLowerCase(Locale.ROOT);
    return switch (name) {
      case "sedentary" -> Posture.INACTIVE;
      case "stationary biking", "biking" -> Posture.CYCLING;
      default -> Estimates.ofActivity(name);
    };
  }
}
