package io.lumbar.reports;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class GroupTest {
  private static final LocalDate DAY = LocalDate.of(2026, 3, 2);

  @Test
  void nothingIsToldOfFewerThanTen() {
    GroupRoutes.Day day = GroupRoutes.Day.of(DAY, Collections.nCopies(9, 400.0));

    assertThat(day).isEqualTo(new GroupRoutes.Day(DAY, 0, null, null, null));
  }

  @Test
  void ofMoreTheMiddleIsToldAndTheNumberInTens() {
    List<Double> values = IntStream.rangeClosed(1, 17).mapToObj(i -> (double) i).toList();

    assertThat(GroupRoutes.Day.of(DAY, values))
        .isEqualTo(new GroupRoutes.Day(DAY, 10, 5.0, 9.0, 13.0));
  }
}
