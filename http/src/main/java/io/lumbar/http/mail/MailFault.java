package io.lumbar.http.mail;

import org.jspecify.annotations.Nullable;

/**
 * A mail was not sent, or nobody knows whether it was. The message is for a person and the log: no
 * address, no secret.
 */
@SuppressWarnings("serial") // never serialised
public final class MailFault extends RuntimeException {
  private final Kind kind;
  private final Why why;
  private final int code;

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

  /** What went wrong, for whoever says it in another language. */
  public enum Why {
    LOGIN,
    CERTIFICATE,
    NO_ENCRYPTION,
    UNREACHABLE,
    /** With the {@link #code} of the server. */
    REFUSED,
    /** With the {@link #code} of the server. */
    NOT_NOW,
    BROKE_OFF,
    UNWRITABLE
  }

  MailFault(Kind kind, Why why, String message, @Nullable Throwable cause) {
    this(kind, why, 0, message, cause);
  }

  MailFault(Kind kind, Why why, int code, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.kind = kind;
    this.why = why;
    this.code = code;
  }

  public Why why() {
    return why;
  }

  /** What the mail server answered; 0 when it did not. */
  public int code() {
    return code;
  }

  public Kind kind() {
    return kind;
  }
}
