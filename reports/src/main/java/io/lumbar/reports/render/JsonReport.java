package io.lumbar.reports.render;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lumbar.model.Json;
import io.lumbar.model.NightSummary;
import io.lumbar.model.Placement;
import io.lumbar.model.SleepPosition;
import io.lumbar.reports.daily.Report;
import io.lumbar.reports.daily.Report.Measure;
import io.lumbar.reports.daily.Section;
import io.lumbar.reports.experiment.ExperimentResult;
import io.lumbar.reports.statistics.Rounded;
import io.lumbar.reports.statistics.Usual;
import io.lumbar.reports.trends.Coverage;
import io.lumbar.reports.trends.Estimate;
import io.lumbar.reports.trends.Figure;
import io.lumbar.reports.trends.Nights;
import io.lumbar.reports.trends.Trend;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A report as JSON, as {@code docs/reports.md} describes it: minutes to a hundredth. */
final class JsonReport {
  private static final ObjectMapper MAPPER = Json.mapper();

  private final Report report;
  private final ZoneId zone;

  private JsonReport(Report report) {
    this.report = report;
    this.zone = report.zone();
  }

  static String of(Report report, Optional<Edition> edition) {
    try {
      return MAPPER
              .writerWithDefaultPrettyPrinter()
              .writeValueAsString(new JsonReport(report).root(edition))
          + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("cannot write a report", e);
    }
  }

  private ObjectNode root(Optional<Edition> edition) {
    ObjectNode root = MAPPER.createObjectNode();
    root.put("v", 1);
    root.put("wearer", report.wearer().value());
    root.put("name", report.name());
    root.put("date", report.date().toString());
    root.put("zone", zone.getId());
    edition
        .filter(Edition::wasDelivered)
        .ifPresent(
            e ->
                root.putObject("edition")
                    .put("number", e.number())
                    .put("madeAt", e.madeAt().toString()));
    ArrayNode sources = root.putArray("sources");
    report.sources().forEach(one -> sources.add(one.wireName()));
    ArrayNode headline = root.putArray("headline");
    Words.headline(report).forEach(headline::add);
    root.set("night", section(report.night(), this::night));
    root.set("morning", section(report.morning(), all -> items(all, JsonReport::measure)));
    root.set("day", section(report.day(), this::day));
    root.set("reminders", section(report.reminders(), this::reminders));
    root.set("load", section(report.load(), loads -> items(loads, JsonReport::rounded)));
    root.set("together", section(report.together(), all -> items(all, JsonReport::together)));
    root.set("trends", array(report.trends(), JsonReport::trend));
    root.set("experiment", section(report.experiment(), JsonReport::trial));
    root.set("suggestions", array(report.suggestions(), MAPPER::<JsonNode>valueToTree));
    Report.StrongerPain pain = report.strongerPain();
    if (pain != null) {
      root.putObject("strongerPain")
          .put("value", pain.value())
          .put("at", pain.at() == null ? null : local(pain.at()));
    }
    root.set("routine", section(report.routine(), JsonReport::routine));
    root.set("notMeasured", MAPPER.valueToTree(report.notMeasured()));
    return root;
  }

  private static ObjectNode routine(Report.Routine routine) {
    ObjectNode node = MAPPER.createObjectNode();
    node.set("minutes", number(routine.minutes()));
    node.set("exercises", MAPPER.valueToTree(routine.exercises()));
    node.put("guide", routine.guide() == null ? null : routine.guide().toString());
    return node;
  }

  private static ObjectNode trial(Report.Trial trial) {
    ExperimentResult result = trial.result();
    ObjectNode node = MAPPER.createObjectNode();
    node.put("id", result.experiment().id());
    node.put("change", result.experiment().change().wireName());
    node.put("from", result.experiment().from().toString());
    node.put("todayWith", trial.today());
    node.put("verdict", result.verdict().name().toLowerCase(Locale.ROOT).replace('_', '-'));
    node.put("morningsWith", result.with()).put("morningsWithout", result.without());
    node.set("difference", rounded(result.difference()));
    return node;
  }

