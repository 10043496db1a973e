package io.lumbar.app.simulation;

import java.util.Map;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.state.StoreBuilder;

/** Takes the stores of the topology that is added to it from a disk in memory. */
final class MemoryTopology extends Topology {
  private final Map<String, MemoryStore> disk;
  private final Fault fault;

  MemoryTopology(Map<String, MemoryStore> disk, Fault fault) {
    this.disk = disk;
    this.fault = fault;
  }

  @Override
  @SuppressWarnings("unchecked") // every store of Lumbar has text keys
  public synchronized <S extends StateStore> Topology addStateStore(
      StoreBuilder<S> builder, String... processors) {
    MemoryStore store = disk.computeIfAbsent(builder.name(), MemoryStore::new);
    return super.addStateStore((StoreBuilder<S>) new Kept(store), processors);
  }

  @Override
  @SuppressWarnings("unchecked") // a fault looks at what it wraps
  public synchronized <KIn, VIn, KOut, VOut> Topology addProcessor(
      String name, ProcessorSupplier<KIn, VIn, KOut, VOut> supplier, String... parents) {
    return super.addProcessor(
        name,
        () ->
            (Processor<KIn, VIn, KOut, VOut>)
                fault.around(name, (Processor<Object, Object, Object, Object>) supplier.get()),
        parents);
  }

  private record Kept(MemoryStore store) implements StoreBuilder<MemoryStore> {
    @Override
    public StoreBuilder<MemoryStore> withCachingEnabled() {
      return this;
    }

    @Override
    public StoreBuilder<MemoryStore> withCachingDisabled() {
      return this;
    }

    @Override
    public StoreBuilder<MemoryStore> withLoggingEnabled(Map<String, String> config) {
      return this;
    }

    @Override
    public StoreBuilder<MemoryStore> withLoggingDisabled() {
      return this;
    }

    @Override
    public MemoryStore build() {
      return store;
    }

    @Override
    public Map<String, String> logConfig() {
      return Map.of();
    }

    @Override
    public boolean loggingEnabled() {
      return false;
    }

    @Override
    public String name() {
      return store.name();
    }
  }
}
