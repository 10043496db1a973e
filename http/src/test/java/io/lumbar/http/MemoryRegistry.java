package io.lumbar.http;

import io.lumbar.model.Device;
import io.lumbar.model.Topic;
import io.lumbar.model.Wearer;
import org.jspecify.annotations.Nullable;

/** A registry without Kafka, for tests of what stands before it. */
public final class MemoryRegistry extends ViewedRegistry {
  private final RegistryView view;

  public MemoryRegistry() {
    this(new RegistryView());
  }

  private MemoryRegistry(RegistryView view) {
    super(view);
    this.view = view;
  }

  @Override
  void write(Topic topic, String key, @Nullable Object value) {
    if (topic == Topic.WEARERS) {
      view.putWearer(key, (Wearer) value);
    } else {
      view.putDevice(key, (Device) value);
    }
  }

  @Override
  public void close() {}
}
