package io.lumbar.app.validate;

import io.lumbar.analytics.sitting.RecordedSpells;
import io.lumbar.analytics.sitting.Spell;
import io.lumbar.http.ApiException;
import io.lumbar.ingest.RecordingFile;
import io.lumbar.model.Observation;
import io.lumbar.model.Posture;
import io.lumbar.model.SleepPosition;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/**
 * Real wear of an activPAL: the bouts that our timeline makes of its events against those that
 * stand in the file itself, summed straight from its rows.
 */
final class ActivPalScorer implements FolderScorer {
  private static final Duration SILENCE = Duration.ofMinutes(10);

  @Override
  public String folder() {
    return "activpal";
  }

  @Override
  public Score score(Path folder, Progress progress) throws IOException {
    Score.Builder score = Score.builder();
    List<Sums> errors = new ArrayList<>();
    RecordingFiles.each(
        RecordingFiles.inside(folder, ""),
        progress,
        score,
        (file, name) -> {
          try {
            errors.add(ours(file).minus(ActivPalTruth.of(file)));
          } catch (ApiException e) {
            score.skip(name, "no events of an activPAL are in it");
          }
        });
    if (errors.isEmpty()) {
      return score.build();
    }
    Sums all = errors.stream().reduce(Sums.NONE, Sums::plus);
    return score
        .metric("boutCountError", all.bouts())
        .metric("sittingSecondsError", all.sittingSeconds())
        .metric("proneSecondsError", all.proneSeconds())
        .build();
  }

  private static Sums ours(Path file) throws IOException {
    List<Observation> observations = new ArrayList<>();
    RecordingFile.read(
        file,
        ZoneOffset.UTC,
        new RecordingFile.Taker() {
          @Override
          public void observation(Observation observation) {
            observations.add(observation);
          }
        });
    double bouts = 0;
    double sitting = 0;
    double prone = 0;
    for (Spell spell : RecordedSpells.of(observations, SILENCE)) {
      if (spell.posture() == Posture.SITTING) {
        bouts++;
        sitting += (spell.to() - spell.from()) / 1000.0;
      }
      prone += spell.positionSeconds().getOrDefault(SleepPosition.PRONE, 0.0);
    }
    return new Sums(bouts, sitting, prone);
  }

  /** Sums over recordings. */
  record Sums(double bouts, double sittingSeconds, double proneSeconds) {
    static final Sums NONE = new Sums(0, 0, 0);

    Sums plus(Sums other) {
      return new Sums(
          bouts + other.bouts,
          sittingSeconds + other.sittingSeconds,
          proneSeconds + other.proneSeconds);
    }

    /** How far apart two are, each part without its sign. */
    Sums minus(Sums other) {
      return new Sums(
          Math.abs(bouts - other.bouts),
          Math.abs(sittingSeconds - other.sittingSeconds),
          Math.abs(proneSeconds - other.proneSeconds));
    }
  }
}
