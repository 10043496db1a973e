package io.lumbar.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * When in a local day steps were taken: those of each five minutes from its first instant on, where
 * a device tells them at least every ten; what it tells of more than one cell is shared out evenly.
 * As JSON an array: steps of one cell, or {@code -n} for n cells of which none does. What follows
 * the last cell is not known either.
 */
public record StepTrack(List<Integer> cells) {
  /** The length of a cell. */
  public static final Duration CELL = Duration.ofMinutes(5);

  /** No date is longer anywhere. */
  private static final Duration LONGEST_DAY = Duration.ofDays(2);

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public StepTrack {
    cells = List.copyOf(cells);
    long all = cells.stream().mapToLong(StepTrack::length).sum();
    if (all > LONGEST_DAY.dividedBy(CELL)) {
      throw new IllegalArgumentException("steps of " + all + " cells are more than a day has");
    }
  }

  @JsonValue
  @Override
  public List<Integer> cells() {
    return cells;
  }

  /** How many cells an entry stands for. */
  private static long length(int cell) {
    return cell >= 0 ? 1 : -(long) cell;
  }

  /**
   * Steps that are known.
   *
   * @param from the start of the cell
   */
  record Cell(Instant from, int steps) {
    Instant to() {
      return from.plus(CELL);
    }
  }

  /**
   * The cells that are known, in order.
   *
   * @param start the first instant of the day
   */
  List<Cell> known(Instant start) {
    List<Cell> known = new ArrayList<>();
    Instant at = start;
    for (int cell : cells) {
      if (cell >= 0) {
        known.add(new Cell(at, cell));
      }
      at = at.plus(CELL.multipliedBy(length(cell)));
    }
    return known;
  }

  /** Collects a track cell by cell. */
  public static final class Builder {
    private final List<Integer> cells = new ArrayList<>();
    private int unknown;

    /** A cell with so many steps, rounded. */
    public void add(double steps) {
      if (unknown > 0) {
        cells.add(-unknown);
        unknown = 0;
      }
      cells.add((int) Math.round(steps));
    }

    /** A cell of which nothing is known. */
    public void skip() {
      unknown++;
    }

    /** True while no cell is known. */
    public boolean isEmpty() {
      return cells.isEmpty();
    }

    /** What was added. */
    public StepTrack build() {
      return new StepTrack(cells);
    }
  }
}
