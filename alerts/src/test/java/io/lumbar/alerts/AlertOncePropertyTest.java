package io.lumbar.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import io.lumbar.model.Alert;
import io.lumbar.model.AlertResponse;
import io.lumbar.model.Episode;
import io.lumbar.model.EpisodeKind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class AlertOncePropertyTest {
  private static final Instant NINE = Episodes.at("09:00");

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
            snoozedUntil = result.isAfter(snoozedUntil) ? result : snoozedUntil;
          }
        }
      }
      now = now.isAfter(start) ? now : start;
    }
    for (int i = 1; i < time.alerts.size(); i++) {
      Alert earlier = time.alerts.get(i - 1);
      Alert later = time.alerts.get(i);
      assertThat(Duration.between(earlier.at(), later.at()))
          .isGreaterThanOrEqualTo(Duration.ofMinutes(10));
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
}
