package io.lumbar.alerts.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.lumbar.alerts.delivery.DeliveryPlan.Leg;
import io.lumbar.model.ChannelSettings;
import io.lumbar.model.Delivery;
import io.lumbar.model.Delivery.Outcome;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeliveryPlanTest {
  private static final ChannelSettings ONE = Notices.webhook("one", URI.create("http://a/1"));
  private static final ChannelSettings TWO = Notices.webhook("two", URI.create("http://a/2"));
  private static final ChannelSettings SPARE = Notices.otherwise(TWO);

  @Test
  void whatIsUsedAlwaysStartsAtOnceAndASpareWaits() {
    assertThat(names(plan(ONE, TWO))).containsExactly("one", "two");
    assertThat(names(plan(ONE, SPARE))).containsExactly("one");
    assertThat(names(plan(SPARE, ONE))).containsExactly("two", "one");
  }

  @Test
  void aSpareIsNotNeededWhenOneBeforeItGotThrough() {
    DeliveryPlan plan = plan(ONE, SPARE).started("one").delivered("one");
    assertThat(plan.due()).isEmpty();
    assertThat(plan.isDone()).isTrue();
    assertThat(plan.isMissed()).isFalse();
  }

  @Test
  void aChannelIsTriedFourTimesWithGrowingWaitsAndThenTheNextHasItsTurn() {
    DeliveryPlan plan = plan(ONE, SPARE);
    for (int seconds : new int[] {0, 1, 4, 10}) {
      assertThat(plan.due()).hasSize(1);
      assertThat(plan.due().get(0).pause()).isEqualTo(Duration.ofSeconds(seconds));
      plan = plan.started("one").failed("one", true);
    }
    assertThat(names(plan)).containsExactly("two");
    plan = plan.started("two").failed("two", false);
    assertThat(plan.isMissed()).isTrue();
  }

  @Test
  void whatIsRefusedIsNotTriedAgain() {
    assertThat(names(plan(ONE, SPARE).started("one").failed("one", false))).containsExactly("two");
  }

  @Test
  void whatHasBecomeTooOldDoesNotStart() {
    DeliveryPlan plan = plan(ONE, TWO).started("one").expired();
    assertThat(plan.due()).isEmpty();
    assertThat(plan.isDone()).as("one is under way").isFalse();
    assertThat(plan.delivered("one").isMissed()).isFalse();
    assertThat(plan.failed("one", false).isMissed()).isTrue();
  }

  @Test
  void nobodyToReachIsNotMissed() {
    assertThat(plan().isDone()).isTrue();
    assertThat(plan().isMissed()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "DELIVERED, false, false",
    "FAILED, false, false",
    "RETRYING, false, true",
    "TRYING, true, true",
    "TRYING, false, false"
  })
  void afterACrashTheLogSaysWhoMayBeSpokenToAgain(
      Outcome outcome, boolean tellsRepeats, boolean again) {
    Delivery line = new Delivery("a", Notices.ANNA, "one", outcome, 1, Notices.NOW, null);
    DeliveryPlan plan = DeliveryPlan.of(List.of(ONE), Map.of("one", line), c -> tellsRepeats);
    assertThat(plan.due()).hasSize(again ? 1 : 0);
  }

  private static DeliveryPlan plan(ChannelSettings... channels) {
    return DeliveryPlan.of(List.of(channels), Map.of(), channel -> true);
  }

  private static List<String> names(DeliveryPlan plan) {
    return plan.due().stream().map(Leg::channel).map(ChannelSettings::name).toList();
  }
}
