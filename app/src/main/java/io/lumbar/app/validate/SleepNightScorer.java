package io.lumbar.app.validate;

import io.lumbar.analytics.trunk.PositionEpisodes;
import io.lumbar.analytics.trunk.PositionEpisodes.Episode;
import io.lumbar.analytics.trunk.PositionEpisodes.Stretch;
import java.io.IOException;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Nights of a body-worn device that wrote each change of position, flicker and all: minutes per
 * position, and how many episodes the dwell rule leaves.
 */
final class SleepNightScorer implements FolderScorer {
  private static final double MILLIS_PER_MINUTE = 60_000;
  private static final String STANDING = "standing";
  private static final Pattern SEPARATOR = Pattern.compile("[,;\t]");

  @Override
  public String folder() {
    return "sleep-night";
  }

  @Override
  public Score score(Path folder, Progress progress) throws IOException {
    List<Path> files = RecordingFiles.inside(folder, ".csv");
    Score.Builder score = Score.builder();
    List<Double> errors = new ArrayList<>();
    List<Double> counts = new ArrayList<>();
    RecordingFiles.each(
        files,
        progress,
        score,
        (file, name) -> {
          List<Stretch<String>> raw = stretches(file);
          if (raw.isEmpty()) {
            score.skip(name, "no change of position is in it");
            return;
          }
          List<Episode<String>> episodes = PositionEpisodes.settle(raw);
          errors.add(worstError(raw, episodes));
          counts.add((double) episodes.stream().filter(SleepNightScorer::inBed).count());
        });
    return score
        .metric("worstMinutesError", largest(errors))
        .metric("episodes", largest(counts))
        .build();
  }

  private static double largest(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).max().orElse(Double.NaN);
  }

  private static boolean inBed(Episode<String> episode) {
    return episode.held().filter(held -> !held.equals(STANDING)).isPresent();
  }

  /** What was so from each change to the next, by time; a change that says nothing is a gap. */
  private static List<Stretch<String>> stretches(Path file) throws IOException {
    TreeMap<Long, String> changes = new TreeMap<>();
    for (String line : RecordingFiles.lines(file)) {
      String[] cells = SEPARATOR.split(line, -1);
      String held = cells.length > 1 ? cells[1].strip().toLowerCase(Locale.ROOT) : "";
      at(cells[0]).ifPresent(at -> changes.put(at, held));
    }
    List<Stretch<String>> stretches = new ArrayList<>();
    for (Map.Entry<Long, String> change : changes.entrySet()) {
      Long next = changes.higherKey(change.getKey());
      if (next != null && !change.getValue().isEmpty()) {
        stretches.add(new Stretch<>(change.getKey(), next, change.getValue()));
      }
    }
    return stretches;
  }

  /** Empty for names of columns, and for rows that were cut off. */
  private static Optional<Long> at(String cell) {
    try {
      return Optional.of(OffsetDateTime.parse(cell.strip()).toInstant().toEpochMilli());
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
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
