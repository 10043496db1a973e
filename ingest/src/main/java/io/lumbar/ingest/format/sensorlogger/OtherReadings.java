package io.lumbar.ingest.format.sensorlogger;

import io.lumbar.ingest.format.Estimates;
import io.lumbar.ingest.format.Intake;
import io.lumbar.ingest.format.Sender;
import io.lumbar.model.BatteryObservation;
import io.lumbar.model.Observation;
import io.lumbar.model.Posture;
import io.lumbar.model.PostureObservation;
import io.lumbar.model.StepCounterObservation;
import java.time.Duration;
import java.util.Set;

/** What the readings that are no motion say, the same whether pushed or read from a recording. */
final class OtherReadings {
  private static final Duration ACTIVITY_HOLDS = Duration.ofMinutes(10);
  private static final Set<String> SURE = Set.of("medium", "high");
  private static final Set<String> USED = Set.of("pedometer", "battery", "activity");

  private final Sender sender;
  private final Intake intake;

  OtherReadings(Sender sender, Intake intake) {
    this.sender = sender;
    this.intake = intake;
  }

  /** Whether readings of a sensor belong here. */
  static boolean uses(String sensor) {
    return USED.contains(sensor);
  }

  /**
   * Takes a reading of a sensor that {@link #uses} names, with its time.
   *
   * @param counter which recording the steps are counted in
   */
  void take(String path, SensorReading reading, String counter) {
    switch (reading.name) {
      case "pedometer" -> pedometer(path, reading, counter);
      case "battery" -> battery(path, reading);
      default -> activity(path, reading);
    }
  }

  private void pedometer(String path, SensorReading reading, String counter) {
    if (!(reading.steps >= 0 && reading.steps <= Integer.MAX_VALUE)) {
      intake.refuse(path + ".values.steps", "must be a number of steps, 0 or more", null);
      return;
    }
    keep(
        path,
        new StepCounterObservation(
            sender.stampAt(reading.at()), counter, (long) reading.steps, reading.at()));
  }

  private void battery(String path, SensorReading reading) {
    String state = reading.batteryState == null ? "unknown" : reading.batteryState;
    boolean known = reading.batteryLevel >= 0 && reading.batteryLevel <= 1;
    boolean charging = state.equals("charging") || state.equals("full");
    keep(
        path,
        new BatteryObservation(
            sender.stampAt(reading.at()),
            known ? reading.batteryLevel : null,
            charging,
            reading.at()));
  }

  /** The phone is on the body, and so is what it concludes from its own motion. */
  private void activity(String path, SensorReading reading) {
    boolean sure = reading.confidence != null && SURE.contains(reading.confidence);
    Posture posture =
        sure && reading.activity != null ? Estimates.ofActivity(reading.activity) : null;
    if (posture == null) {
      intake.ignore(1);
      return;
    }
    keep(
        path,
        PostureObservation.change(
            sender.stampAt(reading.at()), posture, reading.at(), ACTIVITY_HOLDS));
  }

  private void keep(String path, Observation observation) {
    intake.keep(path, 1, observation);
  }
}
