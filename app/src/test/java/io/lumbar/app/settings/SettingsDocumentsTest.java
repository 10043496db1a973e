package io.lumbar.app.settings;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a test finds different it writes to target/, to be copied when the code is right. */
class SettingsDocumentsTest {
  private static final Path ROOT = Path.of("..");

  @TempDir Path scratch;

  @Test
  void theTableInTheDocsIsTheCode() throws IOException {
    StringBuilder table =
        new StringBuilder("| Key | Environment variable | Default | What it does |\n");
    table.append("| --- | --- | --- | --- |\n");
    for (Key key : Key.values()) {
      table.append(
          "| `%s` | `%s` | %s | %s |%n"
              .formatted(
                  key.path(),
                  key.variable(),
                  key.fallback().isEmpty() ? "" : "`" + key.fallback() + "`",
                  key.purpose() + (key.secret() ? " Secret, never printed." : "")));
    }
    Files.writeString(Path.of("target/settings-table.md"), table);
    assertThat(Files.readString(ROOT.resolve("docs/settings.md"))).contains(table);
  }

  @Test
  void theExampleFileHasEveryKeyCommentedAtItsDefault() throws IOException {
    StringBuilder example = new StringBuilder();
    example.append(
        "# Every setting at its default. Copy to lumbar.yaml, take the # off what you change.\n");
    example.append("# Flags come before environment variables, these before this file.\n");
    String section = "";
    for (Key key : Key.values()) {
      int dot = key.path().indexOf('.');
      String group = dot < 0 ? "" : key.path().substring(0, dot);
      if (!group.equals(section)) {
        example.append("\n#").append(group).append(":");
        section = group;
      }
      example.append("\n# %s\n# %s\n".formatted(key.purpose(), key.variable()));
      example.append(
          "#%s%s: %s\n"
              .formatted(
                  group.isEmpty() ? "" : "  ",
                  key.path().substring(dot + 1),
                  key.fallback().isEmpty() ? "\"\"" : key.fallback()));
    }
    Files.writeString(Path.of("target/lumbar.example.yaml"), example);
    assertThat(ROOT.resolve("lumbar.example.yaml")).hasContent(example.toString());
  }

  @Test
  void theExampleFileMeansTheDefaultsWithEveryLineUncommented() throws IOException {
    String text = Files.readString(ROOT.resolve("lumbar.example.yaml"));
    String uncommented = text.replaceAll("(?m)^#(?! [^ ])", "");
    Path file = Files.writeString(scratch.resolve("lumbar.yaml"), uncommented);
    JsonNode root = new YAMLMapper().readTree(uncommented);
    assertThat(root.path("kafka").path("partitions").asInt()).isEqualTo(1);
    assertThat(root.path("influx").has("bucket")).isTrue();
    assertThat(Settings.load(Sources.of(Map.of(), Map.of(), Optional.of(file))))
        .isEqualTo(Settings.defaults());
  }
}
