package io.lumbar.http.mail;

import org.jspecify.annotations.Nullable;

/**
 * A mail was not sent, or nobody knows whether it was. The message is for a person and the log: no
 * address, no secret.
 */
@SuppressWarnings("serial") // never serialised
public final class MailFault extends RuntimeException {
  private final Kind kind;

  /** How much is known. */
  public enum Kind {
    /** It surely was not taken; trying again may help. */
    NOT_TAKEN,
    /** Nothing was handed over, because of settings; trying again helps once they are mended. */
    NOT_ADMITTED,
    /** The connection broke while it was handed over. */
    UNCERTAIN,
    /** It surely was not taken, and trying again does not help. */
    REFUSED
  }

  MailFault(Kind kind, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  public Kind kind() {
    return kind;
  }
}
