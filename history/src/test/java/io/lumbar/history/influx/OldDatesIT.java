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
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
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

  private HistoryStore open(Duration settle, Duration atATime) {
    HistoryStore store = InfluxHistory.of(influx.config(database), settle, atATime);
    opened.add(store);
    return store;
  }

  private HistoryStore open() {
    return open(Duration.ZERO, LONG);
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

  /** Days of the 2nd to the 6th, as the older version would have written them. */
  private void plantFive() {
    for (int i = 0; i < 5; i++) {
      plant(
          DAY.replace("2026-03-02", SECOND.plusDays(i).toString())
              .replace("1772406000", String.valueOf(1772406000 + i * 86_400)));
    }
  }

  @Test
  void aLongMoveIsToldOfAndGoesOnWhereItBrokeOff() {
    plantFive();
    HistoryStore first = open(Duration.ZERO, Duration.ZERO);
    HistoryStore reader = open();
    List<DaySummary> days = reader.days(ANNA, SECOND, SECOND.plusDays(9));
    assertThat(days).hasSize(5);
    for (int i = 0; i < 4; i++) {
      assertThatThrownBy(() -> first.write(batch(day(ANNA, SECOND, ZONE, 9))))
          .isInstanceOf(HistoryUnavailable.class)
          .hasMessageStartingWith("moving the days and nights of an older version: " + (i + 1));
      assertThat(reader.days(ANNA, SECOND, SECOND.plusDays(9))).isEqualTo(days);
    }
    // Another process after a restart.
    int before = influx.requests().size();
    HistoryStore second = open();
    second.write(batch(day(ANNA, SECOND, ZONE, 9)));
    assertThat(influx.requests().subList(before, influx.requests().size()))
        .filteredOn(request -> request.contains("record FROM days"))
        .noneMatch(request -> request.contains("'" + SECOND + "'"))
        .anyMatch(request -> request.contains("'" + SECOND.plusDays(4) + "'"));
    assertThat(second.days(ANNA, SECOND, SECOND)).containsExactly(day(ANNA, SECOND, ZONE, 9));
    assertThat(reader.days(ANNA, THIRD, SECOND.plusDays(9))).isEqualTo(days.subList(1, 5));
    // The first finds it done.
    first.write(batch(day(ANNA, SECOND, ZONE, 8)));
    assertThat(first.days(ANNA, SECOND, SECOND)).containsExactly(day(ANNA, SECOND, ZONE, 9));
  }

  @Test
  void nobodyWritesUntilAnotherProcessCanHaveSeenThatItIsDone() {
    plant(DAY);
    for (int i = 0; i < 2; i++) {
      HistoryStore store = open(LONG, LONG);
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
    open(LONG, LONG).write(batch(day(ANNA, SECOND, ZONE, 1)));
    HistoryStore again = open(LONG, LONG);
    int before = influx.requests().size();
    again.write(batch(day(ANNA, SECOND, ZONE, 2)));
    again.write(batch(day(ANNA, SECOND, ZONE, 3)));
    again.days(ANNA, SECOND, SECOND);
    assertThat(influx.requests().subList(before, influx.requests().size()))
        .filteredOn(request -> request.contains("FROM schema"))
        .hasSize(1);
  }

  @Test
  void whatIsNotedMayAgeAway() throws Exception {
    HistoryStore store = open();
    NightSummary gone = night(ANNA, SECOND, ZoneId.of("Pacific/Kiritimati"), 2, true);
    store.write(batch(day(ANNA, SECOND, ZONE, 1), gone));
    query("DROP MEASUREMENT schema");
    HistoryStore again = open(LONG, LONG);
    assertThat(revisions(again.dates(ANNA, SECOND, SECOND))).containsExactly(1);
    again.write(batch(day(ANNA, SECOND, ZONE, 2), night(ANNA, SECOND, ZONE, 1, false)));
    assertThat(revisions(again.dates(ANNA, SECOND, SECOND))).containsExactly(2);
  }
}
