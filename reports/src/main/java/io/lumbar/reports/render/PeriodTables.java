package io.lumbar.reports.render;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.ValueNode;
import io.lumbar.model.Json;
import io.lumbar.reports.period.PeriodReport;
import io.lumbar.reports.statistics.Shift;
import io.lumbar.reports.trends.Estimate;
import io.lumbar.reports.trends.Figure;
import io.lumbar.reports.trends.Trend;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The numbers of a week or a month as JSON and as CSV, to a hundredth. */
final class PeriodTables {
  private static final ObjectMapper MAPPER = Json.mapper();

  private PeriodTables() {}

  static String json(PeriodReport report, Optional<Edition> edition) {
    ObjectNode root = MAPPER.createObjectNode();
    root.put("v", 1);
    root.put("wearer", report.wearer().value());
    root.put("name", report.name());
    root.put("period", report.period().wireName());
    root.put("from", report.period().from().toString());
    root.put("to", report.period().to().toString());
    root.put("zone", report.zone().getId());
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
    PeriodOutline.headline(report).forEach(headline::add);
    root.put("days", report.days());
    root.put("nights", report.nights());
    ArrayNode figures = root.putArray("figures");
    report.lines().forEach(line -> figures.add(figure(line)));
    root.put("reminders", report.reminders());
    root.put("followed", report.followed());
    root.set("notMeasured", MAPPER.valueToTree(report.notMeasured()));
    try {
      return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("cannot write a report", e);
    }
  }

  private static ObjectNode figure(PeriodReport.Line line) {
    Figure figure = line.trend().figure();
    ObjectNode node = MAPPER.createObjectNode();
    node.put("figure", figure.wireName());
    node.put("unit", figure.unit().wireName());
    node.set("median", number(line.median()));
    node.put("days", line.days());
    node.set("before", number(line.before()));
    if (line.beforeEstimate() != Estimate.NONE) {
      node.put("beforeEstimated", line.beforeEstimate().wireName());
    }
    Shift change = line.change();
    if (change != null) {
      ObjectNode against = node.putObject("change");
      against.set("estimate", number(change.estimate()));
      against.set("low", number(change.low()));
      against.set("high", number(change.high()));
      against.put("clear", change.isClear());
    }
    ArrayNode points = node.putArray("points");
    for (Trend.Point point : line.trend().points()) {
      ObjectNode item = points.addObject().put("date", point.date().toString());
      item.set("value", number(point.value()));
      if (point.estimatedFrom() != null) {
        item.put("estimatedFrom", point.estimatedFrom().wireName());
      }
    }
    return node;
  }

  static String csv(PeriodReport report) {
    StringBuilder rows =
        new StringBuilder("date,figure,unit,value,seen_minutes,of_minutes,estimated_from\r\n");
    for (Trend trend : report.trends()) {
      Figure figure = trend.figure();
      for (Trend.Point point : trend.points()) {
        if (point.value() != null) {
          rows.append(point.date()).append(',').append(figure.wireName()).append(',');
          rows.append(figure.unit().wireName()).append(',').append(text(point.value()));
          rows.append(',')
              .append(point.coverage() == null ? "" : text(point.coverage().seenMinutes()))
              .append(',')
              .append(point.coverage() == null ? "" : text(point.coverage().ofMinutes()))
              .append(',')
              .append(point.estimatedFrom() == null ? "" : point.estimatedFrom().wireName())
              .append("\r\n");
        }
      }
    }
    return rows.toString();
  }

  private static ValueNode number(@Nullable Double value) {
    return value == null ? NullNode.getInstance() : DecimalNode.valueOf(rounded(value));
  }

  private static String text(double value) {
    return rounded(value).toPlainString();
  }

  private static BigDecimal rounded(double value) {
    BigDecimal rounded =
        BigDecimal.valueOf(value).setScale(2, RoundingMode.HALF_UP).stripTrailingZeros();
    return rounded.scale() < 0 ? rounded.setScale(0) : rounded;
  }
}
