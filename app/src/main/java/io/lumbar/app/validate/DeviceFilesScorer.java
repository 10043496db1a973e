package io.lumbar.app.validate;

import io.lumbar.ingest.RecordingFile;
import io.lumbar.model.MotionBatch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * Files of devices, read by the importer and held against rows that another program decoded: {@code
 * NAME.decoded.csv} beside {@code NAME.cwa}, with the columns row, epoch seconds (the device's
 * clock taken as UTC) and x, y, z in g.
 */
final class DeviceFilesScorer implements FolderScorer {
  private static final String REFERENCE = ".decoded.csv";

  @Override
  public String folder() {
    return "device-files";
  }

  @Override
  public Score score(Path folder, Progress progress) throws IOException {
    List<Path> files =
        RecordingFiles.inside(folder, "").stream()
            .filter(file -> !file.toString().endsWith(REFERENCE))
            .filter(file -> !file.toString().endsWith(".LICENSE"))
            .toList();
    Score.Builder score = Score.builder();
    List<Comparison> read = new ArrayList<>();
    RecordingFiles.each(
        files,
        progress,
        score,
        (file, name) -> {
          Comparison comparison = new Comparison(reference(file));
          RecordingFile.read(file, ZoneOffset.UTC, comparison);
          if (comparison.compared < comparison.reference.size()) {
            throw new IOException("it ends before the last row of its reference");
          }
          if (comparison.reference.isEmpty()) {
            score.skip(name + "'s values", "no rows of another program are beside it");
          }
          read.add(comparison);
        });
    return score
        .metric("maxErrorG", largest(read, one -> one.errorG))
        .metric("maxErrorMs", largest(read, one -> one.errorMillis))
        .metric("blocksSkipped", read.stream().mapToInt(one -> one.refused).sum())
        .metric("files", read.size())
        .build();
  }

  private static double largest(List<Comparison> read, ToDoubleFunction<Comparison> error) {
    return read.stream()
        .filter(one -> !one.reference.isEmpty())
        .mapToDouble(error)
        .max()
        .orElse(Double.NaN);
  }

  private static Map<Long, double[]> reference(Path file) throws IOException {
    String name = file.getFileName().toString();
    int dot = name.lastIndexOf('.');
    Path beside = file.resolveSibling((dot < 0 ? name : name.substring(0, dot)) + REFERENCE);
    Map<Long, double[]> rows = new HashMap<>();
    if (!Files.exists(beside)) {
      return rows;
    }
    for (double[] row : NumberRows.read(beside).rows()) {
      rows.put((long) row[0], Arrays.copyOfRange(row, 1, 5));
    }
    return rows;
  }

  private static final class Comparison implements RecordingFile.Taker {
    private final Map<Long, double[]> reference;
    private long row;
    private int compared;
    private int refused;
    private double errorG;
    private double errorMillis;

    Comparison(Map<Long, double[]> reference) {
      this.reference = reference;
    }

    @Override
    public void motion(MotionBatch batch) {
      for (int i = 0; i < batch.size(); i++, row++) {
        double[] wanted = reference.get(row);
        if (wanted != null) {
          compare(batch, i, wanted);
        }
      }
    }

    private void compare(MotionBatch batch, int i, double[] wanted) {
      compared++;
      // Whole seconds first: epoch nanoseconds do not fit into a double.
      long seconds = Math.floorDiv(batch.startNanos(), 1_000_000_000L);
      double within =
          (batch.startNanos() - seconds * 1_000_000_000L) / 1e6 + batch.offsetMicros()[i] / 1e3;
      errorMillis = Math.max(errorMillis, Math.abs((wanted[0] - seconds) * 1e3 - within));
      errorG = Math.max(errorG, Math.abs(wanted[1] - batch.x()[i]));
      errorG = Math.max(errorG, Math.abs(wanted[2] - batch.y()[i]));
      errorG = Math.max(errorG, Math.abs(wanted[3] - batch.z()[i]));
    }

    @Override
    public void refused(String path, String reason) {
      refused++;
    }
  }
}
