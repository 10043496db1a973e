package io.lumbar.analytics.stream;

import io.lumbar.model.PostureObservation;
import io.lumbar.model.Stamp;
import java.time.Instant;
import java.util.List;

/**
 * All that our own classifier says about ten minutes of one sensor, in place of whatever it said
 * about them before. Not written to any topic.
 *
 * @param from the start of ten minutes of UTC
 * @param postures classified spans that start within them, in order; the last may hold beyond
 */
public record PosturesJudged(Stamp stamp, Instant from, List<PostureObservation> postures) {
  public PosturesJudged {
    postures = List.copyOf(postures);
  }
}
