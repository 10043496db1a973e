package io.lumbar.app.validate;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Truth against judgement, per person and pooled, in any one unit (rows, seconds, trials).
 *
 * <p>A judgement of {@value #UNKNOWN} is wrong for every class and lowers the coverage. Where a
 * ratio has nothing below the line it is NaN. Not thread-safe.
 */
public final class ConfusionTable {
  /** The judgement of a detector that does not know. */
  public static final String UNKNOWN = "unknown";

  private final String title;
  private final String unit;
  private final Map<String, Cells> people = new TreeMap<>();
  private final Cells pooled = new Cells();

  /**
   * An empty table.
   *
   * @param title what is judged
   * @param unit what is counted, in the plural
   */
  public ConfusionTable(String title, String unit) {
    this.title = title;
    this.unit = unit;
  }

  /** Counts an amount that was {@code truth} and was called {@code judged}. */
  public void add(String person, String truth, String judged, double amount) {
    people.computeIfAbsent(person, name -> new Cells()).add(truth, judged, amount);
    pooled.add(truth, judged, amount);
  }

  public String title() {
    return title;
  }

  public String unit() {
    return unit;
  }

  /** Everybody together. */
  public Cells pooled() {
    return pooled;
  }

  /** The names of those who were counted, in order. */
  public List<String> people() {
    return List.copyOf(people.keySet());
  }

  /** One person; empty when nothing was counted. */
  public Cells of(String person) {
    return people.getOrDefault(person, new Cells());
  }

  /** The counts of one person, or of all. */
  public static final class Cells {
    private final Map<String, Map<String, Double>> byTruth = new TreeMap<>();

    private void add(String truth, String judged, double amount) {
      byTruth.computeIfAbsent(truth, key -> new TreeMap<>()).merge(judged, amount, Double::sum);
    }

    /** What was {@code truth} and was called {@code judged}. */
    public double count(String truth, String judged) {
      return byTruth.getOrDefault(truth, Map.of()).getOrDefault(judged, 0.0);
    }

    /** The true classes, in order. */
    public List<String> truths() {
      return List.copyOf(byTruth.keySet());
    }

    /** Every class that was judged, in order, {@value #UNKNOWN} last. */
    public List<String> judgements() {
      Set<String> names = new TreeSet<>();
      byTruth.values().forEach(row -> names.addAll(row.keySet()));
      List<String> ordered = new ArrayList<>(names);
      if (ordered.remove(UNKNOWN)) {
        ordered.add(UNKNOWN);
      }
      return ordered;
    }

    /** Everything that was counted. */
    public double total() {
      return byTruth.keySet().stream().mapToDouble(this::ofTruth).sum();
    }

    /** The share that was judged as it was. */
    public double accuracy() {
      return byTruth.keySet().stream().mapToDouble(name -> count(name, name)).sum() / total();
    }

    /** The share that was judged at all. */
    public double coverage() {
      return 1 - judgedAs(UNKNOWN) / total();
    }

    /** Of what was {@code name}, the share that was called so. */
    public double sensitivity(String name) {
      return count(name, name) / ofTruth(name);
    }

    /** Of what was not {@code name}, the share that was not called so. */
    public double specificity(String name) {
      double others = total() - ofTruth(name);
      return (others - (judgedAs(name) - count(name, name))) / others;
    }

    /** The harmonic mean of sensitivity and precision. */
    public double f1(String name) {
      return 2 * count(name, name) / (ofTruth(name) + judgedAs(name));
    }

    private double ofTruth(String name) {
      return byTruth.getOrDefault(name, Map.of()).values().stream()
          .mapToDouble(Double::doubleValue)
          .sum();
    }

    private double judgedAs(String name) {
      return byTruth.values().stream().mapToDouble(row -> row.getOrDefault(name, 0.0)).sum();
    }
  }
}
