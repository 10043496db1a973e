package io.lumbar.reports.trends;

import io.lumbar.model.Placement;
import java.util.Collection;
import java.util.Optional;

/** Sensors on the trunk, by whose angle bends are counted. */
public final class Trunk {
  private Trunk() {}

  /**
   * Why no bends are known of a time in which postures are.
   *
   * @param sources the placements by which the postures were believed; one that a better one
   *     outranks is not among them
   */
  public static String noBends(Collection<Placement> sources) {
    Optional<Placement> worn = sources.stream().filter(Trunk::isOn).sorted().findFirst();
    return worn.map(
            on ->
                "Bends: the sensor on the "
                    + on.wireName().replace('-', ' ')
                    + " told postures; how far you bent it did not tell, or not for long.")
        .orElse(
            "Bends: they are counted by a sensor on the trunk that tells how far you bend; none"
                + " told it, or not for long.");
  }

  private static boolean isOn(Placement placement) {
    return switch (placement) {
      case CHEST, LOWER_BACK, WAIST -> true;
      case THIGH, TROUSER_POCKET, WRIST, ESTIMATED -> false;
    };
  }
}
