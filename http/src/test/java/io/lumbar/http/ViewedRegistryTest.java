package io.lumbar.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lumbar.model.Placement;
import io.lumbar.model.Wearer;
import java.time.ZoneId;
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
}
