package io.lumbar.app.validate;

import io.lumbar.app.fault.UserMistake;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Runs every scorer whose folder is there. A folder that nobody knows, or that cannot be read, does
 * not keep the others from being scored.
 */
public final class Validation {
  private static final List<FolderScorer> SCORERS =
      List.of(
          new ActivPalScorer(),
          new MobiActScorer(),
          new SleepPositionChestScorer(),
          new SleepNightScorer(),
          new ChestTagScorer(),
          new UmaFallScorer(),
          new SisFallScorer(),
          new DeviceFilesScorer());

  private static final Map<String, String> NOT_SCORED =
      Map.of(
          "sensor-logger", "it has no labels to score against",
          "fitbit", "it has steps and no posture to score against");

  private final List<FolderScorer> scorers;

  private Validation(List<FolderScorer> scorers) {
    this.scorers = scorers;
  }

  /** The scorers that this version has. */
  public static Validation ofAll() {
    return new Validation(SCORERS);
  }

  /**
   * What was found.
   *
   * @param scores by folder, in the order of the folders' names
   * @param passedOver one sentence for each folder that was not scored
   * @param failed one sentence for each folder that could not be read or held nothing to score
   */
  public record Result(Map<String, Score> scores, List<String> passedOver, List<String> failed) {}

  /**
   * Scores the folders inside {@code root}, or {@code root} itself when its own name is one that is
   * known.
   *
   * @throws UserMistake when there is nothing to score
   */
  public Result run(Path root, Progress progress) {
    Map<String, Score> scores = new LinkedHashMap<>();
    List<String> passedOver = new ArrayList<>();
    List<String> failed = new ArrayList<>();
    for (Path folder : folders(root)) {
      String name = nameOf(folder);
      FolderScorer scorer = scorer(name);
      if (scorer == null) {
        String why = NOT_SCORED.getOrDefault(name, "no recordings of that name are known");
        passedOver.add("%s is skipped: %s".formatted(name, why));
        continue;
      }
      try {
        Score score = scorer.score(folder.toRealPath(), progress);
        if (score.metrics().isEmpty()) {
          failed.add("%s holds nothing that can be scored".formatted(name));
        } else {
          scores.put(name, score);
        }
      } catch (IOException | RuntimeException e) {
        // Files of others may be wrecked in any way; the next folder is scored all the same.
        failed.add("%s cannot be read: %s".formatted(name, e.getMessage()));
      }
    }
    if (scores.isEmpty() && failed.isEmpty()) {
      throw new UserMistake(
          "%s holds no folder of recordings that can be scored; known are %s"
              .formatted(
                  root, String.join(", ", scorers.stream().map(FolderScorer::folder).toList())));
    }
    return new Result(scores, passedOver, failed);
  }

  private List<Path> folders(Path root) {
    if (!Files.isDirectory(root)) {
      throw new UserMistake("there is no folder " + root);
    }
    if (scorer(nameOf(root)) != null) {
      return List.of(root);
    }
    try (Stream<Path> inside = Files.list(root)) {
      return inside.filter(Files::isDirectory).sorted().toList();
    } catch (IOException e) {
      throw new UserMistake("the folder " + root + " cannot be read: " + e.getMessage());
    }
  }

  private @Nullable FolderScorer scorer(String name) {
    return scorers.stream().filter(each -> each.folder().equals(name)).findFirst().orElse(null);
  }

  private static String nameOf(Path folder) {
    return String.valueOf(folder.toAbsolutePath().normalize().getFileName());
  }
}
