package io.lumbar.alerts.stretches;

import io.lumbar.http.Registry;
import io.lumbar.model.Axes;
import io.lumbar.model.Device;
import io.lumbar.model.Placement;
import io.lumbar.model.Wearer;
import io.lumbar.model.WearerId;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A registry of one. */
public class OneWearer implements Registry {
  private volatile Wearer wearer;

  public OneWearer(Wearer wearer) {
    this.wearer = wearer;
  }

  @Override
  public Optional<Wearer> wearer(String idOrName) {
    return Optional.of(wearer)
        .filter(one -> one.id().value().equals(idOrName) || one.name().equals(idOrName));
  }

  @Override
  public List<Wearer> wearers() {
    return List.of(wearer);
  }

  @Override
  public void update(Wearer changed) {
    wearer = changed;
  }

  @Override
  public Optional<Device> deviceByToken(String token) {
    return Optional.empty();
  }

  @Override
  public Optional<Wearer> wearerByToken(String token) {
    return wearer(token);
  }

  @Override
  public Optional<Device> device(String id) {
    return Optional.empty();
  }

  @Override
  public Optional<Device> deviceByTag(WearerId owner, String tagHash) {
    return Optional.empty();
  }

  @Override
  public List<Device> devicesOf(WearerId owner) {
    return List.of();
  }

  @Override
  public Added<Wearer> addWearer(String name, ZoneId zone) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Added<Device> addDevice(
      WearerId owner,
      String name,
      Placement placement,
      @Nullable String tagHash,
      @Nullable Axes axes) {
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
  public void erase(Wearer erased) {
    throw new UnsupportedOperationException();
  }

  @Override
  public synchronized Wearer change(WearerId id, UnaryOperator<Wearer> change) {
    wearer = change.apply(wearer);
    return wearer;
  }

  @Override
  public void close() {}
}
