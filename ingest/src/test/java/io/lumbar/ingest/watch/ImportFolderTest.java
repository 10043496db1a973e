package io.lumbar.ingest.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.lumbar.ingest.watch.Importer.Answer;
import io.lumbar.ingest.watch.Importer.Arrival;
import io.lumbar.ingest.watch.Importer.Ending;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImportFolderTest {
  @TempDir Path folder;
  private final List<Arrival> arrivals = new ArrayList<>();
  private Answer answer = new Answer.Working("i_1");
  private final Map<String, Ending> over = new HashMap<>();
  private Runnable whenAsked = () -> {};
  private String poison = "none";
  private long now;

  @Test
  void handsAFileOverOnceAndMovesItWhenItsImportIsDone() throws IOException {
    put("Anna/week.csv");
    ImportFolder watched = folder();
    settle(watched);
    look(watched);

    assertThat(arrivals)
        .containsExactly(new Arrival(folder, folder.resolve("Anna/week.csv"), "Anna", "", 4));
    assertThat(folder.resolve("Anna/week.csv")).exists();

    over.put("i_1", new Ending(true, "5 rows: 5 accepted."));
    look(watched);
    assertThat(files()).containsExactly("Anna/done/week.csv", "Anna/done/week.csv.txt");
    assertThat(folder.resolve("Anna/done/week.csv.txt")).hasContent("5 rows: 5 accepted.");
    settle(watched);
    assertThat(arrivals).hasSize(1);
  }

  @Test
  void readsThePlaceFromAFolderInBetween() throws IOException {
    put("Anna/thigh/week.csv");
    put("Anna/thigh/deeper/never.csv");
    settle(folder());

    assertThat(arrivals)
        .containsExactly(
            new Arrival(folder, folder.resolve("Anna/thigh/week.csv"), "Anna", "thigh", 4));
  }

  @Test
  void movesWhatIsRefusedBesideItsReason() throws IOException {
    put("Ana/week.csv");
    answer = new Answer.Refused("No wearer is named 'Ana'.");
    settle(folder());

    assertThat(files()).containsExactly("Ana/failed/week.csv", "Ana/failed/week.csv.txt");
    assertThat(folder.resolve("Ana/failed/week.csv.txt")).hasContent("No wearer is named 'Ana'.");
  }

  @Test
  void keepsWhatFailedBeforeUnderItsName() throws IOException {
    put("Anna/failed/week.csv");
    put("Anna/week.csv");
    answer = new Answer.Refused("no");
    settle(folder());

    assertThat(files())
        .containsExactly(
            "Anna/failed/2 week.csv", "Anna/failed/2 week.csv.txt", "Anna/failed/week.csv");
  }

  @Test
  void saysThatAFileWithoutAWearerBelongsIntoAFolder() throws IOException {
    put("week.csv");
    settle(folder());

    assertThat(arrivals).isEmpty();
    assertThat(folder.resolve("failed/week.csv.txt"))
        .content()
        .contains("a folder named after the wearer");
  }

  @Test
  void aFileThatBreaksSomethingDoesNotKeepTheOthersBack() throws IOException {
    put("Anna/a.csv");
    put("Anna/b.csv");
    poison = "a.csv";
    settle(folder());

    assertThat(arrivals).extracting(Arrival::path).containsExactly(folder.resolve("Anna/b.csv"));
    assertThat(files()).containsExactly("Anna/b.csv", "Anna/failed/a.csv", "Anna/failed/a.csv.txt");
  }

  @Test
  void triesAgainWhatCannotBeTakenAtTheMoment() throws IOException {
    put("Anna/week.csv");
    answer = new Answer.Later();
    ImportFolder watched = folder();
    settle(watched);
    answer = new Answer.Working("i_1");
    look(watched);

    assertThat(arrivals).hasSize(2);
    assertThat(files()).containsExactly("Anna/week.csv");
  }

  @Test
  void handsOverAgainAfterARestartSoThatTheImportIsGoneOnWith() throws IOException {
    put("Anna/week.csv");
    settle(folder());
    over.put("i_1", new Ending(true, "done"));
    settle(folder());

    assertThat(arrivals).hasSize(2);
    assertThat(files()).containsExactly("Anna/done/week.csv", "Anna/done/week.csv.txt");
  }

  @Test
  void aFileThatTakesThePlaceOfOneUnderImportIsImportedToo() throws IOException {
    put("Anna/export.db");
    ImportFolder watched = folder();
    settle(watched);
    Files.writeString(folder.resolve("Anna/export.db"), "the next export");
    answer = new Answer.Working("i_2");
    over.put("i_1", new Ending(true, "5 rows: 5 accepted."));
    look(watched);
    assertThat(files()).containsExactly("Anna/export.db");

    settle(watched);
    assertThat(arrivals).extracting(Arrival::size).containsExactly(4L, 15L);
    over.put("i_2", new Ending(true, "9 rows: 9 accepted."));
    look(watched);
    assertThat(files()).containsExactly("Anna/done/export.db", "Anna/done/export.db.txt");
    assertThat(folder.resolve("Anna/done/export.db")).hasContent("the next export");
    assertThat(folder.resolve("Anna/done/export.db.txt")).hasContent("9 rows: 9 accepted.");
  }

  @Test
  void aFileThatIsReplacedWhileItIsMovedAwayStays() throws IOException {
    put("Anna/export.db");
    ImportFolder watched = folder();
    settle(watched);
    over.put("i_1", new Ending(true, "5 rows: 5 accepted."));
    whenAsked = () -> put("Anna/export.db", "the next export");
    look(watched);
    whenAsked = () -> {};

    assertThat(files()).containsExactly("Anna/export.db");
    answer = new Answer.Working("i_2");
    settle(watched);
    assertThat(arrivals).extracting(Arrival::size).containsExactly(4L, 15L);
  }

  @Test
  void ofAnUnpackedExportSoManyFilesAreUnderImportAtOnce() throws IOException {
    for (int i = 100; i < 160; i++) {
      put("Anna/" + i + ".csv");
    }
    put("Berta/week.csv");
    ImportFolder watched = folder();
    settle(watched);
    look(watched);
    assertThat(arrivals).hasSize(ImportFolder.MOST_AT_ONCE + 1);
    assertThat(arrivals).extracting(Arrival::wearer).endsWith("Anna", "Berta");

    over.put("i_1", new Ending(true, "done"));
    look(watched);
    look(watched);
    assertThat(arrivals).hasSize(61);
    assertThat(files()).hasSize(2 * 61);
  }

  @Test
  void filesThatCannotBeMovedAwayKeepNoOthersBack() throws IOException {
    for (int i = 100; i < 160; i++) {
      put("Anna/" + i + ".csv");
    }
    Files.createSymbolicLink(folder.resolve("Anna/done"), folder.resolve(".elsewhere"));
    over.put("i_1", new Ending(true, "done"));
    ImportFolder watched = folder();
    settle(watched);
    look(watched);
    look(watched);
    assertThat(arrivals).hasSize(60);
    assertThat(watched.trouble()).hasValueSatisfying(it -> assertThat(it).contains("moved away"));

    over.clear();
    Files.delete(folder.resolve("Anna/done"));
    look(watched);
    assertThat(files()).hasSize(2 * 60).allMatch(file -> file.startsWith("Anna/done/"));
    assertThat(watched.trouble()).isEmpty();
    assertThat(arrivals).hasSize(60);
  }

  @Test
  void followsNoLinksAndLeavesUnfinishedFilesAlone() throws IOException {
    Path elsewhere = Files.writeString(folder.resolve(".hidden"), "x");
    Files.createDirectories(folder.resolve("Anna"));
    Files.createSymbolicLink(folder.resolve("Anna/link.csv"), elsewhere);
    Files.createSymbolicLink(folder.resolve("Berta"), folder.resolve("Anna"));
    put("Anna/.stversions/old.csv");
    put("Anna/week.csv.part");
    settle(folder());

    assertThat(arrivals).isEmpty();
  }

  private ImportFolder folder() {
    return new ImportFolder(
        folder,
        new Importer() {
          @Override
          public Answer begin(Arrival arrival) {
            if (arrival.path().endsWith(poison)) {
              throw new IllegalStateException("poison");
            }
            arrivals.add(arrival);
            return answer;
          }

          @Override
          public Optional<Ending> ending(String id) {
            whenAsked.run();
            return Optional.ofNullable(over.get(id));
          }
        });
  }

  private void put(String path) {
    put(path, "data");
  }

  private void put(String path, String content) {
    Path file = folder.resolve(path);
    try {
      Files.createDirectories(file.getParent());
      Files.writeString(file, content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void settle(ImportFolder watched) throws IOException {
    look(watched);
    now += Settling.QUIET_MILLIS;
    watched.look(now);
  }

  private void look(ImportFolder watched) throws IOException {
    now += 1_000;
    watched.look(now);
  }

  private List<String> files() throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile)
          .map(file -> folder.relativize(file).toString())
          .sorted()
          .toList();
    }
  }
}
