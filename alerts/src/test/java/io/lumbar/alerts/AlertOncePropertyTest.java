package io.lumbar.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import io.lumbar.alerts.hours.QuietHours;
import io.lumbar.model.Alert;
import io.lumbar.model.AlertResponse;
import io.lumbar.model.Episode;
import io.lumbar.model.EpisodeKind;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class AlertOncePropertyTest {
  private static final Instant NINE = Episodes.at("09:00");
  private static final List<ZoneId> ZONES =
      List.of(Episodes.BERLIN, ZoneId.of("Asia/Tokyo"), ZoneId.of("America/St_Johns"));

  /** A snooze that ends this little later than the one that runs leaves that one's end. */
  private static final Duration SENT_TWICE = Duration.ofMinutes(1);

  @Property(tries = 500)
  void updatesOfOneSittingInAnyOrderNeverAlertAStepTwice(@ForAll long seed) {
    Random random = new Random(seed);
    List<Episode> updates = new ArrayList<>();
    int starts = 1 + random.nextInt(4);
    for (int start = 0; start < starts; start++) {
      Episodes one = Episodes.sitting("09:0" + random.nextInt(10));
      for (int minute = 30; minute < 75; minute += 1 + random.nextInt(12)) {
        int level = minute < 45 ? 30 : minute < 60 ? 45 : 60;
        Episodes update =
            one.until(NINE.plus(Duration.ofMinutes(10 + minute))).level(level).revision(minute);
        updates.add(update.build());
        if (random.nextInt(8) == 0) {
          updates.add(update.takenBack().build());
        }
        if (random.nextInt(8) == 0) {
          updates.add(update.closed().build());
        }
      }
    }
    updates.addAll(updates);
    Collections.shuffle(updates, random);

    Timeline time = new Timeline();
    for (Episode update : updates) {
      Instant now = update.to().plusSeconds(random.nextInt(100));
      time.see(now, update);
      time.tick(now.plusSeconds(random.nextInt(30)));
      if (!time.alerts.isEmpty() && random.nextInt(5) == 0) {
        time.answer("09:45", AlertResponse.Action.SNOOZE, 5 + random.nextInt(20));
      }
    }
    assertThat(time.alerts).extracting(Alert::step).doesNotHaveDuplicates();
  }

  @Property(tries = 200)
  void aRandomDayKeepsItsManners(@ForAll long seed) {
    Random random = new Random(seed);
    Timeline time = new Timeline();
    time.settings = Timeline.quiet("12:00", "13:00");
    Instant now = NINE;
    Instant snoozedUntil = Instant.MIN;
    Set<String> episodeSteps = new HashSet<>();
    Set<String> snoozed = new HashSet<>();
    while (now.isBefore(Episodes.at("18:00"))) {
      Instant start = now.plusSeconds(60 + random.nextInt(1200));
      int minutes = 20 + random.nextInt(100);
      boolean steps = random.nextBoolean();
      Duration lag = Duration.ofSeconds(random.nextInt(4) == 0 ? 1800 : random.nextInt(60));
      for (int minute = 30; minute <= minutes; minute += 1) {
        Episodes kind = steps ? Episodes.inactive("09:00") : Episodes.sitting("09:00");
        Instant end = start.plus(Duration.ofMinutes(minute));
        Episodes update =
            new Episodes(
                kind.wearer(),
                kind.kind(),
                start,
                end,
                end,
                minute - minute % 15,
                true,
                minute,
                false,
                kind.posture(),
                kind.source());
        now = end.plus(lag);
        int before = time.alerts.size();
        time.see(now, update.build());
        time.tick(now);
        for (Alert alert : time.alerts.subList(before, time.alerts.size())) {
          assertThat(episodeSteps.add(alert.episode() + alert.step())).isTrue();
          assertThat(alert.at()).isAfterOrEqualTo(snoozedUntil);
          assertThat(lag).isLessThanOrEqualTo(Duration.ofMinutes(2));
          assertThat(
                  new QuietHours(
                          time.settings.quietFrom(), time.settings.quietTo(), Episodes.BERLIN)
                      .endAt(alert.at()))
              .isEmpty();
          if (random.nextInt(3) == 0) {
            int snooze = 5 + random.nextInt(60);
            var result = time.snooze(alert, now, snooze);
            snoozed.add(alert.id());
            snoozedUntil = result.isAfter(snoozedUntil) ? result : snoozedUntil;
          }
        }
      }
      now = now.isAfter(start) ? now : start;
    }
    for (int i = 1; i < time.alerts.size(); i++) {
      Alert earlier = time.alerts.get(i - 1);
      Alert later = time.alerts.get(i);
      if (!isChosen(earlier, later, snoozed)) {
        assertThat(Duration.between(earlier.at(), later.at()))
            .isGreaterThanOrEqualTo(Duration.ofMinutes(10));
      }
    }
    for (EpisodeKind kind : List.of(EpisodeKind.LONG_SITTING, EpisodeKind.INACTIVE)) {
      List<Alert> ofKind = time.alerts.stream().filter(one -> one.kind() == kind).toList();
      assertThat(ofKind).hasSizeLessThanOrEqualTo(time.settings.alerts().dailyBudget().get(kind));
      for (int i = 1; i < ofKind.size(); i++) {
        Alert earlier = ofKind.get(i - 1);
        Alert later = ofKind.get(i);
        if (!earlier.episode().equals(later.episode())) {
          assertThat(Duration.between(earlier.at(), later.at()))
              .isGreaterThanOrEqualTo(Duration.ofMinutes(30));
        }
      }
    }
  }

  /** Three days whose manners, sittings, delays, answers and timers are drawn by lot. */
  @Property(tries = 300)
  void anyMannersAreKeptOnAnyDays(@ForAll long seed) {
    Random random = new Random(seed);
    Timeline time = new Timeline();
    int cooldown = 10 + random.nextInt(110);
    int spacing = 10 + random.nextInt(30);
    int budget = random.nextInt(7);
    int quiet = random.nextInt(24);
    int start = 6 + random.nextInt(6);
    time.settings = Timeline.quiet(hour(quiet), hour((quiet + 2) % 24));
    time.manners(
        "{'cooldownMinutes':%d,'spacingMinutes':%d,'dailyBudget':{'long-sitting':%d,'inactive':%d,'deep-bend':1},"
                .formatted(cooldown, spacing, budget, budget)
            + "'workingHours':[{'from':'%s','to':'%s'}],'backOff':%b,'repeats':%d}"
                .formatted(hour(start), hour(start + 10), random.nextBoolean(), random.nextInt(5)));
    Instant end = NINE.plus(Duration.ofDays(3));
    Instant snoozedUntil = Instant.MIN;
    Set<String> snoozed = new HashSet<>();
    Instant now = NINE;
    while (now.isBefore(end)) {
      Instant from = now.plusSeconds(60 + random.nextInt(5400));
      for (int bends = random.nextInt(4); bends > 0; bends--) {
        Duration late = Duration.ofSeconds(random.nextInt(240));
        int before = time.alerts.size();
        time.see(
            from, Episodes.bend(from.minus(late).minusSeconds(9), Duration.ofSeconds(9)).build());
        for (Alert alert : time.alerts.subList(before, time.alerts.size())) {
          assertThat(late).isLessThanOrEqualTo(Duration.ofMinutes(2));
          assertThat(alert.at()).isAfterOrEqualTo(snoozedUntil);
        }
        now = from;
        from = from.plusSeconds(60 + random.nextInt(600));
      }
      Episodes kind = random.nextBoolean() ? Episodes.inactive("09:00") : Episodes.sitting("09:00");
      int minutes = 20 + random.nextInt(100);
      boolean holds = random.nextInt(3) == 0;
      Duration lag = Duration.ofSeconds(random.nextInt(5) == 0 ? 7200 : random.nextInt(90));
      for (int minute = 30; minute <= minutes; minute += 1 + random.nextInt(3)) {
        Instant until = from.plus(Duration.ofMinutes(minute));
        Instant horizon = holds ? until.plus(Duration.ofHours(2)) : until;
        now = later(now, until.plus(lag));
        int before = time.alerts.size();
        time.see(
            now,
            new Episodes(
                    kind.wearer(),
                    kind.kind(),
                    from,
                    until,
                    horizon,
                    Math.min(90, minute - minute % 15),
                    true,
                    minute,
                    false,
                    kind.posture(),
                    kind.source())
                .build());
        now = now.plusSeconds(random.nextInt(50));
        time.tick(now);
        for (Alert alert : time.alerts.subList(before, time.alerts.size())) {
          assertThat(alert.at()).isAfterOrEqualTo(snoozedUntil);
          if (alert.since().equals(from)) {
            assertThat(later(until, Freshness.earlier(horizon, alert.at())))
                .isAfterOrEqualTo(alert.at().minus(Duration.ofMinutes(2)));
          }
          if (random.nextInt(4) == 0) {
            snoozedUntil = later(snoozedUntil, snoozed(time, alert, now, 5 + random.nextInt(56)));
            snoozed.add(alert.id());
          }
        }
      }
      Episodes whole =
          new Episodes(
              kind.wearer(),
              kind.kind(),
              from,
              from.plus(Duration.ofMinutes(minutes)),
              from.plus(Duration.ofMinutes(minutes)),
              Math.min(90, minutes - minutes % 15),
              true,
              minutes + 1,
              false,
              kind.posture(),
              kind.source());
      now = later(now, whole.to());
      time.see(now, whole.closed().build());
    }
    assertGatesKept(time.alerts, time, start);
    assertDistancesKept(time.alerts, cooldown, spacing, snoozed);
    time.alerts.stream()
        .collect(
            Collectors.groupingBy(
                alert -> alert.kind() + " " + alert.at().atZone(Episodes.BERLIN).toLocalDate(),
                Collectors.counting()))
        .forEach(
            (day, sent) ->
                assertThat(sent)
                    .as(day)
                    .isLessThanOrEqualTo(day.startsWith(EpisodeKind.DEEP_BEND + " ") ? 1 : budget));
  }

  /**
   * A day with flights, on which snoozes and ends of them come late, twice and in any order: what
   * holds is what was said last of what has come in, and the order of it leaves no trace.
   */
  @Property(tries = 300)
  void wordsAboutSnoozingHoldByWhenTheyWereSaidWhereverTheWearerIs(@ForAll long seed) {
    Random random = new Random(seed);
    Timeline time = new Timeline();
    time.settings = Timeline.quiet("12:00", "13:00");
    time.manners(
        "{'snoozeLimit':10,'repeats':%d,'dailyBudget':{'long-sitting':50}}"
            .formatted(random.nextInt(5)));
    ZoneId zone = Episodes.BERLIN;
    Set<String> told = new HashSet<>();
    Map<String, Integer> words = new HashMap<>();
    List<AlertResponse> onTheWay = new ArrayList<>();
    List<AlertResponse> arrived = new ArrayList<>();
    Instant now = NINE;
    while (now.isBefore(NINE.plus(Duration.ofHours(12)))) {
      Instant from = now.plusSeconds(60 + random.nextInt(1200));
      int minutes = 30 + random.nextInt(100);
      for (int minute = 30; minute <= minutes; minute++) {
        if (random.nextInt(40) == 0) {
          zone = ZONES.get(random.nextInt(ZONES.size()));
        }
        now = from.plus(Duration.ofMinutes(minute)).plusSeconds(random.nextInt(20));
        arrive(time, random, 3, onTheWay, arrived, now);
        int before = time.alerts.size();
        time.see(now, sitting(from, minute, zone));
        time.tick(now);
        for (Alert alert : time.alerts.subList(before, time.alerts.size())) {
          assertThat(told.add(alert.episode() + " " + alert.step())).isTrue();
          assertThat(alert.at()).isAfterOrEqualTo(lastEnd(arrived).minus(SENT_TWICE));
          assertThat(alert.zone()).isEqualTo(zone);
          assertThat(
                  new QuietHours(time.settings.quietFrom(), time.settings.quietTo(), zone)
                      .endAt(alert.at()))
              .isEmpty();
        }
        if (!time.alerts.isEmpty() && random.nextInt(7) == 0) {
          Alert about = time.alerts.get(random.nextInt(time.alerts.size()));
          // Beyond the limit a word changes nothing, which is tested by itself.
          if (words.merge(about.episode(), 1, Integer::sum) <= 10) {
            onTheWay.add(word(random, about, now));
          }
        }
      }
    }
    arrive(time, random, 1, onTheWay, arrived, now);
    AlertState ordered = time.state;
    Collections.shuffle(arrived, random);
    time.state =
        new AlertState(
            ordered.told().stream().map(one -> one.snoozed(0)).toList(),
            ordered.watched(),
            null,
            ordered.heard(),
            ordered.withheld(),
            ordered.trials(),
            ordered.checkIns(),
            List.of());
    for (AlertResponse one : arrived) {
      time.hear(one, now);
    }
    assertThat(time.state.snoozedUntil()).isEqualTo(ordered.snoozedUntil());
    assertThat(time.state.spoken()).isEqualTo(ordered.spoken());
    assertThat(time.state.told()).isEqualTo(ordered.told());
  }

  /** Some of what is on the way comes in, by lot, and some of it twice. */
  private static void arrive(
      Timeline time,
      Random random,
      int oneIn,
      List<AlertResponse> onTheWay,
      List<AlertResponse> arrived,
      Instant now) {
    List<AlertResponse> coming = new ArrayList<>(onTheWay);
    Collections.shuffle(coming, random);
    for (AlertResponse word : coming) {
      if (random.nextInt(oneIn) == 0) {
        Set<AlertState.Heard> before = Set.copyOf(time.state.heard());
        time.hear(word, now);
        arrived.add(word);
        if (random.nextInt(4) > 0) {
          onTheWay.remove(word);
        }
        if (word.endsSnooze()) {
          assertThat(time.state.heard()).containsExactlyInAnyOrderElementsOf(before);
        }
        assertThat(time.state.snoozedUntil())
            .isBetween(lastEnd(arrived).minus(SENT_TWICE), lastEnd(arrived));
      }
    }
  }

  private static AlertResponse word(Random random, Alert about, Instant now) {
    boolean ends = random.nextInt(3) == 0;
    return new AlertResponse(
        about.id(),
        Episodes.ANNA,
        AlertResponse.Action.SNOOZE,
        ends ? null : 5 + random.nextInt(56),
        null,
        now,
        ends ? now : null);
  }

  /** When what was said last ends, of what has come in. */
  private static Instant lastEnd(List<AlertResponse> words) {
    return words.stream()
        .max(Comparator.comparing(AlertResponse::at))
        .map(AlertResponse::snoozedUntil)
        .orElse(Instant.EPOCH.plus(SENT_TWICE));
  }

  private static Episode sitting(Instant from, int minute, ZoneId zone) {
    Episodes one = Episodes.sitting("09:00");
    Instant end = from.plus(Duration.ofMinutes(minute));
    return new Episodes(
            one.wearer(),
            one.kind(),
            from,
            end,
            end,
            Math.min(90, minute - minute % 15),
            true,
            minute,
            false,
            one.posture(),
            one.source())
        .build()
        .withZone(zone);
  }

  /** A snooze beyond the limit changes nothing. */
  private static Instant snoozed(Timeline time, Alert alert, Instant now, int minutes) {
    Instant before = time.state.snoozedUntil();
    Instant end = time.snooze(alert, now, minutes);
    return end.equals(time.state.snoozedUntil()) || before == null ? end : before;
  }

  private static void assertGatesKept(List<Alert> alerts, Timeline time, int start) {
    for (Alert alert : alerts) {
      assertThat(
              new QuietHours(time.settings.quietFrom(), time.settings.quietTo(), Episodes.BERLIN)
                  .endAt(alert.at()))
          .isEmpty();
      assertThat(alert.at().atZone(Episodes.BERLIN).getHour()).isBetween(start, start + 9);
    }
  }

  /**
   * The wearer chose when the sitting is told again; that it is not told before is tested above.
   */
  private static boolean isChosen(Alert earlier, Alert later, Set<String> snoozed) {
    return earlier.episode().equals(later.episode()) && snoozed.contains(earlier.id());
  }

  private static void assertDistancesKept(
      List<Alert> alerts, int cooldown, int spacing, Set<String> snoozed) {
    for (int i = 1; i < alerts.size(); i++) {
      for (int j = 0; j < i; j++) {
        Alert one = alerts.get(j);
        Alert other = alerts.get(i);
        boolean steps = one.episode().equals(other.episode());
        int least =
            one.kind() != other.kind()
                ? spacing
                : steps ? Math.min(15, spacing) : Math.max(cooldown, spacing);
        if (!isChosen(one, other, snoozed)) {
          assertThat(Duration.between(one.at(), other.at()))
              .isGreaterThanOrEqualTo(Duration.ofMinutes(least));
        }
      }
    }
  }

  private static String hour(int hour) {
    return "%02d:00".formatted(hour);
  }

  private static Instant later(Instant a, Instant b) {
    return a.isBefore(b) ? b : a;
  }
}
