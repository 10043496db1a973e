package io.lumbar.app.backup;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScratchTest {
  @TempDir Path data;

  @Test
  void whatAKilledProcessLeftIsGoneAfterTheNextStart() throws IOException {
    Path scratch = Scratch.emptied(data.resolve("scratch"));
    Files.writeString(Files.createTempDirectory(scratch, "backup").resolve("history.db"), "health");
    Files.writeString(scratch.resolve("export1.zip"), "health");

    assertThat(Scratch.emptied(scratch)).isEmptyDirectory();
  }
}
