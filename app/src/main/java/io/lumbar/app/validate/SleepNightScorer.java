package io.lumbar.app.validate;

import io.lumbar.analytics.night.RecordedNights;
import io.lumbar.model.DetectionSettings;
import io.lumbar.model.DeviceId;
import io.lumbar.model.NightSummary;
import io.lumbar.model.Observation;
import io.lumbar.model.Placement;
import io.lumbar.model.Posture;
import io.lumbar.model.PostureObservation;
import io.lumbar.model.SleepPosition;
import io.lumbar.model.Stamp;
import io.lumbar.model.WearerId;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Nights of a body-worn device that wrote each change of position, flicker and all: minutes per
 * position, and how many positions of a minute and more the night has.
 *
 * <p>There is no motion to judge. The changes are taken as a device reports them that knows its
 * wearer's position by itself, and become a night by the rules of the stream.
 */
final class SleepNightScorer implements FolderScorer {
  private static final double MILLIS_PER_MINUTE = 60_000;
  private static final Duration SILENCE = Duration.ofMinutes(10);
  private static final WearerId WEARER = new WearerId("w_recorded");
  private static final Stamp DEVICE =
      new Stamp(new DeviceId("d_chest"), Placement.CHEST, ZoneOffset.UTC);
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
          List<Observation> reported = reported(file);
          if (reported.isEmpty()) {
            score.skip(name, "no change of position is in it");
            return;
          }
          List<NightSummary> nights =
              RecordedNights.of(WEARER, reported, SILENCE, DetectionSettings.defaults());
          errors.add(worstError(reported, nights));
          counts.add((double) nights.stream().mapToLong(SleepNightScorer::positions).sum());
        });
    return score
        .metric("worstMinutesError", largest(errors))
        .metric("episodes", largest(counts))
        .build();
  }

  private static double largest(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).max().orElse(Double.NaN);
  }

  /** The positions of a night that lasted a minute, turns between them left out. */
  private static long positions(NightSummary night) {
    return night.track().stream().filter(one -> one.position() != null).count();
  }

  /** What was so from each change to the next, by time; a change that says nothing is a gap. */
  private static List<Observation> reported(Path file) throws IOException {
    TreeMap<Long, String> changes = new TreeMap<>();
    for (String line : RecordingFiles.lines(file)) {
      String[] cells = SEPARATOR.split(line, -1);
      String held = cells.length > 1 ? cells[1].strip().toLowerCase(Locale.ROOT) : "";
      at(cells[0]).ifPresent(at -> changes.put(at, held));
    }
    List<Observation> reported = new ArrayList<>();
    for (Map.Entry<Long, String> change : changes.entrySet()) {
      Long next = changes.higherKey(change.getKey());
      if (next != null) {
        observation(change.getKey(), next, change.getValue()).ifPresent(reported::add);
      }
    }
    return reported;
  }

  /** Empty for words that name neither a position nor a posture. */
  private static Optional<Observation> observation(long from, long to, String held) {
    Optional<SleepPosition> position =
        Arrays.stream(SleepPosition.values())
            .filter(one -> one.wireName().equals(held))
            .findFirst();
    Optional<Posture> posture =
        position
            .map(one -> Posture.LYING)
            .or(
                () ->
                    Arrays.stream(Posture.values())
                        .filter(one -> one.wireName().equals(held))
                        .findFirst());
    return posture.map(
        one ->
            new PostureObservation(
                DEVICE,
                one,
                Instant.ofEpochMilli(from),
                Instant.ofEpochMilli(to),
                false,
                PostureObservation.Origin.REPORTED,
                PostureObservation.Grade.FINAL,
                position.orElse(null),
                null,
                null,
                Map.of()));
  }

  /** Empty for names of columns, and for rows that were cut off. */
  private static Optional<Long> at(String cell) {
    try {
      return Optional.of(OffsetDateTime.parse(cell.strip()).toInstant().toEpochMilli());
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  private static double worstError(List<Observation> reported, List<NightSummary> nights) {
    Map<SleepPosition, Double> wrong = new EnumMap<>(SleepPosition.class);
    for (Observation one : reported) {
      if (one instanceof PostureObservation posture && posture.position() != null) {
        double minutes =
            Duration.between(posture.from(), posture.to()).toMillis() / MILLIS_PER_MINUTE;
        wrong.merge(posture.position(), minutes, Double::sum);
      }
    }
    for (NightSummary night : nights) {
      night.positionMinutes().forEach((one, minutes) -> wrong.merge(one, -minutes, Double::sum));
    }
    return wrong.values().stream().mapToDouble(Math::abs).max().orElse(0);
  }
}
