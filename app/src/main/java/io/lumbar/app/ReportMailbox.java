package io.lumbar.app;

import io.lumbar.http.mail.Mail;
import io.lumbar.http.mail.MailFault;
import io.lumbar.http.mail.MailSender;
import io.lumbar.reports.schedule.ReportMail;
import io.lumbar.reports.schedule.ReportMail.Letter;
import io.lumbar.reports.schedule.ReportMail.Outcome;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hands mailed reports to the mail server. A mailbox shows whatever it gets, so none twice. */
final class ReportMailbox implements ReportMail.Mailbox {
  private static final Logger LOG = LoggerFactory.getLogger(ReportMailbox.class);

  private final MailSender sender;

  ReportMailbox(MailSender sender) {
    this.sender = sender;
  }

  @Override
  public Outcome send(Letter letter) {
    try {
      sender.send(
          new Mail(letter.id(), letter.to(), letter.subject(), letter.text(), letter.html()));
      return Outcome.TAKEN;
    } catch (MailFault e) {
      if (e.kind() == MailFault.Kind.NOT_TAKEN) {
        LOG.debug("{} waits: {}", letter, e.getMessage());
        return Outcome.NOT_TAKEN;
      }
      LOG.warn("{}: {}", letter, e.getMessage());
      return Outcome.GIVEN_UP;
    }
  }
}
