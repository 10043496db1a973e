package io.lumbar.ingest.format.healthautoexport;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.lumbar.http.ApiException;
import io.lumbar.ingest.format.Adapter;
import io.lumbar.ingest.format.Answer;
import io.lumbar.ingest.format.Documents;
import io.lumbar.ingest.format.Estimates;
import io.lumbar.ingest.format.Intake;
import io.lumbar.ingest.format.Item;
import io.lumbar.ingest.format.OtherClients;
import io.lumbar.ingest.format.Sender;
import io.lumbar.ingest.format.StepSpans;
import io.lumbar.ingest.format.Upload;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Automations of Health Auto Export, which pass on what Apple Health holds, often hours later and
 * with every overlap of their periods again.
 */
public final class HealthAutoExport implements Adapter {
  private static final String STEPS = "step_count";
  private static final String SLEEP = "sleep_analysis";
  private static final String STAND = "apple_stand_time";
  private static final Set<String> USED = Set.of(STEPS, SLEEP, STAND);
  private static final Set<String> ASLEEP = Set.of("asleep", "core", "rem", "deep", "unspecified");

  @Override
  public String format() {
    return "health-auto-export";
  }

  @Override
  public Answer answer() {
    return Answer.PARTLY;
  }

  @Override
  public void read(Upload upload, Sender sender, Intake intake) {
    String type = upload.hints().of("Content-Type");
    if (type != null && type.toLowerCase(Locale.ROOT).startsWith("multipart/")) {
      throw ApiException.unsupported(
          "CSV is not read here; choose JSON as the automation's Export Format");
    }
    Metrics metrics = new Metrics(upload, sender, intake);
    OtherClients clients = new OtherClients(Set.of("data"));
    Documents.fields(
        upload,
        "an automation's JSON",
        (field, parser) -> {
          clients.see(field, parser);
          metrics.readRoot(field, parser);
        });
    metrics.refuseMetricsOutsideOfData();
    clients.refuse();
  }

  /** The rows of one upload. */
  private static final class Metrics {
    private final Upload upload;
    private final Sender sender;
    private final Intake intake;
    private int number;
    private @Nullable String name;
    private List<Item> early = List.of();
    private boolean isRowless;
    private boolean hasData;
    private boolean hasOutside;

    Metrics(Upload upload, Sender sender, Intake intake) {
      this.upload = upload;
      this.sender = sender;
      this.intake = intake;
    }

    void readRoot(String field, JsonParser parser) throws IOException {
      if (field.equals("data")) {
        hasData = true;
        if (parser.isExpectedStartObjectToken()) {
          Documents.fields(parser, this::readData);
        } else if (!isNull(parser)) {
          throw ApiException.badRequest("data: must be an object");
        }
      } else if (field.equals("metrics") && !isNull(parser)) {
        hasOutside = true;
      } else if (Documents.isList(parser)) {
        intake.ignore(Documents.count(parser));
      }
    }

    /** Nobody would look for them there, and the body would seem to hold nothing. */
    void refuseMetricsOutsideOfData() {
      if (hasOutside && !hasData) {
        throw ApiException.badRequest(
            "metrics: must stand within data, as in {\"data\":{\"metrics\":[...]}}");
      }
    }

    private static boolean isNull(JsonParser parser) {
      return parser.currentToken() == JsonToken.VALUE_NULL;
    }

    private void readData(String field, JsonParser parser) throws IOException {
      if (!Documents.isList(parser)) {
        if (field.equals("metrics") && !isNull(parser)) {
          throw ApiException.badRequest("data.metrics: must be a list");
        }
        return;
      }
      if (!field.equals("metrics")) {
        intake.ignore(Documents.count(parser));
        return;
      }
      number = 0;
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        if (parser.isExpectedStartObjectToken()) {
          metric(parser);
        } else {
          parser.skipChildren();
          intake.refuse("data.metrics[" + number + "]", "must be an object", null);
        }
        number++;
      }
    }

    private void metric(JsonParser parser) throws IOException {
      name = null;
      early = new ArrayList<>();
      isRowless = false;
      Documents.fields(parser, this::readField);
      take(early);
      if (isRowless && name != null && USED.contains(name)) {
        intake.refuse("data.metrics[" + number + "].data", "must be a list", null);
      } else if (isRowless) {
        intake.ignore(1);
      }
    }

    private void readField(String field, JsonParser parser) throws IOException {
      if (field.equals("name")) {
        name = parser.getText();
      } else if (field.equals("data") && Documents.isList(parser)) {
        rows(parser);
      } else if (field.equals("data")) {
        isRowless = !isNull(parser);
      }
    }

