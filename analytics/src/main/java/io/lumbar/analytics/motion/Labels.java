package io.lumbar.analytics.motion;

import io.lumbar.model.Posture;

/** Postures as bytes; 0 stands for a second of which nothing was measured. */
final class Labels {
  static final byte NONE = 0;
  static final int COUNT = Posture.values().length + 1;

  private static final Posture[] POSTURES = Posture.values();

  private Labels() {}

  static byte of(Posture posture) {
    return (byte) (posture.ordinal() + 1);
  }

  static Posture posture(byte label) {
    return POSTURES[label - 1];
  }
}
