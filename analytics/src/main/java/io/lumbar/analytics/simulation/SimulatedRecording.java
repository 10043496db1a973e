package io.lumbar.analytics.simulation;

import io.lumbar.model.MotionBatch;
import io.lumbar.model.SleepPosition;
import java.io.IOException;
import java.time.Instant;

/**
 * A simulation as text, with the truth beside the samples: tables with a header, separated by
 * commas, lines ended by a line feed, in order of time.
 *
 * <p>The same script, seed and wear give the same text. A day of samples is written as it is made
 * and needs no memory.
 */
public final class SimulatedRecording {
  private static final int PER_G = 10_000;
  private static final long MICROS = 1_000_000;

  private final Simulation simulation;

  public SimulatedRecording(Simulation simulation) {
    this.simulation = simulation;
  }

  /**
   * Writes what a sensor felt: {@code epoch,x,y,z} with the time in seconds since 1970, to the
   * microsecond, and g, to 0.0001.
   */
  public void writeSamples(Wear wear, Appendable out) throws IOException {
    out.append("epoch,x,y,z\n");
    for (MotionBatch batch : simulation.worn(wear)) {
      StringBuilder rows = new StringBuilder(batch.size() * 40);
      long start = Math.floorDiv(batch.startNanos(), 1_000);
      for (int i = 0; i < batch.size(); i++) {
        append(rows, start + batch.offsetMicros()[i], MICROS);
        append(rows.append(','), Math.round(batch.x()[i] * (double) PER_G), PER_G);
        append(rows.append(','), Math.round(batch.y()[i] * (double) PER_G), PER_G);
        append(rows.append(','), Math.round(batch.z()[i] * (double) PER_G), PER_G);
        rows.append('\n');
      }
      out.append(rows);
    }
  }

  /**
   * Writes what was so: {@code from,to,activity,posture,position}, instants in UTC without a pause
   * between rows, the activity in the simulator's words, and the posture and the sleep position, if
   * any, that a detector should find.
   */
  public void writeTruth(Appendable out) throws IOException {
    out.append("from,to,activity,posture,position\n");
    for (Script.Truth one : simulation.script().truth()) {
      String position = one.activity().position().map(SleepPosition::wireName).orElse("");
      out.append(
          "%s,%s,%s,%s,%s\n"
              .formatted(
                  one.from(),
                  one.to(),
                  one.activity().wireName(),
                  one.activity().posture().wireName(),
                  position));
    }
  }

  /** Writes when a foot landed: {@code at}, an instant in UTC a row. */
  public void writeSteps(Appendable out) throws IOException {
    out.append("at\n");
    for (Instant step : simulation.steps()) {
      out.append(step.toString()).append('\n');
    }
  }

  /** A number as a decimal fraction; a double has too few digits for the time of a sample. */
  private static void append(StringBuilder out, long parts, long perOne) {
    long whole = Math.abs(parts) / perOne;
    String digits = Long.toString(perOne + Math.abs(parts) % perOne);
    out.append(parts < 0 ? "-" : "").append(whole).append('.').append(digits, 1, digits.length());
  }
}
