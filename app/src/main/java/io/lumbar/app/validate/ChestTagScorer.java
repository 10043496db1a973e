package io.lumbar.app.validate;

import io.lumbar.analytics.trunk.Lying;
import io.lumbar.analytics.trunk.LyingState;
import io.lumbar.analytics.trunk.SleepPositionState;
import io.lumbar.analytics.trunk.SleepPositions;
import io.lumbar.analytics.trunk.Tilt;
import io.lumbar.analytics.trunk.TrunkAxes;
import io.lumbar.analytics.trunk.TrunkAxes.Direction;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Older people in a ward with a battery-less tag on the breastbone, heard several times a second or
 * not for minutes: lying against sitting and walking, per reading.
 */
final class ChestTagScorer implements FolderScorer {
  private static final String LYING = "lying";
  private static final String NOT_LYING = "not lying";
  private static final int LYING_LABEL = 3;
  private static final int LABEL = 8;
  private static final double BARE_DEGREES = 45;

  /** The columns are frontal, vertical and lateral. */
  private static final TrunkAxes AXES =
      TrunkAxes.of(new Direction(0, 1, 0), new Direction(1, 0, 0));

  @Override
  public String folder() {
    return "chest-rfid";
  }

  @Override
  public Score score(Path folder, Progress progress) throws IOException {
    List<Path> files = RecordingFiles.inside(folder, "");
    Score.Builder score = Score.builder();
    ConfusionTable table = new ConfusionTable("lying", "readings");
    ConfusionTable bare = new ConfusionTable("lying by a bare 45 degrees", "readings");
    RecordingFiles.each(
        files,
        progress,
        score,
        (file, name) -> {
          List<double[]> rows = NumberRows.read(file).rows();
          rows.removeIf(row -> row.length <= LABEL);
          if (rows.isEmpty()) {
            score.skip(name, "no labelled reading is in it");
            return;
          }
          judge(name, rows, table, bare);
        });
    return score.metric("lyingF1", table.pooled().f1(LYING)).table(table).table(bare).build();
  }

  private static void judge(
      String person, List<double[]> rows, ConfusionTable table, ConfusionTable bare) {
    SleepPositionState position = SleepPositionState.START;
    LyingState lying = LyingState.START;
    for (double[] row : rows) {
      long at = Math.round(row[0] * 1000);
      Tilt tilt = AXES.tilt(row[1], row[2], row[3]);
      position = SleepPositions.advance(position, at, tilt);
      lying = Lying.advance(lying, at, tilt, position.lie());
      String truth = row[LABEL] == LYING_LABEL ? LYING : NOT_LYING;
      table.add(person, truth, lying.lying() ? LYING : NOT_LYING, 1);
      bare.add(person, truth, tilt.inclination() > BARE_DEGREES ? LYING : NOT_LYING, 1);
    }
  }
}
