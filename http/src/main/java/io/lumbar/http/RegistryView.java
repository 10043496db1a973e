package io.lumbar.http;

import io.lumbar.model.Device;
import io.lumbar.model.DeviceId;
import io.lumbar.model.Wearer;
import io.lumbar.model.WearerId;
import io.lumbar.model.WearerPartitioner;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What the registry topics say so far. One thread writes, any number read.
 *
 * <p>A tombstone is for good: ids and tokens are drawn once, so that a record behind one comes from
 * a process that had not read it yet.
 */
final class RegistryView {
  private final Map<String, Wearer> wearersById = new ConcurrentHashMap<>();
  private final Map<String, Wearer> wearersByName = new ConcurrentHashMap<>();
  private final Map<String, Wearer> wearersByHash = new ConcurrentHashMap<>();
  private final Map<String, Device> devicesByKey = new ConcurrentHashMap<>();
  private final Map<String, Device> devicesByHash = new ConcurrentHashMap<>();
  private final DeviceIndex byWearer = new DeviceIndex();
  private final DeviceIndex byId = new DeviceIndex();
  private final DeviceIndex byTag = new DeviceIndex();
  private final Set<String> ended = new HashSet<>();

  /** Applies a wearer's newest record; null stands for an erased wearer. */
  void putWearer(String id, @Nullable Wearer wearer) {
    if (wearer == null) {
      ended.add(id);
      devicesByKey.keySet().stream()
          .filter(key -> WearerPartitioner.wearer(key).equals(id))
          .toList()
          .forEach(key -> putDevice(key, null));
    } else if (ended.contains(id)) {
      return;
    }
    Wearer old = wearersById.get(id);
    if (wearer != null) {
      wearersById.put(id, wearer);
      wearersByName.put(wearer.name(), wearer);
      tokenHashes(wearer).forEach(hash -> wearersByHash.put(hash, wearer));
    } else {
      wearersById.remove(id);
    }
    if (old != null && (wearer == null || !wearer.name().equals(old.name()))) {
      wearersByName.remove(old.name(), old);
    }
    if (old != null) {
      Set<String> kept = wearer == null ? Set.of() : tokenHashes(wearer);
      tokenHashes(old).stream()
          .filter(hash -> !kept.contains(hash))
          .forEach(hash -> wearersByHash.remove(hash, old));
    }
  }

  private static Set<String> tokenHashes(Wearer wearer) {
    return Set.copyOf(wearer.tokenHashesAt(Instant.MIN));
  }

  /** Applies a device's newest record; null stands for a revoked token. */
  void putDevice(String key, @Nullable Device device) {
    if (device == null) {
      ended.add(key);
    } else if (ended.contains(key) || ended.contains(device.wearer().value())) {
      return;
    }
    Device old = device == null ? devicesByKey.remove(key) : devicesByKey.put(key, device);
    // First what is new, so that a reader finds the device at every moment.
    if (device != null) {
      index(key, device);
    }
    if (old != null) {
      unindex(key, old, device);
    }
    if (device != null) {
      devicesByHash.put(device.tokenHash(), device);
    } else if (old != null) {
      devicesByHash.remove(old.tokenHash());
    }
  }

  private void index(String key, Device device) {
    byWearer.put(device.wearer().value(), key, device);
    byId.put(device.id().value(), key, device);
    if (device.tagHash() != null) {
      byTag.put(tag(device.wearer(), device.tagHash()), key, device);
    }
  }

  private void unindex(String key, Device old, @Nullable Device device) {
    if (device == null || !device.wearer().equals(old.wearer())) {
      byWearer.remove(old.wearer().value(), key);
    }
    if (device == null || !device.id().equals(old.id())) {
      byId.remove(old.id().value(), key);
    }
    if (old.tagHash() != null && (device == null || !old.tagHash().equals(device.tagHash()))) {
      byTag.remove(tag(old.wearer(), old.tagHash()), key);
    }
  }

  private static String tag(WearerId wearer, String hash) {
    return wearer.value() + "|" + hash;
  }

  Optional<Device> device(String id) {
    return byId.newest(id);
  }

  Optional<Device> deviceByTag(WearerId wearer, String tagHash) {
    return byTag.newest(tag(wearer, tagHash));
  }

  Optional<Device> deviceByHash(String hash) {
    return Optional.ofNullable(devicesByHash.get(hash));
  }

  Optional<Wearer> wearerByHash(String hash) {
    return Optional.ofNullable(wearersByHash.get(hash));
  }

  Optional<Wearer> wearer(String idOrName) {
    Wearer byId = wearersById.get(idOrName);
    return Optional.ofNullable(byId != null ? byId : wearersByName.get(idOrName));
  }

  List<Wearer> wearers() {
    return wearersById.values().stream().sorted(Comparator.comparing(Wearer::name)).toList();
  }

  /** Each device once: under the token that holds, where it has one. */
  List<Device> devicesOf(WearerId wearer) {
    Map<DeviceId, Device> newest = new HashMap<>();
    for (Device device : byWearer.all(wearer.value())) {
      newest.merge(device.id(), device, DeviceIndex::newer);
    }
    return newest.values().stream()
        .sorted(Comparator.comparing(Device::name).thenComparing(Device::id))
        .toList();
  }

  /** All devices of a wearer, each under each of its tokens. */
  List<Device> recordsOf(WearerId wearer) {
    return List.copyOf(byWearer.all(wearer.value()));
  }

  /** A device under each of its tokens. */
  List<Device> recordsOf(Device device) {
    return byId.all(device.id().value()).stream()
        .filter(each -> each.wearer().equals(device.wearer()))
        .toList();
  }
}
