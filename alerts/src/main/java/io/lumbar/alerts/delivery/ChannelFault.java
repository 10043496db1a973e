package io.lumbar.alerts.delivery;

import org.jspecify.annotations.Nullable;

/**
 * A notice was not delivered, or nobody knows whether it was. The message is for the wearer and the
 * log: no address, no secret.
 */
@SuppressWarnings("serial") // never serialised
public final class ChannelFault extends RuntimeException {
  private final Kind kind;

  /** How much is known. */
  public enum Kind {
    /** It surely did not arrive; trying again may help. */
    NOT_REACHED,
    /** The connection broke or the receiver faltered, so that it may have arrived. */
    UNCERTAIN,
    /** The receiver does not want it; trying again does not help. */
    REFUSED
  }

  public ChannelFault(Kind kind, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  public Kind kind() {
    return kind;
  }

  /** Whether another attempt makes sense. */
  public boolean worthAnother(boolean tellsRepeats) {
    return kind == Kind.NOT_REACHED || (kind == Kind.UNCERTAIN && tellsRepeats);
  }

  /** The fault behind an exceptional completion; what is not one is uncertain. */
  public static ChannelFault of(Throwable thrown) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof ChannelFault fault) {
        return fault;
      }
    }
    return new ChannelFault(Kind.UNCERTAIN, "the channel failed in an unexpected way", thrown);
  }
}
