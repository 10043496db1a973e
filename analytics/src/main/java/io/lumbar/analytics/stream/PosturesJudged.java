package io.lumbar.analytics.stream;

import io.lumbar.model.DeviceId;
import io.lumbar.model.PostureObservation;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * All that our own classifier says about ten minutes of one device, in place of whatever it said
 * about them before. Not written to any topic.
 *
 * @param from the start of ten minutes of UTC
 * @param postures classified spans that start within them, in order; the last may hold beyond
 */
public record PosturesJudged(DeviceId device, Instant from, List<PostureObservation> postures) {
  /** The length of a block. */
  public static final Duration LENGTH = Duration.ofMinutes(10);

  public PosturesJudged {
    postures = List.copyOf(postures);
  }
}