  private ObjectNode night(Report.Night night) {
    NightSummary summary = night.summary();
    ObjectNode node = MAPPER.createObjectNode();
    node.put("from", local(summary.inBedFrom())).put("to", local(summary.inBedTo()));
    node.set("inBedMinutes", number(summary.inBedMinutes()));
    node.set("seenMinutes", number(Nights.inBed(summary).seenMinutes()));
    if (summary.forgottenMinutes() > 0) {
      node.set("forgottenMinutes", number(summary.forgottenMinutes()));
    }
    node.set("positionsSeenMinutes", number(Nights.positions(summary).seenMinutes()));
    ObjectNode seconds = node.putObject("positionSeconds");
    for (SleepPosition position : SleepPosition.values()) {
      if (summary.positionMinutes().containsKey(position)) {
        seconds.set(position.wireName(), number(Nights.minutes(summary, position) * 60));
      }
    }
    estimated(node, summary.estimatedFrom());
    optional(node, "longestProneMinutes", summary.longestProneMinutes());
    optional(node, "shifts", summary.shifts());
    optional(node, "archedMinutes", summary.archedMinutes());
    optional(node, "stronglyArchedMinutes", summary.stronglyArchedMinutes());
    optional(node, "possiblyArchedMinutes", summary.possiblyArchedMinutes());
    optional(node, "archConfidence", summary.archConfidence());
    if (summary.raisedChest() != null) {
      node.set("raisedChest", rounded(summary.raisedChest()));
    }
    node.put("outOfBed", summary.outOfBed());
    optional(node, "pain", summary.morningPain());
    optional(node, "stiffness", summary.morningStiffness());
    node.set("totals", section(night.measures(), all -> items(all, JsonReport::measure)));
    ArrayNode track = node.putArray("track");
    for (NightSummary.Lie lie : summary.track()) {
      track
          .addObject()
          .put("from", local(lie.from()))
          .put("to", local(lie.to()))
          .put("position", lie.position() == null ? null : lie.position().wireName());
    }
    return node;
  }

  private ObjectNode day(Report.Day day) {
    ObjectNode node = MAPPER.createObjectNode();
    node.put("date", day.date().toString());
    node.put("from", local(day.from())).put("to", local(day.to()));
    coverage(node, day.awake());
    if (day.forgottenMinutes() > 0) {
      node.set("forgottenMinutes", number(day.forgottenMinutes()));
    }
    if (!day.awake().isNothing()) {
      node.set("sittingMinutes", number(day.sittingMinutes()));
    }
    node.set("totals", section(day.measures(), all -> items(all, JsonReport::measure)));
    if (day.lifting() != null) {
      node.set("lifting", rounded(day.lifting()));
    }
    if (day.longest() != null) {
      node.set("longestSitting", stretch(day.longest()));
    }
    node.set("strip", array(day.strip(), this::stretch));
    node.set("stepsByHour", MAPPER.valueToTree(day.stepsByHour()));
    return node;
  }

  private ObjectNode stretch(Report.Stretch stretch) {
    return MAPPER
        .createObjectNode()
        .put("posture", stretch.posture().wireName())
        .put("from", local(stretch.from()))
        .put("to", local(stretch.to()));
  }

  private ObjectNode reminders(Report.Reminders reminders) {
    ObjectNode node = MAPPER.createObjectNode();
    ArrayNode told = node.putArray("told");
    for (Report.Told one : reminders.told()) {
      ObjectNode item = told.addObject();
      item.put("at", local(one.at()));
      item.put("kind", one.kind().wireName());
      item.put("step", one.step());
      item.put("outcome", one.outcome().name().toLowerCase(Locale.ROOT).replace('_', '-'));
      optional(item, "upAfterMinutes", one.upAfterMinutes());
      optional(item, "stepsInHalfAnHour", one.steps());
    }
    node.set("keptBack", MAPPER.valueToTree(new TreeMap<>(reminders.keptBack())));
    return node;
  }

