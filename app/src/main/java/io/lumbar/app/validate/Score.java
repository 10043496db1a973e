package io.lumbar.app.validate;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What one folder's recordings gave.
 *
 * @param metrics figures by their fixed names, in the order in which they are told
 * @param tables truth against judgement, per class and person
 * @param skipped what was left out, and why
 */
public record Score(
    Map<String, Double> metrics, List<ConfusionTable> tables, List<Skipped> skipped) {

  /** Something that was not scored, with a reason in words. */
  public record Skipped(String what, String why) {}

  public Score {
    metrics = Collections.unmodifiableMap(new LinkedHashMap<>(metrics));
    tables = List.copyOf(tables);
    skipped = List.copyOf(skipped);
  }

  /** Starts an empty score. */
  public static Builder builder() {
    return new Builder();
  }

  /** Gathers a score. Not thread-safe. */
  public static final class Builder {
    private final Map<String, Double> metrics = new LinkedHashMap<>();
    private final List<ConfusionTable> tables = new ArrayList<>();
    private final List<Skipped> skipped = new ArrayList<>();

    private Builder() {}

    /**
     * Adds a figure; NaN, for want of recordings, leaves it out.
     *
     * @throws IllegalArgumentException when the name was given before, or the value is infinite
     */
    public Builder metric(String name, double value) {
      if (Double.isInfinite(value)) {
        throw new IllegalArgumentException(name + " is infinite");
      }
      if (!Double.isNaN(value) && metrics.put(name, value) != null) {
        throw new IllegalArgumentException(name + " is there already");
      }
      return this;
    }

    public Builder table(ConfusionTable table) {
      tables.add(table);
      return this;
    }

    public Builder skip(String what, String why) {
      skipped.add(new Skipped(what, why));
      return this;
    }

    public Score build() {
      return new Score(metrics, tables, skipped);
    }
  }
}
