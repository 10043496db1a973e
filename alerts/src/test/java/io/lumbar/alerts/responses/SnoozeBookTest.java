package io.lumbar.alerts.responses;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lumbar.alerts.responses.SnoozeBook.Verdict;
import io.lumbar.alerts.responses.Snoozes.Word;
import io.lumbar.model.AlertResponse;
import io.lumbar.model.AlertResponse.Action;
import io.lumbar.model.AlertSettings;
import io.lumbar.model.Json;
import io.lumbar.model.WearerId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SnoozeBookTest {
  private static final Instant START = Instant.parse("2026-03-02T08:00:00Z");

  @Test
  void countsTheSnoozesOfOneSittingOverItsAlerts() {
    List<AlertResponse> past =
        List.of(
            snooze("a_30", 0, 15),
            answer("a_30", Action.DONE, 1, null, null),
            snooze("other", 16, 15),
            snooze("a_45", 32, 15),
            snooze("a_45", 48, 15));
    assertThat(isRefused(4, past, snooze("a_60", 64, 15))).isFalse();
    assertThat(isRefused(3, past, snooze("a_60", 64, 15))).isTrue();
    assertThat(isRefused(0, List.of(), snooze("a_30", 0, 15))).isTrue();
  }

  @Test
  void whereTheSittingIsNotKnownNothingIsCounted() {
    SnoozeBook book =
        SnoozeBook.ofAnswers(
            List.of(snooze("a_30", 0, 15)), manners(0, true), alert -> Optional.empty());
    assertThat(book.counted()).isEmpty();
    assertThat(book.until()).isEqualTo(minute(15));
    assertThat(book.judge(snooze("a_30", 20, 60)))
        .isEqualTo(new Verdict.Kept(snooze("a_30", 20, 60)));
  }

  @Test
  void whatOnlyRepeatsTheRunningSnoozeIsNeverBeyond() {
    List<AlertResponse> past = List.of(snooze("a_30", 0, 60));
    assertThat(isRefused(1, past, snooze("a_30", 1, 15))).isFalse();
    assertThat(isRefused(1, past, snooze("a_30", 0, 61))).isFalse();
    assertThat(isRefused(1, past, snooze("a_30", 1, 61))).isTrue();
    assertThat(isRefused(1, past, snooze("a_30", 61, 15))).isTrue();
  }

  @Test
  void aRepeatWithinTheMinuteMovesTheEndNoFurther() {
    List<AlertResponse> pressed = new ArrayList<>();
    for (int second = 0; second < 600; second += 50) {
      pressed.add(
          new AlertResponse(
              "a_30",
              new WearerId("w_anna"),
              Action.SNOOZE,
              15,
              null,
              START.plusSeconds(second),
              null));
    }
    SnoozeBook book = book(9, false, pressed);
    // Each beyond the first minute is a snooze of its own.
    assertThat(book.used("a")).isGreaterThan(3);
    assertThat(book(1, false, pressed).until()).isEqualTo(minute(15));
    assertThat(book(1, false, pressed.subList(0, 2)).until()).isEqualTo(minute(15));
  }

  @Test
  void aRefusedSnoozeDoesNotRun() {
    List<AlertResponse> past = List.of(snooze("a_30", 0, 15), snooze("a_30", 1, 240));
    SnoozeBook book = book(1, false, past);
    assertThat(book.running(minute(14)).map(Word::until)).contains(minute(15));
    assertThat(book.running(minute(15))).isEmpty();
    assertThat(isRefused(1, past, snooze("a_30", 20, 30))).isTrue();
    assertThat(book.judge(resume("a_30", 16))).isInstanceOf(Verdict.NothingRuns.class);
  }

  @Test
  void theLastWordSaysUntilWhenInWhateverOrderTheWordsCome() {
    List<AlertResponse> words =
        new ArrayList<>(
            List.of(
                snooze("a_30", 0, 60),
                snooze("a_30", 5, 15),
                snooze("b_30", 30, 45),
                snooze("b_30", 40, 10),
                snooze("a_30", 61, 60),
                snooze("a_30", 70, 240),
                resume("a_30", 75)));
    assertThat(until(words, 1)).isEqualTo(minute(60));
    assertThat(until(words, 2)).as("shorter").isEqualTo(minute(20));
    assertThat(until(words, 4)).isEqualTo(minute(50));
    assertThat(until(words, 5)).isEqualTo(minute(121));
    assertThat(until(words, 6)).as("the third of a sitting").isEqualTo(minute(121));
    assertThat(until(words, 7)).as("ended").isEqualTo(minute(75));
    SnoozeBook ordered = book(2, false, words);
    assertThat(ordered.used("a")).isEqualTo(2);
    assertThat(ordered.used("b")).isEqualTo(1);
    assertThat(ordered.counted()).isEqualTo(Map.of("a_30", 2, "b_30", 1));
    Word third = Word.of(words.get(5), minute(70));
    for (int seed = 0; seed < 50; seed++) {
      Collections.shuffle(words, new Random(seed));
      words.add(words.get(0));
      SnoozeBook shuffled = book(2, false, words);
      assertThat(shuffled.until()).isEqualTo(ordered.until());
      assertThat(shuffled.counted()).isEqualTo(ordered.counted());
      assertThat(shuffled.refuses(third)).isTrue();
    }
  }

  @Test
  void whatIsJudgedAloneHoldsAsItWasJudged() {
    Random random = new Random(7);
    for (int round = 0; round < 300; round++) {
      int limit = random.nextInt(4);
      boolean harder = random.nextBoolean();
      List<AlertResponse> kept = new ArrayList<>();
      for (int minute = 0; minute < 200; minute += 1 + random.nextInt(20)) {
        String alert = Stream.of("a_30", "a_45", "b_30").toList().get(random.nextInt(3));
        AlertResponse next =
            random.nextInt(5) == 0
                ? resume(alert, minute)
                : snooze(alert, minute, 5 + random.nextInt(60));
        SnoozeBook before = book(limit, harder, kept);
        Verdict verdict = before.judge(next);
        if (verdict instanceof Verdict.Kept one) {
          kept.add(one.answer());
          Collections.shuffle(kept, random);
          assertThat(book(limit, harder, kept).until())
              .isEqualTo(Snoozes.end(one.answer(), one.answer().at()))
              .isEqualTo(one.answer().snoozedUntil());
          assertThat(one.answer().snoozedUntil()).isBeforeOrEqualTo(Snoozes.end(next, next.at()));
        } else {
          kept.add(next);
          assertThat(book(limit, harder, kept).running(minute(minute)))
              .isEqualTo(before.running(minute(minute)));
          kept.remove(next);
        }
      }
    }
  }

  @Test
  void whereItGetsHarderASnoozeNeverEndsTheRunningOneEarlierUnlessItAsksForThat() {
    List<AlertResponse> past = List.of(snooze("a_30", 0, 60));
    SnoozeBook book = book(3, true, past);
    assertThat(book.judge(snooze("a_30", 0, 60))).as("sent twice").isEqualTo(kept(0, 60));
    assertThat(book.judge(snooze("a_30", 10, 240))).as("longer").isEqualTo(kept(10, 50));
    assertThat(book.judge(snooze("a_30", 10, 20))).as("shorter").isEqualTo(kept(10, 20));
    assertThat(book.judge(snooze("a_30", 50, 60))).as("15 at most").isEqualTo(kept(50, 15));
    List<AlertResponse> twice = List.of(past.get(0), snooze("a_30", 61, 15));
    SnoozeBook second = book(3, true, twice);
    assertThat(second.judge(snooze("a_30", 61, 60))).as("sent twice").isEqualTo(kept(61, 15));
    assertThat(second.judge(snooze("a_30", 77, 60))).as("the third").isEqualTo(kept(77, 5));
    AlertResponse tomorrow = answer("a_30", Action.SNOOZE, 77, null, minute(30 * 60));
    assertThat(second.judge(tomorrow)).isEqualTo(kept(77, 5));
  }

  private static Verdict kept(int atMinute, int minutes) {
    return new Verdict.Kept(snooze("a_30", atMinute, minutes));
  }

  private static boolean isRefused(int limit, List<AlertResponse> past, AlertResponse next) {
    Verdict verdict = book(limit, false, past).judge(next);
    return verdict instanceof Verdict.Refused refused && refused.limit() == limit;
  }

  private static Instant until(List<AlertResponse> words, int first) {
    return book(2, false, words.subList(0, first)).until();
  }

  /** Alerts whose names begin alike are about one sitting. */
  private static SnoozeBook book(int limit, boolean harder, List<AlertResponse> words) {
    return SnoozeBook.ofAnswers(
        words, manners(limit, harder), alert -> Optional.of(alert.substring(0, 1)));
  }

  private static AlertSettings manners(int limit, boolean harder) {
    ObjectNode changed = Json.mapper().valueToTree(AlertSettings.defaults());
    changed.put("snoozeLimit", limit).put("harderSnoozes", harder);
    return Json.mapper().convertValue(changed, AlertSettings.class);
  }

  private static Instant minute(int minute) {
    return START.plusSeconds(60L * minute);
  }

  private static AlertResponse snooze(String alert, int atMinute, int minutes) {
    return answer(alert, Action.SNOOZE, atMinute, minutes, null);
  }

  private static AlertResponse resume(String alert, int atMinute) {
    return answer(alert, Action.SNOOZE, atMinute, null, minute(atMinute));
  }

  private static AlertResponse answer(
      String alert,
      Action action,
      int atMinute,
      @Nullable Integer minutes,
      @Nullable Instant until) {
    return new AlertResponse(
        alert, new WearerId("w_anna"), action, minutes, null, minute(atMinute), until);
  }
}
