package io.lumbar.reports.render;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lumbar.model.DaySummary;
import io.lumbar.model.Experiment;
import io.lumbar.model.HealthCondition;
import io.lumbar.model.Json;
import io.lumbar.model.NightSummary;
import io.lumbar.model.RedFlagAnswer;
import io.lumbar.model.StretchProfile;
import io.lumbar.model.Wearer;
import io.lumbar.reports.daily.Exercises;
import io.lumbar.reports.daily.Report;
import io.lumbar.reports.daily.Report.Exercise;
import io.lumbar.reports.daily.Report.Suggestion;
import io.lumbar.reports.daily.ReportFacts;
import io.lumbar.reports.daily.ReportMaker;
import io.lumbar.reports.trends.DayEntry;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a report suggests to whom. */
class SuitingSuggestionsTest {

  @Test
  void onlyWhatSuitsIsSuggested() {
    List<Suggestion> all =
        suggestions(
            Scenes.restlessNight().facts(),
            profile(Set.of(HealthCondition.OSTEOPOROSIS), false),
            new Table(Set.of("pelvic-tilt", "seated-figure-four"), null));
    assertThat(all.stream().map(Suggestion::exercise).filter(Objects::nonNull))
        .extracting(Exercise::id)
        .containsOnly("pelvic-tilt", "seated-figure-four");
  }

  @Test
  void whereNothingSuitsTheAdviceStandsAlone() {
    List<Suggestion> all =
        suggestions(
            Scenes.restlessNight().facts(),
            profile(Set.of(HealthCondition.CANNOT_STAND), false),
            new Table(Set.of(), null));
    assertThat(all).isNotEmpty().allMatch(one -> one.exercise() == null);
  }

  @Test
  void onADayOfRisingPainThereIsNoExerciseAndNobodyIsSentWalkingWhoCannot() {
    List<Suggestion> all =
        suggestions(
            Scenes.restlessNight().facts(),
            profile(Set.of(HealthCondition.CANNOT_STAND), false),
            new Table(Set.of("pelvic-tilt"), Exercises.HeldBack.RISING));
    assertThat(all).singleElement().matches(one -> one.exercise() == null);
    assertThat(all.get(0).title() + all.get(0).reason())
        .contains("rose on three days", "clinician")
        .doesNotContain("Walk");
  }

  @Test
  void whileASignStandsThereIsNoExerciseAndNoRoutine() {
    StretchProfile told =
        profile(Set.of(), false)
            .answered(new RedFlagAnswer(RedFlagAnswer.Level.EMERGENCY, LocalDate.of(2026, 2, 27)));
    Table table = new Table(Set.of("pelvic-tilt"), Exercises.HeldBack.STOPPED);
    List<Suggestion> all = suggestions(Scenes.restlessNight().facts(), told, table);
    assertThat(all).singleElement().matches(one -> one.exercise() == null);
    assertThat(all.get(0).title() + all.get(0).reason())
        .contains("get help now", "Call 112", "on 27 February");
  }

  /** Whatever the form, and whatever else the wearer tries. */
  @Test
  void whileASignStandsAReportSaysWhomToCallAndNamesNoExercise() {
    StretchProfile told =
        profile(Set.of(), false)
            .answered(new RedFlagAnswer(RedFlagAnswer.Level.EMERGENCY, LocalDate.of(2026, 2, 27)));
    ReportFacts facts = Scenes.restlessNight().facts();
    Experiment stretching =
        new Experiment(
            "s_trial",
            Instant.EPOCH,
            false,
            facts.date().minusDays(3),
            Experiment.Change.EVENING_STRETCH);
    ReportFacts trying =
        new ReportFacts(
            facts.wearer().withSettings(facts.wearer().settings().withStretches(told)),
            facts.date(),
            facts.entries(),
            facts.bouts(),
            facts.alerts(),
            facts.decisions(),
            List.of(stretching));
    Report report =
        new ReportMaker(new Table(Set.of("pelvic-tilt"), Exercises.HeldBack.STOPPED)).make(trying);
    for (ReportFormat format :
        List.of(ReportFormat.HTML, ReportFormat.TEXT, ReportFormat.EMAIL, ReportFormat.JSON)) {
      String text =
          new String(format.bytes(report, Optional.empty()), StandardCharsets.UTF_8)
              .replaceAll("\\s+", " ");
      assertThat(text).as(format.name()).contains("Please get help now", "Call 112");
      assertThat(text.toLowerCase(Locale.ROOT))
          .as(format.name())
          .doesNotContain("stretch in the evening", "evening-stretch", "tilt", "routine today");
    }
  }

