package io.lumbar.http.mail;

import static java.time.ZoneOffset.UTC;
import static java.time.format.DateTimeFormatter.RFC_1123_DATE_TIME;

import io.lumbar.http.mail.MailFault.Kind;
import io.lumbar.http.mail.MailFault.Why;
import io.lumbar.http.trust.Authorities;
import jakarta.mail.Address;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Properties;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPSenderFailedException;

/**
 * Hands mails to a mail server by SMTP, each over a connection of its own. Blocks the caller, at
 * most some twenty seconds for a server that hangs. Thread-safe.
 */
public final class MailSender {
  private static final String CONNECT_MILLIS = "5000";
  private static final String ANSWER_MILLIS = "8000";
  private static final int FOR_GOOD = 500;

  private final MailConfig config;
  private final InternetAddress from;
  private final Session session;
  private final InstantSource clock;

  /**
   * A sender by one server; connects with the first mail.
   *
   * @param clock dates the mails
   * @throws IllegalArgumentException with a sentence when the file of certificates cannot be used
   */
  public MailSender(MailConfig config, InstantSource clock) {
    this.config = config;
    this.from = MailAddress.parse(config.from());
    this.session = Session.getInstance(properties(config));
    this.clock = clock;
  }

  private static Properties properties(MailConfig config) {
    Properties properties = new Properties();
    set(properties, "connectiontimeout", CONNECT_MILLIS);
    set(properties, "timeout", ANSWER_MILLIS);
    set(properties, "writetimeout", ANSWER_MILLIS);
    set(properties, "auth", Boolean.toString(config.user() != null));
    set(properties, "ssl.enable", Boolean.toString(config.isTls()));
    set(properties, "ssl.checkserveridentity", "true");
    boolean startTls = !config.isTls() && config.startTls();
    set(properties, "starttls.enable", Boolean.toString(startTls));
    set(properties, "starttls.required", Boolean.toString(startTls));
    Path authorities = config.authorities();
    if (authorities != null) {
      properties.put("mail.smtp.ssl.socketFactory", Authorities.sockets(authorities));
    }
    return properties;
  }

  private static void set(Properties properties, String name, String value) {
    properties.setProperty("mail.smtp." + name, value);
  }

  /**
   * Sends a mail and returns when the server has taken it.
   *
   * @throws MailFault when it did not, or when nobody knows
   */
  public void send(Mail mail) {
    MimeMessage message = message(mail);
    try (Transport transport = connected()) {
      hand(transport, message);
    } catch (MessagingException e) {
      // The server has taken it and then did not say good-bye.
      return;
    }
  }

  private Transport connected() {
    try {
      Transport transport = session.getTransport("smtp");
      transport.connect(config.url().getHost(), config.port(), config.user(), config.password());
      return transport;
    } catch (AuthenticationFailedException e) {
      throw new MailFault(
          Kind.NOT_ADMITTED, Why.LOGIN, "the mail server does not take our user and password", e);
    } catch (MessagingException e) {
      throw notConnected(e);
    }
  }

  /** Before anything was handed over it surely was not taken. */
  private static MailFault notConnected(MessagingException e) {
    if (causes(e).anyMatch(SSLException.class::isInstance)) {
      return new MailFault(
          Kind.NOT_ADMITTED,
          Why.CERTIFICATE,
          "the mail server shows no certificate for its name that is trusted",
          e);
    }
    if (String.valueOf(e.getMessage()).contains("STARTTLS")) {
      return new MailFault(
          Kind.NOT_ADMITTED, Why.NO_ENCRYPTION, "the mail server does not offer to encrypt", e);
    }
    return new MailFault(
        Kind.NOT_TAKEN, Why.UNREACHABLE, "the mail server could not be reached", e);
  }

  private static void hand(Transport transport, MimeMessage message) {
    try {
      transport.sendMessage(message, message.getAllRecipients());
    } catch (MessagingException e) {
      int code = causes(e).mapToInt(MailSender::answer).filter(c -> c > 0).findFirst().orElse(0);
      if (code >= FOR_GOOD) {
        throw new MailFault(
            Kind.REFUSED, Why.REFUSED, code, "the mail server refused the mail with " + code, e);
      }
      if (code > 0) {
        throw new MailFault(
            Kind.NOT_TAKEN, Why.NOT_NOW, code, "the mail server did not take it now: " + code, e);
      }
      throw new MailFault(Kind.UNCERTAIN, Why.BROKE_OFF, "the mail server broke off", e);
    }
  }

  /** The status by which a server refused, or 0. */
  private static int answer(Throwable cause) {
    if (cause instanceof SMTPAddressFailedException reader) {
      return reader.getReturnCode();
    }
    if (cause instanceof SMTPSenderFailedException sender) {
      return sender.getReturnCode();
    }
    return cause instanceof SMTPSendFailedException mail ? mail.getReturnCode() : 0;
  }

  private static Stream<Throwable> causes(Throwable thrown) {
    return Stream.iterate(thrown, cause -> cause != null, Throwable::getCause);
  }

  private MimeMessage message(Mail mail) {
    try {
      MimeMessage message = new NamedMessage(session, mail.id() + "@" + MailAddress.host(from));
      message.setFrom(from);
      message.setRecipients(Message.RecipientType.TO, new Address[] {MailAddress.parse(mail.to())});
      message.setSubject(mail.subject(), StandardCharsets.UTF_8.name());
      message.setHeader("Date", RFC_1123_DATE_TIME.format(clock.instant().atOffset(UTC)));
      // RFC 3834: nobody's holiday reply comes back.
      message.setHeader("Auto-Submitted", "auto-generated");
      message.setContent(
          new MimeMultipart("alternative", part(mail.text(), "plain"), part(mail.html(), "html")));
      message.saveChanges();
      return message;
    } catch (MessagingException | IllegalArgumentException e) {
      throw new MailFault(
          Kind.REFUSED,
          Why.UNWRITABLE,
          "the mail cannot be written; its reader needs an address like anna@example.org",
          e);
    }
  }

  private static MimeBodyPart part(String text, String subtype) throws MessagingException {
    MimeBodyPart part = new MimeBodyPart();
    part.setText(text, StandardCharsets.UTF_8.name(), subtype);
    return part;
  }

  /** Keeps the id that it was given; the library would make one of the machine's name. */
  private static final class NamedMessage extends MimeMessage {
    private final String id;

    NamedMessage(Session session, String id) {
      super(session);
      this.id = id;
    }

    @Override
    protected void updateMessageID() throws MessagingException {
      setHeader("Message-ID", "<" + id + ">");
    }
  }
}
