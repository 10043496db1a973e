package io.lumbar.analytics.aging;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WatermarkTest {
  private static final Horizon TWO_WEEKS = new Horizon(14);

  @Test
  void nothingIsClosedOfWhomNothingIsKnown() {
    assertThat(Watermark.NONE.firstOpen(TWO_WEEKS)).isLessThan(-1_000_000);
    assertThat(Watermark.NONE.isQuiet(20_000, TWO_WEEKS)).isFalse();
    assertThat(Watermark.NONE.closedBefore(20_000)).isEqualTo(Watermark.NONE);
  }

  @Test
  void onlyWhatIsNewerMovesIt() {
    Watermark known = Watermark.NONE.with(100, 20_000);
    assertThat(known.with(90, 19_000)).isSameAs(known);
    assertThat(known.with(90, 20_001)).isEqualTo(new Watermark(100, 20_001, Watermark.NEVER));
    assertThat(known.with(Watermark.NEVER, 20_002).newest()).isEqualTo(100);
    assertThat(known.firstOpen(TWO_WEEKS)).isEqualTo(86);
  }

  @Test
  void whatIsClosedStaysClosedUnderAWiderHorizon() {
    Watermark known = Watermark.NONE.with(100, 20_000).closedBefore(97);
    assertThat(known.firstOpen(new Horizon(50))).isEqualTo(97);
    assertThat(known.closedBefore(60)).isSameAs(known);
  }

  @Test
  void ofWhoIsGoneWhatIsNeededMovesOnWithTheCalendarAndNothingThatFollowsIsClosed() {
    Watermark known = Watermark.NONE.with(100, 20_000);
    assertThat(known.isQuiet(20_014, TWO_WEEKS)).isFalse();
    assertThat(known.isQuiet(20_015, TWO_WEEKS)).isTrue();
    assertThat(known.firstNeeded(20_014, TWO_WEEKS, false)).isEqualTo(86);
    assertThat(known.firstNeeded(20_015, TWO_WEEKS, true)).isEqualTo(101);
    assertThat(known.firstNeeded(20_050, TWO_WEEKS, true)).isEqualTo(136);
    assertThat(known.closedBefore(136).firstOpen(TWO_WEEKS)).isEqualTo(101);
  }

  @Test
  void isReadBackAsItWasWritten() {
    Watermark known = new Watermark(100, 20_000, 86);
    assertThat(Watermark.of(known.bytes())).isEqualTo(known);
    assertThat(known.bytes()).hasSize(13);
    assertThat(Watermark.of(Watermark.NONE.bytes())).isEqualTo(Watermark.NONE);
  }
}
