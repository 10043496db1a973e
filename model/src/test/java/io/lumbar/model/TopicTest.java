package io.lumbar.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class TopicTest {
  @Test
  void tombstonesOfWearersOutlastEveryInput() {
    assertThat(tombstones(Duration.ZERO)).isEqualTo(Duration.ofDays(400));
    assertThat(tombstones(Duration.ofDays(398))).isEqualTo(Duration.ofDays(400));
    assertThat(tombstones(Duration.ofDays(36_500))).isEqualTo(Duration.ofDays(36_502));
    assertThat(Topic.DEVICES.config(1, false, Duration.ofDays(36_500)))
        .doesNotContainKey("delete.retention.ms");
  }

  private static Duration tombstones(Duration longest) {
    String millis = Topic.WEARERS.config(1, false, longest).get("delete.retention.ms");
    return Duration.ofMillis(Long.parseLong(String.valueOf(millis)));
  }
}
