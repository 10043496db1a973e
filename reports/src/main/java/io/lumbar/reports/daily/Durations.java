package io.lumbar.reports.daily;

/** Lengths of time as people say them. */
public final class Durations {
  private Durations() {}

  /** Minutes as {@code 2 h 10 min}, {@code 48 min}, {@code 3 h} or {@code under a minute}. */
  public static String words(double minutes) {
    if (minutes > 0 && minutes < 0.5) {
      return "under a minute";
    }
    long whole = Math.round(minutes);
    long hours = whole / 60;
    long rest = whole % 60;
    if (hours == 0) {
      return rest + " min";
    }
    return rest == 0 ? hours + " h" : hours + " h " + rest + " min";
  }
}
