package io.lumbar.ingest.watch;

import io.lumbar.ingest.watch.SettlingState.Seen;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Tells when a file has come whole: it is not growing any more. Nothing in a file system says so,
 * so that a file counts as whole once size and time of change have stayed the same for ten seconds.
 */
final class Settling {
  static final long QUIET_MILLIS = 10_000;

  private Settling() {}

  /** What is known after a look, and the files that are whole, in order of their names. */
  record Step(SettlingState state, List<Sighting> settled) {}

  static Step look(SettlingState before, List<Sighting> sightings, long nowMillis) {
    Map<Path, Seen> seen = new HashMap<>();
    List<Sighting> settled = new ArrayList<>();
    for (Sighting sighting : sightings) {
      Seen known = before.seen().get(sighting.path());
      boolean same = known != null && known.sighting().equals(sighting);
      Seen now = same && known != null ? known : new Seen(sighting, nowMillis);
      seen.put(sighting.path(), now);
      if (nowMillis - now.sinceMillis() >= QUIET_MILLIS) {
        settled.add(sighting);
      }
    }
    settled.sort(Comparator.comparing(Sighting::path));
    return new Step(new SettlingState(seen), settled);
  }
}
