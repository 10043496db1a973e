package io.lumbar.alerts.home;

import io.lumbar.model.Bout;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a home is shown of one wearer while bouts come. An upload that was late is worked through
 * bout by bout, and none on the way there was ever the present: so what lags is shown only once
 * nothing more came for a moment, and until then what was shown before stays. Pure; for one thread.
 */
final class HomeView {
  /** Evidence that is not older is about the present, and shown at once. */
  static final Duration LIVE = Duration.ofMinutes(1);

  /** An upload is told in several steps, each well within this of the one before. */
  static final Duration QUIET = Duration.ofSeconds(2);

  private @Nullable Bout newest;
  private @Nullable Bout shown;
  private boolean settled = true;
  private long sawNanos;

  /**
   * Takes the next bout of the wearer, in the order of its topic.
   *
   * @param nanos that passed since any fixed moment, by a clock that never goes back
   */
  void see(Bout next, long nanos) {
    newest = HomeState.newer(newest, next);
    settled = false;
    sawNanos = nanos;
  }

  /**
   * The state to be shown.
   *
   * @param nanos by the clock of {@link #see}
   */
  HomeState state(Instant now, long nanos) {
    if (!settled && (isLive(now) || nanos - sawNanos >= QUIET.toNanos())) {
      shown = newest;
      settled = true;
    }
    return HomeState.of(shown, now);
  }

  private boolean isLive(Instant now) {
    return newest != null
        && newest.open()
        && !newest.retracted()
        && !newest.to().isBefore(now.minus(LIVE));
  }
}
