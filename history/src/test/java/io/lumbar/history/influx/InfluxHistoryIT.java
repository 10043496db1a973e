package io.lumbar.history.influx;

import static io.lumbar.history.Samples.ANNA;
import static io.lumbar.history.Samples.BEN;
import static io.lumbar.history.Samples.ZONE;
import static io.lumbar.history.Samples.alert;
import static io.lumbar.history.Samples.at;
import static io.lumbar.history.Samples.batch;
import static io.lumbar.history.Samples.bout;
import static io.lumbar.history.Samples.day;
import static io.lumbar.history.Samples.decision;
import static io.lumbar.history.Samples.episode;
import static io.lumbar.history.Samples.night;
import static io.lumbar.history.Samples.sitting;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.influxdb.client.InfluxDBClientFactory;
import com.influxdb.client.InfluxDBClientOptions;
import com.influxdb.client.domain.WritePrecision;
import io.lumbar.history.HistoryStore;
import io.lumbar.history.HistoryStore.HistoryRefused;
import io.lumbar.history.HistoryStore.HistoryUnavailable;
import io.lumbar.history.HistoryStore.Range;
import io.lumbar.history.HistoryStoreContract;
import io.lumbar.history.Samples;
import io.lumbar.model.Alert;
import io.lumbar.model.ForgottenDates;
import io.lumbar.model.Posture;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InfluxHistoryIT extends HistoryStoreContract {
  private static final AtomicInteger DATABASES = new AtomicInteger();
  @TempDir static Path folder;
  private static RealInflux influx;

  private static final String WEEKS = "SELECT local_week, days, steps, nights FROM weeks";

  private String database;

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

  @Override
  protected HistoryStore open() {
    database = "lumbar" + DATABASES.incrementAndGet();
    return InfluxHistory.of(influx.config(database));
  }

  @Override
  protected HistoryStore reopen() {
    return InfluxHistory.of(influx.config(database));
  }

  @AfterEach
  void acceptAgain() {
    influx.refuseWith(0);
  }

  @Test
  void aServerFromBefore18IsWrittenToByItsOwnPath() {
    for (String bucket : List.of("before18", "before18/autogen")) {
      try (HistoryStore old = InfluxHistory.of(influx.direct(bucket))) {
        old.write(batch(bout(ANNA, Posture.SITTING, 0, 30, 1, false)));
        old.write(batch(bout(ANNA, Posture.SITTING, 40, 60, 1, false)));
        assertThat(old.bouts(ANNA, Posture.SITTING, Range.all(10)).items()).hasSize(2);
      }
    }
  }

  @Test
  void whatExpiresLeavesTheMeansOfEachWeek() throws Exception {
    LocalDate monday = LocalDate.of(2026, 3, 2);
    try (HistoryStore store = open()) {
      for (int i = 0; i < 9; i++) {
        store.write(batch(day(ANNA, monday.plusDays(i), ZONE, 1 + i)));
      }
      store.expire(null, monday.plusDays(1));
      String made = influx.query(database, WEEKS);
      assertThat(made)
          .contains("2026-W10,7,7004,0")
          .contains(String.valueOf(monday.atStartOfDay(ZONE).toInstant().getEpochSecond()))
          .doesNotContain("W11");

      // Its Monday is gone now, and nothing of the week is lost by that.
      store.expire(null, monday.plusDays(8));
      assertThat(influx.query(database, WEEKS))
          .contains("2026-W10,7,7004,0", "2026-W11,2,7008.5,0");
      assertThat(store.days(ANNA, monday, monday.plusDays(20))).hasSize(1);

      store.expireLasting(null, monday.plusDays(90));
      store.expireLasting(monday.plusDays(6), null);
      assertThat(influx.query(database, WEEKS)).contains("W10");
      store.expireLasting(monday.plusDays(7), null);
      assertThat(influx.query(database, WEEKS)).doesNotContain("W10").contains("W11");

      store.erase(HistoryStore.Erasure.everything(ANNA, at(0)));
      assertThat(influx.query(database, WEEKS)).doesNotContain("W11");
    }
  }

  @Test
  void aLookAtItsHealthOpensNoSeries() throws Exception {
    store.write(batch(sitting(0, 10)));
    int before = influx.requests().size();
    assertThat(store.check().ok()).isTrue();
    assertThat(influx.requests()).hasSize(before + 1);
    String asked = "SELECT id FROM bouts WHERE wearer = '-' AND time >= now() - 1m LIMIT 1";
    assertThat(influx.query(database, "EXPLAIN SELECT id FROM bouts")).contains("NUMBER OF SERIES");
    assertThat(influx.query(database, "EXPLAIN " + asked)).doesNotContain("NUMBER OF SERIES");
  }

  @Test
  void manyAlertsOfAnErasedWearerAreNotDeletedOneByOne() throws Exception {
    List<Alert> alerts = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      alerts.add(alert(ANNA, i * 10, i * 10 + 30, "told"));
    }
    Alert other = alert(BEN, 0, 30, "told");
    store.write(batch(alerts));
    store.write(batch(other));
    int before = influx.requests().size();
    store.erase(HistoryStore.Erasure.everything(ANNA, at(6_000)));
    assertThat(influx.requests().size() - before).isLessThan(10);
    assertThat(influx.query(database, "SELECT id, wearer FROM alert_ids"))
        .doesNotContain("w_anna")
        .contains("w_ben", other.id())
        .doesNotContain(alerts.get(0).id());
    assertThat(store.alert(alerts.get(0).id())).isEmpty();
    assertThat(store.alert(other.id())).isPresent();
  }

  @Test
  void whatAnotherWriterWroteMeanwhileIsSeenOnceItIsSaid() {
    LocalDate date = LocalDate.parse("2026-03-02");
    store.write(batch(day(ANNA, date, ZONE, 1)));
    try (HistoryStore other = reopen()) {
      other.write(batch(dayWithPain(date, 2)));
    }
    store.writersChanged();
    // The older one comes again, and then one that has no pain.
    store.write(batch(day(ANNA, date, ZONE, 1)));
    assertThat(store.days(ANNA, date, date)).containsExactly(dayWithPain(date, 2));
    store.write(batch(day(ANNA, date, ZONE, 3)));
    assertThat(pain()).doesNotContain("7");
  }

  @Test
  void daysAndNightsOfAWearerAreOneSeries() throws Exception {
    LocalDate date = LocalDate.parse("2026-03-02");
    for (int i = 0; i < 5; i++) {
      store.write(batch(day(ANNA, date.plusDays(i), ZONE, 1), day(BEN, date.plusDays(i), ZONE, 1)));
      store.write(batch(night(ANNA, date.plusDays(i), ZONE, 1, false)));
    }
    int before = influx.requests().size();
    HistoryStore.Dates dates = store.dates(ANNA, date.plusDays(1), date.plusDays(3));
    assertThat(dates.days()).hasSize(3);
    assertThat(dates.nights()).hasSize(3);
    List<String> requests = influx.requests().subList(before, influx.requests().size());
    assertThat(requests).hasSize(1);
    String asked = requests.get(0).replaceAll("(?s).*(SELECT [^&]*).*", "$1");
    assertThat(influx.query(database, "EXPLAIN " + asked)).contains("NUMBER OF SERIES: 1");
  }

  @Test
  void aNightThatComesBackLeavesNothingOfItsRetraction() throws Exception {
    LocalDate date = LocalDate.parse("2026-03-02");
    store.write(batch(night(ANNA, date, ZONE, 1, true)));
    // By a process that cannot know where the retraction stands.
    try (HistoryStore again = reopen()) {
      again.write(batch(night(ANNA, date, ZoneId.of("Pacific/Kiritimati"), 2, false)));
    }
    assertThat(influx.query(database, "SELECT revision, retracted FROM nights").lines()).hasSize(2);
  }

  @Test
  void whatIsDroppedIsOutOfReachWhereTheServerCannotDelete() throws Exception {
    LocalDate date = LocalDate.parse("2026-03-02");
    store.write(batch(day(ANNA, date, ZONE, 3), night(ANNA, date, ZONE, 3, false)));
    influx.deleteNothing(true);
    try {
      store.dropDays(new ForgottenDates(ANNA, at(0), at(120), List.of(date)));
    } finally {
      influx.deleteNothing(false);
    }
    assertThat(store.days(ANNA, date, date)).isEmpty();
    assertThat(store.nights(ANNA, date, date)).hasSize(1);
    store.write(batch(day(ANNA, date, ZONE, 1)));
    assertThat(store.days(ANNA, date, date)).hasSize(1);
  }

  @Test
  void anErasedWearersDaysAreOutOfReachWhereTheServerCannotDelete() throws Exception {
    LocalDate date = LocalDate.parse("2026-03-02");
    store.write(batch(day(ANNA, date, ZONE, 3), night(ANNA, date, ZONE, 3, false)));
    store.write(batch(day(BEN, date, ZONE, 3)));
    influx.deleteNothing(true);
    try {
      store.erase(HistoryStore.Erasure.everything(ANNA, at(0)));
    } finally {
      influx.deleteNothing(false);
    }
    assertThat(store.dates(ANNA, date, date).days()).isEmpty();
    assertThat(store.dates(ANNA, date, date).nights()).isEmpty();
    assertThat(influx.query(database, "SELECT record FROM dates WHERE record != ''"))
        .doesNotContain("w_anna")
        .contains("w_ben");
  }

  @Test
  void aRetractedNightThatComesAgainDeletesNothing() {
    LocalDate date = LocalDate.parse("2026-03-02");
    store.write(batch(night(ANNA, date, ZONE, 1, true)));
    try (HistoryStore again = reopen()) {
      int before = influx.requests().size();
      again.write(batch(night(ANNA, date, ZONE, 1, true)));
      assertThat(influx.requests().subList(before, influx.requests().size()))
          .noneMatch(request -> request.contains("DELETE"));
    }
  }

  @Test
  void aFieldOfARevisionThatLandedUnheardDoesNotStay() {
    LocalDate date = LocalDate.parse("2026-03-02");
    store.write(batch(day(ANNA, date, ZONE, 4)));
    influx.loseAnswers(true);
    try {
      assertThatThrownBy(() -> store.write(batch(dayWithPain(date, 5))))
          .isInstanceOf(HistoryUnavailable.class);
    } finally {
      influx.loseAnswers(false);
    }
    assertThat(pain()).endsWith(",7\n");
    store.write(batch(day(ANNA, date, ZONE, 6)));
    assertThat(pain()).isEmpty();
  }

  @Override
  protected String storedDays() throws Exception {
    // A column stands in the answer where any point has the field.
    StringBuilder found = new StringBuilder(influx.query(database, "SELECT record FROM dates"));
    for (String field : influx.query(database, "SHOW FIELD KEYS FROM days").lines().toList()) {
      String name = field.split(",")[2];
      String values = influx.query(database, "SELECT \"" + name + "\" FROM days");
      found.append(values);
    }
    return found.toString();
  }

  @Test
  void overAPointThatCannotBeDeletedZerosHideWhatIsForgotten() throws Exception {
    LocalDate date = LocalDate.parse("2026-03-02");
    store.write(batch(day(ANNA, date, ZONE, 1)));
    influx.deleteNothing(true);
    try {
      store.write(batch(Samples.forgotten(ANNA, date, 2)));
    } finally {
      influx.deleteNothing(false);
    }
    assertThat(influx.query(database, "SELECT sitting_minutes, steps, coverage_minutes FROM days"))
        .endsWith(",0,0,0\n");
  }

  private String pain() {
    try {
      return influx.query(database, "SELECT pain FROM days");
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void constructionAsksNothing() {
    int before = influx.requests().size();
    open().close();
    assertThat(influx.requests()).hasSize(before);
  }

  @Test
  void createsItsDatabaseOnTheFirstWrite() throws Exception {
    assertThat(influx.query(database, "SHOW DATABASES")).doesNotContain("," + database + "\n");
    store.write(batch(sitting(0, 10)));
    assertThat(influx.query(database, "SHOW DATABASES")).contains("," + database + "\n");
  }

  @Test
  void sittingBoutIsOnePointByWearerAndStart() throws Exception {
    store.write(batch(bout(ANNA, Posture.SITTING, 0, 10, 1, false)));
    store.write(batch(bout(ANNA, Posture.SITTING, 0, 25, 2, false)));
    store.write(batch(bout(ANNA, Posture.SITTING, 30, 40, 1, true)));
    assertThat(
            influx.query(
                database,
                "SELECT id, seconds, revision FROM bouts WHERE wearer = 'w_anna' AND posture ="
                    + " 'sitting' AND retracted = false"))
        .isEqualTo(
            """
            name,tags,time,id,seconds,revision
            bouts,,1772438400000000000,%s,1500,2
            """
                .formatted(sitting(0, 10).id()));
  }

  @Test
  void dayIsStampedAtLocalMidnight() throws Exception {
    store.write(batch(day(ANNA, LocalDate.parse("2026-03-29"), ZONE, 1)));
    assertThat(influx.query(database, "SELECT local_date, sitting_minutes, steps FROM days"))
        .isEqualTo(
            """
            name,tags,time,local_date,sitting_minutes,steps
            days,,1774738800000000000,2026-03-29,480.25,7001
            """);
  }

  @Test
  void ofADayWrittenAnewNoFieldStaysThatItHasNoMore() throws Exception {
    LocalDate date = LocalDate.parse("2026-03-02");
    store.write(batch(dayWithPain(date, 1), night(ANNA, date, ZONE, 1, false)));
    String pain = "SELECT pain, stiffness, bends, minutes_lying FROM days";
    assertThat(influx.query(database, pain)).endsWith(",7,4,40,60\n");
    String night = "SELECT shifts_per_hour, minutes_left FROM nights";
    assertThat(influx.query(database, night)).endsWith(",1.05,300.5\n");

    // By a process that has not written it itself.
    try (HistoryStore again = reopen()) {
      again.write(batch(day(ANNA, date, ZONE, 2), night(ANNA, date, ZONE, 2, true)));
    }
    assertThat(influx.query(database, pain)).isEmpty();
    assertThat(influx.query(database, "SELECT sitting_minutes FROM days")).endsWith(",480.25\n");
    assertThat(influx.query(database, "SELECT shifts_per_hour FROM nights")).isEmpty();

    // By one that has.
    store.write(batch(dayWithPain(date, 3)));
    store.write(batch(day(ANNA, date, ZONE, 4)));
    assertThat(influx.query(database, pain)).isEmpty();
  }

  @Test
  void aDayOfAnotherZoneTakesThePlaceOfTheOlderPoint() throws Exception {
    LocalDate date = LocalDate.parse("2026-03-02");
    store.write(batch(day(ANNA, date, ZONE, 1)));
    store.write(batch(day(ANNA, date, ZoneId.of("Pacific/Kiritimati"), 2)));
    assertThat(influx.query(database, "SELECT revision FROM days").lines()).hasSize(2);
  }

  @Test
  void whatKeepsItsFieldsIsOverwrittenWithoutADeletion() {
    LocalDate date = LocalDate.parse("2026-03-02");
    store.write(batch(day(ANNA, date, ZONE, 1)));
    int before = influx.requests().size();
    store.write(batch(day(ANNA, date, ZONE, 2)));
    assertThat(influx.requests().subList(before, influx.requests().size()))
        .containsExactly("POST /api/v2/write");
  }

  @Test
  void readsADayWithoutTheYearsBefore() {
    store.write(batch(sitting(-1440 * 400, -1440 * 400 + 10), sitting(0, 10)));
    int before = influx.requests().size();
    store.bouts(ANNA, null, new Range(at(0), at(1440), 100, null));
    assertThat(influx.requests().subList(before, influx.requests().size()))
        .filteredOn(request -> request.contains("SELECT record FROM bouts"))
        .singleElement()
        .asString()
        .contains("time >= " + at(-1440).toEpochMilli() + "ms");
  }

  @Test
  void packsWhatItWrites() {
    store.write(batch(sitting(0, 10)));
    assertThat(influx.encodings()).contains("gzip");
  }

  @Test
  void writesIntoANamedRetentionPolicy() throws Exception {
    influx.query("", "CREATE DATABASE kept");
    influx.query("", "CREATE RETENTION POLICY long ON kept DURATION INF REPLICATION 1");
    try (HistoryStore kept = InfluxHistory.of(influx.config("kept/long"))) {
      kept.write(batch(sitting(0, 10)));
      assertThat(kept.bouts(ANNA, null, Range.all(10)).items()).hasSize(1);
    }
    assertThat(influx.query("kept", "SELECT count(id) FROM kept.long.bouts")).contains(",1\n");
    assertThat(influx.query("kept", "SELECT count(id) FROM kept.autogen.bouts").strip()).isEmpty();
  }

  @Test
  void asksForRevisionsOnlyOnce() {
    store.write(batch(sitting(0, 10), sitting(10, 20)));
    int before = influx.requests().size();
    store.write(batch(bout(ANNA, Posture.SITTING, 10, 30, 2, false)));
    assertThat(influx.requests().subList(before, influx.requests().size()))
        .containsExactly("POST /api/v2/write");
  }

  @Test
  void laterReplayOfOlderRevisionsDoesNotReachTheServer() throws Exception {
    store.write(batch(bout(ANNA, Posture.SITTING, 0, 30, 3, false)));
    try (HistoryStore again = reopen()) {
      int before = influx.requests().size();
      again.write(batch(bout(ANNA, Posture.SITTING, 0, 10, 1, false)));
      assertThat(influx.requests().subList(before, influx.requests().size()))
          .noneMatch(request -> request.contains("write"));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 404, 429, 500, 503})
  void saysThatItIsAwayAndTakesTheSameBatchLater(int status) {
    influx.refuseWith(status);
    assertThatThrownBy(() -> store.write(batch(sitting(0, 10))))
        .isInstanceOf(HistoryUnavailable.class);
    assertThatThrownBy(() -> store.bouts(ANNA, null, Range.all(10)))
        .isInstanceOf(HistoryUnavailable.class);
    assertThat(store.check().ok()).isFalse();

    influx.refuseWith(0);
    store.write(batch(sitting(0, 10)));
    assertThat(store.bouts(ANNA, null, Range.all(10)).items()).hasSize(1);
  }

  @Test
  void aLimitOfTheServerIsUnavailableAndNoFaultOfTheRecord(@TempDir Path another) throws Exception {
    try (RealInflux small = RealInflux.start(another, "max-series-per-database = 2");
        HistoryStore cramped = InfluxHistory.of(small.config("lumbar"))) {
      cramped.write(batch(sitting(0, 10)));
      assertThatThrownBy(() -> cramped.write(batch(decision(ANNA, 0, "sent", 30))))
          .isInstanceOf(HistoryUnavailable.class)
          .hasMessageContaining("limit exceeded");
    }
  }

  @Test
  void nobodyThereIsUnavailable() {
    try (HistoryStore nobody =
        InfluxHistory.of(new InfluxConfig("http://127.0.0.1:1", "secret", "-", "lumbar"))) {
      assertThatThrownBy(() -> nobody.write(batch(sitting(0, 10))))
          .isInstanceOf(HistoryUnavailable.class)
          .hasMessageContaining("127.0.0.1:1")
          .hasMessageNotContaining("secret");
      assertThat(nobody.check().ok()).isFalse();
    }
  }

  @Test
  void fieldOfAnotherTypeIsRefusedWithoutItsValues() throws Exception {
    store.write(batch(sitting(-10, 0)));
    // Somebody's script has taken the name of a field for a number.
    influxWrite("alerts,wearer=w_anna,kind=long-sitting text=1i 1772440200000000000");
    assertThatThrownBy(() -> store.write(batch(alert(ANNA, 0, 30, "my secret pain"))))
        .isInstanceOf(HistoryRefused.class)
        .hasMessageContaining("field type conflict")
        .hasMessageNotContaining("my secret pain");
  }

  private void influxWrite(String line) throws Exception {
    try (var client =
        InfluxDBClientFactory.create(
            InfluxDBClientOptions.builder().url(influx.url()).org("-").bucket(database).build())) {
      client.getWriteApiBlocking().writeRecord(WritePrecision.NS, line);
    }
  }

  @Test
  void errorInsideASuccessfulAnswerIsNoEmptyList() throws Exception {
    store.write(batch(sitting(0, 10)));
    try (InfluxConnection connection = new InfluxConnection(influx.config(database))) {
      assertThatThrownBy(() -> connection.query("SELECT percentile(id) FROM bouts"))
          .isInstanceOf(HistoryUnavailable.class);
      assertThat(connection.query("SELECT id FROM nothing; SELECT id FROM bouts")).hasSize(1);
    }
  }

  @Test
  void barriersOfOneBatchStayApart() {
    store.write(
        batch(
            new HistoryStore.PassedBarrier(ANNA, "i_1", "lumbar.bouts.v1"),
            new HistoryStore.PassedBarrier(ANNA, "i_2", "lumbar.bouts.v1"),
            new HistoryStore.PassedBarrier(ANNA, "i_1", "lumbar.episodes.v1"),
            new HistoryStore.PassedBarrier(ANNA, "i_2", "lumbar.episodes.v1"),
            new HistoryStore.PassedBarrier(ANNA, "i_1", "lumbar.days.v1"),
            new HistoryStore.PassedBarrier(ANNA, "i_1", "lumbar.nights.v1"),
            new HistoryStore.PassedBarrier(ANNA, "i_2", "lumbar.nights.v1"),
            new HistoryStore.PassedBarrier(ANNA, "i_2", "lumbar.days.v1")));
    assertThat(store.passed(ANNA, "i_1")).isTrue();
    assertThat(store.passed(ANNA, "i_2")).isTrue();
  }

  @Test
  void everyQueryOfTheDocumentationFindsSomething() throws Exception {
    store.write(
        batch(
            sitting(0, 40),
            episode(ANNA, 0, 40, 1, false),
            alert(ANNA, 0, 30, "text"),
            decision(ANNA, 0, "sent", 30),
            day(ANNA, LocalDate.parse("2026-03-02"), ZONE, 1)));
    List<String> queries =
        Pattern.compile("```influxql\n(.*?)\n```", Pattern.DOTALL)
            .matcher(Files.readString(Path.of("..", "docs", "history.md")))
            .results()
            .map(match -> match.group(1))
            .toList();
    assertThat(queries).hasSizeGreaterThan(5);
    for (String query : queries) {
      assertThat(influx.query(database, query).lines()).as(query).hasSize(2);
    }
  }
}
