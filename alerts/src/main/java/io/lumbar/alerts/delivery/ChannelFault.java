package io.lumbar.alerts.delivery;

import io.lumbar.alerts.stretches.Language;
import io.lumbar.alerts.stretches.Texts;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A notice was not delivered, or nobody knows whether it was. The message is English, for the log;
 * {@link #in} says the same to the wearer. Neither has an address or a secret.
 */
@SuppressWarnings("serial") // never serialised
public final class ChannelFault extends RuntimeException {
  private static final String SECTION = "faults";
  private static final String GAP = "{n}";

  private final Kind kind;
  private final Why why;
  private final String gap;

  /** How much is known. */
  public enum Kind {
    /** It surely did not arrive; trying again may help. */
    NOT_REACHED,
    /** The connection broke or the receiver faltered, so that it may have arrived. */
    UNCERTAIN,
    /** The receiver does not want it; trying again does not help. */
    REFUSED
  }

  /** What went wrong; each has a sentence in every message file. */
  public enum Why {
    /** With the status in the gap. */
    STATUS,
    UNREACHABLE,
    BROKE_OFF,
    NOT_SENT,
    NOT_NOTED,
    TOO_OLD,
    UNEXPECTED,
    /** With the type in the gap. */
    NO_SUCH_CHANNEL,
    NO_URL,
    NO_URL_OR_APPLICATION_TOKEN,
    NO_CHAT_OR_BOT,
    NO_URL_OR_TOPIC,
    NO_ADDRESS,
    NO_BROWSER,
    BROWSER_KEY,
    MQTT_AWAY,
    MQTT_SILENT,
    MAILS_WAITING,
    MAILS_SLOW,
    MAIL_SILENT,
    MAIL_LOGIN,
    MAIL_CERTIFICATE,
    MAIL_NO_ENCRYPTION,
    MAIL_UNREACHABLE,
    /** With the status in the gap. */
    MAIL_REFUSED,
    /** With the status in the gap. */
    MAIL_NOT_NOW,
    MAIL_BROKE_OFF,
    MAIL_UNWRITABLE;

    /** The key of its sentence. */
    String key() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The sentence in a language; of one with a gap, without what belongs there. */
    String in(Language language) {
      return Texts.in(language).line(SECTION, key());
    }
  }

  public ChannelFault(Kind kind, Why why, @Nullable Throwable cause) {
    this(kind, why, "", cause);
  }

  /**
   * A fault whose sentence has a gap.
   *
   * @param gap a number or a name that stands in it
   */
  public ChannelFault(Kind kind, Why why, String gap, @Nullable Throwable cause) {
    super(why.in(Language.EN).replace(GAP, gap), cause);
    this.kind = kind;
    this.why = why;
    this.gap = gap;
  }

  /** What went wrong, in the wearer's language. */
  public String in(Language language) {
    return why.in(language).replace(GAP, gap);
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
    return new ChannelFault(Kind.UNCERTAIN, Why.UNEXPECTED, thrown);
  }
}
