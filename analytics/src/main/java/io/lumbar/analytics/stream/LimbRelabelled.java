package io.lumbar.analytics.stream;

import io.lumbar.model.Stamp;
import java.time.Instant;
import java.util.List;

/**
 * A thigh or pocket sensor shows another posture than before in a time far from what was measured:
 * a walk told how it is turned, or long stillness that it is not worn. Not written to any topic.
 *
 * @param blocks the starts of ten minutes of UTC
 */
public record LimbRelabelled(Stamp stamp, List<Instant> blocks) {
  public LimbRelabelled {
    blocks = List.copyOf(blocks);
  }
}
