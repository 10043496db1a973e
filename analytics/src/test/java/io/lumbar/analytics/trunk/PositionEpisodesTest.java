package io.lumbar.analytics.trunk;

import static org.assertj.core.api.Assertions.assertThat;

import io.lumbar.analytics.trunk.PositionEpisodes.Episode;
import io.lumbar.analytics.trunk.PositionEpisodes.Stretch;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class PositionEpisodesTest {

  @Test
  void secondsOfFlickerMakeNoEpisode() {
    assertThat(told("back 600, front 3, back 600")).isEqualTo("back 1203");
    assertThat(told("back 600, front 59, back 600")).isEqualTo("back 1259");
    assertThat(told("back 600, front 60, back 600")).isEqualTo("back 600, front 60, back 600");
    assertThat(told("back 600, front 3, left 600")).isEqualTo("back 600, - 3, left 600");
  }

  @Test
  void aLongerUnrestStandsByItself() {
    assertThat(told("back 600, front 30, up 20, front 30, back 600"))
        .isEqualTo("back 600, - 80, back 600");
  }

  @Test
  void aGapEndsAnEpisode() {
    List<Episode<String>> episodes =
        PositionEpisodes.settle(
            List.of(new Stretch<>(0, 90_000, "back"), new Stretch<>(100_000, 200_000, "back")));
    assertThat(episodes).hasSize(2);
  }

  @Property
  void noTimeIsLost(@ForAll @Size(max = 40) List<@IntRange(min = 1, max = 200) Integer> lengths) {
    List<Stretch<String>> raw = new ArrayList<>();
    long at = 0;
    for (int length : lengths) {
      raw.add(new Stretch<>(at, at + length * 1000L, "p" + length % 3));
      at += length * 1000L;
    }
    List<Episode<String>> episodes = PositionEpisodes.settle(raw);
    long sum =
        episodes.stream()
            .flatMap(one -> one.millis().values().stream())
            .mapToLong(Long::longValue)
            .sum();
    assertThat(sum).isEqualTo(at);
    for (int i = 1; i < episodes.size(); i++) {
      assertThat(episodes.get(i).from()).isEqualTo(episodes.get(i - 1).to());
    }
  }

  private static String told(String raw) {
    List<Stretch<String>> stretches = new ArrayList<>();
    long at = 0;
    for (String one : raw.split(", ")) {
      String[] parts = one.split(" ");
      long to = at + Long.parseLong(parts[1]) * 1000;
      stretches.add(new Stretch<>(at, to, parts[0]));
      at = to;
    }
    return PositionEpisodes.settle(stretches).stream()
        .map(one -> one.held().orElse("-") + " " + (one.to() - one.from()) / 1000)
        .collect(Collectors.joining(", "));
  }
}
