package io.lumbar.app.validate;

import io.lumbar.analytics.trunk.PositionEpisodes;
import io.lumbar.analytics.trunk.PositionEpisodes.Episode;
import io.lumbar.analytics.trunk.PositionEpisodes.Stretch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Nights of a body-worn device that wrote each change of position, flicker and all: minutes per
 * position, and how many episodes the dwell rule leaves.
 */
final class SleepNightScorer implements FolderScorer {
  private static final double MILLIS_PER_MINUTE = 60_000;
  private static final String STANDING = "standing";

  @Override
  public String folder() {
    return "sleep-night";
  }

  @Override
  public Score score(Path folder, Progress progress) throws IOException {
    List<Path> files = RecordingFiles.inside(folder, ".csv");
    Score.Builder score = Score.builder();
    double worst = Double.NaN;
    long most = 0;
    for (Path file : files) {
      String name = RecordingFiles.name(file);
      progress.at(name, files.indexOf(file), files.size());
      List<Stretch<String>> raw = stretches(file);
      if (raw.isEmpty()) {
        score.skip(name, "no change of position is in it");
        continue;
      }
      List<Episode<String>> episodes = PositionEpisodes.settle(raw);
      double error = worstError(raw, episodes);
      worst = Double.isNaN(worst) ? error : Math.max(worst, error);
      most = Math.max(most, episodes.stream().filter(SleepNightScorer::inBed).count());
    }
    return Double.isNaN(worst)
        ? score.build()
        : score.metric("worstMinutesError", worst).metric("episodes", (double) most).build();
  }

  private static boolean inBed(Episode<String> episode) {
    return episode.held().filter(held -> !held.equals(STANDING)).isPresent();
  }

  private static List<Stretch<String>> stretches(Path file) throws IOException {
    List<Stretch<String>> stretches = new ArrayList<>();
    long since = 0;
    String position = "";
    for (String line : Files.readAllLines(file)) {
      String[] cells = line.split(",", -1);
      long at;
      try {
        at = Instant.parse(cells[0].strip()).toEpochMilli();
      } catch (DateTimeParseException e) {
        continue;
      }
      if (!position.isEmpty() && at > since) {
        stretches.add(new Stretch<>(since, at, position));
      }
      since = at;
      position = cells.length > 1 ? cells[1].strip().toLowerCase(Locale.ROOT) : "";
    }
    return stretches;
  }

  private static double worstError(List<Stretch<String>> raw, List<Episode<String>> episodes) {
    Map<String, Long> truth = new TreeMap<>();
    raw.forEach(one -> truth.merge(one.value(), one.to() - one.from(), Long::sum));
    Map<String, Long> ours = new TreeMap<>();
    for (Episode<String> episode : episodes) {
      episode.millis().forEach((position, millis) -> ours.merge(position, millis, Long::sum));
    }
    TreeSet<String> positions = new TreeSet<>(truth.keySet());
    positions.addAll(ours.keySet());
    return positions.stream()
            .mapToLong(one -> Math.abs(truth.getOrDefault(one, 0L) - ours.getOrDefault(one, 0L)))
            .max()
            .orElse(0)
        / MILLIS_PER_MINUTE;
  }
}
