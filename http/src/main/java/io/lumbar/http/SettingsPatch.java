package io.lumbar.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lumbar.model.AlertSettings;
import io.lumbar.model.ChannelSettings;
import io.lumbar.model.DailySpan;
import io.lumbar.model.DetectionSettings;
import io.lumbar.model.Json;
import io.lumbar.model.ReportSettings;
import io.lumbar.model.WearerSettings;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A change of a wearer's settings: fields that are left out stay as they are, in {@code alerts} and
 * {@code detection} too; a list or a map is replaced whole.
 */
public final class SettingsPatch {
  /** Health values have a way of their own, which checks them and which an admin may not go. */
  private static final String HEALTH = "stretches";

  /** The fields that a change may name. */
  public static final Set<String> FIELDS =
      names(WearerSettings.class).stream()
          .filter(name -> !name.equals(HEALTH))
          .collect(Collectors.toUnmodifiableSet());

  private static final Set<String> ALERT_FIELDS = names(AlertSettings.class);
  private static final Set<String> REPORT_FIELDS = names(ReportSettings.class);
  private static final Set<String> DETECTION_FIELDS = names(DetectionSettings.class);
  private static final Set<String> SPAN_FIELDS = names(DailySpan.class);
  private static final Set<String> CHANNEL_FIELDS = names(ChannelSettings.class);

  private static final String BUDGETS = "dailyBudget";

  /** Of these a change may name single fields. */
  private static final Set<String> PARTWISE = Set.of("alerts", "detection");

  private SettingsPatch() {}

  /**
   * The settings after a change. A channel that comes without secrets keeps those of its name.
   *
   * @param body holds the changed fields, and may hold others that are not settings
   * @throws ApiException 400 that names the field, the rule and the fix
   */
  public static WearerSettings apply(WearerSettings settings, ObjectNode body) {
    ObjectNode merged = Json.mapper().valueToTree(settings);
    for (String field : FIELDS) {
      if (body.has(field) && !PARTWISE.contains(field)) {
        merged.set(field, body.get(field));
      }
    }
    if (body.get("reports") instanceof ObjectNode reports) {
      requireKnown(reports, "reports", REPORT_FIELDS);
    }
    if (body.has("alerts")) {
      ObjectNode alerts = merged.withObject("/alerts");
      JsonNode budgets = alerts.path(BUDGETS);
      alerts.setAll(alerts(body.get("alerts")));
      if (alerts.get(BUDGETS) instanceof ObjectNode named) {
        alerts.set(BUDGETS, budgets(budgets, named));
      }
    }
    if (body.has("detection")) {
      merged.withObject("/detection").setAll(detection(body.get("detection")));
    }
    try {
      WearerSettings changed = Json.mapper().treeToValue(merged, WearerSettings.class);
      requireItsWeek(settings.alerts(), changed.alerts());
      requireUntold(settings.alerts(), changed.alerts());
      if (body.path("alerts").has("channels")) {
        changed.alerts().channels().forEach(ChannelSettings::requireQuietAtNight);
      }
      if (body.has("reports")) {
        requireChannels(changed);
      }
      return changed.withAlerts(changed.alerts().keepingSecretsOf(settings.alerts()));
    } catch (JsonProcessingException e) {
      throw ApiException.badRequest(detail(e));
    } catch (IllegalArgumentException e) {
      throw ApiException.badRequest(String.valueOf(e.getMessage()));
    }
  }

  /** Asked for only when they are named: a channel may go later. */
  private static void requireChannels(WearerSettings settings) {
    ReportSettings reports = settings.reports();
    List<String> known = settings.alerts().channels().stream().map(ChannelSettings::name).toList();
    for (String name : reports == null ? List.<String>of() : reports.channels()) {
      if (!known.contains(name)) {
        throw ApiException.badRequest(
            "reports.channels: there is no channel '"
                + name
                + "' in alerts.channels; "
                + (known.isEmpty()
                    ? "add it there first"
                    : "known are " + String.join(", ", known)));
      }
    }
  }

