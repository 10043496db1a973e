package io.lumbar.ingest.format.homeassistant;

import io.lumbar.model.DeviceId;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * The entities that a device has told of since the start of the process: each becomes a source of
 * its own with a state of its own, so that a device may not have any number of them. Thread-safe.
 */
final class KnownEntities {
  static final int MOST = 64;
  private static final int MOST_DEVICES = 10_000;

  private final Map<DeviceId, Set<String>> known =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<DeviceId, Set<String>> eldest) {
          return size() > MOST_DEVICES;
        }
      };

  /** Whether a device may tell of an entity, which is known from then on. */
  synchronized boolean admits(DeviceId device, String entity) {
    Set<String> entities = known.computeIfAbsent(device, id -> new HashSet<>());
    return entities.contains(entity) || (entities.size() < MOST && entities.add(entity));
  }
}
