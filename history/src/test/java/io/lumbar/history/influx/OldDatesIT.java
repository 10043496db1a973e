package io.lumbar.history.influx;

import static io.lumbar.history.Samples.ANNA;
import static io.lumbar.history.Samples.BEN;
import static io.lumbar.history.Samples.ZONE;
import static io.lumbar.history.Samples.at;
import static io.lumbar.history.Samples.batch;
import static io.lumbar.history.Samples.day;
import static io.lumbar.history.Samples.night;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lumbar.history.HistoryStore;
import io.lumbar.history.HistoryStore.Dates;
import io.lumbar.history.HistoryStore.HistoryUnavailable;
import io.lumbar.model.DaySummary;
import io.lumbar.model.ForgottenDates;
import io.lumbar.model.NightSummary;
import io.lumbar.model.WearerId;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A history of the version that kept whole records in {@code days} and {@code nights}. */
class OldDatesIT {
  private static final LocalDate SECOND = LocalDate.parse("2026-03-02");
  private static final LocalDate THIRD = SECOND.plusDays(1);
  private static final Duration LONG = Duration.ofHours(1);

  /** Of the 2nd in Berlin: 480.25 minutes of sitting, pain 7. */
  private static final String DAY =
      """
      days,local_date=2026-03-02,wearer=w_anna \
      sitting_minutes=480.25,sitting_bouts=12i,sitting_bouts_30=4i,sitting_longest_minutes=111.5,\
      breaks=11i,steps=7003i,coverage_minutes=900.5,revision=3i,minutes_sitting=480.25,\
      minutes_not-worn=60.0,pain=7i,record="\
      {\\"wearer\\":\\"w_anna\\",\\"date\\":\\"2026-03-02\\",\
      \\"zone\\":\\"Europe/Berlin\\",\\"revision\\":3,\
      \\"postureMinutes\\":{\\"sitting\\":480.25,\\"not-worn\\":60.0},\
      \\"sitting\\":{\\"bouts\\":12,\\"minutes\\":480.25,\\"longestMinutes\\":111.5,\
      \\"boutsOf20\\":6,\\"boutsOf30\\":4,\\"boutsOf60\\":1,\\"breaks\\":11},\
      \\"steps\\":7003,\\"coverageMinutes\\":900.5,\\"stepsByHour\\":[],\
      \\"sitToStands\\":0,\\"load\\":[],\\"tags\\":[],\\"pain\\":7,\\"v\\":1}" 1772406000000000000\
      """;

  /** Of the 2nd in Berlin. */
  private static final String NIGHT =
      """
      nights,local_date=2026-03-02,wearer=w_anna \
      in_bed_minutes=470.0,out_of_bed=1i,coverage_minutes=455.5,revision=2i,retracted=false,\
      minutes_left=300.5,minutes_three-quarter-prone=41.0,shifts_per_hour=1.05,\
      longest_prone_minutes=41.0,pain=2i,record="\
      {\\"wearer\\":\\"w_anna\\",\\"date\\":\\"2026-03-02\\",\
      \\"zone\\":\\"Europe/Berlin\\",\\"revision\\":2,\\"retracted\\":false,\
      \\"open\\":false,\\"inBedFrom\\":\\"2026-03-01T21:50:00Z\\",\
      \\"inBedTo\\":\\"2026-03-02T05:40:00Z\\",\
      \\"positionMinutes\\":{\\"left\\":300.5,\\"three-quarter-prone\\":41.0},\
      \\"longestProneMinutes\\":41.0,\\"shifts\\":6,\\"shiftsPerHour\\":1.05,\
      \\"headUpDegrees\\":7.5,\\"outOfBed\\":1,\\"coverageMinutes\\":455.5,\
      \\"morningPain\\":2,\\"track\\":[],\\"v\\":1}" 1772406000000000000\
      """;

  /** Of the 3rd in Berlin. */
  private static final String RETRACTED =
      "nights,local_date=2026-03-03,wearer=w_anna in_bed_minutes=0.0,out_of_bed=0i,"
          + "coverage_minutes=0.0,revision=4i,retracted=true,record=\"\" 1772492400000000000";

  private static final AtomicInteger DATABASES = new AtomicInteger();
  @TempDir static Path folder;
  private static RealInflux influx;

  private String database;
  private final List<HistoryStore> opened = new ArrayList<>();

  @BeforeAll
  static void startInflux() throws Exception {
    influx = RealInflux.start(folder);
  }

  @AfterAll
  static void stopInflux() {
    if (influx != null) {
      influx.close();
    }
  }

