package io.lumbar.reports;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.lumbar.http.ApiException;
import io.lumbar.http.Principal;
import io.lumbar.http.Registry;
import io.lumbar.http.Routes;
import io.lumbar.model.Json;
import io.lumbar.model.Wearer;
import io.lumbar.reports.daily.Report;
import io.lumbar.reports.daily.ReportFactsReader;
import io.lumbar.reports.daily.ReportMaker;
import io.lumbar.reports.period.Period;
import io.lumbar.reports.period.PeriodReader;
import io.lumbar.reports.period.PeriodReport;
import io.lumbar.reports.render.Edition;
import io.lumbar.reports.render.ReportFormat;
import io.lumbar.reports.render.TrendPage;
import io.lumbar.reports.trends.DayEntry;
import io.lumbar.reports.trends.Figure;
import io.lumbar.reports.trends.Trend;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Morning reports and trends over HTTP. A report is made when it is asked for, from what the
 * history holds at that moment, in the format that {@code ?format=} or Accept asks for.
 */
public final class ReportRoutes implements Routes {
  private static final String POLICY =
      "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none';"
          + " frame-ancestors 'self'";
  private static final String TODAY = "today";
  private static final int USUAL_DAYS = 28;
  private static final int FIRST_YEAR = 1970;
  private static final int MOST_DAYS = 731;

  private final ReportFactsReader facts;
  private final PeriodReader periods;
  private final ReportMaker maker;
  private final Editions editions;
  private final InstantSource clock;
  private final Access access;

  /** Where it is remembered when a report was made, and how often. */
  public interface Editions {
    /**
     * The newest edition of a report, empty when none was delivered.
     *
     * @param name its date, week or month as in its path
     */
    Optional<Edition> of(Wearer wearer, String name);

    /**
     * The same; where the report has become another one since, what it is made again as.
     *
     * @param content what the report says now, as JSON without an edition
     * @param now in the wearer's zone
     */
    Optional<Edition> of(Wearer wearer, String name, byte[] content, OffsetDateTime now);
  }

  public ReportRoutes(
      ReportFactsReader facts,
      PeriodReader periods,
      ReportMaker maker,
      Editions editions,
      Registry registry,
      InstantSource clock,
      Function<Context, Principal> authenticator) {
    this.facts = facts;
    this.periods = periods;
    this.maker = maker;
    this.editions = editions;
    this.clock = clock;
    this.access = new Access(registry, authenticator);
  }

  @Override
  public void addTo(RoutesConfig routes) {
    routes.get("/api/v1/wearers/{wearer}/reports", this::list);
    routes.get("/api/v1/wearers/{wearer}/reports/{date}", this::report);
    routes.get("/api/v1/wearers/{wearer}/trends", this::trends);
  }

  private void report(Context context) {
    Wearer wearer = access.wearer(context);
    new Query(context, wearer, Set.of("format"));
    String name = context.pathParam("date");
    Optional<Period> period = Period.parse(name);
    if (period.isPresent()) {
      period(context, wearer, period.get());
      return;
    }
    LocalDate date = date(name, today(wearer));
    ReportFormat format = format(context);
    Report report = Access.read(() -> maker.make(facts.read(wearer, date)));
    byte[] content = ReportFormat.JSON.bytes(report, Optional.empty());
    send(
        context,
        format,
        format.bytes(report, edition(wearer, date.toString(), content, report.zone())));
  }

  private void period(Context context, Wearer wearer, Period period) {
    if (period.from().getYear() < FIRST_YEAR) {
      throw nothingBefore();
    }
    if (!period.to().isBefore(today(wearer))) {
      throw ApiException.notFound(
          "The report of %s is made when it has ended, after %s."
              .formatted(period.wireName(), period.to()));
    }
    ReportFormat format = format(context);
    PeriodReport report = Access.read(() -> periods.read(wearer, period));
    byte[] content = ReportFormat.JSON.bytes(report, Optional.empty());
    send(
        context,
        format,
        format.bytes(report, edition(wearer, period.wireName(), content, report.zone())));
  }

