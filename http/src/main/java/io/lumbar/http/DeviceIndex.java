package io.lumbar.http;

import io.lumbar.model.Device;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Records of devices by something that they share, such as their wearer. A device has a record for
 * each of its tokens. One thread writes, any number read.
 */
final class DeviceIndex {
  private final Map<String, Map<String, Device>> records = new ConcurrentHashMap<>();

  void put(String shared, String key, Device device) {
    records.computeIfAbsent(shared, unused -> new ConcurrentHashMap<>()).put(key, device);
  }

  void remove(String shared, String key) {
    Map<String, Device> found = records.get(shared);
    if (found != null) {
      found.remove(key);
      if (found.isEmpty()) {
        records.remove(shared);
      }
    }
  }

  Collection<Device> all(String shared) {
    return List.copyOf(records.getOrDefault(shared, Map.of()).values());
  }

  /** One of them; under the token that holds, where there is one. */
  Optional<Device> newest(String shared) {
    return all(shared).stream().reduce(DeviceIndex::newer);
  }

  static Device newer(Device one, Device other) {
    return one.until() == null ? one : other;
  }
}
