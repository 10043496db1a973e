package io.lumbar.analytics.motion;

import io.lumbar.model.Posture;

/** Postures as bytes; 0 stands for a second of which nothing was measured. */
final class Labels {
  static final byte NONE = 0;
  static final int COUNT = Posture.values().length + 1;

  private static final Posture[] POSTURES = Posture.values();

  private static final boolean[] KNOWN = new boolean[COUNT];
  private static final boolean[] ON_FEET = new boolean[COUNT];
  private static final boolean[] HAS_STEPS = new boolean[COUNT];

  static {
    for (Posture posture : POSTURES) {
      byte label = of(posture);
      KNOWN[label] = posture.isKnown();
      ON_FEET[label] = posture.isUpright() && posture != Posture.CYCLING;
      HAS_STEPS[label] =
          posture == Posture.WALKING || posture == Posture.RUNNING || posture == Posture.STAIRS;
    }
  }

  private Labels() {}

  static byte of(Posture posture) {
    return (byte) (posture.ordinal() + 1);
  }

  static Posture posture(byte label) {
    return POSTURES[label - 1];
  }

  /** True when the limb was worn and it is known what it did. */
  static boolean isKnown(byte label) {
    return KNOWN[label];
  }

  static boolean isOnFeet(byte label) {
    return ON_FEET[label];
  }

  static boolean hasSteps(byte label) {
    return HAS_STEPS[label];
  }
}
