package io.lumbar.http;

import io.lumbar.model.Axes;
import io.lumbar.model.Device;
import io.lumbar.model.Placement;
import io.lumbar.model.Wearer;
import io.lumbar.model.WearerId;
import io.lumbar.model.WearerSettings;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The wearers and devices, as the two compacted registry topics hold them; reads never block. */
public interface Registry extends AutoCloseable {

  /**
   * The device whose upload token this is or was; {@link Device#accepts} tells whether it holds.
   */
  Optional<Device> deviceByToken(String token);

  /** The wearer whose token this is or was; {@link Wearer#tokenHashesAt} tells whether it holds. */
  Optional<Wearer> wearerByToken(String token);

  /** A wearer by id, or else by name. */
  Optional<Wearer> wearer(String idOrName);

  /** All wearers, by name. */
  List<Wearer> wearers();

  /** A device by id. */
  Optional<Device> device(String id);

  /** The device of a wearer that is the Bluetooth tag of this hash. */
  Optional<Device> deviceByTag(WearerId wearer, String tagHash);

  /** The devices of a wearer, by name, each once. */
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
   * @throws ApiException 404 when the wearer was erased, 503 when Kafka is away
   */
  default Added<Device> addDevice(WearerId wearer, String name, Placement placement) {
    return addDevice(wearer, name, placement, null, null);
  }

  /** As the one with axes, which are not known. */
  default Added<Device> addDevice(
      WearerId wearer, String name, Placement placement, @Nullable String tagHash) {
    return addDevice(wearer, name, placement, tagHash, null);
  }

  /**
   * Adds a device, which may be a Bluetooth tag, and returns once every reader of this process
   * knows the token.
   *
   * @param tagHash hash of the tag's address, or null
   * @param axes which way it counts acceleration, or null where that is not known
   * @throws ApiException 404 when the wearer was erased, 503 when Kafka is away
   */
  Added<Device> addDevice(
      WearerId wearer,
      String name,
      Placement placement,
      @Nullable String tagHash,
      @Nullable Axes axes);

  /**
   * Gives a device another token; the old one holds until an instant, so that nothing is lost while
   * a phone learns the new one.
   *
   * @throws ApiException 503 when Kafka is away
   */
  Added<Device> rotate(Device device, Instant oldUntil);

  /**
   * Gives a wearer another token; the old one holds until an instant.
   *
   * @throws ApiException 404 when the wearer was erased, 503 when Kafka is away
   */
  Added<Wearer> rotate(WearerId wearer, Instant now, Instant oldUntil);

  /**
   * Says which way a device counts acceleration; what it sends from now on is read so.
   *
   * @throws ApiException 503 when Kafka is away
   */
  Device setAxes(Device device, Axes axes);

  /**
   * Ends all tokens of a device and removes it; what it measured stays.
   *
   * @throws ApiException 503 when Kafka is away
   */
  void revoke(Device device);

  /**
   * Replaces a wearer's record whole.
   *
   * @throws ApiException 503 when Kafka is away
   */
  void update(Wearer wearer);

  /**
   * Changes the newest record of a wearer, such as zones and settings together; no change of this
   * process comes in between, so that two at the same moment both hold.
   *
   * @param change may be called while others wait; returns what it was given to change nothing
   * @return the wearer as the record is now
   * @throws ApiException 404 when the wearer was erased, 503 when Kafka is away, and what the
   *     change throws
   */
  Wearer change(WearerId wearer, UnaryOperator<Wearer> change);

  /** As {@link #change}, of the settings alone. */
  default Wearer changeSettings(WearerId wearer, UnaryOperator<WearerSettings> change) {
    return change(wearer, newest -> newest.withSettings(change.apply(newest.settings())));
  }

  /**
   * Removes a wearer with all devices: no token of theirs is good any more, and who follows the
   * wearers topic takes away what it has of them.
   *
   * @throws ApiException 503 when Kafka is away; then some devices may be gone already
   */
  void erase(Wearer wearer);

  /** What was added and its token, which is shown once and kept nowhere. */
  record Added<T>(T item, String token) {}

  @Override
  void close();
}
