package io.lumbar.alerts.delivery;

import io.lumbar.model.ChannelSettings;
import java.util.concurrent.CompletionStage;

/**
 * One way of reaching wearers. Thread-safe.
 *
 * <p>Every adapter passes {@code AlertChannelContract}.
 */
public interface AlertChannel extends AutoCloseable {

  /**
   * True when a receiver can tell by the id that it has an alert already. Others are spoken to once
   * for each alert: after a crash, or an answer that did not come, they are left alone.
   */
  boolean tellsRepeats();

  /**
   * Delivers a notice; the caller does not wait, and a receiver that hangs holds up nobody else.
   *
   * @param to whom, with the settings of the wearer; of the channel's own type
   * @return completes when the receiver has taken it, within 15 seconds, or fails with a {@link
   *     ChannelFault}
   */
  CompletionStage<Void> deliver(Notice notice, ChannelSettings to);

  @Override
  default void close() {}
}
