package io.lumbar.ingest.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SettlingTest {
  private static final Path FILE = Path.of("Anna", "week.cwa");

  private SettlingState state = SettlingState.EMPTY;

  @Test
  void waitsUntilAFileHasNotChangedForTenSeconds() {
    assertThat(look(0, file(10, 1))).isEmpty();
    assertThat(look(5_000, file(20, 2))).isEmpty();
    assertThat(look(14_999, file(20, 2))).isEmpty();
    assertThat(look(15_000, file(20, 2))).containsExactly(file(20, 2));
  }

  @Test
  void beginsAnewWhenOnlyTheTimeOfChangeMoved() {
    look(0, file(10, 1));
    look(9_000, file(10, 2));

    assertThat(look(18_000, file(10, 2))).isEmpty();
    assertThat(look(19_000, file(10, 2))).hasSize(1);
  }

  @Test
  void forgetsAFileThatWentAway() {
    look(0, file(10, 1));
    look(5_000);
    look(12_000, file(10, 1));

    assertThat(look(13_000, file(10, 1))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        ".syncthing.week.cwa.tmp",
        "~syncthing~week.cwa.tmp",
        ".week.cwa.Xy12Ab",
        ".week.cwa.~5f3a",
        "week.cwa.part",
        "Week.CWA.ocTransferId123.PART",
        "week.cwa.crdownload",
        "week.cwa~",
        "Thumbs.db"
      })
  void knowsNamesOfFilesThatAreNotWhole(String name) {
    assertThat(FolderScan.isWhole(name)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"week.cwa", "week.sync-conflict-20260203-081500-ABCDEFG.cwa", "part", "tmp"})
  void takesOtherNames(String name) {
    assertThat(FolderScan.isWhole(name)).isTrue();
  }

  private List<Sighting> look(long now, Sighting... files) {
    Settling.Step step = Settling.look(state, List.of(files), now);
    state = step.state();
    return step.settled();
  }

  private static Sighting file(long size, long modified) {
    return new Sighting(FILE, size, modified);
  }
}
