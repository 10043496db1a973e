package io.lumbar.app.validate;

import io.lumbar.analytics.trunk.Lie;
import io.lumbar.analytics.trunk.Reading;
import io.lumbar.analytics.trunk.Tilt;
import io.lumbar.analytics.trunk.TrunkAxes;
import io.lumbar.analytics.trunk.TrunkAxes.Direction;
import io.lumbar.analytics.trunk.TrunkRecording;
import io.lumbar.analytics.trunk.TrunkRecording.Moment;
import io.lumbar.model.DeviceId;
import io.lumbar.model.Placement;
import io.lumbar.model.Posture;
import io.lumbar.model.PostureObservation;
import io.lumbar.model.SleepPosition;
import io.lumbar.model.Stamp;
import java.io.IOException;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * People who lay in twelve positions for a minute each, with a sensor on the chest that was read
 * once a second: rows whose position was told, and recordings whose chest was seen raised on the
 * front.
 *
 * <p>It is told that the sensor's axes are those that the data set documents. All of the people lie
 * by protocol, some with the chest nearly upright; so the position counts of five seconds by
 * themselves. How often it is told in the end, as lying so for a minute, is a table of its own.
 */
final class SleepPositionChestScorer implements FolderScorer {
  private static final List<SleepPosition> SIDES =
      List.of(SleepPosition.SUPINE, SleepPosition.PRONE, SleepPosition.LEFT, SleepPosition.RIGHT);
  private static final int PER_SIDE = 3;
  private static final int POSITIONS = 12;
  private static final int SETTLING_ROWS = 20;
  private static final int RAISED_IN = 4;
  private static final double TRULY_RAISED_DEGREES = 20;
  private static final double TRULY_FLAT_DEGREES = 10;
  private static final double COUNTS_PER_G = 256;
  private static final long ROW_MILLIS = 1000;

  private static final Stamp SENSOR =
      new Stamp(new DeviceId("d_chest"), Placement.CHEST, ZoneOffset.UTC);

  /** The sensor's y axis points to the feet and its z axis into the body. */
  private static final TrunkAxes AXES =
      TrunkAxes.of(new Direction(0, -1, 0), new Direction(0, 0, -1));

  @Override
  public String folder() {
    return "sleep-position-chest";
  }

  @Override
  public Score score(Path folder, Progress progress) throws IOException {
    List<Path> files = RecordingFiles.inside(folder, ".csv");
    Score.Builder score = Score.builder();
    ConfusionTable table = new ConfusionTable("position", "rows");
    ConfusionTable whole = new ConfusionTable("position, told as lying so for a minute", "rows");
    ConfusionTable bare = new ConfusionTable("position by bare bins of 90 degrees", "rows");
    ConfusionTable raised = new ConfusionTable("chest on the front", "recordings");
    RecordingFiles.each(
        files,
        progress,
        score,
        (file, name) -> {
          List<double[]> rows = NumberRows.read(file).rows();
          rows.removeIf(row -> row.length < 7 || row[6] < 1 || row[6] > POSITIONS);
          if (rows.isEmpty()) {
            score.skip(name, "no row with a position from 1 to 12 is in it");
            return;
          }
          judge(name, rows, table, whole, bare, raised);
        });
    double worst =
        table.people().stream()
            .mapToDouble(person -> table.of(person).accuracy())
            .min()
            .orElse(Double.NaN);
    return score
        .metric("accuracy", table.pooled().accuracy())
        .metric("worstPersonAccuracy", worst)
        .metric("toldAccuracy", whole.pooled().accuracy())
        .metric("raisedRecall", raised.pooled().sensitivity("raised"))
        .metric(
            "raisedFalse",
            table.people().isEmpty() ? Double.NaN : raised.pooled().count("flat", "raised"))
        .table(table)
        .table(whole)
        .table(bare)
        .table(raised)
        .build();
  }

  private static void judge(
      String person,
      List<double[]> rows,
      ConfusionTable table,
      ConfusionTable whole,
      ConfusionTable bare,
      ConfusionTable raised) {
    List<Reading> readings = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      double[] row = rows.get(i);
      readings.add(
          new Reading(at(i), row[0] / COUNTS_PER_G, row[1] / COUNTS_PER_G, row[2] / COUNTS_PER_G));
    }
    List<Reading> asked = RecordedMotion.asAsked(readings, AXES);
    TrunkRecording recording = new TrunkRecording();
    RecordedMotion.stood(recording, SENSOR);
    RecordedMotion.batches(SENSOR, asked).forEach(recording::add);
    TreeMap<Long, Moment> moments = new TreeMap<>();
    recording.moments(SENSOR).forEach(one -> moments.put(one.at(), one));
    ToldPostures told = new ToldPostures(recording.postures(SENSOR));
    List<Double> pitches = new ArrayList<>();
    int seenRaised = 0;
    int held = 0;
    for (int i = 0; i < rows.size(); i++) {
      double[] row = rows.get(i);
      held = i > 0 && rows.get(i - 1)[6] == row[6] ? held + 1 : 0;
      if (held < SETTLING_ROWS) {
        continue;
      }
      String truth = SIDES.get((int) (row[6] - 1) / PER_SIDE).wireName();
      Moment moment = moments.floorEntry(at(i)).getValue();
      table.add(person, truth, turned(moment), 1);
      whole.add(person, truth, position(told.at(at(i))), 1);
      bare.add(person, truth, bare(asked.get(i)), 1);
      if (row[6] == RAISED_IN) {
        // The truth has a formula of its own, so that it does not lean on what is judged.
        pitches.add(Math.toDegrees(Math.atan2(-row[1], Math.abs(row[2]))));
        seenRaised += isRaised(moment) ? 1 : 0;
      }
    }
    if (!pitches.isEmpty()) {
      pitches.sort(null);
      double pitch = pitches.get(pitches.size() / 2);
      String judged = seenRaised * 2 > pitches.size() ? "raised" : "flat";
      if (pitch >= TRULY_RAISED_DEGREES || pitch <= TRULY_FLAT_DEGREES) {
        raised.add(person, pitch >= TRULY_RAISED_DEGREES ? "raised" : "flat", judged, 1);
      }
    }
  }

  private static long at(int row) {
    return RecordedMotion.START + row * ROW_MILLIS;
  }

  private static String turned(Moment moment) {
    Lie lie = moment.lie();
    return lie == null ? ConfusionTable.UNKNOWN : lie.side().wireName();
  }

  private static boolean isRaised(Moment moment) {
    return moment.posture() == Posture.LYING
        && moment.lie() != null
        && moment.lie().side() == SleepPosition.PRONE
        && moment.headUpDegrees() >= PostureObservation.RAISED_CHEST;
  }

  private static String position(Optional<PostureObservation> told) {
    return told.filter(one -> one.posture() == Posture.LYING)
        .flatMap(one -> Optional.ofNullable(one.position()))
        .map(SleepPosition::wireName)
        .orElse(ConfusionTable.UNKNOWN);
  }

  private static String bare(Reading asked) {
    Tilt tilt = TrunkAxes.STANDARD.tilt(asked.value().x(), asked.value().y(), asked.value().z());
    double turned = Math.abs(tilt.roll());
    SleepPosition side =
        turned < 45
            ? SleepPosition.SUPINE
            : turned > 135
                ? SleepPosition.PRONE
                : tilt.roll() > 0 ? SleepPosition.LEFT : SleepPosition.RIGHT;
    return side.wireName();
  }
}
