package io.lumbar.app.simulation;

import io.lumbar.model.Wearer;
import io.lumbar.model.WearerId;
import io.lumbar.model.WearerSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/**
 * The wearers of a seed and all that is said of them.
 *
 * @param settled an instant long after everything was said and has come
 */
record Lives(
    Anchor anchor,
    WearerId honest,
    WearerId tangled,
    boolean flies,
    boolean changesSettings,
    List<Wearer> registry,
    List<Said> said,
    Instant settled) {

  /** The instant before which nothing is said. */
  Instant begin() {
    return anchor.date().minusDays(1).atTime(18, 0).atZone(anchor.zone()).toInstant();
  }

  static Lives of(long seed) {
    Random random = new Random(seed);
    Anchor anchor = Anchor.of(seed);
    WearerId honest = new WearerId("w_honest");
    WearerId tangled = new WearerId("w_tangled");
    HonestLife life = new HonestLife(honest, anchor, random);
    List<Said> said = new ArrayList<>(life.said());
    said.addAll(new TangledLife(tangled, anchor, random).said());
    List<Wearer> registry =
        Stream.of(
                new Wearer(honest, "Ada", "", life.zones(), WearerSettings.defaults()),
                new Wearer(
                    tangled,
                    "Bo",
                    "",
                    List.of(new Wearer.ZoneFrom(anchor.zone(), Instant.EPOCH)),
                    WearerSettings.defaults()))
            .toList();
    return new Lives(
        anchor,
        honest,
        tangled,
        life.flies(),
        random.nextInt(4) == 0,
        registry,
        List.copyOf(said),
        anchor.date().plusDays(2).atStartOfDay(anchor.zone()).toInstant().plus(Duration.ofDays(4)));
  }
}