  private static ObjectNode together(Report.Together pair) {
    ObjectNode node = MAPPER.createObjectNode();
    node.put("first", pair.first().wireName()).put("second", pair.second().wireName());
    node.set("correlation", MAPPER.valueToTree(pair.correlation()));
    node.put("adjustedP", pair.adjustedP());
    return pair.estimate() == Estimate.NONE
        ? node
        : node.put("estimated", pair.estimate().wireName());
  }

  private static ObjectNode measure(Measure measure) {
    ObjectNode node = figure(measure.figure());
    node.set("value", number(measure.value()));
    usual(node, measure.usual());
    Coverage coverage = measure.coverage();
    if (coverage != null) {
      node.set("seenMinutes", number(coverage.seenMinutes()));
      node.set("ofMinutes", number(coverage.ofMinutes()));
    }
    estimated(node, measure.estimatedFrom());
    return node;
  }

  private static void estimated(ObjectNode node, @Nullable Placement from) {
    if (from != null) {
      node.put("estimatedFrom", from.wireName());
    }
  }

  private static ObjectNode trend(Trend trend) {
    ObjectNode node = figure(trend.figure());
    usual(node, trend.usual());
    ArrayNode points = node.putArray("points");
    for (Trend.Point point : trend.points()) {
      ObjectNode item = points.addObject().put("date", point.date().toString());
      Double value = point.value();
      item.set("value", value == null ? MAPPER.nullNode() : number(value));
      estimated(item, point.estimatedFrom());
    }
    return node;
  }

  private static ObjectNode figure(Figure figure) {
    return MAPPER
        .createObjectNode()
        .put("figure", figure.wireName())
        .put("unit", figure.unit().wireName());
  }

  private static void usual(ObjectNode node, @Nullable Usual usual) {
    if (usual != null) {
      ObjectNode child = node.putObject("usual");
      child.set("median", number(usual.median()));
      child.set("low", number(usual.low()));
      child.set("high", number(usual.high()));
      child.put("days", usual.days());
    }
  }

  private static void coverage(ObjectNode node, Coverage coverage) {
    node.set("awakeMinutes", number(coverage.ofMinutes()));
    node.set("seenMinutes", number(coverage.seenMinutes()));
  }

  private static void optional(ObjectNode node, String name, @Nullable Number value) {
    if (value != null) {
      node.set(name, number(value.doubleValue()));
    }
  }

  /** What is the same here as in the API, with the digits that it has there. */
  private static JsonNode rounded(@Nullable Object record) {
    return Rounded.tree(MAPPER.<JsonNode>valueToTree(record));
  }

  private static JsonNode number(double value) {
    double rounded = Math.round(value * 100) / 100.0;
    return rounded == Math.rint(rounded)
        ? MAPPER.getNodeFactory().numberNode((long) rounded)
        : MAPPER.getNodeFactory().numberNode(rounded);
  }

  private String local(Instant instant) {
    return instant.atZone(zone).toOffsetDateTime().toString();
  }

  private static <T> JsonNode section(Section<T> section, Function<T, JsonNode> shape) {
    return section.fold(shape, absent -> MAPPER.createObjectNode().put("absent", absent));
  }

  private static <T> JsonNode items(List<T> items, Function<T, JsonNode> shape) {
    ObjectNode node = MAPPER.createObjectNode();
    node.set("items", array(items, shape));
    return node;
  }

  private static <T> ArrayNode array(List<T> items, Function<T, JsonNode> shape) {
    ArrayNode array = MAPPER.createArrayNode();
    items.forEach(item -> array.add(shape.apply(item)));
    return array;
  }
}