  private static ObjectNode alerts(JsonNode alerts) {
    if (!(alerts instanceof ObjectNode object)) {
      throw ApiException.badRequest(
          "alerts: must be an object, for example {\"cooldownMinutes\":45}");
    }
    requireKnown(object, "alerts", ALERT_FIELDS);
    each(object, "quietHours", SPAN_FIELDS);
    each(object, "workingHours", SPAN_FIELDS);
    each(object, "channels", CHANNEL_FIELDS);
    return object;
  }

  /** Who names one kind says nothing about the others; null takes the limit of a kind away. */
  private static ObjectNode budgets(JsonNode before, ObjectNode named) {
    ObjectNode merged = Json.mapper().createObjectNode();
    before.properties().forEach(kind -> merged.set(kind.getKey(), kind.getValue()));
    merged.setAll(named);
    named.properties().stream()
        .filter(kind -> kind.getValue().isNull())
        .forEach(kind -> merged.remove(kind.getKey()));
    return merged;
  }

  private static ObjectNode detection(JsonNode detection) {
    if (!(detection instanceof ObjectNode object)) {
      throw ApiException.badRequest(
          "detection: must be an object, for example {\"silenceMinutes\":120}");
    }
    requireKnown(object, "detection", DETECTION_FIELDS);
    return object;
  }

  /** The week that only measures is not skipped. */
  private static void requireItsWeek(AlertSettings before, AlertSettings after) {
    if (!Objects.equals(before.nightFeedbackFrom(), after.nightFeedbackFrom())) {
      throw new IllegalArgumentException(
          "alerts.nightFeedbackFrom: follows from when the feedback was switched on; POST"
              + " /api/v1/wearers/{wearer}/night-feedback does that, and DELETE ends it");
    }
  }

  /** Whether a calendar can be read is seen, not told; another address begins anew. */
  private static void requireUntold(AlertSettings before, AlertSettings after) {
    boolean named = !Objects.equals(before.calendarUnreadSince(), after.calendarUnreadSince());
    if (named && after.calendarUnreadSince() != null) {
      throw new IllegalArgumentException(
          "alerts.calendarUnreadSince: follows from reading the calendar; leave it out, and POST"
              + " /api/v1/wearers/{wearer}/calendar reads it now");
    }
  }

  private static void each(ObjectNode alerts, String list, Set<String> known) {
    int at = 0;
    for (JsonNode item : alerts.path(list)) {
      requireKnown(item, "alerts." + list + "[" + at++ + "]", known);
    }
  }

  private static void requireKnown(JsonNode object, String where, Set<String> known) {
    Set<String> unknown = new TreeSet<>();
    object.fieldNames().forEachRemaining(unknown::add);
    unknown.removeAll(known);
    if (!unknown.isEmpty()) {
      throw ApiException.badRequest(
          where
              + "."
              + unknown.iterator().next()
              + ": unknown field; known are "
              + String.join(", ", new TreeSet<>(known)));
    }
  }

  /** The rule that a value breaks, or where it stands when it is of another shape. */
  private static String detail(JsonProcessingException e) {
    for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
      if (cause instanceof IllegalArgumentException) {
        return String.valueOf(cause.getMessage());
      }
    }
    String where = e instanceof JsonMappingException at ? path(at) : "";
    return (where.isEmpty() ? "settings" : where) + ": not of the right form; " + form(where);
  }

  private static String form(String where) {
    return where.startsWith("alerts." + BUDGETS)
        ? "it has a number for each kind that it names, for example {\"long-sitting\":4}, or"
            + " alerts.dailyBudget.long-sitting=4 on the command line; null takes a limit away"
        : "minutes are whole numbers, times are like 07:00, instants like 2026-03-02T09:00:00Z";
  }

  private static String path(JsonMappingException e) {
    return e.getPath().stream()
        .map(
            step -> step.getFieldName() == null ? "[" + step.getIndex() + "]" : step.getFieldName())
        .collect(Collectors.joining("."))
        .replace(".[", "[");
  }

  private static Set<String> names(Class<?> type) {
    return Arrays.stream(type.getRecordComponents())
        .map(RecordComponent::getName)
        .collect(Collectors.toUnmodifiableSet());
  }
}
