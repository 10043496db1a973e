package io.lumbar.app.simulation;

import io.lumbar.model.Wearer;
import io.lumbar.model.WearerId;
import io.lumbar.model.WearerSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * The wearers of a seed and all that is said of them: mostly one honest and one tangled day; in one
 * seed of ten three days, in one of twenty a clinic of twelve wearers, and in one of sixteen there
 * is somebody besides of whom raw motion comes.
 *
 * @param begin the instant before which nothing is said
 * @param settled an instant long after everything was said and has come
 */
record Lives(
    Anchor anchor,
    List<Life> lives,
    boolean changesSettings,
    List<Said> said,
    Instant begin,
    Instant settled) {

  /**
   * A wearer.
   *
   * @param wearer as the registry has it from the beginning
   * @param honest true when all that is said is true and leaves no gap
   * @param flight to another zone meanwhile
   */
  record Life(Wearer wearer, boolean honest, Optional<HonestLife.Flight> flight) {
    WearerId id() {
      return wearer.id();
    }
  }

  static Lives of(long seed) {
    Random random = new Random(seed);
    Anchor anchor = Anchor.of(seed);
    int days = seed % 10 == 5 ? 3 : 1;
    int pairs = seed % 20 == 7 ? 6 : 1;
    List<Life> lives = new ArrayList<>();
    List<Said> said = new ArrayList<>();
    for (int i = 0; i < pairs; i++) {
      WearerId honest = new WearerId("w_honest" + i);
      HonestLife life = new HonestLife(honest, anchor, days, random);
      said.addAll(life.said());
      Wearer atHome = wearer(honest, home(anchor));
      Wearer known =
          life.flight()
              .filter(flight -> !flight.isToldLater())
              .map(flight -> atHome.withZone(flight.zone(), flight.at()))
              .orElse(atHome);
      lives.add(new Life(known, true, life.flight()));
      WearerId tangled = new WearerId("w_tangled" + i);
      said.addAll(new TangledLife(tangled, anchor, random).said());
      lives.add(new Life(wearer(tangled, home(anchor)), false, Optional.empty()));
    }
    boolean changesSettings = random.nextInt(4) == 0;
    if (seed % 16 == 9) {
      WearerId moving = new WearerId("w_moving");
      said.addAll(new MovingLife(moving, anchor, random).said());
      lives.add(new Life(wearer(moving, home(anchor)), false, Optional.empty()));
    }
    return new Lives(
        anchor,
        List.copyOf(lives),
        changesSettings,
        List.copyOf(said),
        anchor.date().minusDays(1).atTime(18, 0).atZone(anchor.zone()).toInstant(),
        anchor
            .date()
            .plusDays(days + 1)
            .atStartOfDay(anchor.zone())
            .toInstant()
            .plus(Duration.ofDays(4)));
  }

  /** Who has other settings later on, where anybody has. */
  Life first() {
    return lives.get(0);
  }

  private static Wearer wearer(WearerId id, List<Wearer.ZoneFrom> zones) {
    return new Wearer(id, "Ada", "", zones, WearerSettings.defaults());
  }

  private static List<Wearer.ZoneFrom> home(Anchor anchor) {
    return List.of(new Wearer.ZoneFrom(anchor.zone(), Instant.EPOCH));
  }
}
