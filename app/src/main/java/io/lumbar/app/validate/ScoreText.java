package io.lumbar.app.validate;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A folder's score as lines for a person. */
public final class ScoreText {
  private static final int MOST_SKIPPED = 10;

  private ScoreText() {}

  /** Figures first, then tables, then what was skipped. */
  public static List<String> lines(String folder, Score score) {
    List<String> lines = new ArrayList<>();
    lines.add(folder);
    score
        .metrics()
        .forEach((name, value) -> lines.add("  %-24s %10s".formatted(name, number(value))));
    score.tables().forEach(table -> addTable(lines, table));
    addSkipped(lines, score.skipped());
    return lines;
  }

  private static void addTable(List<String> lines, ConfusionTable table) {
    ConfusionTable.Cells pooled = table.pooled();
    lines.add("");
    lines.add(
        "  %s, %s: %s right, %s judged"
            .formatted(
                table.title(),
                table.unit(),
                percent(pooled.accuracy()),
                percent(pooled.coverage())));
    List<String> judgements = pooled.judgements();
    StringBuilder head = new StringBuilder("    %-18s".formatted("truth \\ judged"));
    judgements.forEach(name -> head.append(" %12s".formatted(clip(name))));
    lines.add(head + " %9s %9s %9s".formatted("sens.", "spec.", "F1"));
    for (String truth : pooled.truths()) {
      StringBuilder row = new StringBuilder("    %-18s".formatted(clip(truth)));
      judgements.forEach(name -> row.append(" %12s".formatted(number(pooled.count(truth, name)))));
      lines.add(
          row
              + " %9s %9s %9s"
                  .formatted(
                      percent(pooled.sensitivity(truth)),
                      percent(pooled.specificity(truth)),
                      percent(pooled.f1(truth))));
    }
    if (table.people().size() > 1) {
      addPeople(lines, table);
    }
  }

  private static void addPeople(List<String> lines, ConfusionTable table) {
    List<String> truths = table.pooled().truths();
    StringBuilder head =
        new StringBuilder("    %-18s %9s %9s".formatted("person", "right", "judged"));
    truths.forEach(name -> head.append(" %12s".formatted(clip(name))));
    lines.add(head + "   (sensitivity / F1)");
    for (String person : table.people()) {
      ConfusionTable.Cells cells = table.of(person);
      StringBuilder row =
          new StringBuilder(
              "    %-18s %9s %9s"
                  .formatted(clip(person), percent(cells.accuracy()), percent(cells.coverage())));
      for (String name : truths) {
        row.append(
            " %12s".formatted(percent(cells.sensitivity(name)) + "/" + percent(cells.f1(name))));
      }
      lines.add(row.toString());
    }
  }

  private static void addSkipped(List<String> lines, List<Score.Skipped> skipped) {
    for (Score.Skipped each : skipped.subList(0, Math.min(MOST_SKIPPED, skipped.size()))) {
      lines.add("  skipped %s: %s".formatted(each.what(), each.why()));
    }
    if (skipped.size() > MOST_SKIPPED) {
      lines.add("  skipped %d more".formatted(skipped.size() - MOST_SKIPPED));
    }
  }

  private static String clip(String name) {
    return name.length() <= 12 ? name : name.substring(0, 12);
  }

  private static String percent(double share) {
    return Double.isNaN(share) ? "-" : String.format(Locale.ROOT, "%.1f%%", 100 * share);
  }

  private static String number(double value) {
    return value == Math.rint(value)
        ? String.format(Locale.ROOT, "%.0f", value)
        : String.format(Locale.ROOT, "%.4f", value);
  }
}
