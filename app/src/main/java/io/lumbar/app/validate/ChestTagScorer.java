package io.lumbar.app.validate;

import io.lumbar.analytics.trunk.Reading;
import io.lumbar.analytics.trunk.TrunkAxes;
import io.lumbar.analytics.trunk.TrunkAxes.Direction;
import io.lumbar.analytics.trunk.TrunkRecording;
import io.lumbar.model.DeviceId;
import io.lumbar.model.Placement;
import io.lumbar.model.Posture;
import io.lumbar.model.PostureObservation;
import io.lumbar.model.Stamp;
import java.io.IOException;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Older people in a ward with a battery-less tag on the breastbone, heard several times a second or
 * not for minutes: lying against sitting and walking, each five seconds by themselves, which is
 * what the stream tells in the end of all that lasts a minute.
 *
 * <p>It is told that the tag's axes are those that the data set documents. Five seconds are judged
 * as one, by the label of most of their readings.
 */
final class ChestTagScorer implements FolderScorer {
  private static final String LYING = "lying";
  private static final String NOT_LYING = "not lying";
  private static final int LYING_LABEL = 3;
  private static final int LABEL = 8;
  private static final double BARE_DEGREES = 45;

  private static final Stamp TAG =
      new Stamp(new DeviceId("d_tag"), Placement.CHEST, ZoneOffset.UTC);

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
    ConfusionTable whole = new ConfusionTable("lying, told as such in the end", "readings");
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
          judge(name, rows, table, whole, bare);
        });
    return score
        .metric("lyingF1", table.pooled().f1(LYING))
        .metric("toldLyingF1", whole.pooled().f1(LYING))
        .table(table)
        .table(whole)
        .table(bare)
        .build();
  }

  private static void judge(
      String person,
      List<double[]> rows,
      ConfusionTable table,
      ConfusionTable whole,
      ConfusionTable bare) {
    List<Reading> readings =
        rows.stream().map(row -> new Reading(at(row), row[1], row[2], row[3])).toList();
    TrunkRecording recording = new TrunkRecording();
    RecordedMotion.stood(recording, TAG);
    RecordedMotion.batches(TAG, RecordedMotion.asAsked(readings, AXES)).forEach(recording::add);
    ToldPostures told = new ToldPostures(recording.postures(TAG));
    NavigableMap<Long, Posture> moments = new TreeMap<>();
    recording.moments(TAG).forEach(one -> moments.put(one.at(), one.posture()));
    Map<Long, List<double[]>> byMoment = new TreeMap<>();
    for (double[] row : rows) {
      byMoment.computeIfAbsent(moments.floorKey(at(row)), at -> new ArrayList<>()).add(row);
    }
    byMoment.forEach(
        (at, inside) -> {
          long lying = inside.stream().filter(row -> row[LABEL] == LYING_LABEL).count();
          String truth = name(2 * lying > inside.size());
          String judged = name(moments.get(at) == Posture.LYING);
          table.add(person, truth, judged, inside.size());
          Optional<Posture> atLast = told.at(at).map(PostureObservation::posture);
          String held = name(atLast.equals(Optional.of(Posture.LYING)));
          whole.add(person, truth, held, inside.size());
        });
    for (double[] row : rows) {
      double inclination = AXES.tilt(row[1], row[2], row[3]).inclination();
      bare.add(person, name(row[LABEL] == LYING_LABEL), name(inclination > BARE_DEGREES), 1);
    }
  }

  private static String name(boolean lying) {
    return lying ? LYING : NOT_LYING;
  }

  private static long at(double[] row) {
    return RecordedMotion.START + Math.round(row[0] * 1000);
  }
}
