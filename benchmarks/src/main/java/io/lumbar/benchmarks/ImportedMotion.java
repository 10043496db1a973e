package io.lumbar.benchmarks;

import io.lumbar.app.fault.UserMistake;
import io.lumbar.ingest.recording.CwaWriter;
import io.lumbar.ingest.recording.CwaWriter.Layout;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Days of raw motion in one file of a thigh sensor, imported into a running Lumbar as a person does
 * it.
 */
final class ImportedMotion {
  private static final int HERTZ = 100;
  private static final int DEVICE = 1;
  private static final int SAMPLES = (int) (Duration.ofHours(1).toSeconds() * HERTZ);
  private static final int WALKED = SAMPLES / 6;
  private static final int SAT_UNTIL = SAMPLES * 5 / 6;
  private static final double STRIDES_PER_SECOND = 0.9;
  private static final double SWING = Math.toRadians(20);
  private static final double NOISE = 0.01;

  private final Commands commands;
  private final Scratch scratch;

  /** Samples in g of an hour: ten minutes of walking, forty of sitting, ten of standing. */
  private final float[][] hour = new float[3][SAMPLES];

  ImportedMotion(Commands commands, Scratch scratch) {
    this.commands = commands;
    this.scratch = scratch;
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < SAMPLES; i++) {
      double[] still = still(i);
      for (int axis = 0; axis < hour.length; axis++) {
        hour[axis][i] = (float) (still[axis] + NOISE * random.nextGaussian());
      }
    }
  }

  /** The axes: along the thigh upwards, to the side, to the front. */
  private static double[] still(int sample) {
    if (sample >= SAT_UNTIL) {
      return new double[] {1, 0, 0};
    }
    if (sample >= WALKED) {
      return new double[] {0.1, 0, 0.995};
    }
    double seconds = (double) sample / HERTZ;
    double stride = 2 * Math.PI * STRIDES_PER_SECOND * seconds;
    double bounce = 0.25 * Math.sin(2 * stride) + heelStrike(stride, seconds);
    double swing = SWING * Math.sin(stride);
    return new double[] {(1 + bounce) * Math.cos(swing), 0, (1 + bounce) * Math.sin(swing)};
  }

  private static double heelStrike(double stride, double seconds) {
    return 0.12 * Math.pow(Math.sin(2 * stride), 8) * Math.sin(2 * Math.PI * 11 * seconds);
  }

  /** The import of a file of so many hours that end before an instant. */
  List<Figure> measure(int hours, Instant now) throws IOException, InterruptedException {
    Path file = scratch.resolve("motion.cwa");
    write(file, hours, now.truncatedTo(ChronoUnit.DAYS).minus(Duration.ofHours(hours)));
    try (ChildProcess server = ChildProcess.start(commands.up(), scratch, "imported")) {
      long before = System.nanoTime();
      imported(file);
      double seconds = (System.nanoTime() - before) / 1e9;
      List<Figure> figures = new ArrayList<>();
      figures.add(
          Figure.plain(
              "import of raw motion",
              seconds,
              "s",
              "%d h at %d Hz, %,d MB".formatted(hours, HERTZ, Files.size(file) / 1_000_000)));
      if (ProcFiles.available()) {
        figures.add(
            Figure.plain(
                "processor time of the server",
                server.proc().cpuSeconds(),
                "s",
                "start and compiling included"));
        figures.add(
            Figure.plain(
                "resident memory, imported", server.proc().residentMegabytes(), "MB", "VmRSS"));
      }
      return figures;
    } finally {
      Files.delete(file);
    }
  }

  private void write(Path file, int hours, Instant start) throws IOException {
    CwaWriter writer =
        new CwaWriter(Layout.PACKED, HERTZ, HERTZ, LocalDateTime.ofInstant(start, ZoneOffset.UTC));
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
      writer.write(
          out,
          DEVICE,
          hours * (double) SAMPLES / HERTZ,
          i -> hour[0][i % SAMPLES],
          i -> hour[1][i % SAMPLES],
          i -> hour[2][i % SAMPLES]);
    }
  }

  private void imported(Path file) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(commands.of("import"));
    command.addAll(
        List.of(
            file.toString(),
            "--wearer",
            "Week",
            "--zone",
            "UTC",
            "--placement",
            "thigh",
            "--data",
            scratch.resolve("imported").toString()));
    Path said = scratch.resolve("import.out");
    Process process =
        scratch.start(
            new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(said.toFile()));
    if (process.waitFor() != 0) {
      throw new UserMistake(
          "the import failed: " + Files.readString(said, StandardCharsets.UTF_8).strip());
    }
  }
}
