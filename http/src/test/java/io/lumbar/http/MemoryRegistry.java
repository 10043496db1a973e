package io.lumbar.http;

import io.lumbar.model.Device;
import io.lumbar.model.DeviceId;
import io.lumbar.model.Placement;
import io.lumbar.model.RandomIds;
import io.lumbar.model.Wearer;
import io.lumbar.model.WearerId;
import io.lumbar.model.WearerPartitioner;
import io.lumbar.model.WearerSettings;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/** A registry without Kafka, for tests of what stands before it. */
final class MemoryRegistry implements Registry {
  private final RegistryView view = new RegistryView();

  @Override
  public Optional<Device> deviceByToken(String token) {
    return view.deviceByHash(Tokens.hash(token));
  }

  @Override
  public Optional<Wearer> wearerByToken(String token) {
    return view.wearerByHash(Tokens.hash(token));
  }

  @Override
  public Optional<Wearer> wearer(String idOrName) {
    return view.wearer(idOrName);
  }

  @Override
  public List<Wearer> wearers() {
    return view.wearers();
  }

  @Override
  public List<Device> devicesOf(WearerId wearer) {
    return view.devicesOf(wearer);
  }

  @Override
  public Added<Wearer> addWearer(String name, ZoneId zone) {
    String token = RandomIds.secret(Tokens.WEARER_PREFIX);
    Wearer wearer =
        new Wearer(
            WearerId.random(),
            name,
            Tokens.hash(token),
            List.of(new Wearer.ZoneFrom(zone, Instant.EPOCH)),
            WearerSettings.defaults());
    update(wearer);
    return new Added<>(wearer, token);
  }

  @Override
  public Added<Device> addDevice(WearerId wearer, String name, Placement placement) {
    String token = RandomIds.secret(Tokens.DEVICE_PREFIX);
    Device device = new Device(DeviceId.random(), name, wearer, placement, Tokens.hash(token));
    view.putDevice(WearerPartitioner.key(wearer, device.tokenHash()), device);
    return new Added<>(device, token);
  }

  @Override
  public void update(Wearer wearer) {
    view.putWearer(wearer.id().value(), wearer);
  }

  @Override
  public void close() {}
}
