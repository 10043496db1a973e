package io.lumbar.analytics.trunk;

import static org.assertj.core.api.Assumptions.assumeThat;

import io.lumbar.analytics.trunk.TrunkAxes.Direction;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Recordings of real people, where they lie beside the project. */
final class Recordings {
  private static final Path ROOT = Path.of("..", "..", "shared", "recordings");

  /** The frame of sleep-position-chest: y to the feet, z into the body. */
  static final TrunkAxes CHEST_IN_BED =
      TrunkAxes.of(new Direction(0, -1, 0), new Direction(0, 0, -1));

  private Recordings() {}

  static List<Path> files(String folder, String contains) {
    Path path = ROOT.resolve(folder);
    assumeThat(path).as("recordings are not beside the project").exists();
    try (Stream<Path> all = Files.walk(path)) {
      return all.filter(Files::isRegularFile)
          .filter(file -> file.getFileName().toString().contains(contains))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static List<double[]> rows(Path file, String separator) {
    List<double[]> rows = new ArrayList<>();
    try {
      for (String line : Files.readAllLines(file, StandardCharsets.ISO_8859_1)) {
        String[] cells = line.strip().split(separator);
        double[] row = new double[cells.length];
        try {
          for (int i = 0; i < cells.length; i++) {
            row[i] = Double.parseDouble(cells[i].strip());
          }
          rows.add(row);
        } catch (NumberFormatException e) {
          continue; // a header, or a number that a locale wrecked
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return rows;
  }

  /** Time in ms and x, y, z in g by sensor place. */
  static Map<String, List<double[]>> uma(Path file) {
    Map<Integer, String> places = new HashMap<>();
    try {
      for (String line : Files.readAllLines(file, StandardCharsets.ISO_8859_1)) {
        String[] cells = line.replace("%", "").split(";");
        if (line.startsWith("%") && cells.length >= 3 && cells[0].strip().length() == 17) {
          places.put(Integer.parseInt(cells[1].strip()), cells[2].strip());
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Map<String, List<double[]>> sensors = new HashMap<>();
    for (double[] row : rows(file, ";")) {
      if (row.length >= 7 && row[5] == 0) {
        String place = places.getOrDefault((int) row[6], "?");
        sensors
            .computeIfAbsent(place, key -> new ArrayList<>())
            .add(new double[] {row[0], row[2], row[3], row[4]});
      }
    }
    return sensors;
  }
}
