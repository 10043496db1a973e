package io.lumbar.alerts.responses;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.lumbar.alerts.responses.AnswerTickets.Ticket;
import io.lumbar.alerts.responses.SnoozeBook.Verdict;
import io.lumbar.http.ApiException;
import io.lumbar.http.Principal;
import io.lumbar.http.Routes;
import io.lumbar.model.Alert;
import io.lumbar.model.AlertResponse;
import io.lumbar.model.AlertResponse.Action;
import io.lumbar.model.Json;
import io.lumbar.model.WearerId;
import io.lumbar.model.WearerSettings;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/**
 * Takes a wearer's answer to an alert, with the wearer's token or a ticket of the alert. Somebody
 * else's alert looks like one that does not exist. An answer sent twice has the effect of one; the
 * newest counts, also of a snooze: it may be shorter than the one that runs, or end it.
 */
public final class AlertRoutes implements Routes {
  private static final String BEARER = "bearer ";

  private final AlertLookup alerts;
  private final Function<Context, Principal> authentication;
  private final ResponseSink sink;
  private final PastResponses past;
  private final AnswerTickets tickets;
  private final Function<WearerId, Optional<WearerSettings>> settings;
  private final InstantSource clock;
  private final SnoozeDesk desk;
  private final Set<String> underWay = ConcurrentHashMap.newKeySet();

  /**
   * Answers to the alerts that {@code alerts} knows.
   *
   * @param authentication who sends a request; throws {@link ApiException} for nobody we know
   * @param past what was answered before, which uses up tickets and snoozes
   * @param settings of a wearer, which say when tomorrow begins and how often a sitting is snoozed
   */
  public AlertRoutes(
      AlertLookup alerts,
      Function<Context, Principal> authentication,
      ResponseSink sink,
      PastResponses past,
      AnswerTickets tickets,
      Function<WearerId, Optional<WearerSettings>> settings,
      InstantSource clock) {
    this.alerts = alerts;
    this.authentication = authentication;
    this.sink = sink;
    this.past = past;
    this.tickets = tickets;
    this.settings = settings;
    this.clock = clock;
    this.desk = new SnoozeDesk(alerts, past, sink, this::own, clock);
  }

  @Override
  public void addTo(RoutesConfig routes) {
    routes.post("/api/v1/alerts/{id}/response", this::respond);
  }

  private void respond(Context context) {
    String id = context.pathParam("id");
    Optional<Ticket> ticket = ticket(context, id);
    if (ticket.isPresent() && id.startsWith(AnswerTickets.TEST_ID)) {
      tried(context, ticket.get(), id);
      return;
    }
    Alert alert = ticket.isPresent() ? known(id) : readable(id, authentication.apply(context));
    ResponseRequest request = ResponseRequest.parse(context.body());
    AlertResponse response = response(alert, request, ticket.map(Ticket::id).orElse(null));
    AlertResponse kept =
        ticket.isPresent()
            ? once(ticket.get(), response)
            : keep(response, alert, snoozing(response) ? past(alert) : List.of());
    context.contentType("application/json").result(Json.bytes(answer(kept, alert)));
  }

  /** The button of a test was pressed: it works, and there is nothing to keep. */
  private static void tried(Context context, Ticket ticket, String id) {
    ResponseRequest request = ResponseRequest.parse(context.body());
    requireItsOwn(ticket, request.action());
    ObjectNode answer = Json.mapper().createObjectNode();
    answer.put("alert", id).put("action", request.action().wireName()).put("test", true);
    context.contentType("application/json").result(Json.bytes(answer));
  }

  private static void requireItsOwn(Ticket ticket, Action action) {
    if (ticket.action() != action) {
      throw ApiException.forbidden(
          "This button answers '" + ticket.action().wireName() + "' and nothing else.");
    }
  }

  /** What was kept, and of a snooze until when it lasts, by the clock where the wearer sat. */
  private static ObjectNode answer(AlertResponse kept, Alert alert) {
    ObjectNode answer = Json.mapper().valueToTree(kept);
    Instant until = kept.snoozedUntil();
    if (until != null) {
      answer.put("snoozedUntil", until.atZone(alert.zone()).toOffsetDateTime().toString());
    }
    return answer;
  }