  /**
   * The one that was delivered where it says the same, or else one that is made now: new numbers
   * under an old time would be two papers of one making.
   */
  private Optional<Edition> edition(Wearer wearer, String name, byte[] content, ZoneId zone) {
    OffsetDateTime now =
        clock.instant().truncatedTo(ChronoUnit.SECONDS).atZone(zone).toOffsetDateTime();
    return editions.of(wearer, name, content, now).or(() -> Optional.of(Edition.onRequest(now)));
  }

  private static LocalDate date(String text, LocalDate today) {
    if (text.equals(TODAY)) {
      return today;
    }
    LocalDate date;
    try {
      date = LocalDate.parse(text);
    } catch (DateTimeException e) {
      throw ApiException.badRequest(
          "The date is '"
              + text
              + "'; it must be a date like 2026-03-02, today, a week like"
              + " 2026-W10, or a month like 2026-03.");
    }
    if (date.isAfter(today)) {
      throw ApiException.notFound(
          "The report of "
              + date
              + " is made on that morning; for the wearer it is "
              + today
              + ".");
    }
    if (date.getYear() < FIRST_YEAR) {
      throw nothingBefore();
    }
    return date;
  }

  private static ApiException nothingBefore() {
    return ApiException.notFound("Nothing was measured before " + FIRST_YEAR + ".");
  }

  private static ReportFormat format(Context context) {
    String wanted = context.queryParam("format");
    if (wanted != null) {
      return ReportFormat.named(wanted)
          .orElseThrow(
              () ->
                  ApiException.badRequest(
                      "The parameter 'format' is '"
                          + wanted
                          + "'; it must be html, json, csv, text, pdf or email."));
    }
    String accept = context.header("Accept");
    return accept == null || accept.isBlank()
        ? ReportFormat.HTML
        : ReportFormat.accepted(accept)
            .orElseThrow(
                () ->
                    ApiException.badRequest(
                        "A report comes as text/html, application/json, text/csv, text/plain or"
                            + " application/pdf;"
                            + " Accept asks for none of them."));
  }

  private void list(Context context) {
    Wearer wearer = access.wearer(context);
    Query query = new Query(context, wearer, Set.of());
    LocalDate today = today(wearer);
    LocalDate to = earlier(query.date("to"), today);
    LocalDate from = query.date("from");
    String after = query.after();
    LocalDate first = from == null ? LocalDate.of(1970, 1, 2) : from;
    if (after != null) {
      LocalDate next = date(after, today).plusDays(1);
      first = next.isAfter(first) ? next : first;
    }
    LocalDate start = first;
    List<DayEntry> entries =
        start.isAfter(to)
            ? List.of()
            : Access.read(() -> facts.entries(wearer, start.minusDays(1), to));
    TreeSet<LocalDate> dates = new TreeSet<>();
    for (DayEntry entry : entries) {
      if (entry.day() != null) {
        dates.add(entry.date().plusDays(1));
      }
      if (entry.night() != null) {
        dates.add(entry.date());
      }
    }
    List<ListedReport> items =
        dates.stream()
            .filter(date -> !date.isBefore(start) && !date.isAfter(to))
            .limit(query.limit() + 1L)
            .map(date -> listed(wearer, date))
            .toList();
    boolean more = items.size() > query.limit();
    List<ListedReport> shown = more ? items.subList(0, query.limit()) : items;
    answer(
        context,
        new Answers.Listing<>(shown, more ? shown.get(shown.size() - 1).date().toString() : null));
  }

  private ListedReport listed(Wearer wearer, LocalDate date) {
    return new ListedReport(
        date,
        "/api/v1/wearers/" + wearer.id() + "/reports/" + date,
        editions.of(wearer, date.toString()).orElse(null));
  }

  /** A report that can be read; its edition when it was delivered. */
  private record ListedReport(LocalDate date, String href, @Nullable Edition edition) {}

