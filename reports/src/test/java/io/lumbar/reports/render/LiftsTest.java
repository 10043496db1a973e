package io.lumbar.reports.render;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lumbar.model.DaySummary;
import io.lumbar.model.Json;
import io.lumbar.reports.daily.Report;
import io.lumbar.reports.daily.ReportFacts;
import io.lumbar.reports.daily.ReportMaker;
import io.lumbar.reports.trends.DayEntry;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LiftsTest {
  private static final String NO_LIFTS = "Lifted weight: no sensor feels it.";

  @ParameterizedTest
  @EnumSource(names = {"TEXT", "HTML", "EMAIL"})
  void whatWasLoggedIsToldAndNotMissed(ReportFormat format) {
    assertThat(words(format, null)).contains(NO_LIFTS).doesNotContain("You lifted");
    assertThat(words(format, new DaySummary.Lifting(200, 12.5, true)))
        .contains(
            "You lifted 200 kg in all, weight times how often, and at most 12.5 kg at once,"
                + " heavier than usual, as you said.")
        .doesNotContain(NO_LIFTS);
    assertThat(words(format, new DaySummary.Lifting(0, 0, true)))
        .contains("You lifted something heavier than usual, as you said.");
  }

  @Test
  void standsInTheNumbers() {
    Report report = report(new DaySummary.Lifting(200, 20, false));
    assertThat(ReportFormat.CSV.write(report, Optional.empty()))
        .contains("2026-03-04,day,lifted,kilograms,200,,,,,,\r\n");
    assertThat(ReportFormat.JSON.write(report, Optional.empty())).contains("\"volumeKg\" : 200.0");
  }

  private static String words(ReportFormat format, DaySummary.@Nullable Lifting lifting) {
    return format
        .write(report(lifting), Optional.empty())
        .replace('\u00a0', ' ')
        .replaceAll("\\s+", " ");
  }

  private static Report report(DaySummary.@Nullable Lifting lifting) {
    ReportFacts facts = Scenes.goodDay().facts();
    LocalDate day = facts.date().minusDays(1);
    List<DayEntry> entries =
        facts.entries().stream()
            .map(one -> one.date().equals(day) ? with(one, lifting) : one)
            .toList();
    return new ReportMaker(Scene.EXERCISES)
        .make(
            new ReportFacts(
                facts.wearer(),
                facts.date(),
                entries,
                facts.bouts(),
                facts.alerts(),
                facts.decisions()));
  }

  private static DayEntry with(DayEntry entry, DaySummary.@Nullable Lifting lifting) {
    ObjectNode day = Json.mapper().valueToTree(entry.day());
    day.putPOJO("lifting", lifting);
    return new DayEntry(
        entry.date(),
        entry.awake(),
        Json.mapper().convertValue(day, DaySummary.class),
        entry.night(),
        entry.keptOut());
  }
}