    /** The fields of JSON have no order: rows may come before the name that says what they are. */
    private void rows(JsonParser parser) throws IOException {
      if (name != null && !USED.contains(name)) {
        intake.ignore(Documents.count(parser));
        return;
      }
      List<Item> rows = name == null ? early : new ArrayList<>();
      Documents.each(upload, parser, "data.metrics[" + number + "].data", rows::add);
      if (name != null) {
        take(rows);
      }
    }

    private void take(List<Item> rows) {
      if (STEPS.equals(name)) {
        new StepRows(upload, sender, intake).take(rows);
      } else if (SLEEP.equals(name)) {
        rows.forEach(row -> intake.read(row, () -> sleep(row)));
      } else if (STAND.equals(name)) {
        new StandRows(sender, intake).take(rows);
      } else {
        intake.ignore(rows.size());
      }
    }

    /** A row of one stage, or a night's sums with its start and end. */
    private void sleep(Item row) {
      boolean asleep =
          row.has("value")
              ? ASLEEP.contains(row.text("value").toLowerCase(Locale.ROOT))
              : hours(row) > 0;
      String from = row.has("value") ? "startDate" : "sleepStart";
      String to = row.has("value") ? "endDate" : "sleepEnd";
      if (!asleep || !row.has(from) || !row.has(to)) {
        intake.ignore(1);
        return;
      }
      intake.keep(row.path(), 1, Estimates.asleep(row, sender, date(row, from), date(row, to)));
    }

    /** Older versions of the app sum up as asleep, newer ones by stages. */
    private static double hours(Item row) {
      double sum = 0;
      for (String stage : List.of("asleep", "core", "deep", "rem")) {
        Double hours = row.numberOrNull(stage);
        sum += hours == null ? 0 : hours;
      }
      return sum;
    }
  }

  static Instant date(Item row, String field) {
    try {
      return AppleDates.parse(row.text(field));
    } catch (DateTimeException e) {
      throw row.fault(field, String.valueOf(e.getMessage()));
    }
  }

  /**
   * Rows of step counts. A row tells its start and not its length, which is that of the
   * automation's setting: it follows from the distance of the rows.
   */
  private static final class StepRows {
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration DAY = Duration.ofDays(1);

    /** More than anybody runs in a minute. */
    private static final double MOST_IN_A_MINUTE = 300;

    private final Upload upload;
    private final Sender sender;
    private final Intake intake;

    StepRows(Upload upload, Sender sender, Intake intake) {
      this.upload = upload;
      this.sender = sender;
      this.intake = intake;
    }

    void take(List<Item> rows) {
      Duration length = length(rows);
      for (Item row : rows) {
        intake.read(row, () -> take(row, length));
      }
    }

    private void take(Item row, Duration length) {
      Instant from = date(row, "date");
      Instant to = from.plus(length);
      double steps = row.number("qty");
      if (length.compareTo(StepSpans.FINE) > 0 && to.isAfter(upload.now())) {
        // A sum that still grows comes again when it is complete.
        intake.ignore(1);
        return;
      }
      // Apple interpolates, so that a minute may hold a part of a step.
      StepSpans.keep(row, Math.round(steps), from, to, sender, intake);
    }

    private Duration length(List<Item> rows) {
      String told = upload.hints().of("automation-aggregation");
      String lower = told == null ? "" : told.toLowerCase(Locale.ROOT);
      if (lower.contains("day")) {
        return DAY;
      }
      if (lower.contains("hour")) {
        return HOUR;
      }
      if (lower.contains("min")) {
        return MINUTE;
      }
      return ofDistance(rows);
    }

    private static boolean isAtMidnight(Item row) {
      return AppleDates.isAtMidnight(row.node().path("date").asText());
    }

    private static Duration ofDistance(List<Item> rows) {
      RowSpacing spacing = RowSpacing.of(rows);
      if (spacing.least() == null && !rows.stream().allMatch(StepRows::isAtMidnight)) {
        // A row alone is no day when it does not begin with one.
        return spacing.largest() > MOST_IN_A_MINUTE ? HOUR : MINUTE;
      }
      if (spacing.isAtLeast(DAY.minusHours(1)) && spacing.largest() > MOST_IN_A_MINUTE) {
        return DAY;
      }
      return spacing.isAtLeast(HOUR) && spacing.largest() > MOST_IN_A_MINUTE ? HOUR : MINUTE;
    }
  }
}
