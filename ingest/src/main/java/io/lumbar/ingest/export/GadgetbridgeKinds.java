package io.lumbar.ingest.export;

import io.lumbar.model.Posture;
import java.util.Map;
import java.util.Optional;

/**
 * What the column RAW_KIND says, which every make of watch numbers its own way (from Gadgetbridge's
 * sources). Tables whose numbers are not known tell steps only.
 *
 * @param postures by number; a number that is missing says nothing
 * @param carried the number that means the one before still holds, or the least whole number for
 *     none
 */
record GadgetbridgeKinds(Map<Integer, Posture> postures, int carried) {
  /** No number of a watch; -1 is one, and means unknown. */
  private static final int NONE = Integer.MIN_VALUE;

  private static final GadgetbridgeKinds UNKNOWN = new GadgetbridgeKinds(Map.of(), NONE);
  private static final GadgetbridgeKinds FIRST_MI_BAND =
      new GadgetbridgeKinds(
          Map.of(3, Posture.NOT_WORN, 4, Posture.LYING, 5, Posture.LYING, 6, Posture.NOT_WORN),
          NONE);
  private static final GadgetbridgeKinds HUAMI =
      new GadgetbridgeKinds(
          Map.of(
              2, Posture.RUNNING,
              3, Posture.NOT_WORN,
              6, Posture.NOT_WORN,
              9, Posture.LYING,
              11, Posture.LYING),
          0);
  private static final GadgetbridgeKinds HUAMI_EXTENDED =
      new GadgetbridgeKinds(
          Map.of(
              64, Posture.RUNNING,
              115, Posture.NOT_WORN,
              118, Posture.NOT_WORN,
              120, Posture.LYING,
              121, Posture.LYING,
              122, Posture.LYING),
          NONE);

  static GadgetbridgeKinds of(String table, boolean firstMiBand) {
    return switch (table) {
      case "MI_BAND_ACTIVITY_SAMPLE" -> firstMiBand ? FIRST_MI_BAND : HUAMI;
      case "HUAMI_EXTENDED_ACTIVITY_SAMPLE" -> HUAMI_EXTENDED;
      default -> UNKNOWN;
    };
  }

  Optional<Posture> posture(int kind) {
    return Optional.ofNullable(postures.get(kind));
  }
}
