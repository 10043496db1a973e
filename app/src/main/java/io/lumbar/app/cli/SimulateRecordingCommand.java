package io.lumbar.app.cli;

import io.lumbar.analytics.simulation.Mounting;
import io.lumbar.analytics.simulation.Script;
import io.lumbar.analytics.simulation.SimulatedRecording;
import io.lumbar.analytics.simulation.Simulation;
import io.lumbar.analytics.simulation.Wear;
import io.lumbar.app.fault.UserMistake;
import io.lumbar.model.DeviceId;
import io.lumbar.model.Placement;
import io.lumbar.model.Stamp;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "simulate-recording",
    description = {
      "Write raw motion of a simulated day, and the truth about it.",
      "Into FOLDER: truth.csv, steps.csv, and for each sensor a recording that import reads.",
      "docs/formats/recordings.md has their columns. Needs no server."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "The same options give the same files.",
      "",
      "Example:",
      "  ./lumbar simulate-recording day --placement thigh,chest --hours 16",
      "  ./lumbar import day/thigh.csv --wearer Anna --placement thigh"
    })
@SuppressWarnings("NullAway.Init") // picocli
final class SimulateRecordingCommand implements Callable<Integer> {
  private static final int MOST_HOURS = 24;
  private static final double LEAST_HERTZ = 0.1;
  private static final double MOST_HERTZ = 200;

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "FOLDER", description = "Where to write; made when missing.")
  private Path folder;

  @Option(
      names = "--placement",
      paramLabel = "PLACE",
      split = ",",
      defaultValue = "thigh",
      converter = PlacementConverter.class,
      description =
          "Where a sensor is worn, several with commas (thigh): thigh, trouser-pocket, chest, lower-back, waist, wrist.")
  private List<Placement> placements;

  @Option(
      names = "--hours",
      paramLabel = "N",
      defaultValue = "24",
      description = "How much of the day from its morning on, 1 to 24 (24).")
  private int hours;

  @Option(
      names = "--hertz",
      paramLabel = "N",
      defaultValue = "25",
      description = "Readings a second, 0.1 to 200 (25).")
  private double hertz;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "Another number is another day (1).")
  private long seed;

  @Option(
      names = "--start",
      paramLabel = "INSTANT",
      defaultValue = "2026-03-02T06:00:00Z",
      description = "When it begins, with its offset (2026-03-02T06:00:00Z).")
  private Instant start;

  @Option(names = "--turned", description = "Turn each sensor at random against the body.")
  private boolean turned;

  @Override
  public Integer call() {
    check();
    Simulation simulation =
        new Simulation(Script.day(start, seed).first(Duration.ofHours(hours)), seed);
    SimulatedRecording recording = new SimulatedRecording(simulation);
    List<Part> parts = new ArrayList<>();
    parts.add(new Part(folder.resolve("truth.csv"), recording::writeTruth));
    parts.add(new Part(folder.resolve("steps.csv"), recording::writeSteps));
    SplittableRandom random = new SplittableRandom(seed);
    for (Placement placement : placements) {
      Wear wear = wear(placement, random);
      Path file = folder.resolve(placement.wireName() + ".csv");
      parts.add(new Part(file, out -> recording.writeSamples(wear, out)));
    }
    for (Part part : parts) {
      if (Files.exists(part.file())) {
        throw new UserMistake(part.file() + " exists already; delete it or choose another folder");
      }
    }
    PrintWriter out = spec.commandLine().getOut();
    try {
      Files.createDirectories(folder);
      for (Part part : parts) {
        part.write();
        out.println(part.file());
      }
    } catch (IOException e) {
      throw new UserMistake(folder + " cannot be written to; choose another folder");
    }
    out.flush();
    return 0;
  }

  private void check() {
    if (hours < 1 || hours > MOST_HOURS) {
      throw wrong("--hours must be 1 to %d, not %d".formatted(MOST_HOURS, hours));
    }
    if (!(hertz >= LEAST_HERTZ && hertz <= MOST_HERTZ)) {
      throw wrong("--hertz must be 0.1 to 200, not " + hertz);
    }
    if (placements.contains(Placement.ESTIMATED)) {
      throw wrong("--placement estimated has no sensor; choose where one is worn");
    }
    if (placements.stream().distinct().count() < placements.size()) {
      throw wrong("--placement names a place twice; one recording each is written");
    }
  }

  private ParameterException wrong(String sentence) {
    return new ParameterException(spec.commandLine(), sentence);
  }

  private Wear wear(Placement placement, SplittableRandom random) {
    DeviceId device = new DeviceId("d_" + placement.wireName());
    Wear wear = Wear.of(new Stamp(device, placement, ZoneOffset.UTC), hertz);
    return turned ? wear.mounted(Mounting.random(random)) : wear;
  }

  /** One file, and what writes it. */
  private record Part(Path file, Writing writing) {
    void write() throws IOException {
      try (BufferedWriter out = Files.newBufferedWriter(file)) {
        writing.write(out);
      }
    }
  }

  @FunctionalInterface
  private interface Writing {
    void write(Appendable out) throws IOException;
  }
}
