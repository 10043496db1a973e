package io.lumbar.app;

import io.lumbar.http.mail.Mail;
import io.lumbar.http.mail.MailFault;
import io.lumbar.http.mail.MailSender;
import io.lumbar.reports.schedule.MailWay;
import io.lumbar.reports.schedule.MailWay.Letter;
import io.lumbar.reports.schedule.ReportPost.Outcome;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands mailed reports to the mail server. A mailbox shows whatever it gets, so none twice. For one
 * thread.
 */
final class ReportMailbox implements MailWay.Mailbox {
  private static final Logger LOG = LoggerFactory.getLogger(ReportMailbox.class);

  private final MailSender sender;

  /** Why mails wait, as it was said last. */
  private String trouble = "";

  ReportMailbox(MailSender sender) {
    this.sender = sender;
  }

  @Override
  public Outcome send(Letter letter) {
    try {
      sender.send(
          new Mail(letter.id(), letter.to(), letter.subject(), letter.text(), letter.html()));
      trouble = "";
      return Outcome.TAKEN;
    } catch (MailFault e) {
      return outcome(letter, e.kind(), String.valueOf(e.getMessage()));
    }
  }

  private Outcome outcome(Letter letter, MailFault.Kind kind, String why) {
    return switch (kind) {
      case NOT_TAKEN, NOT_ADMITTED -> {
        // Every minute it is tried again.
        if (!why.equals(trouble)) {
          LOG.warn("{} waits: {}", letter, why);
          trouble = why;
        }
        yield Outcome.NOT_TAKEN;
      }
      case UNCERTAIN, REFUSED -> {
        LOG.warn("{}: {}", letter, why);
        yield Outcome.GIVEN_UP;
      }
    };
  }
}
