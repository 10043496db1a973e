package io.lumbar.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lumbar.model.AlertSettings;
import io.lumbar.model.Axes;
import io.lumbar.model.BusyTime;
import io.lumbar.model.Device;
import io.lumbar.model.Placement;
import io.lumbar.model.Wearer;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ViewedRegistryTest {
  @Test
  void whoWasErasedGetsNoDeviceAndNoSettings() {
    try (MemoryRegistry registry = new MemoryRegistry()) {
      Wearer wearer = registry.addWearer("ada", ZoneId.of("UTC")).item();
      registry.addDevice(wearer.id(), "leg", Placement.THIGH);
      registry.erase(wearer);

      assertThatThrownBy(() -> registry.addDevice(wearer.id(), "leg", Placement.THIGH))
          .isInstanceOf(ApiException.class)
          .hasMessageContaining("erased");
      assertThatThrownBy(() -> registry.update(wearer))
          .isInstanceOf(ApiException.class)
          .hasMessageContaining("erased");
      assertThat(registry.devicesOf(wearer.id())).isEmpty();
      assertThat(registry.wearers()).isEmpty();
    }
  }

  @Test
  void findsADeviceByIdAndTagUnderTheTokenThatHolds() {
    try (MemoryRegistry registry = new MemoryRegistry()) {
      Wearer ada = registry.addWearer("ada", ZoneId.of("UTC")).item();
      Wearer bob = registry.addWearer("bob", ZoneId.of("UTC")).item();
      Device first = registry.addDevice(ada.id(), "tag", Placement.CHEST, "hash").item();
      Device of = registry.addDevice(bob.id(), "tag", Placement.CHEST, "hash").item();
      Device rotated = registry.rotate(first, Instant.EPOCH).item();

      assertThat(registry.device(first.id().value())).contains(rotated);
      assertThat(registry.deviceByTag(ada.id(), "hash")).contains(rotated);
      assertThat(registry.deviceByTag(bob.id(), "hash")).contains(of);
      assertThat(registry.deviceByTag(ada.id(), "other")).isEmpty();
      assertThat(registry.devicesOf(ada.id())).containsExactly(rotated);

      registry.revoke(rotated);
      assertThat(registry.device(first.id().value())).isEmpty();
      assertThat(registry.deviceByTag(ada.id(), "hash")).isEmpty();
      assertThat(registry.device(of.id().value())).contains(of);
    }
  }

  @Test
  void axesAreSaidOfADeviceUnderEachOfItsTokens() {
    try (MemoryRegistry registry = new MemoryRegistry()) {
      Wearer ada = registry.addWearer("ada", ZoneId.of("UTC")).item();
      Registry.Added<Device> first = registry.addDevice(ada.id(), "phone", Placement.WRIST);
      Instant later = Instant.parse("2026-03-02T09:00:00Z");
      Registry.Added<Device> second = registry.rotate(first.item(), later);

      assertThat(registry.setAxes(second.item(), Axes.IOS).axes()).isEqualTo(Axes.IOS);
      for (String token : List.of(first.token(), second.token())) {
        assertThat(registry.deviceByToken(token).orElseThrow().axes()).isEqualTo(Axes.IOS);
      }
      assertThat(registry.deviceByToken(first.token()).orElseThrow().until()).isEqualTo(later);

      Device third = registry.rotate(second.item().withAxes(Axes.IOS), later).item();
      assertThat(third.axes()).isEqualTo(Axes.IOS);
    }
  }

  @Test
  void twoChangesAtTheSameMomentBothHold() {
    try (MemoryRegistry registry = new MemoryRegistry()) {
      Wearer wearer = registry.addWearer("ada", ZoneId.of("UTC")).item();
      Instant until = Instant.parse("2026-03-02T09:00:00Z");
      List<BusyTime> busy = List.of(new BusyTime(until, until.plusSeconds(60)));
      CyclicBarrier together = new CyclicBarrier(2);
      List<CompletableFuture<Void>> changes =
          Stream.<UnaryOperator<AlertSettings>>of(
                  alerts -> alerts.pausedUntil(until), alerts -> alerts.withBusy(busy))
              .map(
                  change ->
                      CompletableFuture.runAsync(
                          () -> {
                            await(together);
                            registry.changeSettings(
                                wearer.id(),
                                newest -> newest.withAlerts(change.apply(newest.alerts())));
                          }))
              .toList();
      changes.forEach(CompletableFuture::join);
      AlertSettings alerts = registry.wearer("ada").orElseThrow().settings().alerts();
      assertThat(alerts.pausedUntil()).isEqualTo(until);
      assertThat(alerts.busy()).isEqualTo(busy);
    }
  }

  private static void await(CyclicBarrier barrier) {
    try {
      barrier.await();
    } catch (InterruptedException | BrokenBarrierException e) {
      throw new IllegalStateException(e);
    }
  }
}
