package io.lumbar.reports.render;

import io.lumbar.model.Posture;
import io.lumbar.model.SleepPosition;
import org.jspecify.annotations.Nullable;

/** The colours of the page, for formats without its style sheet: six hexadecimal digits. */
final class Shades {
  static final String GROUND = "f1eee5";
  static final String INK = "22302d";
  static final String MUTED = "5b6965";
  static final String ACCENT = "1f6f63";
  static final String SOFT = "dfece7";
  static final String LINE = "e3dfd3";

  /** Between the ground and what is not worn: there is nothing to see. */
  static final String FORGOTTEN = "e0dcd0";

  private Shades() {}

  static String of(Posture posture) {
    return switch (posture) {
      case SITTING -> "c4854a";
      case LYING -> "7283b8";
      case STANDING, UPRIGHT -> "4f98b3";
      case WALKING, RUNNING, STAIRS -> "2f8574";
      case CYCLING -> "62984a";
      case INACTIVE -> "9d8d66";
      case TRAVELLING -> "a3789a";
      case NOT_WORN -> "cfccc2";
      case UNKNOWN -> GROUND;
    };
  }

  static String of(@Nullable SleepPosition position) {
    if (position == null) {
      return "ebe8de";
    }
    return switch (position) {
      case SUPINE -> "7283b8";
      case LEFT -> "5fa0ad";
      case RIGHT -> "8f86bd";
      case THREE_QUARTER_PRONE -> "c29a6b";
      case PRONE -> "b9774a";
    };
  }
}
