package io.lumbar.reports.privacy;

import com.fasterxml.jackson.databind.JsonNode;
import io.lumbar.model.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * One kind of data, written as a JSON list and as a table whose columns are the paths of its fields
 * ({@code evidence.posture}), lists as JSON in one cell. Rows are read twice, so that none are
 * held.
 *
 * @param name of the two files, without ending
 * @param about what a row is
 * @param always the fields that every row has, which head a table without rows
 * @param rows in the order of both files
 */
record ExportTable(String name, String about, List<String> always, Rows rows) {
  private static final Pattern NUMBER = Pattern.compile("[+-]\\d+(\\.\\d+)?([eE][+-]?\\d+)?");

  /** Where the rows come from; the same at every call. */
  interface Rows {
    void each(Consumer<JsonNode> taker);
  }

  /** Writes the list, and gives the columns that a table needs. */
  Set<String> json(OutputStream out) throws IOException {
    Set<String> columns = new LinkedHashSet<>();
    write(out, "[");
    boolean[] first = {true};
    rows.each(
        row -> {
          flat(row).keySet().forEach(columns::add);
          writeUnchecked(out, first[0] ? "\n" : ",\n");
          first[0] = false;
          writeUnchecked(out, new String(Json.bytes(row), StandardCharsets.UTF_8));
        });
    write(out, "\n]\n");
    return columns;
  }

  /** Writes the table, its header first. */
  void csv(OutputStream out, Set<String> columns) throws IOException {
    write(out, line(columns.isEmpty() ? always : columns));
    rows.each(
        row -> {
          Map<String, String> cells = flat(row);
          writeUnchecked(out, line(columns.stream().map(c -> cells.getOrDefault(c, "")).toList()));
        });
  }

  private static Map<String, String> flat(JsonNode row) {
    Map<String, String> cells = new LinkedHashMap<>();
    flatten("", row, cells);
    return cells;
  }

  private static void flatten(String prefix, JsonNode node, Map<String, String> cells) {
    for (Map.Entry<String, JsonNode> field : node.properties()) {
      String path = prefix + field.getKey();
      JsonNode value = field.getValue();
      if (value.isObject() && !value.isEmpty()) {
        flatten(path + ".", value, cells);
      } else if (value.isArray()) {
        cells.put(path, value.toString());
      } else {
        cells.put(path, value.isNull() || value.isObject() ? "" : value.asText());
      }
    }
  }

  private static String line(Iterable<String> cells) {
    StringBuilder line = new StringBuilder();
    String separator = "";
    for (String cell : cells) {
      line.append(separator).append(quoted(cell));
      separator = ",";
    }
    return line.append("\r\n").toString();
  }

  /** As RFC 4180 has it; a text that a spreadsheet would take for a formula is defused. */
  private static String quoted(String cell) {
    String safe = isFormula(cell) ? "'" + cell : cell;
    boolean quotes = safe.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
    return quotes ? '"' + safe.replace("\"", "\"\"") + '"' : safe;
  }

  private static boolean isFormula(String cell) {
    if (cell.isEmpty()) {
      return false;
    }
    char first = cell.charAt(0);
    return "=@\t\r".indexOf(first) >= 0
        || ("+-".indexOf(first) >= 0 && !NUMBER.matcher(cell).matches());
  }

  private static void write(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
  }

  private static void writeUnchecked(OutputStream out, String text) {
    try {
      write(out, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
