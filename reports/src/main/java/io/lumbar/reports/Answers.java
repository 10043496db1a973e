package io.lumbar.reports;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lumbar.history.HistoryStore.AnsweredAlert;
import io.lumbar.model.Alert;
import io.lumbar.model.AlertResponse;
import io.lumbar.model.Bout;
import io.lumbar.model.DaySummary;
import io.lumbar.model.Decision;
import io.lumbar.model.Episode;
import io.lumbar.model.EpisodeKind;
import io.lumbar.model.Json;
import io.lumbar.model.LoadChange;
import io.lumbar.model.NightSummary;
import io.lumbar.model.Placement;
import io.lumbar.model.Posture;
import io.lumbar.model.SleepPosition;
import io.lumbar.model.TimeSpan;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The JSON shapes that clients read; instants carry the offset of the record's zone. */
final class Answers {
  private Answers() {}

  static OffsetDateTime local(Instant instant, ZoneId zone) {
    return instant.atZone(zone).toOffsetDateTime();
  }

  record Listing<T>(List<T> items, @Nullable String next) {}

  /** A listing that also says which span of time it covers; null where it has no bound. */
  record Timeline(
      List<Stretch> items,
      @Nullable String next,
      @Nullable OffsetDateTime from,
      @Nullable OffsetDateTime to) {}

  /** One posture in the timeline. */
  record Stretch(
      Posture posture, OffsetDateTime from, OffsetDateTime to, double seconds, boolean open) {
    static Stretch of(Bout bout) {
      return new Stretch(
          bout.posture(),
          local(bout.from(), bout.zone()),
          local(bout.to(), bout.zone()),
          bout.seconds(),
          bout.open());
    }
  }

  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  record BoutAnswer(
      String id,
      Posture posture,
      OffsetDateTime from,
      OffsetDateTime to,
      double seconds,
      boolean open,
      int revision,
      Placement source,
      OffsetDateTime holdsUntil,
      Map<SleepPosition, Double> positionSeconds,
      @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean retracted,
      @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean provisional) {
    static BoutAnswer of(Bout bout) {
      return new BoutAnswer(
          bout.id(),
          bout.posture(),
          local(bout.from(), bout.zone()),
          local(bout.to(), bout.zone()),
          bout.seconds(),
          bout.open(),
          bout.revision(),
          bout.placement(),
          local(bout.holdsUntil(), bout.zone()),
          bout.positionSeconds(),
          bout.retracted(),
          bout.provisional());
    }
  }

  @JsonInclude(JsonInclude.Include.NON_NULL)
  record EpisodeAnswer(
      String id,
      EpisodeKind kind,
      OffsetDateTime from,
      OffsetDateTime to,
      int level,
      boolean open,
      int revision,
      @Nullable String endedBy,
      EvidenceAnswer evidence,
      @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean retracted) {
    static EpisodeAnswer of(Episode episode) {
      return new EpisodeAnswer(
          episode.id(),
          episode.kind(),
          local(episode.from(), episode.zone()),
          local(episode.to(), episode.zone()),
          episode.level(),
          episode.open(),
          episode.revision(),
          episode.endedBy(),
          EvidenceAnswer.of(episode.evidence(), episode.zone()),
          episode.retracted());
    }
  }

  record EvidenceAnswer(
      OffsetDateTime until,
      OffsetDateTime holdsUntil,
      double seconds,
      Posture posture,
      Placement source) {
    static EvidenceAnswer of(Episode.Evidence evidence, ZoneId zone) {
      return new EvidenceAnswer(
          local(evidence.until(), zone),
          local(evidence.holdsUntil(), zone),
          evidence.seconds(),
          evidence.posture(),
          evidence.source());
    }
  }

  record AlertAnswer(
      String id,
      String episode,
      EpisodeKind kind,
      int step,
      OffsetDateTime at,
      OffsetDateTime since,
      String title,
      String text,
      @Nullable String stretch,
      String status,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable OffsetDateTime answeredAt,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable OffsetDateTime snoozedUntil,
      String decision) {
    static AlertAnswer of(AnsweredAlert answered) {
      Alert alert = answered.alert();
      AlertResponse response = answered.response();
      return new AlertAnswer(
          alert.id(),
          alert.episode(),
          alert.kind(),
          alert.step(),
          local(alert.at(), alert.zone()),
          local(alert.since(), alert.zone()),
          alert.title(),
          alert.text(),
          alert.stretch(),
          status(response),
          response == null ? null : local(response.at(), alert.zone()),
          quietUntil(response, alert.zone()),
          alert.decision());
    }

    private static String status(@Nullable AlertResponse response) {
      return response == null ? "none" : Answers.status(response.action());
    }
  }

