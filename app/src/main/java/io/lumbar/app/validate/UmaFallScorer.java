package io.lumbar.app.validate;

import io.lumbar.analytics.trunk.Bend;
import io.lumbar.analytics.trunk.Reading;
import io.lumbar.model.Placement;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Young adults who bend, sit down and up, walk and open doors for fifteen seconds each, with a
 * sensor on the chest and a phone in the pocket.
 */
final class UmaFallScorer implements FolderScorer {
  private static final String BENDING = "Bending";
  private static final String SITTING = "Sitting_GettingUp";
  private static final List<String> OTHERS = List.of("Walking", "OpeningDoor");
  private static final String BEND = "bend";
  private static final String NO_BEND = "no bend";
  private static final int FEWEST_READINGS = 100;
  private static final int COLUMNS = 7;

  @Override
  public String folder() {
    return "umafall";
  }

  @Override
  public Score score(Path folder, Progress progress) throws IOException {
    List<Path> files =
        RecordingFiles.inside(folder, ".csv").stream()
            .filter(file -> !kind(RecordingFiles.name(file)).isEmpty())
            .toList();
    Score.Builder score = Score.builder();
    ConfusionTable table = new ConfusionTable("a bend, chest and pocket", "trials");
    ConfusionTable chest = new ConfusionTable("a bend, chest alone", "trials");
    Map<String, Integer> trials = new HashMap<>();
    Map<String, Integer> bends = new HashMap<>();
    RecordingFiles.each(
        files,
        progress,
        score,
        (file, name) -> {
          String kind = kind(name);
          NumberRows rows = NumberRows.read(file);
          Map<String, List<Reading>> sensors = sensors(rows);
          List<Reading> trunk = sensors.getOrDefault("CHEST", List.of());
          List<Reading> pocket = sensors.getOrDefault("RIGHTPOCKET", List.of());
          if (rows.wrecked()) {
            score.skip(name, rows.unreadable() + " lines are not numbers");
          } else if (trunk.size() < FEWEST_READINGS) {
            score.skip(name, "it has no sensor on the chest");
          } else if (pocket.size() < FEWEST_READINGS && kind.equals(SITTING)) {
            score.skip(name, "it has no phone in the pocket");
          } else {
            List<Bend> found = BendTrial.bends(Placement.CHEST, trunk, pocket);
            List<Bend> alone = BendTrial.bends(Placement.CHEST, trunk, List.of());
            trials.merge(kind, 1, Integer::sum);
            bends.merge(kind, found.size(), Integer::sum);
            add(table, name, kind, found);
            add(chest, name, kind, alone);
          }
        });
    double others =
        OTHERS.stream()
            .filter(trials::containsKey)
            .mapToDouble(kind -> perTrial(bends, trials, kind))
            .max()
            .orElse(Double.NaN);
    return score
        .metric("bendRecall", table.pooled().sensitivity(BEND))
        .metric("sitToStandBendsPerTrial", perTrial(bends, trials, SITTING))
        .metric("otherBendsPerTrial", others)
        .table(table)
        .table(chest)
        .build();
  }

  private static String kind(String name) {
    List<String> kinds = new ArrayList<>(OTHERS);
    kinds.add(BENDING);
    kinds.add(SITTING);
    return kinds.stream().filter(name::contains).findFirst().orElse("");
  }

  private static void add(ConfusionTable table, String name, String kind, List<Bend> found) {
    String person = name.replaceFirst("^.*Subject_(\\d+).*$", "$1");
    table.add(person, kind.equals(BENDING) ? BEND : NO_BEND, found.isEmpty() ? NO_BEND : BEND, 1);
  }

  private static double perTrial(
      Map<String, Integer> bends, Map<String, Integer> trials, String kind) {
    return bends.getOrDefault(kind, 0) / count(trials, kind);
  }

  private static double count(Map<String, Integer> trials, String kind) {
    return trials.getOrDefault(kind, 0);
  }

  /** Accelerometer readings by place; the header says which sensor was where. */
  private static Map<String, List<Reading>> sensors(NumberRows file) {
    Map<Integer, String> places = new HashMap<>();
    for (String line : file.header()) {
      String[] cells = line.replace("%", "").split(";");
      if (cells.length >= 3 && cells[0].strip().matches("([0-9a-fA-F]{2}:){5}[0-9a-fA-F]{2}")) {
        places.put(Integer.parseInt(cells[1].strip()), cells[2].strip().toUpperCase(Locale.ROOT));
      }
    }
    Map<String, List<Reading>> sensors = new HashMap<>();
    for (double[] row : file.rows()) {
      if (row.length >= COLUMNS && row[5] == 0) {
        sensors
            .computeIfAbsent(places.getOrDefault((int) row[6], ""), place -> new ArrayList<>())
            .add(new Reading(Math.round(row[0]), row[2], row[3], row[4]));
      }
    }
    return sensors;
  }
}
