package io.lumbar.http;

import io.lumbar.model.Axes;
import io.lumbar.model.Device;
import io.lumbar.model.DeviceId;
import io.lumbar.model.Placement;
import io.lumbar.model.RandomIds;
import io.lumbar.model.Topic;
import io.lumbar.model.Wearer;
import io.lumbar.model.WearerId;
import io.lumbar.model.WearerPartitioner;
import io.lumbar.model.WearerSettings;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A registry that answers from a view in memory and writes records that the view then shows.
 *
 * <p>Wearers stand under their id. Devices stand under {@code wearer|token hash}, so that the
 * partitioner keeps a device with its wearer, and a new token is a new record.
 */
abstract class ViewedRegistry implements Registry {
  private static final Instant FOR_ALL_TIME = Instant.EPOCH;

  private final RegistryView view;

  ViewedRegistry(RegistryView view) {
    this.view = view;
  }

  /** Keeps a record, or with null its end, and returns once the view shows it. */
  abstract void write(Topic topic, String key, @Nullable Object value);

  @Override
  public final Optional<Device> deviceByToken(String token) {
    return view.deviceByHash(Tokens.hash(token));
  }

  @Override
  public final Optional<Wearer> wearerByToken(String token) {
    return view.wearerByHash(Tokens.hash(token));
  }

  @Override
  public final Optional<Wearer> wearer(String idOrName) {
    return view.wearer(idOrName);
  }

  @Override
  public final List<Wearer> wearers() {
    return view.wearers();
  }

  @Override
  public final Optional<Device> device(String id) {
    return view.device(id);
  }

  @Override
  public final Optional<Device> deviceByTag(WearerId wearer, String tagHash) {
    return view.deviceByTag(wearer, tagHash);
  }

  @Override
  public final List<Device> devicesOf(WearerId wearer) {
    return view.devicesOf(wearer);
  }

  @Override
  public final synchronized Added<Wearer> addWearer(String name, ZoneId zone) {
    if (view.wearer(name).isPresent()) {
      throw ApiException.conflict("a wearer named '" + name + "' exists already");
    }
    String token = RandomIds.secret(Tokens.WEARER_PREFIX);
    Wearer wearer =
        new Wearer(
            WearerId.random(),
            name,
            Tokens.hash(token),
            List.of(new Wearer.ZoneFrom(zone, FOR_ALL_TIME)),
            WearerSettings.defaults());
    write(Topic.WEARERS, wearer.id().value(), wearer);
    return new Added<>(wearer, token);
  }

  @Override
  public final synchronized Added<Device> addDevice(
      WearerId wearer,
      String name,
      Placement placement,
      @Nullable String tagHash,
      @Nullable Axes axes) {
    requireNotErased(wearer);
    String token = RandomIds.secret(Tokens.DEVICE_PREFIX);
    return added(
        new Device(
            DeviceId.random(), name, wearer, placement, Tokens.hash(token), tagHash, null, axes),
        token);
  }

  @Override
  public final synchronized Added<Device> rotate(Device device, Instant oldUntil) {
    String token = RandomIds.secret(Tokens.DEVICE_PREFIX);
    // The new one first: a stop between the two leaves two good tokens, never none.
    Added<Device> added = added(device.withToken(Tokens.hash(token)), token);
    for (Device old : view.recordsOf(device)) {
      boolean ends = old.until() == null || old.until().isAfter(oldUntil);
      if (ends && !old.tokenHash().equals(added.item().tokenHash())) {
        write(Topic.DEVICES, key(old), old.ending(oldUntil));
      }
    }
    return added;
  }

  @Override
  public final synchronized Added<Wearer> rotate(WearerId id, Instant now, Instant oldUntil) {
    requireNotErased(id);
    String token = RandomIds.secret(Tokens.WEARER_PREFIX);
    Wearer rotated =
        view.wearer(id.value()).orElseThrow().withToken(Tokens.hash(token), now, oldUntil);
    write(Topic.WEARERS, id.value(), rotated);
    return new Added<>(rotated, token);
  }

  @Override
  public final synchronized Device setAxes(Device device, Axes axes) {
    for (Device each : view.recordsOf(device)) {
      write(Topic.DEVICES, key(each), each.withAxes(axes));
    }
    return device.withAxes(axes);
  }

  @Override
  public final synchronized void revoke(Device device) {
    for (Device each : view.recordsOf(device)) {
      write(Topic.DEVICES, key(each), null);
    }
  }

  private Added<Device> added(Device device, String token) {
    write(Topic.DEVICES, key(device), device);
    return new Added<>(device, token);
  }

  private static String key(Device device) {
    return WearerPartitioner.key(device.wearer(), device.tokenHash());
  }

  @Override
  public final synchronized void erase(Wearer wearer) {
    for (Device device : view.recordsOf(wearer.id())) {
      write(Topic.DEVICES, key(device), null);
    }
    write(Topic.WEARERS, wearer.id().value(), null);
  }

  @Override
  public final synchronized void update(Wearer wearer) {
    requireNotErased(wearer.id());
    write(Topic.WEARERS, wearer.id().value(), wearer);
  }

  @Override
  public final synchronized Wearer change(WearerId id, UnaryOperator<Wearer> change) {
    requireNotErased(id);
    Wearer newest = view.wearer(id.value()).orElseThrow();
    Wearer changed = change.apply(newest);
    if (!changed.equals(newest)) {
      write(Topic.WEARERS, id.value(), changed);
    }
    return changed;
  }

  /** What is written after the tombstone would bring back who was erased meanwhile. */
  private void requireNotErased(WearerId wearer) {
    if (view.wearer(wearer.value()).isEmpty()) {
      throw ApiException.notFound("this wearer was erased");
    }
  }
}