  @BeforeEach
  void database() throws Exception {
    database = "old" + DATABASES.incrementAndGet();
    influx.query("", "CREATE DATABASE " + database);
  }

  @AfterEach
  void close() {
    opened.forEach(HistoryStore::close);
  }

  private HistoryStore open(Duration settle, Duration atATime, int slice) {
    HistoryStore store =
        InfluxHistory.of(influx.config(database), new OldDates.Pace(settle, atATime, slice));
    opened.add(store);
    return store;
  }

  private HistoryStore open() {
    return open(Duration.ZERO, LONG, 500);
  }

  private void plant(String... lines) {
    try (InfluxConnection connection = new InfluxConnection(influx.config(database))) {
      connection.write(List.of(lines));
    }
  }

  private String query(String statement) throws Exception {
    return influx.query(database, statement);
  }

  private static List<Integer> revisions(Dates dates) {
    List<Integer> revisions = new ArrayList<>();
    dates.days().forEach(day -> revisions.add(day.revision()));
    dates.nights().forEach(night -> revisions.add(night.revision()));
    return revisions;
  }

  @Test
  void isReadAsItIsBeforeAnyoneWrites() {
    plant(DAY, NIGHT, RETRACTED);
    HistoryStore store = open();
    int before = influx.requests().size();
    Dates dates = store.dates(ANNA, SECOND, THIRD);
    assertThat(dates.days()).extracting(DaySummary::pain).containsExactly(7);
    assertThat(dates.nights()).containsExactly(night(ANNA, SECOND, ZONE, 2, false));
    assertThat(store.days(ANNA, THIRD, THIRD)).isEmpty();
    assertThat(store.nights(ANNA, LocalDate.MIN, LocalDate.MAX)).hasSize(1);
    assertThat(store.days(BEN, SECOND, THIRD)).isEmpty();
    assertThat(influx.requests().subList(before, influx.requests().size()))
        .noneMatch(request -> request.contains("write"));
  }

  @Test
  void isMovedBeforeTheFirstWriteAndKeepsItsRevisions() throws Exception {
    plant(DAY, NIGHT, RETRACTED);
    HistoryStore reader = open();
    Dates before = reader.dates(ANNA, SECOND, THIRD);
    HistoryStore store = open();
    store.write(
        batch(
            day(ANNA, SECOND, ZONE, 2),
            night(ANNA, SECOND, ZONE, 1, true),
            night(ANNA, THIRD, ZONE, 3, false)));
    assertThat(store.dates(ANNA, SECOND, THIRD)).isEqualTo(before);
    assertThat(reader.dates(ANNA, SECOND, THIRD)).isEqualTo(before);
    assertThat(query("SELECT record FROM days WHERE record != ''")).isEmpty();
    assertThat(query("SELECT record FROM nights WHERE record != ''")).isEmpty();
    assertThat(query("SELECT pain, sitting_minutes FROM days")).endsWith(",7,480.25\n");
    assertThat(query("SELECT in_bed_minutes FROM nights WHERE retracted = false"))
        .endsWith(",470\n");

    store.write(batch(day(ANNA, SECOND, ZONE, 4), night(ANNA, THIRD, ZONE, 5, false)));
    assertThat(revisions(store.dates(ANNA, SECOND, THIRD))).containsExactly(4, 2, 5);
    // The older revision told of pain.
    assertThat(query("SELECT pain FROM days")).isEmpty();
    assertThat(query("SELECT revision FROM nights"))
        .contains(",2\n", ",5\n")
        .doesNotContain(",4\n");
  }

  @Test
  void aNewerRevisionInTheNewPlaceStays() throws Exception {
    plant(DAY, NIGHT, DateKind.DAY.whole(day(ANNA, SECOND, ZONE, 5)));
    HistoryStore store = open();
    assertThat(revisions(store.dates(ANNA, SECOND, SECOND))).containsExactly(5, 2);
    store.write(batch());
    assertThat(revisions(store.dates(ANNA, SECOND, SECOND))).containsExactly(5, 2);
    assertThat(query("SELECT record FROM days WHERE record != ''")).isEmpty();
  }

  @Test
  void isForgottenWhole() throws Exception {
    plant(DAY, NIGHT, DAY.replace("w_anna", "w_ben"));
    HistoryStore store = open();
    ForgottenDates lost = new ForgottenDates(ANNA, at(-8 * 60), at(120), List.of(SECOND));
    store.dropDays(lost);
    store.dropNights(lost);
    store.writersChanged();
    assertThat(store.dates(ANNA, SECOND, SECOND)).isEqualTo(new Dates(List.of(), List.of()));
    for (String measurement : List.of("days", "nights", "dates")) {
      assertThat(query("SELECT * FROM " + measurement)).doesNotContain("w_anna");
    }
    assertThat(store.days(BEN, SECOND, SECOND)).hasSize(1);

    store.erase(HistoryStore.Erasure.everything(BEN, at(0)));
    for (String measurement : List.of("days", "nights", "dates")) {
      assertThat(query("SELECT * FROM " + measurement)).isEmpty();
    }
  }

