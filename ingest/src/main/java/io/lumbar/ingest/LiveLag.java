package io.lumbar.ingest;

import io.lumbar.model.WearerId;
import java.time.Duration;

/**
 * Tells an import how long live data of a wearer's partition waits at the moment, so that it can
 * stand back. May throw when nobody knows; the import then waits and asks again.
 */
@FunctionalInterface
public interface LiveLag {

  /** For how long the oldest record that is not worked off has been there; zero when none is. */
  Duration of(WearerId wearer);
}
