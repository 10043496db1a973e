package io.lumbar.analytics.stream;

import io.lumbar.model.Topic;

/**
 * The names of the topology's nodes: they stand in metrics, and stores keep their place by them.
 */
public final class Nodes {
  public static final String POSTURE = "posture";
  public static final String STEPS = "steps";
  public static final String MOTION = "motion";
  public static final String CHECKINS = "checkins";

  public static final String READ_POSTURE = "read-posture";
  public static final String READ_STEPS = "read-steps";
  public static final String READ_MOTION = "read-motion";
  public static final String READ_CHECKINS = "read-checkins";

  public static final String WEARER_BOOK = "analytics-wearer-book";
  public static final String FORGET_WEARER = "forget-wearer";
  public static final String CLASSIFY_MOTION = "classify-motion";
  public static final String CLASSIFY_TRUNK = "classify-trunk";
  public static final String COUNT_BENDS = "count-bends";
  public static final String DETECT_SITTING = "detect-sitting";
  public static final String KEEP_STATEMENTS = "keep-statements";
  public static final String FIND_NIGHTS = "find-nights";
  public static final String COUNT_STEPS = "count-steps";
  public static final String SUM_DAYS = "sum-days";
  public static final String WATCH_PRESENCE = "watch-presence";
  public static final String FORGET_OLD = "forget-old";

  public static final String TO_BOUTS = "to-bouts";

  /** Not the sink itself: alerts listen here too when they run in the same process. */
  public static final String TO_EPISODES = "publish-episodes";

  public static final String TO_DAYS = "to-days";
  public static final String TO_NIGHTS = "to-nights";
  public static final String TO_CALIBRATIONS = "to-calibrations";
  public static final String TO_DEAD_LETTERS = "analytics-to-dead-letters";

  private Nodes() {}

  /** The sink of an output topic. */
  public static String sinkOf(Topic topic) {
    return switch (topic) {
      case BOUTS -> TO_BOUTS;
      case EPISODES -> "to-episodes";
      case DAYS -> TO_DAYS;
      case NIGHTS -> TO_NIGHTS;
      case CALIBRATIONS -> TO_CALIBRATIONS;
      case DEAD_LETTERS -> TO_DEAD_LETTERS;
      default -> throw new IllegalArgumentException("analytics does not write " + topic);
    };
  }
}