  @Test
  void thePainOfCheckInsReachesTheGate() {
    ReportFacts facts = Scenes.restlessNight().facts();
    List<Integer> pains = new ArrayList<>();
    Exercises asks =
        new Exercises() {
          @Override
          public Optional<Exercise> byId(String id) {
            return Optional.empty();
          }

          @Override
          public Optional<HeldBack> heldBack(StretchProfile profile, LocalDate day) {
            pains.add(profile.painOn(day.minusDays(1)));
            return Optional.empty();
          }
        };
    ReportFacts sore =
        new ReportFacts(
            facts.wearer(),
            facts.date(),
            facts.entries().stream().map(SuitingSuggestionsTest::sore).toList(),
            facts.bouts(),
            facts.alerts(),
            facts.decisions());
    suggestions(sore, profile(Set.of(), false), asks);
    assertThat(pains).isNotEmpty().containsOnly(9);
  }

  private static DayEntry sore(DayEntry entry) {
    if (entry.day() == null) {
      return entry;
    }
    ObjectNode day = Json.mapper().valueToTree(entry.day());
    day.put("pain", 9);
    return new DayEntry(
        entry.date(),
        entry.awake(),
        Json.mapper().convertValue(day, DaySummary.class),
        entry.night(),
        entry.keptOut());
  }

  @Test
  void whoWasToldToBendBackwardsHearsNothingOfAnArch() {
    ReportFacts facts = arched(Scenes.restlessNight().facts());
    Table table = new Table(Set.of("pelvic-tilt"), null);
    assertThat(suggestions(facts, profile(Set.of(), false), table))
        .anyMatch(one -> one.reason().contains("arched"));
    assertThat(suggestions(facts, profile(Set.of(), true), table))
        .noneMatch(one -> one.reason().contains("arched"));
  }

  private static ReportFacts arched(ReportFacts facts) {
    return new ReportFacts(
        facts.wearer(),
        facts.date(),
        facts.entries().stream().map(SuitingSuggestionsTest::arched).toList(),
        facts.bouts(),
        facts.alerts(),
        facts.decisions());
  }

  private static DayEntry arched(DayEntry entry) {
    if (entry.night() == null) {
      return entry;
    }
    ObjectNode night = Json.mapper().valueToTree(entry.night());
    night.put("archedMinutes", 95.0);
    return new DayEntry(
        entry.date(),
        entry.awake(),
        entry.day(),
        Json.mapper().convertValue(night, NightSummary.class),
        entry.keptOut());
  }

  private static List<Suggestion> suggestions(
      ReportFacts facts, StretchProfile profile, Exercises exercises) {
    ReportFacts told =
        new ReportFacts(
            facts.wearer().withSettings(facts.wearer().settings().withStretches(profile)),
            facts.date(),
            facts.entries(),
            facts.bouts(),
            facts.alerts(),
            facts.decisions());
    return new ReportMaker(exercises).make(told).suggestions();
  }

  private static StretchProfile profile(Set<HealthCondition> conditions, boolean bendBackwards) {
    return new StretchProfile(
        conditions, bendBackwards, null, null, Set.of(), Set.of(), Collections.emptySortedMap());
  }

  /** A table by hand. */
  private record Table(Set<String> suiting, HeldBack why) implements Exercises {
    @Override
    public Optional<Exercise> byId(String id) {
      return Scene.EXERCISES.byId(id);
    }

    @Override
    public boolean suits(String id, StretchProfile profile, LocalDate day) {
      return suiting.contains(id);
    }

    @Override
    public Optional<HeldBack> heldBack(StretchProfile profile, LocalDate day) {
      return Optional.ofNullable(why);
    }

    @Override
    public Optional<Stopped> stopped(StretchProfile profile, Wearer wearer, Instant at) {
      return why == HeldBack.STOPPED
          ? Optional.of(new Stopped("Please get help now", "Call 112."))
          : Optional.empty();
    }
  }
}