  private static @Nullable OffsetDateTime quietUntil(
      @Nullable AlertResponse response, ZoneId zone) {
    Instant until = response == null ? null : response.snoozedUntil();
    return until == null ? null : local(until, zone);
  }

  static String status(AlertResponse.Action action) {
    return switch (action) {
      case DONE -> "done";
      case SNOOZE -> "snoozed";
      case DISMISS -> "dismissed";
      case WRONG -> "wrong";
    };
  }

  /**
   * What a wearer said to an alert.
   *
   * @param action as it was sent; {@code resume} ends the snooze that runs and answers no alert
   * @param status of the alert from now on; null where it keeps the one that it has
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record ResponseAnswer(
      String alert,
      String action,
      @Nullable String status,
      @Nullable Integer minutes,
      @Nullable String was,
      OffsetDateTime at,
      @Nullable OffsetDateTime snoozedUntil) {
    static ResponseAnswer of(AlertResponse response, ZoneId zone) {
      return new ResponseAnswer(
          response.alert(),
          response.endsSnooze() ? "resume" : response.action().wireName(),
          response.endsSnooze() ? null : Answers.status(response.action()),
          response.minutes(),
          response.was(),
          local(response.at(), zone),
          quietUntil(response, zone));
    }
  }

  @JsonInclude(JsonInclude.Include.NON_NULL)
  record DecisionAnswer(
      String id,
      String episode,
      EpisodeKind kind,
      int step,
      OffsetDateTime at,
      String reason,
      String detail,
      @Nullable String alert) {
    static DecisionAnswer of(Decision decision) {
      return new DecisionAnswer(
          decision.id(),
          decision.episode(),
          decision.kind(),
          decision.step(),
          local(decision.at(), decision.zone()),
          decision.reason(),
          decision.detail(),
          decision.alert());
    }
  }

  @JsonInclude(JsonInclude.Include.NON_NULL)
  record DayAnswer(
      LocalDate date,
      ZoneId zone,
      @Nullable SpanAnswer span,
      Map<Posture, Double> postureMinutes,
      DaySummary.@Nullable Sitting sitting,
      @Nullable Integer sitToStands,
      @Nullable Integer seatedShifts,
      @Nullable Long steps,
      List<Long> stepsByHour,
      DaySummary.@Nullable Walking walking,
      double coverageMinutes,
      DaySummary.@Nullable Wear wear,
      DaySummary.@Nullable Bending bending,
      DaySummary.@Nullable Lifting lifting,
      List<LoadChange> load,
      List<String> tags,
      @Nullable Integer pain,
      @Nullable Integer stiffness,
      @Nullable Integer morningPain,
      @Nullable Integer morningStiffness,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) List<SpanAnswer> forgotten,
      DayAlerts alerts,
      int revision) {
    /**
     * Without sums where nothing was measured that they could be of, nor steps that none counted;
     * each number to a thousandth, which of minutes is less than what is measured.
     */
    static DayAnswer of(DaySummary exact, DayAlerts alerts) {
      JsonNode tree = Json.mapper().valueToTree(exact);
      DaySummary day = Json.mapper().convertValue(rounded(tree), DaySummary.class);
      boolean sums = !day.isUnmeasured();
      return new DayAnswer(
          day.date(),
          day.zone(),
          day.span() == null ? null : SpanAnswer.of(day.span(), day.zone()),
          day.postureMinutes(),
          sums ? day.sitting() : null,
          sums ? day.sitToStands() : null,
          day.seatedShifts(),
          day.countedSteps(),
          day.stepsByHour(),
          day.walking(),
          day.coverageMinutes(),
          day.wear(),
          day.bending(),
          day.lifting(),
          day.load(),
          day.tags(),
          day.pain(),
          day.stiffness(),
          day.morningPain(),
          day.morningStiffness(),
          day.forgotten().stream().map(gone -> SpanAnswer.of(gone, day.zone())).toList(),
          alerts,
          day.revision());
    }
  }

  /** With every number that is not whole to a thousandth. */
  private static JsonNode rounded(JsonNode node) {
    if (node instanceof ObjectNode object) {
      object.properties().forEach(field -> field.setValue(rounded(field.getValue())));
    } else if (node instanceof ArrayNode array) {
      for (int i = 0; i < array.size(); i++) {
        array.set(i, rounded(array.get(i)));
      }
    } else if (node.isFloatingPointNumber()) {
      return DoubleNode.valueOf(Math.rint(node.doubleValue() * 1_000) / 1_000);
    }
    return node;
  }

  /** A stretch of time. */
  record SpanAnswer(OffsetDateTime from, OffsetDateTime to) {
    static SpanAnswer of(TimeSpan span, ZoneId zone) {
      return new SpanAnswer(local(span.from(), zone), local(span.to(), zone));
    }
  }

  /**
   * The alerts of a day.
   *
   * @param withheld due and true, and held back for a reason
   * @param missed sent, and no channel of the wearer's was reached
   * @param responses how many of those sent were answered, by answer
   */
  record DayAlerts(int sent, int withheld, int missed, Map<String, Integer> responses) {
    static final DayAlerts NONE = new DayAlerts(0, 0, 0, Map.of());

    DayAlerts and(AnsweredAlert one) {
      String decision = one.alert().decision();
      AlertResponse response = one.response();
      Map<String, Integer> answers = new TreeMap<>(responses);
      if (response != null) {
        answers.merge(status(response.action()), 1, Integer::sum);
      }
      boolean gone = decision.equals("sent");
      boolean lost = decision.equals("missed");
      return new DayAlerts(
          sent + (gone ? 1 : 0),
          withheld + (gone || lost ? 0 : 1),
          missed + (lost ? 1 : 0),
          answers);
    }
  }

  @JsonInclude(JsonInclude.Include.NON_NULL)
  record NightAnswer(
      LocalDate date,
      ZoneId zone,
      OffsetDateTime inBedFrom,
      OffsetDateTime inBedTo,
      double inBedMinutes,
      boolean open,
      @Nullable OffsetDateTime asleepFrom,
      Map<SleepPosition, Double> positionMinutes,
      Map<SleepPosition, Double> positionShare,
      @Nullable Double longestProneMinutes,
      @Nullable Integer shifts,
      @Nullable Double shiftsPerHour,
      @Nullable Double usualShiftsPerHour,
      @Nullable Double archedMinutes,
      @Nullable Double stronglyArchedMinutes,
      @Nullable Double possiblyArchedMinutes,
      @Nullable Double archDegrees,
      @Nullable Double archConfidence,
      @Nullable Double proppedAwakeMinutes,
      @Nullable Double headUpDegrees,
      int outOfBed,
      double coverageMinutes,
      @Nullable Placement estimatedFrom,
      @Nullable Integer morningPain,
      @Nullable Integer morningStiffness,
      List<LieAnswer> track,
      NightSummary.@Nullable RaisedChest raisedChest,
      @JsonInclude(JsonInclude.Include.NON_DEFAULT) double forgottenMinutes,
      int revision) {
    static NightAnswer of(NightSummary night) {
      return new NightAnswer(
          night.date(),
          night.zone(),
          local(night.inBedFrom(), night.zone()),
          local(night.inBedTo(), night.zone()),
          night.inBedMinutes(),
          night.open(),
          night.asleepFrom() == null ? null : local(night.asleepFrom(), night.zone()),
          night.positionMinutes(),
          shares(night.positionMinutes()),
          night.longestProneMinutes(),
          night.shifts(),
          night.shiftsPerHour(),
          night.usualShiftsPerHour(),
          night.archedMinutes(),
          night.stronglyArchedMinutes(),
          night.possiblyArchedMinutes(),
          night.archDegrees(),
          night.archConfidence(),
          night.proppedAwakeMinutes(),
          night.headUpDegrees(),
          night.outOfBed(),
          night.coverageMinutes(),
          night.estimatedFrom(),
          night.morningPain(),
          night.morningStiffness(),
          night.track().stream().map(lie -> LieAnswer.of(lie, night.zone())).toList(),
          night.raisedChest(),
          night.forgottenMinutes(),
          night.revision());
    }

    /** Of the time whose position is known. */
    private static Map<SleepPosition, Double> shares(Map<SleepPosition, Double> minutes) {
      double known = minutes.values().stream().mapToDouble(Double::doubleValue).sum();
      Map<SleepPosition, Double> shares = new EnumMap<>(SleepPosition.class);
      minutes.forEach((position, some) -> shares.put(position, some / known));
      return shares;
    }
  }

  /** Without a position on the feet. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record LieAnswer(OffsetDateTime from, OffsetDateTime to, @Nullable SleepPosition position) {
    static LieAnswer of(NightSummary.Lie lie, ZoneId zone) {
      return new LieAnswer(local(lie.from(), zone), local(lie.to(), zone), lie.position());
    }
  }

  /** Who asks, and whom they may read. */
  record MeAnswer(String role, List<WearerAnswer> wearers) {}

  /**
   * What a page needs to know of a wearer before it shows anything.
   *
   * @param remindersOff whether the wearer wants no reminders about sitting
   * @param listenUntil until when no alert comes, so that the wearer's sitting is learnt first;
   *     null for none
   * @param byChance whether a share of reminders is held back at random, with the wearer's consent
   */
  record WearerAnswer(
      String id,
      String name,
      ZoneId zone,
      int longSittingMinutes,
      int repeatMinutes,
      LocalTime awakeFrom,
      String language,
      boolean remindersOff,
      @Nullable OffsetDateTime listenUntil,
      boolean byChance) {}
}
