package io.lumbar.reports.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lumbar.model.Json;
import io.lumbar.model.ReportSettings;
import io.lumbar.model.WearerId;
import io.lumbar.reports.render.Edition;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportFolderTest {
  private static final WearerId ANNA = new WearerId("w_anna");
  private static final Instant ASKED = Instant.parse("2026-03-05T10:00:00Z");
  private static final LocalDate DATE = LocalDate.parse("2026-03-04");

  @TempDir Path root;

  /** Delivered at nine, with other numbers at ten. */
  @Test
  void anEditionIsThatOfWhatWasDeliveredAndOfNothingElse() {
    ReportFolder folder = new ReportFolder(root);
    OffsetDateTime nine = OffsetDateTime.parse("2026-03-05T09:00Z");
    OffsetDateTime ten = OffsetDateTime.parse("2026-03-05T10:00Z");
    String name = "2026-03-05";
    assertThat(folder.edition(ANNA, name, content(1, Optional.empty()), ten)).isEmpty();

    folder.deliver(print(1), "r1", nine.toInstant());
    assertThat(folder.edition(ANNA, name, content(1, Optional.empty()), ten))
        .hasValue(new Edition(1, nine));
    Edition again = folder.edition(ANNA, name, content(2, Optional.empty()), ten).orElseThrow();
    assertThat(again.number()).isEqualTo(2);
    assertThat(again.madeAt()).isEqualTo(ten);
    assertThat(again.wasDelivered()).isFalse();

    folder.deliver(print(2), "r2", ten.toInstant());
    assertThat(folder.edition(ANNA, name, content(2, Optional.empty()), ten.plusHours(1)))
        .hasValue(new Edition(2, ten));
  }

  private static Print print(int value) {
    return new Print(
        ANNA,
        "2026-03-05",
        "A day",
        ReportSettings.Edition.DAILY,
        ZoneOffset.UTC,
        (format, edition) -> content(value, edition));
  }

  private static byte[] content(int value, Optional<Edition> edition) {
    ObjectNode node = Json.mapper().createObjectNode().put("value", value);
    edition.ifPresent(
        made ->
            node.putObject("edition")
                .put("number", made.number())
                .put("madeAt", made.madeAt().toString()));
    return Json.bytes(node);
  }

  @Test
  void aDraftThatWasLeftBeforeTheWordGoesWithTheReportsOfTheSpan() throws Exception {
    Path left = draft(".1.part", ASKED.minusSeconds(60));
    Path underWay = draft(".2.part", ASKED.plusSeconds(1));
    ReportFolder folder = new ReportFolder(root);

    assertThat(folder.forget(ANNA, DATE, DATE, ASKED)).isZero();

    assertThat(left).doesNotExist();
    assertThat(underWay).exists();
  }

  /** Of mornings after its days, weeks and months; not of what was written after the word. */
  @Test
  void tellsWhetherReportsOfBeforeAreAboutASpan() throws Exception {
    ReportFolder folder = new ReportFolder(root);
    assertThat(folder.tellOf(ANNA, DATE, DATE, ASKED)).isFalse();
    draft(".1.part", ASKED);
    draft("note.json", ASKED);
    draft(DATE.plusDays(2) + ".json", ASKED);
    draft(DATE.plusDays(1) + ".json", ASKED.plusSeconds(1));
    assertThat(folder.tellOf(ANNA, DATE, DATE, ASKED)).isFalse();
    Path month = draft(DATE.toString().substring(0, 7) + ".json", ASKED.minusSeconds(1));
    assertThat(folder.tellOf(ANNA, DATE, DATE, ASKED)).isTrue();
    assertThat(folder.forget(ANNA, DATE, DATE, ASKED)).isPositive();
    assertThat(month).doesNotExist();
    assertThat(folder.tellOf(ANNA, DATE, DATE, ASKED)).isFalse();
  }

  @Test
  void reportsOfDaysBeforeADateExpireWithWhatTheyHold() throws Exception {
    ReportFolder folder = new ReportFolder(root);
    for (String name :
        new String[] {"2026-01-31", "2026-02-01", "2026-W05", "2026-W06", "2026-01", "2026-02"}) {
      draft(name + ".json", ASKED);
      draft(name + ".html", ASKED);
    }
    Path note = draft("note.json", ASKED);
    draft(".1.part", ASKED.minusSeconds(60));
    draft(".2.part", ASKED.plusSeconds(1));

    LocalDate today = LocalDate.parse("2026-04-03");
    ReportFolder.Kept sixty = new ReportFolder.Kept(Optional.of(60), Optional.of(60));
    assertThat(folder.expire(today, sixty, ASKED)).isEqualTo(4);

    try (var files = Files.list(note.getParent())) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder(
              "2026-W06.json",
              "2026-W06.html",
              "2026-02.json",
              "2026-02.html",
              "note.json",
              ".2.part");
    }
  }

  @Test
  void reportsOfWeeksAndMonthsMayStayLongerThanThoseOfMornings() throws Exception {
    ReportFolder folder = new ReportFolder(root);
    for (String name : new String[] {"2026-01-31", "2026-W05", "2026-01", "2025-W01"}) {
      draft(name + ".json", ASKED);
    }
    LocalDate today = LocalDate.parse("2026-04-03");

    ReportFolder.Kept longer = new ReportFolder.Kept(Optional.of(60), Optional.of(365));
    assertThat(folder.expire(today, longer, ASKED)).isEqualTo(2);
    ReportFolder.Kept editions = new ReportFolder.Kept(Optional.empty(), Optional.of(60));
    assertThat(folder.expire(today, editions, ASKED)).isEqualTo(2);
    ReportFolder.Kept all = new ReportFolder.Kept(Optional.empty(), Optional.empty());
    assertThat(folder.expire(today.plusYears(9), all, ASKED)).isZero();
  }

  private Path draft(String name, Instant written) throws Exception {
    Path file = root.resolve(ANNA.value()).resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, "{\"pain\":7}");
    Files.setLastModifiedTime(file, FileTime.from(written));
    return file;
  }
}
