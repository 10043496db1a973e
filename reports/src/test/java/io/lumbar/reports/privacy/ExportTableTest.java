package io.lumbar.reports.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lumbar.model.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExportTableTest {

  @ParameterizedTest
  @ValueSource(strings = {"=1+1", "@A1", "+1+1", "-A1", "-1-1", "+", "-", "+49 30 1"})
  void aTextThatLooksLikeAFormulaIsDefused(String text) throws IOException {
    assertThat(csv(Json.mapper().createObjectNode().put("note", text)))
        .isEqualTo("note\r\n'" + text + "\r\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "-0.25", "+2", "-1.5E-7", "2026-03-02", "a-b"})
  void aNumberStaysOne(String text) throws IOException {
    assertThat(csv(Json.mapper().createObjectNode().put("note", text)))
        .isEqualTo("note\r\n" + text + "\r\n");
  }

  @Test
  void aNegativeFieldIsANumber() throws IOException {
    assertThat(csv(Json.mapper().createObjectNode().put("low", -3.5))).isEqualTo("low\r\n-3.5\r\n");
  }

  @Test
  void aTableWithoutRowsHasTheFieldsThatEachWouldHave() throws IOException {
    ExportTable none = new ExportTable("notes", "notes", List.of("id", "at"), taker -> {});
    ByteArrayOutputStream csv = new ByteArrayOutputStream();
    none.csv(csv, none.json(OutputStream.nullOutputStream()));
    assertThat(csv.toString(StandardCharsets.UTF_8)).isEqualTo("id,at\r\n");
  }

  private static String csv(ObjectNode row) throws IOException {
    ExportTable table =
        new ExportTable("notes", "notes", List.of("id"), taker -> taker.accept(row));
    ByteArrayOutputStream json = new ByteArrayOutputStream();
    Set<String> columns = table.json(json);
    ByteArrayOutputStream csv = new ByteArrayOutputStream();
    table.csv(csv, columns);
    return csv.toString(StandardCharsets.UTF_8);
  }
}
