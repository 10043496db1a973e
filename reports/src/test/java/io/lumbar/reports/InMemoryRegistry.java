package io.lumbar.reports;

import io.lumbar.http.Registry;
import io.lumbar.model.Axes;
import io.lumbar.model.Device;
import io.lumbar.model.Placement;
import io.lumbar.model.Wearer;
import io.lumbar.model.WearerId;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;

/** Wearers and devices whose token is their id. */
public final class InMemoryRegistry implements Registry {
  public final List<Wearer> wearers = new CopyOnWriteArrayList<>();
  final List<Device> devices = new CopyOnWriteArrayList<>();

  @Override
  public Optional<Device> deviceByToken(String token) {
    return devices.stream().filter(d -> d.id().value().equals(token)).findFirst();
  }

  @Override
  public Optional<Wearer> wearerByToken(String token) {
    return wearers.stream().filter(w -> w.id().value().equals(token)).findFirst();
  }

  @Override
  public Optional<Wearer> wearer(String idOrName) {
    return wearerByToken(idOrName)
        .or(() -> wearers.stream().filter(w -> w.name().equals(idOrName)).findFirst());
  }

  @Override
  public List<Wearer> wearers() {
    return wearers.stream().sorted(Comparator.comparing(Wearer::name)).toList();
  }

  @Override
  public Optional<Device> device(String id) {
    return devices.stream().filter(d -> d.id().value().equals(id)).findFirst();
  }

  @Override
  public Optional<Device> deviceByTag(WearerId wearer, String tagHash) {
    return Optional.empty();
  }

  @Override
  public List<Device> devicesOf(WearerId wearer) {
    return devices.stream().filter(d -> d.wearer().equals(wearer)).toList();
  }

  @Override
  public Added<Wearer> addWearer(String name, ZoneId zone) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Added<Device> addDevice(
      WearerId wearer, String name, Placement placement, String tagHash, Axes axes) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Added<Device> rotate(Device device, Instant oldUntil) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Added<Wearer> rotate(WearerId wearer, Instant now, Instant oldUntil) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Device setAxes(Device device, Axes axes) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void revoke(Device device) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void erase(Wearer wearer) {
    devices.removeIf(d -> d.wearer().equals(wearer.id()));
    wearers.removeIf(w -> w.id().equals(wearer.id()));
  }

  @Override
  public void update(Wearer wearer) {
    wearers.removeIf(w -> w.id().equals(wearer.id()));
    wearers.add(wearer);
  }

  @Override
  public synchronized Wearer change(WearerId id, UnaryOperator<Wearer> change) {
    update(change.apply(wearer(id.value()).orElseThrow()));
    return wearer(id.value()).orElseThrow();
  }

  @Override
  public void close() {}
}
