package io.lumbar.ingest.export;

import io.lumbar.ingest.recording.FileHead;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The kinds of files in exports of Fitbit and Google, told apart by how they begin. */
enum FitbitKind {
  /** {@code sleep-*.json}: sleep with start and end, local. */
  SLEEP_JSON,
  /** {@code UserSleeps_*.csv} of Google: sleep with start and end, in UTC. */
  SLEEP_CSV,
  /** {@code steps-*.json}: a number for each minute. Other measures look the same. */
  STEPS_JSON,
  /** {@code steps_*.csv} of Google: UTC, with the source. */
  STEPS_CSV,
  /** One row for an hour, with sixty columns; as research data are handed out. */
  STEPS_BY_HOUR,
  /** One row for a minute. */
  STEPS_BY_MINUTE,
  /** Only how long somebody slept in a night, which nothing can be placed by. */
  SLEEP_DAYS;

  private static final Pattern STEPS =
      Pattern.compile(
          "\\s*\\[\\s*\\{\\s*\"dateTime\"\\s*:\\s*\"[^\"]*\"\\s*,\\s*\"value\"\\s*:\\s*\"\\d+\".*",
          Pattern.DOTALL);
  private static final Pattern SLEEP =
      Pattern.compile("\\s*\\[\\s*\\{\\s*\"logId\"\\s*:.*\"dateOfSleep\"\\s*:.*", Pattern.DOTALL);

  static Optional<FitbitKind> of(FileHead head) {
    if (head.isBinary() || head.lines().isEmpty()) {
      return Optional.empty();
    }
    String text = String.join("\n", head.lines());
    if (STEPS.matcher(text).matches()) {
      return Optional.of(STEPS_JSON);
    }
    return SLEEP.matcher(text).matches() ? Optional.of(SLEEP_JSON) : ofColumns(head.lines().get(0));
  }

  private static Optional<FitbitKind> ofColumns(String line) {
    List<String> names = Cells.names(line);
    if (names.contains("timestamp") && names.contains("steps")) {
      return Optional.of(STEPS_CSV);
    }
    if (names.contains("sleep_start") && names.contains("sleep_end")) {
      return Optional.of(SLEEP_CSV);
    }
    if (names.contains("activityhour") && names.contains("steps00")) {
      return Optional.of(STEPS_BY_HOUR);
    }
    if (names.contains("activityminute") && names.contains("steps")) {
      return Optional.of(STEPS_BY_MINUTE);
    }
    return names.contains("sleepday") ? Optional.of(SLEEP_DAYS) : Optional.empty();
  }

  boolean isSleep() {
    return this == SLEEP_JSON || this == SLEEP_CSV;
  }

  boolean isSteps() {
    return !isSleep() && this != SLEEP_DAYS;
  }

  boolean isJson() {
    return this == SLEEP_JSON || this == STEPS_JSON;
  }

  /** Whether the file is of research data: dates in the order of somebody's spreadsheet. */
  boolean isResearch() {
    return this == STEPS_BY_HOUR || this == STEPS_BY_MINUTE;
  }
}
