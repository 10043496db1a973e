package io.lumbar.ingest.export;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.lumbar.ingest.recording.TextLines;
import io.lumbar.ingest.recording.UnusableFile;
import java.io.IOException;
import java.io.InputStream;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What has to be known of a whole file before its first row can be read: the order of day and
 * month, how long a row lasts, and whether it is about steps and about one person at all.
 *
 * @param dayFirst whether 1/2/2026 is the first of February
 * @param stepSeconds how long the steps of a row took
 * @param most the largest value
 * @param daily whether there is only one value a day
 */
record FitbitSurvey(FitbitKind kind, boolean dayFirst, int stepSeconds, int most, boolean daily) {
  static final FitbitSurvey NONE = new FitbitSurvey(FitbitKind.SLEEP_JSON, false, 60, 0, false);

  static final String NOT_FROM_WHEN_TO_WHEN =
      "it says how long each night's sleep was, but not from when to when; import sleep-*.json";

  private static final int MINUTE = 60;
  private static final int LONGEST_ROW = 900;
  // Sprinters take less than six a second.
  private static final int MOST_STEPS_A_MINUTE = 350;
  private static final int LARGEST_MONTH = 12;

  static FitbitSurvey of(FitbitKind kind, FitbitFile.Opener opener) throws IOException {
    try (InputStream in = opener.open()) {
      return switch (kind) {
        case STEPS_JSON -> ofJson(in);
        case STEPS_CSV -> ofSpacing(new TextLines(in));
        case STEPS_BY_HOUR, STEPS_BY_MINUTE -> ofDates(kind, new TextLines(in));
        case SLEEP_JSON, SLEEP_CSV, SLEEP_DAYS -> new FitbitSurvey(kind, false, MINUTE, 0, false);
      };
    }
  }

  /**
   * Other measures stand in files of the same shape.
   *
   * @throws UnusableFile when these can be no steps of minutes
   */
  void refuseWhatIsNoSteps() throws UnusableFile {
    if (kind == FitbitKind.SLEEP_DAYS) {
      throw new UnusableFile(NOT_FROM_WHEN_TO_WHEN);
    }
    if (most > MOST_STEPS_A_MINUTE || daily) {
      throw new UnusableFile(
          "it has %s, so that these are no steps by the minute; of Fitbit's files that look so import steps-*.json only"
              .formatted(daily ? "one value a day" : "a value of " + most + " in one minute"));
    }
  }

  private static FitbitSurvey ofJson(InputStream in) throws IOException {
    int most = 0;
    int rows = 0;
    boolean midnightOnly = true;
    try (JsonParser parser = FitbitJson.FACTORY.createParser(in)) {
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        if (token == JsonToken.VALUE_STRING && "value".equals(parser.currentName())) {
          most = Math.max(most, Cells.count(parser.getText()));
          rows++;
        } else if (token == JsonToken.VALUE_STRING && "dateTime".equals(parser.currentName())) {
          midnightOnly &= parser.getText().endsWith(" 00:00:00");
        }
      }
    } catch (JsonProcessingException e) {
      throw FitbitJson.broken(e);
    }
    return new FitbitSurvey(FitbitKind.STEPS_JSON, false, MINUTE, most, rows > 1 && midnightOnly);
  }

  /** Google does not say how long a row is; the closest two of one source do. */
  private static FitbitSurvey ofSpacing(TextLines lines) throws IOException {
    List<String> names = Cells.names(String.valueOf(lines.next()));
    int timestamp = names.indexOf("timestamp");
    int source = names.indexOf("data source");
    LocalTimes times = new LocalTimes(at -> ZoneOffset.UTC, false);
    Map<String, Instant> before = new HashMap<>();
    long least = LONGEST_ROW;
    for (String line = lines.next(); line != null; line = lines.next()) {
      List<String> cells = Cells.of(line);
      if (cells.size() <= Math.max(timestamp, source)) {
        continue;
      }
      try {
        Instant at = times.of(cells.get(timestamp));
        Instant last = before.put(source < 0 ? "" : cells.get(source), at);
        long apart = last == null ? 0 : Duration.between(last, at).abs().toSeconds();
        least = apart > 0 ? Math.min(least, apart) : least;
      } catch (DateTimeException e) {
        // The reader refuses the row.
      }
    }
    int seconds = before.isEmpty() || least == LONGEST_ROW ? MINUTE : (int) Math.max(1, least);
    return new FitbitSurvey(FitbitKind.STEPS_CSV, false, seconds, 0, false);
  }

  private static FitbitSurvey ofDates(FitbitKind kind, TextLines lines) throws IOException {
    List<String> names = Cells.names(String.valueOf(lines.next()));
    int id = names.indexOf("id");
    int date = Math.max(names.indexOf("activityhour"), names.indexOf("activityminute"));
    String person = "";
    boolean dayFirst = false;
    boolean monthFirst = false;
    for (String line = lines.next(); line != null; line = lines.next()) {
      List<String> cells = Cells.of(line);
      if (cells.size() <= Math.max(id, date)) {
        continue;
      }
      if (id >= 0 && !person.isEmpty() && !cells.get(id).equals(person)) {
        throw new UnusableFile(
            "it holds several people, by the column Id; import the rows of one person only");
      }
      person = id < 0 ? "" : cells.get(id);
      String[] parts = cells.get(date).split("/", -1);
      if (parts.length == 3) {
        dayFirst |= Cells.count(parts[0]) > LARGEST_MONTH;
        monthFirst |= Cells.count(parts[1]) > LARGEST_MONTH;
      }
    }
    if (dayFirst && monthFirst) {
      throw new UnusableFile(
          "some of its dates begin with the day and some with the month; nobody can tell the rest");
    }
    return new FitbitSurvey(kind, dayFirst, MINUTE, 0, false);
  }
}