  private AlertResponse response(Alert alert, ResponseRequest request, @Nullable String ticket) {
    Instant now = clock.instant();
    return new AlertResponse(
        alert.id(),
        alert.wearer(),
        request.action(),
        request.minutes(),
        request.was(),
        now,
        request.ends() ? now : request.untilTomorrow() ? tomorrow(alert, now) : null,
        ticket);
  }

  private Optional<Ticket> ticket(Context context, String alert) {
    String header = context.header("Authorization");
    return header != null && header.toLowerCase(Locale.ROOT).startsWith(BEARER)
        ? tickets.read(header.substring(BEARER.length()).trim(), alert)
        : Optional.empty();
  }

  private AlertResponse once(Ticket ticket, AlertResponse response) {
    requireItsOwn(ticket, response.action());
    if (snoozing(response) && !Integer.valueOf(Snoozes.USUAL_MINUTES).equals(response.minutes())) {
      throw ApiException.forbidden(
          "This button snoozes for %d minutes; for another time answer on the page."
              .formatted(Snoozes.USUAL_MINUTES));
    }
    if (!underWay.add(ticket.id())) {
      throw used();
    }
    try {
      Alert alert = known(response.alert());
      List<AlertResponse> before = past(alert);
      if (before.stream().anyMatch(answer -> ticket.id().equals(answer.ticket()))) {
        throw used();
      }
      AlertResponse kept = keep(response, alert, before);
      if (isBeaten(ticket, kept)) {
        throw used();
      }
      return kept;
    } finally {
      underWay.remove(ticket.id());
    }
  }

  /** Another process may have taken the ticket at the same moment; the topic has one order. */
  private boolean isBeaten(Ticket ticket, AlertResponse response) {
    try {
      AlertResponse ours = Json.read(Json.bytes(response), AlertResponse.class);
      return past
          .since(response.wearer(), clock.instant().minus(SnoozeDesk.LOOK_BACK).toEpochMilli())
          .stream()
          .filter(answer -> ticket.id().equals(answer.ticket()))
          .findFirst()
          .filter(first -> !first.equals(ours))
          .isPresent();
    } catch (KafkaException e) {
      // The answer is kept; twice the same has the effect of one.
      return false;
    }
  }

  private static ApiException used() {
    return ApiException.notAgain("This button was used already; answer on the page instead.");
  }

  /** What was kept: where putting off gets harder, a snooze may be shorter than it was asked. */
  private AlertResponse keep(AlertResponse response, Alert alert, List<AlertResponse> before) {
    if (!snoozing(response)) {
      sink.put(response);
      return response;
    }
    Verdict verdict = desk.keep(response, alert, before);
    if (verdict instanceof Verdict.Kept kept) {
      return kept.answer();
    }
    if (verdict instanceof Verdict.Refused refused) {
      throw ApiException.notAgain(refused.sentence(own(alert).alerts()));
    }
    throw ApiException.notAgain("No snooze runs, so that there is none to end.");
  }

  private static boolean snoozing(AlertResponse response) {
    return response.action() == Action.SNOOZE;
  }

  private List<AlertResponse> past(Alert alert) {
    return desk.past(alert.wearer());
  }

  private Instant tomorrow(Alert alert, Instant now) {
    return QuietUntil.tomorrow(now, alert.zone(), own(alert));
  }

  private WearerSettings own(Alert alert) {
    return own(alert.wearer());
  }

  private WearerSettings own(WearerId wearer) {
    return settings.apply(wearer).orElse(WearerSettings.defaults());
  }

  private Alert readable(String id, Principal principal) {
    if (principal.kind() == Principal.Kind.DEVICE || principal.kind() == Principal.Kind.ADMIN) {
      throw ApiException.forbidden(
          "This token cannot answer alerts; use the wearer's own token or the owner's.");
    }
    Alert alert = known(id);
    if (!principal.mayRead(alert.wearer())) {
      throw unknown();
    }
    return alert;
  }

  private Alert known(String id) {
    return alerts.alert(id).orElseThrow(AlertRoutes::unknown);
  }

  private static ApiException unknown() {
    return ApiException.notFound("You have no alert with this id.");
  }
}
