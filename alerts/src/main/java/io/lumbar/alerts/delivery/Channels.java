package io.lumbar.alerts.delivery;

import io.lumbar.model.ChannelSettings;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The channels that this server has, by type. */
public final class Channels implements AutoCloseable {
  private final Map<ChannelSettings.Type, AlertChannel> byType;

  public Channels(Map<ChannelSettings.Type, AlertChannel> byType) {
    this.byType = byType.isEmpty() ? Map.of() : new EnumMap<>(byType);
  }

  /** Whether receivers of a type can tell repeats; true for a type that is not here. */
  public boolean tellsRepeats(ChannelSettings.Type type) {
    AlertChannel channel = byType.get(type);
    return channel == null || channel.tellsRepeats();
  }

  /** What this server can deliver by. */
  Set<ChannelSettings.Type> types() {
    return Collections.unmodifiableSet(new TreeSet<>(byType.keySet()));
  }

  /** Delivers by the channel of the type, or fails when this server has none. */
  public CompletionStage<Void> deliver(Notice notice, ChannelSettings to) {
    AlertChannel channel = byType.get(to.type());
    if (channel == null) {
      return CompletableFuture.failedFuture(
          new ChannelFault(
              ChannelFault.Kind.REFUSED,
              ChannelFault.Why.NO_SUCH_CHANNEL,
              to.type().wireName(),
              null));
    }
    return channel.deliver(notice, to);
  }

  @Override
  public void close() {
    byType.values().forEach(AlertChannel::close);
  }
}
