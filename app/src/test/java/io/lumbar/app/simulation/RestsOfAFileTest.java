package io.lumbar.app.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.lumbar.app.simulation.Outcome.Standing;
import io.lumbar.ingest.RecordingFile;
import io.lumbar.model.Bout;
import io.lumbar.model.Json;
import io.lumbar.model.NightSummary;
import io.lumbar.model.Observation;
import io.lumbar.model.Posture;
import io.lumbar.model.PostureObservation;
import io.lumbar.model.SleepPosition;
import io.lumbar.model.Topic;
import io.lumbar.model.Wearer;
import io.lumbar.model.WearerId;
import io.lumbar.model.WearerSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An activPAL file with two nights and, by day, two rests that its algorithm calls secondary. */
class RestsOfAFileTest {
  private static final WearerId WEARER = new WearerId("w_file");
  private static final ZoneId ZONE = ZoneId.of("Europe/London");
  private static final LocalDateTime START = LocalDateTime.of(2020, 11, 18, 21, 0);
  private static final String HEADER =
      "sep=;\nTime;Time(approx);Data Count;Event Type;Duration (s);Waking Day;"
          + "Cumulative Step Count;Activity Score (MET.h);AbsSumDiffX;AbsSumDiffY;AbsSumDiffZ;"
          + "Time Upright (s);Time Upside Down (s);Time Back Lying (s);Time Front Lying (s);"
          + "Time Left Lying (s);Time Right Lying (s)\n";

  @TempDir Path folder;

  /** A row: its code, how long it lasts and how much of it is on the front, in seconds. */
  private record Row(String code, double seconds, double prone) {}

  @Test
  void nightsAreThoseOfTheLongRestsAndTheOthersKeepTheirPositions() throws IOException {
    List<Row> rows = rows();
    Standing found = imported(written(rows));
    assertThat(found.nights()).hasSize(2);
    requireNight(found.nights().get(0), "2020-11-18T23:19:47", 26_342_000, 4_193.1);
    requireNight(found.nights().get(1), "2020-11-19T22:20:50", 29_604_800, 6_960.3);
    List<Bout> lying = of(found, Posture.LYING);
    assertThat(lying).extracting(Bout::from).hasSize(4).contains(at("2020-11-19T07:53:46"));
    assertThat(lying.stream().mapToDouble(bout -> seconds(bout, SleepPosition.PRONE)).sum())
        .isCloseTo(rows.stream().mapToDouble(Row::prone).sum(), within(1e-6));
    List<Row> sat = rows.stream().filter(row -> row.code().equals("0")).toList();
    List<Bout> sitting = of(found, Posture.SITTING);
    assertThat(sitting).hasSize(sat.size());
    assertThat(sitting.stream().mapToLong(RestsOfAFileTest::millis).sum() / 1000.0)
        .isCloseTo(sat.stream().mapToDouble(Row::seconds).sum(), within(1e-6));
    assertThat(found.days().get(1).date()).isEqualTo(LocalDate.of(2020, 11, 19));
    assertThat(Outcome.minutes(found.days().get(1))).isCloseTo(24 * 60, within(1e-6));
  }

  private static void requireNight(NightSummary night, String from, long millis, double prone) {
    assertThat(night.inBedFrom()).isEqualTo(at(from));
    assertThat(night.inBedTo()).isEqualTo(at(from).plusMillis(millis));
    assertThat(night.date()).isEqualTo(LocalDate.ofInstant(night.inBedTo(), ZONE));
    assertThat(night.positionMinutes().get(SleepPosition.PRONE) * 60)
        .isCloseTo(prone, within(1e-6));
  }

  private static List<Row> rows() {
    List<Row> rows = new ArrayList<>();
    rows.add(new Row("0", 5_387, 0));
    rows.add(new Row("2", 600, 0));
    rows.add(new Row("0", 2_400, 0));
    rows.add(new Row("3.1", 26_342, 4_193.1));
    rows.add(new Row("1", 1_200, 0));
    rows.add(new Row("2", 900, 0));
    rows.add(new Row("0", 2_397, 0));
    rows.add(new Row("3.2", 7_158.6, 448.5));
    for (int i = 0; i < 8; i++) {
      rows.add(new Row("1", 300, 0));
      rows.add(new Row("2", 200, 0));
      rows.add(new Row("0", i == 0 ? 6_055.4 : 3_000, 0));
    }
    rows.add(new Row("3.2", 4_944.9, 0));
    rows.add(new Row("0", 5_661.6, 0));
    rows.add(new Row("2", 1_000, 0));
    rows.add(new Row("0", 2_203.5, 0));
    rows.add(new Row("3.1", 29_604.8, 6_960.3));
    rows.add(new Row("1", 600, 0));
    rows.add(new Row("0", 1_800, 0));
    return rows;
  }

  private Path written(List<Row> rows) throws IOException {
    StringBuilder text = new StringBuilder(HEADER);
    double passed = 0;
    for (Row row : rows) {
      boolean lies = row.code().startsWith("3");
      text.append(
          String.format(
              Locale.ROOT,
              "%.10f;;0;%s;%.1f;1;0;0.1;0;0;0;0;0;%.1f;%.1f;0;0%n",
              serial(passed),
              row.code(),
              row.seconds(),
              lies ? row.seconds() - row.prone() : 0,
              row.prone()));
      passed += row.seconds();
    }
    return Files.writeString(folder.resolve("made-EventsEx.csv"), text.toString());
  }

  /** Days since the end of 1899 on the wearer's clock. */
  private static double serial(double seconds) {
    Duration days = Duration.between(LocalDateTime.of(1899, 12, 30, 0, 0), START);
    return (days.toSeconds() + seconds) / 86_400;
  }

  private static Standing imported(Path file) throws IOException {
    Outcome outcome = new Outcome();
    Instant end = START.plusDays(2).atZone(ZONE).toInstant();
    try (World world = new World(end, Fault.NONE, outcome::add)) {
      Wearer wearer =
          new Wearer(
              WEARER,
              "file",
              "",
              List.of(new Wearer.ZoneFrom(ZONE, Instant.EPOCH)),
              WearerSettings.defaults());
      world.append(Topic.WEARERS, WEARER.value(), Json.bytes(wearer));
      RecordingFile.read(
          file,
          ZONE,
          new RecordingFile.Taker() {
            @Override
            public void observation(Observation observation) {
              boolean posture = observation instanceof PostureObservation;
              world.append(
                  posture ? Topic.POSTURE : Topic.STEPS, WEARER.value(), Json.bytes(observation));
            }

            @Override
            public void refused(String path, String reason) {
              throw new AssertionError(path + ": " + reason);
            }
          });
      for (int i = 0; i < 4; i++) {
        world.advance(Duration.ofSeconds(61));
      }
      world.commit();
    }
    return outcome.standing(WEARER);
  }

  private static List<Bout> of(Standing found, Posture posture) {
    return found.bouts().stream().filter(bout -> bout.posture() == posture).toList();
  }

  private static double seconds(Bout bout, SleepPosition position) {
    return bout.positionSeconds().getOrDefault(position, 0.0);
  }

  private static long millis(Bout bout) {
    return Duration.between(bout.from(), bout.to()).toMillis();
  }

  private static Instant at(String local) {
    return LocalDateTime.parse(local).atZone(ZONE).toInstant();
  }
}
