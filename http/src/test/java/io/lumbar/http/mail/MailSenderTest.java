package io.lumbar.http.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.lumbar.http.mail.MailFault.Kind;
import io.lumbar.http.testing.StartTlsFront;
import io.lumbar.http.testing.TestCertificate;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against a real mail server on loopback. */
class MailSenderTest {
  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.parse("2026-03-02T08:30:00Z"));

  @TempDir static Path folder;
  private static TestCertificate certificate;
  private static GreenMail server;

  @BeforeAll
  static void start() {
    certificate = TestCertificate.in(folder);
    System.setProperty("greenmail.tls.keystore.file", certificate.store().toString());
    System.setProperty("greenmail.tls.keystore.password", TestCertificate.PASSWORD);
    server =
        new GreenMail(
            new ServerSetup[] {
              new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP).dynamicPort(),
              new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTPS).dynamicPort()
            });
    server.setUser("lumbar@example.org", "lumbar", "s3cret");
    server.start();
  }

  @AfterAll
  static void stop() {
    server.stop();
    System.clearProperty("greenmail.tls.keystore.file");
    System.clearProperty("greenmail.tls.keystore.password");
  }

  @AfterEach
  void empty() throws Exception {
    server.purgeEmailFromAllMailboxes();
  }

  @Test
  void sendsTextAndHtmlOfOneMessage() throws Exception {
    sender(plain(smtp()), "s3cret").send(mail("a_1"));

    MimeMessage got = server.getReceivedMessages()[0];
    assertThat(got.getAllRecipients()).extracting(Object::toString).containsExactly("anna@web.de");
    assertThat(got.getFrom()).extracting(Object::toString).containsExactly("Lumbar <l@web.de>");
    assertThat(got.getSubject()).isEqualTo("Zeit für Bewegung");
    assertThat(got.getMessageID()).isEqualTo("<a_1@web.de>");
    assertThat(got.getHeader("Auto-Submitted")).containsExactly("auto-generated");
    assertThat(got.getHeader("Date")).containsExactly("Mon, 2 Mar 2026 08:30:00 GMT");
    MimeMultipart body = (MimeMultipart) got.getContent();
    assertThat(got.getContentType()).startsWith("multipart/alternative");
    assertThat(body.getBodyPart(0).getContentType()).startsWith("text/plain");
    assertThat(body.getBodyPart(0).getContent()).isEqualTo("30 Minuten, für sich");
    assertThat(body.getBodyPart(1).getContentType()).startsWith("text/html");
    assertThat(body.getBodyPart(1).getContent()).isEqualTo("<p>30 Minuten, f&uuml;r sich</p>");
  }

  @Test
  void speaksTlsFromTheFirstByte() {
    int port = server.getSmtps().getPort();
    sender(tls("smtps://127.0.0.1:" + port, certificate.certificate()), "s3cret").send(mail("a"));
    assertThat(server.getReceivedMessages()).hasSize(1);
  }

  @Test
  void encryptsBeforeItSaysAnything() {
    try (StartTlsFront front = new StartTlsFront(smtp(), certificate)) {
      String url = "smtp://127.0.0.1:" + front.port();
      sender(tls(url, certificate.certificate()), "s3cret").send(mail("a"));
      assertThat(server.getReceivedMessages()).hasSize(1);

      MailFault fault = fault(tls(url, null), "s3cret", mail("b"));
      assertThat(fault.kind()).isEqualTo(Kind.NOT_ADMITTED);
      assertThat(fault).hasMessageContaining("certificate");
    }
  }

  @Test
  void doesNotSendThePasswordToAServerThatDoesNotEncrypt() {
    MailFault fault = fault(tls("smtp://127.0.0.1:" + smtp(), null), "s3cret", mail("a"));
    assertThat(fault.kind()).isEqualTo(Kind.NOT_ADMITTED);
    assertThat(fault).hasMessage("the mail server does not offer to encrypt");
    assertThat(server.getReceivedMessages()).isEmpty();
  }

  @Test
  void saysWhatIsKnownAfterAFault() throws Exception {
    MailFault password = fault(plain(smtp()), "wrong", mail("a"));
    assertThat(password.kind()).isEqualTo(Kind.NOT_ADMITTED);
    assertThat(password.getMessage()).doesNotContain("wrong").contains("user and password");

    MailFault nobody = fault(plain(1), "s3cret", mail("a"));
    assertThat(nobody.kind()).isEqualTo(Kind.NOT_TAKEN);
    assertThat(nobody.getMessage()).doesNotContain("127.0.0.1");

    try (ServerSocket full = answering("220 hi", "250 hi", "452 full", "221 bye")) {
      MailFault later = fault(open(full.getLocalPort()), null, mail("a"));
      assertThat(later.kind()).isEqualTo(Kind.NOT_TAKEN);
      assertThat(later).hasMessageContaining("452");
    }
    try (ServerSocket strict = answering("220 hi", "250 hi", "250 ok", "550 no", "221 bye")) {
      MailFault unknown = fault(open(strict.getLocalPort()), null, mail("a"));
      assertThat(unknown.kind()).isEqualTo(Kind.REFUSED);
      assertThat(unknown.getMessage()).contains("550").doesNotContain("anna");
    }
    try (ServerSocket lost = answering("220 hi", "250 hi", "250 ok", "250 ok", "354 go")) {
      assertThat(fault(open(lost.getLocalPort()), null, mail("a")).kind())
          .isEqualTo(Kind.UNCERTAIN);
    }
  }

  @Test
  void nothingBreaksOutOfAHeader() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Mail("a", "anna@web.de", "Hi\r\nBcc: eve@web.de", "t", "h"));
    Mail two = new Mail("a", "anna@web.de, eve@web.de", "Hi", "t", "h");
    assertThat(fault(plain(smtp()), "s3cret", two).kind()).isEqualTo(Kind.REFUSED);
    assertThat(server.getReceivedMessages()).isEmpty();
  }

  private static int smtp() {
    return server.getSmtp().getPort();
  }

  private static MailConfig plain(int port) {
    return config("smtp://127.0.0.1:" + port, false, "lumbar", null);
  }

  private static MailConfig open(int port) {
    return config("smtp://127.0.0.1:" + port, false, null, null);
  }

  private static MailConfig tls(String url, @Nullable Path authorities) {
    return config(url, true, "lumbar", authorities);
  }

  private static MailConfig config(
      String url, boolean startTls, @Nullable String user, @Nullable Path authorities) {
    return new MailConfig(URI.create(url), startTls, user, null, "Lumbar <l@web.de>", authorities);
  }

  private static MailSender sender(MailConfig config, @Nullable String password) {
    return new MailSender(
        new MailConfig(
            config.url(),
            config.startTls(),
            config.user(),
            password,
            config.from(),
            config.authorities()),
        CLOCK);
  }

  private static MailFault fault(MailConfig config, @Nullable String password, Mail mail) {
    return catchThrowableOfType(MailFault.class, () -> sender(config, password).send(mail));
  }

  private static Mail mail(String id) {
    return new Mail(
        id,
        "anna@web.de",
        "Zeit für Bewegung",
        "30 Minuten, für sich",
        "<p>30 Minuten, f&uuml;r sich</p>");
  }

  /** Says its lines, one after each line that comes, and hangs up. */
  private static ServerSocket answering(String... lines) throws IOException {
    ServerSocket listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    new Thread(() -> Scripted.serve(listening, lines)).start();
    return listening;
  }
}
