package io.lumbar.benchmarks;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lumbar.model.Json;
import java.io.PrintStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The figures of one run, as a table for people and as JSON for programs. */
final class Report {
  private final Instant at;
  private final PrintStream progress;
  private final List<Figure> figures = new ArrayList<>();

  Report(Instant at, PrintStream progress) {
    this.at = at;
    this.progress = progress;
  }

  void addAll(List<Figure> more) {
    figures.addAll(more);
    more.forEach(
        figure ->
            progress.println("  " + figure.name() + ": " + number(figure.value(), figure.unit())));
  }

  List<Figure> figures() {
    return List.copyOf(figures);
  }

  String table() {
    StringBuilder text = new StringBuilder();
    text.append(machine()).append(System.lineSeparator()).append(System.lineSeparator());
    text.append(row("figure", "measured", "limit", "", "measured beside, and how"));
    for (Figure figure : figures) {
      Double limit = figure.limit();
      String bound =
          limit == null ? "" : (figure.atMost() ? "<= " : ">= ") + number(limit, figure.unit());
      text.append(
          row(
              figure.name(),
              number(figure.value(), figure.unit()),
              bound,
              figure.verdict(),
              figure.detail()));
    }
    return text.toString();
  }

  String json() {
    ObjectNode document = JsonNodeFactory.instance.objectNode();
    document.put("at", at.toString()).put("machine", machine());
    ArrayNode list = document.putArray("figures");
    for (Figure figure : figures) {
      ObjectNode node = list.addObject();
      node.put("name", figure.name()).put("value", figure.value()).put("unit", figure.unit());
      Double limit = figure.limit();
      if (limit != null) {
        node.put(figure.atMost() ? "atMost" : "atLeast", limit);
        node.put("ok", figure.verdict().equals("ok"));
      }
      node.put("detail", figure.detail());
    }
    try {
      return Json.mapper().writerWithDefaultPrettyPrinter().writeValueAsString(document);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("cannot print the figures", e);
    }
  }

  private String machine() {
    return "%s, %d processors, %s %s, Java %s"
        .formatted(
            at,
            Runtime.getRuntime().availableProcessors(),
            System.getProperty("os.name"),
            System.getProperty("os.arch"),
            System.getProperty("java.version"));
  }

  private static String row(String name, String value, String limit, String verdict, String more) {
    return String.format(
        Locale.ROOT, "%-56s %16s %14s %-4s  %s%n", name, value, limit, verdict, more);
  }

  private static String number(double value, String unit) {
    String digits =
        value >= 1000
            ? String.format(Locale.ROOT, "%,.0f", value)
            : String.format(
                Locale.ROOT, value >= 100 ? "%.0f" : value >= 10 ? "%.1f" : "%.2f", value);
    return unit.isEmpty() ? digits : digits + " " + unit;
  }
}
