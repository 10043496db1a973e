package io.lumbar.app.validate;

import io.lumbar.analytics.motion.LabelRun;
import io.lumbar.analytics.motion.LimbRecording;
import io.lumbar.model.DeviceId;
import io.lumbar.model.MotionBatch;
import io.lumbar.model.Placement;
import io.lumbar.model.Posture;
import io.lumbar.model.Stamp;
import java.io.IOException;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A phone loose in a trouser pocket (MobiAct and MobiFall): each recording by itself, as if the
 * phone had just been put there.
 *
 * <p>In STD the wearer stands, in WAL walks, in SCH sits down on a chair from standing. The short
 * SCH has no walking to learn from; its first second, which is standing by protocol, stands for the
 * pose that a wearer takes on the set-up page. Files of other codes are read by nobody.
 */
final class MobiActScorer implements FolderScorer {
  /** No time of day is in the files, only nanoseconds since the phone was switched on. */
  private static final long START_SECOND = 1_700_000_000L;

  private static final int SEATED_SECONDS = 1;
  private static final Pattern RECORDING =
      Pattern.compile("(?:STD|WAL|SCH)_acc_([^_.]+).*", Pattern.CASE_INSENSITIVE);
  private static final Stamp PHONE =
      new Stamp(new DeviceId("d_phone"), Placement.TROUSER_POCKET, ZoneOffset.UTC);

  @Override
  public String folder() {
    return "mobiact";
  }

  @Override
  public Score score(Path folder, Progress progress) throws IOException {
    List<Path> files =
        RecordingFiles.inside(folder, ".txt").stream()
            .filter(file -> RECORDING.matcher(RecordingFiles.name(file)).matches())
            .toList();
    Score.Builder score = Score.builder();
    ConfusionTable table = new ConfusionTable("Pocket phone", "seconds");
    List<Boolean> seatedEnds = new ArrayList<>();
    RecordingFiles.each(
        files,
        progress,
        score,
        (file, name) -> {
          MotionBatch batch = MobiActFile.read(file, PHONE, START_SECOND);
          if (batch == null) {
            score.skip(name, "it has no rows of time, x, y and z");
            return;
          }
          String code = name.substring(0, 3).toUpperCase(Locale.ROOT);
          List<LabelRun> runs = judge(batch, code);
          long end = Math.floorDiv(batch.millisAt(batch.size() - 1), 1000L) + 1;
          if (code.equals("SCH")) {
            seatedEnds.add(seconds(runs, Posture.SITTING, end - SEATED_SECONDS, end) > 0);
          }
          count(table, person(name), code, runs, end);
        });
    ConfusionTable.Cells all = table.pooled();
    double found = seatedEnds.stream().filter(Boolean::booleanValue).count();
    double upright = total(all, "standing") + total(all, "walking");
    double sitting = all.count("standing", "sitting") + all.count("walking", "sitting");
    double moving = total(all, "walking") + total(all, "sitting down");
    double unknown =
        all.count("walking", ConfusionTable.UNKNOWN)
            + all.count("sitting down", ConfusionTable.UNKNOWN);
    return score
        .metric("sittingFalseShare", sitting / upright)
        .metric("seatedEndRecall", found / seatedEnds.size())
        .metric("walkingRecall", all.sensitivity("walking"))
        .metric("coverage", 1 - unknown / moving)
        .table(table)
        .build();
  }

  private static List<LabelRun> judge(MotionBatch batch, String code) {
    LimbRecording recording = new LimbRecording(Placement.TROUSER_POCKET);
    recording.add(batch);
    if (code.equals("SCH")) {
      recording.stood(START_SECOND, START_SECOND + 1);
    }
    return recording.runs();
  }

  private static void count(
      ConfusionTable table, String person, String code, List<LabelRun> runs, long end) {
    String truth =
        switch (code) {
          case "STD" -> "standing";
          case "WAL" -> "walking";
          default -> "sitting down";
        };
    double judged = 0;
    for (LabelRun run : runs) {
      double seconds = run.to() - run.from();
      table.add(person, truth, run.posture().wireName(), seconds);
      judged += seconds;
    }
    double missing = end - START_SECOND - judged;
    if (missing > 0) {
      table.add(person, truth, ConfusionTable.UNKNOWN, missing);
    }
  }

  private static double seconds(List<LabelRun> runs, Posture posture, long from, long to) {
    double seconds = 0;
    for (LabelRun run : runs) {
      if (run.posture() == posture) {
        seconds += Math.max(0, Math.min(to, run.to()) - Math.max(from, run.from()));
      }
    }
    return seconds;
  }

  private static double total(ConfusionTable.Cells cells, String truth) {
    return cells.judgements().stream().mapToDouble(name -> cells.count(truth, name)).sum();
  }

  private static String person(String name) {
    Matcher recording = RECORDING.matcher(name);
    return recording.matches() ? "person " + recording.group(1) : name;
  }
}
