package io.lumbar.app.validate;

import io.lumbar.analytics.trunk.Arch;
import io.lumbar.analytics.trunk.ArchReference;
import io.lumbar.analytics.trunk.Lie;
import io.lumbar.analytics.trunk.SleepPositionState;
import io.lumbar.analytics.trunk.SleepPositions;
import io.lumbar.analytics.trunk.Tilt;
import io.lumbar.analytics.trunk.TrunkAxes;
import io.lumbar.analytics.trunk.TrunkAxes.Direction;
import io.lumbar.model.SleepPosition;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * People who lay in twelve positions for a minute each, with a sensor on the chest that was read
 * once a second: rows whose position was told, and recordings whose chest was seen raised on the
 * front.
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
          judge(name, rows, table, bare, raised);
        });
    double worst =
        table.people().stream()
            .mapToDouble(person -> table.of(person).accuracy())
            .min()
            .orElse(Double.NaN);
    return score
        .metric("accuracy", table.pooled().accuracy())
        .metric("worstPersonAccuracy", worst)
        .metric("raisedRecall", raised.pooled().sensitivity("raised"))
        .metric(
            "raisedFalse",
            table.people().isEmpty() ? Double.NaN : raised.pooled().count("flat", "raised"))
        .table(table)
        .table(bare)
        .table(raised)
        .build();
  }

  private static void judge(
      String person,
      List<double[]> rows,
      ConfusionTable table,
      ConfusionTable bare,
      ConfusionTable raised) {
    SleepPositionState state = SleepPositionState.START;
    List<Double> pitches = new ArrayList<>();
    int seenRaised = 0;
    int held = 0;
    for (int i = 0; i < rows.size(); i++) {
      double[] row = rows.get(i);
      Tilt tilt = AXES.tilt(row[0] / COUNTS_PER_G, row[1] / COUNTS_PER_G, row[2] / COUNTS_PER_G);
      state = SleepPositions.advance(state, i * ROW_MILLIS, tilt);
      held = i > 0 && rows.get(i - 1)[6] == row[6] ? held + 1 : 0;
      if (held < SETTLING_ROWS) {
        continue;
      }
      String truth = SIDES.get((int) (row[6] - 1) / PER_SIDE).wireName();
      Lie lie = state.lie();
      table.add(person, truth, lie == null ? ConfusionTable.UNKNOWN : lie.side().wireName(), 1);
      bare.add(person, truth, bare(tilt), 1);
      if (row[6] == RAISED_IN) {
        // The truth has a formula of its own, so that it does not lean on what is judged.
        pitches.add(Math.toDegrees(Math.atan2(-row[1], Math.abs(row[2]))));
        seenRaised += lie != null && isRaised(lie, tilt) ? 1 : 0;
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

  private static boolean isRaised(Lie lie, Tilt tilt) {
    Arch.Judgement judgement =
        Arch.judge(lie, Arch.Pitches.ofChest(tilt.headUp()), ArchReference.NONE, false);
    return judgement.kind() == Arch.Kind.CHEST_RAISED;
  }

  private static String bare(Tilt tilt) {
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
