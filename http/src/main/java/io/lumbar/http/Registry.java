package io.lumbar.http;

import io.lumbar.model.Device;
import io.lumbar.model.Placement;
import io.lumbar.model.Wearer;
import io.lumbar.model.WearerId;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/** The wearers and devices, as the two compacted registry topics hold them; reads never block. */
public interface Registry extends AutoCloseable {

  /** The device whose upload token this is. */
  Optional<Device> deviceByToken(String token);

  /** The wearer whose token this is. */
  Optional<Wearer> wearerByToken(String token);

  /** A wearer by id, or else by name. */
  Optional<Wearer> wearer(String idOrName);

  /** All wearers, by name. */
  List<Wearer> wearers();

  /** The devices of a wearer, by name. */
  List<Device> devicesOf(WearerId wearer);

  /**
   * Adds a wearer and returns once every reader of this process knows the token.
   *
   * @throws ApiException 409 when the name is taken, 503 when Kafka is away
   */
  Added<Wearer> addWearer(String name, ZoneId zone);

  /**
   * Adds a device and returns once every reader of this process knows the token.
   *
   * @throws ApiException 503 when Kafka is away
   */
  Added<Device> addDevice(WearerId wearer, String name, Placement placement);

  /**
   * Replaces a wearer's record, for a change of zones or settings.
   *
   * @throws ApiException 503 when Kafka is away
   */
  void update(Wearer wearer);

  /** What was added and its token, which is shown once and kept nowhere. */
  record Added<T>(T item, String token) {}

  @Override
  void close();
}
