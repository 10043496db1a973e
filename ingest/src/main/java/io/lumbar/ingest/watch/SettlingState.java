package io.lumbar.ingest.watch;

import java.nio.file.Path;
import java.util.Map;

/** Which files were seen, and since when each is as it is. */
record SettlingState(Map<Path, Seen> seen) {
  static final SettlingState EMPTY = new SettlingState(Map.of());

  /**
   * A file and since when it has not changed.
   *
   * @param sinceMillis on a clock that only goes on
   */
  record Seen(Sighting sighting, long sinceMillis) {}

  SettlingState {
    seen = Map.copyOf(seen);
  }
}