  private void trends(Context context) {
    Wearer wearer = access.wearer(context);
    Query query = new Query(context, wearer, Set.of("figure", "days"));
    LocalDate to = earlier(query.date("to"), today(wearer));
    LocalDate from = from(query, context.queryParam("days"), to);
    boolean page = isPage(context);
    String asked = context.queryParam("figure");
    boolean isAsked = asked != null && !asked.isBlank();
    List<Figure> figures = figures(asked, page);
    List<DayEntry> entries =
        Access.read(() -> facts.entries(wearer, from.minusDays(Trend.LOOK_BACK), to));
    List<Trend> trends = new ArrayList<>();
    List<Figure> without = new ArrayList<>();
    for (Figure figure : figures) {
      Trend trend = Trend.of(figure, from, to, entries);
      if (!page || trend.hasValues()) {
        trends.add(trend);
      } else if (isAsked) {
        without.add(figure);
      }
    }
    if (page) {
      send(
          context,
          ReportFormat.HTML,
          TrendPage.of(wearer.name(), from, to, trends, without).getBytes(StandardCharsets.UTF_8));
    } else {
      answer(context, new Answers.Listing<>(trends.stream().map(TrendAnswer::of).toList(), null));
    }
  }

  private static boolean isPage(Context context) {
    String accept = context.header("Accept");
    return accept != null
        && ReportFormat.accepted(accept).filter(f -> f == ReportFormat.HTML).isPresent()
        && !accept.strip().startsWith("*/*");
  }

  private static LocalDate from(Query query, @Nullable String days, LocalDate to) {
    LocalDate from = query.date("from");
    if (from == null) {
      from = to.minusDays(days(days) - 1L);
    } else if (days != null) {
      throw ApiException.badRequest("Give either 'from' or 'days', not both.");
    }
    if (from.isAfter(to)) {
      throw ApiException.badRequest(
          "The parameter 'from' must not be later than 'to'; swap them or widen the range.");
    }
    if (ChronoUnit.DAYS.between(from, to) >= MOST_DAYS) {
      throw ApiException.badRequest(
          "A trend covers two years at most; ask for " + MOST_DAYS + " days or fewer.");
    }
    return from;
  }

  private static int days(@Nullable String text) {
    if (text == null) {
      return USUAL_DAYS;
    }
    try {
      int days = Integer.parseInt(text);
      if (days >= 1 && days <= MOST_DAYS) {
        return days;
      }
    } catch (NumberFormatException e) {
      // The same sentence tells what it may be.
    }
    throw ApiException.badRequest(
        "The parameter 'days' is '"
            + text
            + "'; it must be a whole number from 1 to "
            + MOST_DAYS
            + ".");
  }

  private static List<Figure> figures(@Nullable String text, boolean page) {
    if (text == null || text.isBlank()) {
      if (page) {
        return List.of(Figure.values());
      }
      throw ApiException.badRequest(
          "Give 'figure', one or several by comma: "
              + Arrays.stream(Figure.values())
                  .map(Figure::wireName)
                  .collect(Collectors.joining(", "))
              + ".");
    }
    try {
      return Arrays.stream(text.split(",")).map(String::strip).map(Figure::of).toList();
    } catch (IllegalArgumentException e) {
      throw ApiException.badRequest("The parameter 'figure' is wrong: " + e.getMessage() + ".");
    }
  }

  private LocalDate today(Wearer wearer) {
    return wearer.dates().at(clock.instant());
  }

  private static LocalDate earlier(@Nullable LocalDate date, LocalDate today) {
    return date == null || date.isAfter(today) ? today : date;
  }

  private static void answer(Context context, Object value) {
    send(context, ReportFormat.JSON, Json.bytes(value));
  }

  private static void send(Context context, ReportFormat format, byte[] body) {
    context.header("Cache-Control", "no-store");
    context.header("Vary", "Accept");
    context.header("X-Content-Type-Options", "nosniff");
    if (format.mediaType().equals(ReportFormat.HTML.mediaType())) {
      context.header("Content-Security-Policy", POLICY);
      context.header("Referrer-Policy", "no-referrer");
    }
    String parameters = format == ReportFormat.PDF ? "" : "; charset=utf-8";
    context.contentType(format.mediaType() + parameters).result(body);
  }
}
