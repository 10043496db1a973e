package io.lumbar.ingest.statements;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lumbar.http.ApiException;
import io.lumbar.model.CheckIn;
import io.lumbar.model.Correction;
import io.lumbar.model.DayTag;
import io.lumbar.model.Statement;
import io.lumbar.model.WearerId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OldWordsTest {
  private static final WearerId ANNA = new WearerId("w_anna");
  private static final WearerId BEN = new WearerId("w_ben");
  private static final LocalDate OLD = LocalDate.of(2026, 3, 2);

  /** Days up to that one are closed. */
  private static final KnownDays DAYS =
      (wearer, date) -> date.isAfter(OLD) ? Optional.empty() : Optional.of(14);

  @TempDir Path folder;
  private Instant now = Instant.parse("2026-04-11T12:00:00Z");

  @BeforeEach
  void hasNotedForLong() throws IOException {
    Files.writeString(file(), "2026-01-01 since\n");
  }

  @Test
  void aWordAboutAClosedDayIsRefusedWithItsFieldTheRuleAndWhatToDo() {
    OldWords words = new OldWords(DAYS, open());
    assertThatThrownBy(() -> words.require(ANNA, tag(OLD)))
        .isInstanceOf(ApiException.class)
        .hasMessageContaining("date: 2026-03-02 is closed: it is more than 14 days before")
        .hasMessageContaining("erase the wearer, import all files");
    assertThatThrownBy(() -> words.require(ANNA, correction(Correction.Was.DRIVING)))
        .hasMessageContaining("to: 2026-03-02 is closed");
    assertThatThrownBy(() -> words.require(ANNA, checkIn())).hasMessageContaining("at: 2026-03-02");
    assertThatCode(() -> words.require(ANNA, tag(OLD.plusDays(1)))).doesNotThrowAnyException();
    assertThatCode(() -> words.require(ANNA, correction(Correction.Was.FORGET)))
        .doesNotThrowAnyException();
  }

  @Test
  void aWordIsTakenForAsLongAsAnImportKeepsOldDaysOpen() {
    ImportedLately imported = open();
    imported.note(ANNA);
    OldWords words = new OldWords(DAYS, imported);
    assertThatCode(() -> words.require(ANNA, tag(OLD))).doesNotThrowAnyException();
    assertThatThrownBy(() -> words.require(BEN, tag(OLD))).isInstanceOf(ApiException.class);
    now = now.plusSeconds(14 * 86_400);
    assertThatCode(() -> words.require(ANNA, tag(OLD))).doesNotThrowAnyException();
    now = now.plusSeconds(86_400);
    assertThatThrownBy(() -> words.require(ANNA, tag(OLD))).isInstanceOf(ApiException.class);
  }

  @Test
  void whoHadAnImportIsKnownAfterARestartAndGoneWithTheWearer() throws IOException {
    ImportedLately imported = open();
    imported.note(ANNA);
    imported.note(BEN);
    imported.note(BEN);
    assertThat(Files.readAllLines(file())).hasSize(3);
    Files.writeString(file(), "2026-04-1", StandardOpenOption.APPEND);
    ImportedLately again = open();
    assertThat(again.within(ANNA, 14)).isTrue();
    again.removeIf(BEN::equals);
    assertThat(again.within(BEN, 14)).isFalse();
    assertThat(Files.readString(file())).isEqualTo("2026-01-01 since\n2026-04-11 w_anna\n");
  }

  /** Of before it is not known who had an import. */
  @Test
  void whatIsNotedForAShortTimeRefusesNobody() throws IOException {
    Files.delete(file());
    ImportedLately imported = open();
    assertThat(imported.within(ANNA, 14)).isTrue();
    now = now.plusSeconds(15 * 86_400);
    assertThat(open().within(ANNA, 14)).isFalse();
  }

  private ImportedLately open() {
    return ImportedLately.open(file(), () -> now);
  }

  private Path file() {
    return folder.resolve("imported.txt");
  }

  private Statement tag(LocalDate date) {
    return new DayTag("t_1", now, false, date, DayTag.Tag.ILL);
  }

  private Statement checkIn() {
    Instant at = Instant.parse("2026-03-02T23:59:00Z");
    return new CheckIn("c_1", now, false, at, 3, null, null, null, false, null);
  }

  private Statement correction(Correction.Was was) {
    return new Correction(
        "c_2",
        now,
        false,
        Instant.parse("2026-03-02T23:00:00Z"),
        Instant.parse("2026-03-03T00:00:00Z"),
        was);
  }
}
