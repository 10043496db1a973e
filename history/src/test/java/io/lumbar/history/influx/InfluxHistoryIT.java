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
import io.lumbar.model.DaySummary;
import io.lumbar.model.ForgottenDates;
import io.lumbar.model.Posture;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
  void ofADayOfWhichTooLittleIsSeenNowNoTotalStays() throws Exception {
    LocalDate date = LocalDate.parse("2026-03-02");
    String totals = "SELECT sitting_minutes, breaks, bends, steps FROM days";
    store.write(batch(dayWithPain(date, 1)));
    assertThat(influx.query(database, totals)).endsWith(",300,11,40,7000\n");
    store.write(batch(littleSeen(date, 2)));
    assertThat(influx.query(database, totals)).isEmpty();
    assertThat(influx.query(database, "SELECT too_little_seen, awake_seen_minutes FROM days"))
        .endsWith(",true,270\n");
    store.write(batch(dayWithPain(date, 3)));
    assertThat(influx.query(database, totals)).endsWith(",300,11,40,7000\n");
    assertThat(influx.query(database, "SELECT too_little_seen FROM days")).endsWith(",false\n");
  }

  @Test
  void theZerosOfAnOlderVersionGoWithTheNextRevision() throws Exception {
    LocalDate date = LocalDate.parse("2026-03-02");
    store.write(batch(sitting(0, 10)));
    // As a version left them that wrote totals of whatever was seen.
    influxWrite(DateKind.DAY.whole(ANNA, date, 1, Points.json(littleSeen(date, 1))));
    influxWrite(
        "days,local_date=2026-03-02,wearer=w_anna sitting_minutes=0,breaks=0i,bends=40i,steps=7000i "
            + date.atStartOfDay(ZONE).toInstant().toEpochMilli()
            + "000000");
    try (HistoryStore again = reopen()) {
      again.write(batch(littleSeen(date, 2)));
    }
    int before = influx.requests().size();
    try (HistoryStore again = reopen()) {
      again.write(batch(littleSeen(date, 2)));
    }
    assertThat(influx.requests().subList(before, influx.requests().size()))
        .noneMatch(request -> request.contains("DELETE"));
    assertThat(influx.query(database, "SELECT sitting_minutes, breaks, bends, steps FROM days"))
        .isEmpty();
    assertThat(influx.query(database, "SELECT revision FROM days")).endsWith(",2\n");
  }

  private static DaySummary littleSeen(LocalDate date, int revision) {
    return dayWithPain(date, revision)
        .withWear(new DaySummary.Wear(330, 900, 0.3, false))
        .withBending(
            new DaySummary.Bending(
                40, 20, 9, 1, 2, Map.of(), new DaySummary.Bending.Forward(30, 20, 5, 1), 270));
  }

  @Test
  void aWeeksMeansAreThoseOfDaysOfWhichEnoughWasSeen() throws Exception {
    LocalDate monday = LocalDate.parse("2026-03-02");
    store.write(batch(day(ANNA, monday, ZONE, 1), day(ANNA, monday.plusDays(1), ZONE, 3)));
    store.write(batch(littleSeen(monday.plusDays(2), 1)));
    store.expire(null, monday.plusDays(7));
    assertThat(
            influx.query(
                database,
                "SELECT days, days_seen, sitting_minutes, steps, minutes_sitting, pain FROM weeks"))
        .endsWith(",3,2,480.25,7002,480.25,7\n");
  }

  private static final String MEDIANS = "SELECT week_sitting_minutes, week_steps FROM days";

  @Test
  void theMedianOfSevenDaysComesAndGoesWithItsDays() throws Exception {
    LocalDate first = LocalDate.parse("2026-03-02");
    for (int i : new int[] {5, 0, 2, 3}) {
      store.write(batch(day(ANNA, first.plusDays(i), ZONE, 1 + i)));
    }
    assertThat(medians()).containsExactly("5,480.25,7003.5");
    // By a process that knows nothing of the others, long before and in the middle.
    try (HistoryStore again = reopen()) {
      again.write(batch(day(ANNA, first.minusDays(400), ZONE, 1), dayOf(first.plusDays(1), 2)));
    }
    assertThat(medians()).containsExactly("3,480.25,7002.5", "5,480.25,7003");
    store.writersChanged();
    store.write(batch(littleSeen(first.plusDays(2), 4)));
    assertThat(medians()).containsExactly("5,480.25,7003");
    // The days that lost theirs lost nothing else.
    assertThat(influx.query(database, "SELECT sitting_minutes, steps, revision FROM days"))
        .contains(",480.25,7004,4\n");
    store.dropDays(new ForgottenDates(ANNA, at(0), at(120), List.of(first)));
    assertThat(medians()).isEmpty();
    assertThat(store.days(ANNA, first, first.plusDays(9))).hasSize(4);
    assertThat(influx.query(database, "SELECT revision FROM days").lines()).hasSize(1 + 5);
  }

  @Test
  void aDayThatWasDeletedForItsMedianAndNotWrittenAnewComesBack() throws Exception {
    LocalDate first = LocalDate.parse("2026-03-02");
    for (int i = 0; i < 4; i++) {
      store.write(batch(day(ANNA, first.plusDays(i), ZONE, 1)));
    }
    influx.query(database, "DELETE FROM days WHERE local_date = '2026-03-05'");
    store.writersChanged();
    store.write(batch(littleSeen(first, 2)));
    assertThat(medians()).isEmpty();
    assertThat(influx.query(database, "SELECT local_date, sitting_minutes FROM days").lines())
        .hasSize(1 + 3)
        .last()
        .asString()
        .endsWith(",2026-03-05,480.25");
  }

  @Test
  void aMedianThatCannotBeDeletedIsHiddenByAZero() throws Exception {
    LocalDate first = LocalDate.parse("2026-03-02");
    for (int i = 0; i < 4; i++) {
      store.write(batch(day(ANNA, first.plusDays(i), ZONE, 1)));
    }
    assertThat(medians()).containsExactly("3,480.25,7001");
    influx.deleteNothing(true);
    try {
      store.write(batch(littleSeen(first, 2)));
    } finally {
      influx.deleteNothing(false);
    }
    assertThat(medians()).containsExactly("3,0,0");
  }

  private static DaySummary dayOf(LocalDate date, int revision) {
    return day(ANNA, date, ZONE, revision);
  }

  /** Each with its day of the month, from the second on. */
  private List<String> medians() throws Exception {
    return influx.query(database, MEDIANS).lines().skip(1).map(this::median).toList();
  }

  private String median(String line) {
    String[] row = line.split(",");
    Instant midnight = Instant.ofEpochSecond(Long.parseLong(row[2]) / 1_000_000_000);
    int day = midnight.atZone(ZONE).getDayOfMonth() - 2;
    return day + "," + row[3] + "," + row[4];
  }

  private static final String HOURS = "SELECT minutes FROM hours WHERE minutes > 0";

  @Test
  void theHoursOfABoutFollowItsRevisions() throws Exception {
    store.write(batch(bout(ANNA, Posture.SITTING, 50, 190, 1, false)));
    assertThat(hours()).containsExactly("08:50 10.0", "09:00 60.0", "10:00 60.0", "11:00 10.0");
    int before = influx.requests().size();
    store.write(batch(bout(ANNA, Posture.SITTING, 50, 200, 2, false)));
    assertThat(influx.requests()).hasSize(before + 1);
    assertThat(hours()).endsWith("11:00 20.0").hasSize(4);
    store.write(batch(bout(ANNA, Posture.SITTING, 50, 100, 3, false)));
    // One that begins where the former went on.
    store.write(batch(bout(ANNA, Posture.SITTING, 120, 130, 1, false)));
    assertThat(hours()).containsExactly("08:50 10.0", "09:00 40.0", "10:00 10.0");
    try (HistoryStore again = reopen()) {
      again.write(batch(bout(ANNA, Posture.SITTING, 50, 60, 4, false)));
      assertThat(hours()).containsExactly("08:50 10.0", "10:00 10.0");
      again.write(batch(bout(ANNA, Posture.SITTING, 50, 60, 5, true)));
      assertThat(hours()).containsExactly("10:00 10.0");
      again.write(batch(bout(ANNA, Posture.SITTING, 50, 70, 6, false)));
      assertThat(hours()).containsExactly("08:50 10.0", "09:00 10.0", "10:00 10.0");
    }
  }

  @Test
  void theHoursOfARevisionThatLandedUnheardDoNotStay() throws Exception {
    store.write(batch(bout(ANNA, Posture.SITTING, 50, 70, 1, false)));
    influx.loseAnswers(true);
    try {
      assertThatThrownBy(() -> store.write(batch(bout(ANNA, Posture.SITTING, 50, 190, 2, false))))
          .isInstanceOf(HistoryUnavailable.class);
    } finally {
      influx.loseAnswers(false);
    }
    assertThat(hours()).hasSize(4);
    store.write(batch(bout(ANNA, Posture.SITTING, 50, 65, 3, false)));
    assertThat(hours()).containsExactly("08:50 10.0", "09:00 5.0");
  }

  @Test
  void theHoursOfWhatIsForgottenGoAlsoBehindTheSpan() throws Exception {
    store.write(batch(bout(ANNA, Posture.SITTING, 50, 190, 1, false)));
    store.write(batch(bout(ANNA, Posture.STANDING, 190, 200, 1, false)));
    store.write(batch(bout(BEN, Posture.SITTING, 50, 70, 1, false)));
    store.erase(new HistoryStore.Erasure(ANNA, at(0), at(90), at(300)));
    String all = "SELECT minutes FROM hours WHERE wearer = 'w_anna'";
    assertThat(influx.query(database, all).lines()).hasSize(2);
    store.erase(HistoryStore.Erasure.everything(ANNA, at(300)));
    assertThat(influx.query(database, all)).isEmpty();
    assertThat(hours()).containsExactly("08:50 10.0", "09:00 10.0");
    store.expire(at(1_000), null);
    assertThat(hours()).isEmpty();
  }

  private List<String> hours() throws Exception {
    List<String> found = new ArrayList<>();
    for (String line : influx.query(database, HOURS).lines().skip(1).toList()) {
      String[] row = line.split(",");
      Instant from = Instant.ofEpochSecond(Long.parseLong(row[2]) / 1_000_000_000);
      found.add(from.toString().substring(11, 16) + " " + Double.parseDouble(row[3]));
    }
    return found;
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
    try (RealInflux small = RealInflux.start(another, "max-series-per-database = 3");
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
