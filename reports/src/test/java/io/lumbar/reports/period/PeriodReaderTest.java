package io.lumbar.reports.period;

import static org.assertj.core.api.Assertions.assertThat;

import io.lumbar.model.Bout;
import io.lumbar.model.Placement;
import io.lumbar.model.Posture;
import io.lumbar.model.Wearer;
import io.lumbar.model.WearerId;
import io.lumbar.model.WearerSettings;
import io.lumbar.reports.testing.InMemoryHistory;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PeriodReaderTest {
  private static final ZoneId ZONE = ZoneId.of("Europe/Berlin");
  private static final LocalDate MONDAY = LocalDate.of(2026, 3, 2);
  private static final Wearer MIRA =
      new Wearer(
          new WearerId("w_mira"),
          "Mira",
          "00",
          List.of(new Wearer.ZoneFrom(ZONE, Instant.EPOCH)),
          WearerSettings.defaults());

  private final InMemoryHistory history = new InMemoryHistory();

  /** From the local midnight of Monday to that of the next, on more bouts than fit a page. */
  @Test
  void namesTheSensorsOfTheWeekAndNoOthers() {
    Instant begin = MONDAY.atStartOfDay(ZONE).toInstant();
    Instant end = MONDAY.plusDays(7).atStartOfDay(ZONE).toInstant();
    List<Bout> bouts = new ArrayList<>();
    bouts.add(bout(begin.minusSeconds(60), begin, Placement.WRIST));
    for (int i = 0; i < 2_500; i++) {
      bouts.add(bout(begin.plusSeconds(60L * i), begin.plusSeconds(60L * i + 60), Placement.THIGH));
    }
    bouts.add(bout(end.minusSeconds(30), end.plusSeconds(30), Placement.CHEST));
    bouts.add(bout(end.plusSeconds(30), end.plus(Duration.ofHours(1)), Placement.WAIST));
    history.bouts(bouts.toArray(Bout[]::new));

    PeriodReport report = new PeriodReader(history).read(MIRA, Period.of(Period.Kind.WEEK, MONDAY));

    assertThat(report.sources()).containsExactly(Placement.THIGH, Placement.CHEST);
  }

  @Test
  void namesNoneWhereNoneWasWorn() {
    assertThat(new PeriodReader(history).read(MIRA, Period.of(Period.Kind.WEEK, MONDAY)).sources())
        .isEmpty();
  }

  private static Bout bout(Instant from, Instant to, Placement placement) {
    return new Bout(
        "b_" + from.toEpochMilli(),
        MIRA.id(),
        Posture.SITTING,
        from,
        to,
        to,
        ZONE,
        placement,
        false,
        1,
        false,
        Map.of());
  }
}