  @Test
  void expiresAndLeavesItsWeek() throws Exception {
    plant(DAY, NIGHT);
    HistoryStore store = open();
    store.expire(null, THIRD);
    assertThat(query("SELECT local_week, days, nights, pain FROM weeks"))
        .endsWith(",2026-W10,1,1,7\n");
    assertThat(store.dates(ANNA, SECOND, SECOND)).isEqualTo(new Dates(List.of(), List.of()));
    for (String measurement : List.of("days", "nights", "dates")) {
      assertThat(query("SELECT * FROM " + measurement)).isEmpty();
    }
  }

  /** Days of five wearers, and of one of them on a day of 2019. */
  private void plantSix() {
    for (int i = 0; i < 5; i++) {
      plant(DAY.replace("w_anna", "w_" + i));
    }
    plant(
        DAY.replace("w_anna", "w_0")
            .replace("2026-03-02", "2019-07-01")
            .replace("1772406000", "1561932000"));
  }

  private static List<DaySummary> six(HistoryStore store) {
    List<DaySummary> days = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      days.addAll(store.days(new WearerId("w_" + i), LocalDate.of(2019, 1, 1), THIRD));
    }
    return days;
  }

  @Test
  void aLongMoveIsToldOfAndGoesOnAfterARestartAndInAnotherProcess() throws Exception {
    plantSix();
    HistoryStore reader = open();
    List<DaySummary> days = six(reader);
    assertThat(days).hasSize(6).extracting(DaySummary::revision).containsOnly(3);
    // Slices of two: one of 2019 and that it is empty, of 2026 two and two, and one by another.
    HistoryStore first = open(Duration.ZERO, Duration.ZERO, 2);
    for (int togo : List.of(2, 1, 1, 1)) {
      assertThatThrownBy(() -> first.write(batch(day(ANNA, SECOND, ZONE, 9))))
          .isInstanceOf(HistoryUnavailable.class)
          .hasMessageEndingWith("dates to go: " + togo);
      assertThat(six(reader)).isEqualTo(days);
    }
    assertThat(query("SELECT revision FROM days WHERE record != ''").lines()).hasSize(2);
    HistoryStore second = open(Duration.ZERO, LONG, 2);
    second.write(batch(day(ANNA, SECOND, ZONE, 9)));
    assertThat(query("SELECT record FROM days WHERE record != ''")).isEmpty();
    assertThat(six(second)).isEqualTo(days);
    assertThat(six(reader)).isEqualTo(days);
    // The first finds it done.
    first.write(batch(day(ANNA, SECOND, ZONE, 8)));
    assertThat(first.days(ANNA, SECOND, SECOND)).containsExactly(day(ANNA, SECOND, ZONE, 9));
  }

  @Test
  void twoProcessesMayDoItAtOnce() {
    plantSix();
    List<DaySummary> days = six(open());
    HistoryStore one = open(Duration.ZERO, Duration.ZERO, 1);
    HistoryStore other = open(Duration.ZERO, Duration.ZERO, 2);
    for (int i = 0; i < 3; i++) {
      assertThatThrownBy(() -> one.write(batch())).isInstanceOf(HistoryUnavailable.class);
      assertThatThrownBy(() -> other.write(batch())).isInstanceOf(HistoryUnavailable.class);
    }
    HistoryStore last = open();
    last.write(batch());
    one.write(batch());
    other.write(batch());
    assertThat(six(one)).isEqualTo(days);
  }

  @Test
  void yearsWithoutADayCostNothing() {
    plantSix();
    int before = influx.requests().size();
    open().write(batch());
    assertThat(influx.requests().size() - before).isLessThan(25);
  }

  @Test
  void ofARetractedNightOnlyItsRevisionIsCopied() throws Exception {
    plant(RETRACTED);
    for (int writes : List.of(2, 1)) {
      int before = influx.requests().size();
      open().write(batch());
      // The copy, once, and the note.
      assertThat(influx.requests().subList(before, influx.requests().size()))
          .filteredOn(request -> request.contains("/write"))
          .hasSize(writes);
      query("DROP MEASUREMENT lumbar_schema");
    }
    assertThat(query("SELECT wearer, revision FROM dates")).endsWith(",w_anna,4\n");
  }

  @Test
  void ofAnErasedWearerNothingIsMoved() throws Exception {
    plant(DAY, NIGHT, RETRACTED, DAY.replace("w_anna", "w_ben"));
    plant(Points.of(HistoryStore.Erasure.everything(ANNA, at(0))));
    open().write(batch());
    assertThat(query("SELECT * FROM dates")).contains("w_ben").doesNotContain("w_anna");
    assertThat(query("SELECT record FROM days WHERE record != ''")).isEmpty();
  }

  @Test
  void whatTheServerRefusesOfItIsNoFaultOfTheBatch() {
    // Somebody's script has taken the names of fields for other things.
    plant(DAY, "lumbar_schema had_dates=\"?\"");
    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(() -> open().write(batch(day(ANNA, SECOND, ZONE, 9))))
          .isInstanceOf(HistoryUnavailable.class)
          .hasMessageContaining("cannot be moved")
          .hasMessageContaining("field type conflict");
    }
  }

  @Test
  void aSliceThatTheServerRefusesIsNoFaultOfTheBatch() {
    plant(DAY, "dates,wearer=w_ben record=1i 1772409600000000000");
    HistoryStore store = open();
    assertThatThrownBy(() -> store.write(batch(day(ANNA, SECOND, ZONE, 9))))
        .isInstanceOf(HistoryUnavailable.class)
        .hasMessageContaining("cannot be moved")
        .hasMessageContaining("field type conflict");
  }

  @Test
  void whatIsBeyondTheServersRetentionHoldsNothingUp() throws Exception {
    LocalDate kept = LocalDate.now(ZoneOffset.UTC).minusDays(10);
    long midnight = kept.atStartOfDay(ZoneOffset.UTC).toEpochSecond();
    LocalDate gone = kept.minusDays(100);
    for (LocalDate date : List.of(gone, kept)) {
      long seconds = midnight + (date.toEpochDay() - kept.toEpochDay()) * 86_400;
      plant(
          DAY.replace("2026-03-02", date.toString())
              .replace("1772406000", String.valueOf(seconds)));
    }
    query("ALTER RETENTION POLICY autogen ON " + database + " DURATION 50d");
    HistoryStore store = open();
    store.write(batch());
    assertThat(store.days(ANNA, gone, kept)).extracting(DaySummary::date).containsExactly(kept);
  }

  @Test
  void nobodyWritesUntilAnotherProcessCanHaveSeenThatItIsDone() throws Exception {
    plant(DAY);
    for (int i = 0; i < 3; i++) {
      if (i == 1) {
        // One that has moved everything, and was stopped before it could say so.
        query("DROP MEASUREMENT lumbar_schema");
      }
      HistoryStore store = open(LONG, LONG, 500);
      assertThatThrownBy(() -> store.write(batch(day(ANNA, SECOND, ZONE, 9))))
          .isInstanceOf(HistoryUnavailable.class)
          .hasMessageContaining("within a minute");
      assertThat(store.days(ANNA, SECOND, SECOND)).hasSize(1);
    }
    HistoryStore later = open();
    later.write(batch(day(ANNA, SECOND, ZONE, 9)));
    assertThat(later.days(ANNA, SECOND, SECOND)).containsExactly(day(ANNA, SECOND, ZONE, 9));
  }

  @Test
  void whereThereIsNoneOneQuestionAtTheStartIsAll() {
    open(LONG, LONG, 500).write(batch(day(ANNA, SECOND, ZONE, 1)));
    HistoryStore again = open(LONG, LONG, 500);
    int before = influx.requests().size();
    again.write(batch(day(ANNA, SECOND, ZONE, 2)));
    again.write(batch(day(ANNA, SECOND, ZONE, 3)));
    again.days(ANNA, SECOND, SECOND);
    assertThat(influx.requests().subList(before, influx.requests().size()))
        .filteredOn(request -> request.contains("FROM lumbar_schema"))
        .hasSize(1);
  }

  @Test
  void whatIsNotedMayAgeAway() throws Exception {
    HistoryStore store = open();
    NightSummary gone = night(ANNA, SECOND, ZoneId.of("Pacific/Kiritimati"), 2, true);
    store.write(batch(day(ANNA, SECOND, ZONE, 1), gone));
    query("DROP MEASUREMENT lumbar_schema");
    HistoryStore again = open();
    assertThat(revisions(again.dates(ANNA, SECOND, SECOND))).containsExactly(1);
    again.write(batch(day(ANNA, SECOND, ZONE, 2), night(ANNA, SECOND, ZONE, 1, false)));
    assertThat(revisions(again.dates(ANNA, SECOND, SECOND))).containsExactly(2);
  }
}
