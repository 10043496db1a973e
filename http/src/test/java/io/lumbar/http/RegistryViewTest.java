package io.lumbar.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.lumbar.model.Device;
import io.lumbar.model.DeviceId;
import io.lumbar.model.Placement;
import io.lumbar.model.Wearer;
import io.lumbar.model.WearerId;
import io.lumbar.model.WearerPartitioner;
import io.lumbar.model.WearerSettings;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;

class RegistryViewTest {
  private static final Wearer ADA =
      new Wearer(
          new WearerId("w_ada"),
          "ada",
          "hash-of-ada",
          List.of(new Wearer.ZoneFrom(ZoneId.of("UTC"), Instant.EPOCH)),
          WearerSettings.defaults());

  private final RegistryView view = new RegistryView();

  private static Device device(String hash) {
    return new Device(new DeviceId("d_leg"), "leg", ADA.id(), Placement.THIGH, hash);
  }

  private static String key(String hash) {
    return WearerPartitioner.key(ADA.id(), hash);
  }

  @Test
  void aRecordBehindTheTombstoneBringsNobodyBack() {
    view.putWearer("w_ada", ADA);
    view.putDevice(key("one"), device("one"));
    view.putWearer("w_ada", null);

    // Written by a process that had not read the tombstone.
    view.putWearer("w_ada", ADA);
    view.putDevice(key("two"), device("two"));

    assertThat(view.wearers()).isEmpty();
    assertThat(view.wearerByHash("hash-of-ada")).isEmpty();
    assertThat(view.deviceByHash("one")).isEmpty();
    assertThat(view.deviceByHash("two")).isEmpty();
    assertThat(view.recordsOf(ADA.id())).isEmpty();
  }

  @Test
  void aRevokedTokenStaysRevoked() {
    view.putWearer("w_ada", ADA);
    view.putDevice(key("one"), device("one"));
    view.putDevice(key("one"), null);
    view.putDevice(key("one"), device("one"));
    view.putDevice(key("two"), device("two"));

    assertThat(view.deviceByHash("one")).isEmpty();
    assertThat(view.deviceByHash("two")).isPresent();
  }
}
