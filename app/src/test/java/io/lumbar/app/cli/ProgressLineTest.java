package io.lumbar.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class ProgressLineTest {
  private final StringWriter out = new StringWriter();

  @Test
  void writesALineForEachChangeWhereNobodyWatches() {
    ProgressLine line = new ProgressLine(new PrintWriter(out), false);
    line.show("Uploading");
    line.show("Uploading");
    line.show("Playing");
    line.clear();
    assertThat(out.toString()).isEqualTo("Uploading%nPlaying%n".formatted());
  }

  @Test
  void drawsOverTheOldLineInATerminal() {
    ProgressLine line = new ProgressLine(new PrintWriter(out), true);
    line.show("Uploading");
    line.show("Uploading");
    line.show("Playing");
    line.clear();
    assertThat(out.toString()).isEqualTo("\rUploading\rPlaying  \r       \r");
  }
}
