package io.lumbar.app.streams;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkingCopiesTest {
  @TempDir Path state;
  private Path store;
  private Path process;

  @BeforeEach
  void leaveStores() throws IOException {
    store = Files.createDirectories(state.resolve("lumbar/0_12/rocksdb/timers"));
    Files.writeString(store.resolve("CURRENT"), "x");
    process = Files.writeString(state.resolve("lumbar/kafka-streams-process-metadata"), "x");
  }

  @Test
  void whatAKillLeftIsDeletedExceptTheProcessIdentity() {
    new WorkingCopies(state, "lumbar").prepare();
    assertThat(state.resolve("lumbar/0_12")).doesNotExist();
    assertThat(process).exists();
  }

  @Test
  void whatAStopLeftInOrderServesTheNextRunOnly() {
    new WorkingCopies(state, "lumbar").leaveInOrder();
    new WorkingCopies(state, "lumbar").prepare();
    assertThat(store.resolve("CURRENT")).exists();
    new WorkingCopies(state, "lumbar").prepare();
    assertThat(store).doesNotExist();
  }

  @Test
  void aFirstStartHasNothingToDelete() {
    new WorkingCopies(state.resolve("new"), "lumbar").prepare();
    assertThat(state.resolve("new")).doesNotExist();
  }
}
