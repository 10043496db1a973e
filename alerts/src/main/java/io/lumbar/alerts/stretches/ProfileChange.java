package io.lumbar.alerts.stretches;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lumbar.http.ApiException;
import io.lumbar.model.Json;
import io.lumbar.model.OwnStretch;
import io.lumbar.model.RedFlagAnswer;
import io.lumbar.model.RedFlagAnswer.Level;
import io.lumbar.model.StretchProfile;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads what a wearer says about exercises, field by field, and merges it into what is known. */
final class ProfileChange {
  static final Set<String> FIELDS =
      Set.of("conditions", "bendBackwards", "babyDue", "country", "liked", "hurts", "own");
  static final Set<String> DIARY_FIELDS = Set.of("done", "pain", "painBefore", "painAfter");
  static final Set<String> FLAG_FIELDS = Set.of("flags", "skip");

  /** A pregnancy takes about 280 days from its first; the date is reckoned with a margin. */
  private static final int DUE_AHEAD = 300;

  /** Weeks for which a date that has passed is worth telling, as a birth lately. */
  private static final int DUE_PAST = 12;

  private static final Set<String> COUNTRIES = Set.of(Locale.getISOCountries());

  private ProfileChange() {}

  /**
   * The profile with the fields of a body in place of its own. A due date or a country is judged
   * where it changes: what is kept already does not stand in the way of the rest.
   *
   * @param today the wearer's local day
   * @throws ApiException 400 that names the field, the rule and the fix
   */
  static StretchProfile merge(StretchProfile profile, ObjectNode body, LocalDate today) {
    ObjectNode merged = Json.mapper().valueToTree(profile);
    merged.setAll(body);
    try {
      StretchProfile changed = Json.mapper().treeToValue(merged, StretchProfile.class);
      ids(body.path("liked"), "liked", changed);
      ids(body.path("hurts"), "hurts", changed);
      if (!Objects.equals(changed.babyDue(), profile.babyDue())) {
        plausible(changed.babyDue(), today);
      }
      if (!Objects.equals(changed.country(), profile.country())) {
        known(changed.country());
      }
      return changed;
    } catch (JsonProcessingException e) {
      Throwable cause = e.getCause();
      throw ApiException.badRequest(
          cause instanceof IllegalArgumentException
              ? String.valueOf(cause.getMessage())
              : "conditions, liked, hurts and own are lists, bendBackwards is true or false,"
                  + " babyDue is a date such as 2026-03-31, country two capital letters");
    }
  }

  private static void plausible(@Nullable LocalDate due, LocalDate today) {
    if (due != null
        && (due.isAfter(today.plusDays(DUE_AHEAD)) || due.isBefore(today.minusWeeks(DUE_PAST)))) {
      throw ApiException.badRequest(
          "babyDue: must lie from %s (%d weeks ago) to %s (in %d days); give the day on which the child is due, or null for none"
              .formatted(
                  today.minusWeeks(DUE_PAST), DUE_PAST, today.plusDays(DUE_AHEAD), DUE_AHEAD));
    }
  }

  private static void known(@Nullable String country) {
    if (country != null && !COUNTRIES.contains(country)) {
      throw ApiException.badRequest(
          "country: no country has the letters "
              + country
              + "; use those of ISO 3166-1, such as DE, US, or GB for the United Kingdom");
    }
  }

  /** The answer to the question for red flags: the soonest of those that were ticked. */
  static RedFlagAnswer flags(ObjectNode body, LocalDate today) {
    if (body.path("skip").asBoolean(false)) {
      if (body.has("flags")) {
        throw ApiException.badRequest("skip: leaves the question open; leave out flags with it");
      }
      return new RedFlagAnswer(Level.SKIPPED, today);
    }
    JsonNode ticked = body.path("flags");
    if (!ticked.isArray()) {
      throw ApiException.badRequest(
          "flags: a list of ids, empty for none of them; or \"skip\":true to leave it open");
    }
    Level level = Level.NONE;
    for (JsonNode flag : ticked) {
      Level found =
          RedFlags.level(flag.asText())
              .orElseThrow(
                  () ->
                      ApiException.badRequest(
                          "flags: there is no '"
                              + flag.asText()
                              + "'; GET red-flags lists the ids"));
      level = found.compareTo(level) > 0 ? found : level;
    }
    return new RedFlagAnswer(level, today);
  }

  /** The exercises of a diary entry. */
  static List<String> done(ObjectNode body, StretchProfile profile) {
    return ids(body.path("done"), "done", profile);
  }

  /** The pain of a diary entry; null when it has none. */
  static @Nullable Integer pain(ObjectNode body) {
    return pain(body, "pain");
  }

  /** The pain before and after a routine, as far as it was said; null when neither was. */
  static StretchProfile.@Nullable Routine routine(ObjectNode body) {
    Integer before = pain(body, "painBefore");
    Integer after = pain(body, "painAfter");
    return before == null && after == null ? null : new StretchProfile.Routine(before, after);
  }

  private static @Nullable Integer pain(ObjectNode body, String field) {
    JsonNode pain = body.path(field);
    return pain.isMissingNode() || pain.isNull() ? null : pain(pain.asText(), field);
  }

  /** A pain of 0 to 10 from its text. */
  static int pain(String text) {
    return pain(text, "pain");
  }

  private static int pain(String text, String field) {
    if (!text.matches("10|[0-9]")) {
      throw ApiException.badRequest(field + ": a whole number from 0 (none) to 10 (the worst)");
    }
    return Integer.parseInt(text);
  }

  private static List<String> ids(JsonNode list, String field, StretchProfile profile) {
    Set<String> own = profile.own().stream().map(OwnStretch::id).collect(Collectors.toSet());
    if (list.isMissingNode() || list.isNull()) {
      return List.of();
    }
    List<String> ids = new ArrayList<>();
    for (JsonNode id : list) {
      boolean known =
          id.isTextual()
              && (own.contains(id.textValue())
                  || Stretches.catalogue().byId(id.textValue()).isPresent());
      if (!known) {
        throw ApiException.badRequest(
            field + ": no stretch has one of these ids; GET /api/v1/stretches lists them all");
      }
      ids.add(id.textValue());
    }
    return ids;
  }
}
