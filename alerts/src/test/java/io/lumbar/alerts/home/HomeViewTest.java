package io.lumbar.alerts.home;

import static org.assertj.core.api.Assertions.assertThat;

import io.lumbar.model.Bout;
import io.lumbar.model.Placement;
import io.lumbar.model.Posture;
import io.lumbar.model.WearerId;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HomeViewTest {
  private static final Instant NOW = Instant.parse("2026-03-02T09:00:00Z");
  private static final long QUIET = HomeView.QUIET.toNanos();

  private final HomeView view = new HomeView();

  @Test
  void ofALateUploadOnlyItsEndIsShown() {
    view.see(bout("b_0", Posture.STANDING, -60, -53, true), 0);
    assertThat(view.state(NOW.minusSeconds(53 * 60), 0).posture()).isEqualTo("standing");

    view.see(bout("b_0", Posture.STANDING, -60, -53, false), 10);
    view.see(bout("b_1", Posture.SITTING, -53, -22, true), 20);
    assertThat(view.state(NOW, 30).posture()).isEqualTo("unknown");
    view.see(bout("b_1", Posture.SITTING, -53, -4, true), 40);
    assertThat(view.state(NOW, 50).posture()).isEqualTo("unknown");
    view.see(bout("b_1", Posture.SITTING, -53, -4, false), 60);
    assertThat(view.state(NOW, 70).posture()).isEqualTo("unknown");
    view.see(bout("b_2", Posture.WALKING, -4, 0, true), 80);
    assertThat(view.state(NOW, 90).posture()).isEqualTo("walking");
    assertThat(view.state(NOW, 90).minutes()).isEqualTo(4);
  }

  @Test
  void whatLagsIsShownOnceNothingMoreComes() {
    view.see(bout("b_1", Posture.SITTING, -30, -4, true), 1_000);
    assertThat(view.state(NOW, 1_000).posture()).isEqualTo("unknown");
    view.see(bout("b_1", Posture.SITTING, -30, -3, true), 1_000 + QUIET);
    assertThat(view.state(NOW, 999 + 2 * QUIET).posture()).isEqualTo("unknown");
    assertThat(view.state(NOW, 1_000 + 2 * QUIET).posture()).isEqualTo("sitting");
    assertThat(view.state(NOW, 1_000 + 2 * QUIET).minutes()).isEqualTo(27);
  }

  /** Taken back and replaced, it never was unknown; and for good it is, a moment later. */
  @Test
  void whatIsTakenBackStaysUntilItIsReplacedOrNothingComes() {
    view.see(bout("b_1", Posture.UPRIGHT, -30, 0, true), 0);
    assertThat(view.state(NOW, 0).posture()).isEqualTo("upright");
    view.see(retracted("b_1", Posture.UPRIGHT, -30, 0), 1);
    assertThat(view.state(NOW, 2).posture()).isEqualTo("upright");
    view.see(bout("b_2", Posture.STANDING, -30, 0, true), 3);
    assertThat(view.state(NOW, 4).posture()).isEqualTo("standing");
    view.see(retracted("b_2", Posture.STANDING, -30, 0), 5);
    assertThat(view.state(NOW, 5 + QUIET).posture()).isEqualTo("unknown");
  }

  /** A device that tells of changes only, whose words hold for hours, had no network. */
  @Test
  void thatAWordHoldsForLongDoesNotMakeItNew() {
    Instant from = NOW.minusSeconds(3 * 3600);
    Bout old = bout("b_1", Posture.SITTING, from, from, NOW.plusSeconds(3600), true, false);
    view.see(old, 0);
    assertThat(view.state(NOW, 1).posture()).isEqualTo("unknown");
    assertThat(view.state(NOW, QUIET).posture()).isEqualTo("sitting");
    assertThat(view.state(NOW, QUIET).minutes()).isEqualTo(180);
  }

  private static Bout bout(String id, Posture posture, int from, int to, boolean open) {
    return bout(id, posture, minute(from), minute(to), minute(to), open, false);
  }

  private static Bout retracted(String id, Posture posture, int from, int to) {
    return bout(id, posture, minute(from), minute(to), minute(to), false, true);
  }

  private static Instant minute(int minutes) {
    return NOW.plusSeconds(minutes * 60L);
  }

  private static Bout bout(
      String id,
      Posture posture,
      Instant from,
      Instant to,
      Instant holdsUntil,
      boolean open,
      boolean retracted) {
    return new Bout(
        id,
        new WearerId("w_anna"),
        posture,
        from,
        to,
        holdsUntil,
        ZoneOffset.UTC,
        Placement.THIGH,
        open,
        1,
        retracted,
        Map.of());
  }
}
