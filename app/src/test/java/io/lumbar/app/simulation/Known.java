package io.lumbar.app.simulation;

import io.lumbar.model.Alert;
import io.lumbar.model.Placement;
import io.lumbar.model.Posture;
import io.lumbar.model.PostureObservation;
import io.lumbar.model.WearerId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What could be known of the honest wearer at an instant: everything that had arrived, read or not.
 */
final class Known {
  static final Duration FRESH = Duration.ofMinutes(2);
  private static final Duration BREAK = Duration.ofSeconds(60);

  private final WearerId wearer;
  private final List<Arrived> arrived = new ArrayList<>();

  private record Arrived(PostureObservation posture, Instant at, int number) {}

  Known(WearerId wearer) {
    this.wearer = wearer;
  }

  /** Notes what is about to be appended. */
  void add(Said said, World world) {
    if (said.wearer().equals(wearer) && said.value() instanceof PostureObservation posture) {
      arrived.add(new Arrived(posture, world.now(), world.appended() + 1));
    }
  }

  /**
   * Fails unless the wearer sat for that long, for all that had arrived, and sat still.
   *
   * @param output the alert's record; of a backlog the last two minutes may not have been read
   */
  void requireTrue(Alert alert, World.Output output) {
    Instant before = alert.at().minus(FRESH);
    List<PostureObservation> all =
        arrived.stream()
            .filter(one -> one.number() <= output.appended())
            .filter(one -> one.number() <= output.read() || one.at().isBefore(before))
            .map(Arrived::posture)
            .filter(posture -> posture.posture().isKnown())
            .sorted(Comparator.comparing(PostureObservation::from))
            .toList();
    // The chest tells lying from sitting only while it speaks; beyond that the thigh's word holds.
    List<PostureObservation> thigh =
        all.stream().filter(one -> one.stamp().placement() == Placement.THIGH).toList();
    if (thigh.isEmpty()) {
      return;
    }
    PostureObservation newest = thigh.get(thigh.size() - 1);
    require(seated(newest), alert, "the newest word is " + newest);
    require(
        !reach(newest, alert.at()).isBefore(alert.at().minus(FRESH)),
        alert,
        "nothing new is known");
    require(
        Duration.between(alert.since(), alert.at()).toMinutes() >= alert.step(),
        alert,
        "it is too early");
    for (int i = 0; i < all.size(); i++) {
      PostureObservation one = all.get(i);
      Instant next = i + 1 < all.size() ? all.get(i + 1).from() : alert.at();
      Instant end = earlier(reach(one, alert.at()), one.change() ? next : one.to());
      Instant start = one.from().isBefore(alert.since()) ? alert.since() : one.from();
      require(
          seated(one) || Duration.between(start, end).compareTo(BREAK) < 0,
          alert,
          "meanwhile there was " + one);
    }
  }

  private static Instant reach(PostureObservation one, Instant now) {
    return earlier(one.to(), now);
  }

  private static Instant earlier(Instant a, Instant b) {
    return a.isBefore(b) ? a : b;
  }

  /** Whether a word lets a sitting go on. */
  static boolean seated(PostureObservation one) {
    return one.posture() == Posture.SITTING || one.posture() == Posture.TRAVELLING;
  }

  private static void require(boolean holds, Alert alert, String why) {
    if (!holds) {
      throw new AssertionError("not true when sent: " + alert + ": " + why);
    }
  }
}
