package io.lumbar.alerts.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.GreenMailUtil;
import com.icegreen.greenmail.util.ServerSetup;
import io.lumbar.alerts.stretches.Language;
import io.lumbar.http.mail.MailConfig;
import io.lumbar.http.mail.MailSender;
import io.lumbar.model.Alert;
import io.lumbar.model.ChannelSettings;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EmailChannelTest extends AlertChannelContract {
  private static final URI PAGE = URI.create("https://lumbar.example.org");

  private final GreenMail server =
      new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP).dynamicPort());
  private EmailChannel channel;

  @BeforeEach
  void start() {
    server.start();
    channel = channel(server.getSmtp().getPort());
  }

  @AfterEach
  void stop() {
    channel.close();
    server.stop();
  }

  @Test
  void mailsTextAndHtmlWithAWayToAnswer() throws Exception {
    deliver(Notice.of(Notices.alert("a_1", Notices.NOW)), reachable());
    MimeMessage mail = server.getReceivedMessages()[0];
    assertThat(mail.getMessageID()).isEqualTo("<a_1@example.org>");
    assertThat(mail.getSubject()).isEqualTo("Time to move");
    assertThat(mail.getAllRecipients()).extracting(Object::toString).containsExactly("anna@web.de");
    String text = body(mail, 0);
    String html = body(mail, 1);
    assertThat(text)
        .startsWith("30 minutes of sitting")
        .contains("https://lumbar.example.org/#alert-a_1");
    assertThat(html)
        .contains("<h1", "30 minutes of sitting", "href=\"https://lumbar.example.org/#alert-a_1\"")
        .doesNotContain("<script", "<img", "<link");
  }

  @Test
  void aTestOffersNoAnswer() throws Exception {
    deliver(
        Notice.test("test_1", Notices.ANNA, ZoneOffset.UTC, Notices.NOW, Language.EN), reachable());
    MimeMessage mail = server.getReceivedMessages()[0];
    assertThat(body(mail, 0) + body(mail, 1)).doesNotContain("lumbar.example.org");
  }

  @Test
  void whatAnAlertSaysIsTextAndNoMarkup() throws Exception {
    Alert plain = Notices.alert("a_1", Notices.NOW);
    Alert odd =
        new Alert(
            plain.id(),
            plain.wearer(),
            plain.episode(),
            plain.kind(),
            plain.step(),
            plain.at(),
            plain.since(),
            plain.zone(),
            "Tea & <b>walk</b>",
            "\"Up\" <i>now</i>",
            null,
            "sent");
    deliver(Notice.of(odd), reachable());
    assertThat(body(server.getReceivedMessages()[0], 1))
        .contains("Tea &amp; &lt;b&gt;walk", "&quot;Up&quot; &lt;i&gt;now")
        .doesNotContain("<b>", "<i>");
  }

  @Test
  void aMailThatWaitedTooLongBehindOthersIsNotSentLater() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        EmailChannel slow =
            new EmailChannel(sender(silent.getLocalPort()), PAGE, Duration.ofMillis(300))) {
      List<CompletableFuture<Void>> all =
          IntStream.range(0, 5)
              .mapToObj(i -> Notice.of(Notices.alert("a_" + i, Notices.NOW)))
              .map(notice -> slow.deliver(notice, reachable()).toCompletableFuture())
              .toList();
      assertThat(all.subList(0, 4)).extracting(EmailChannelTest::fault).containsOnly("UNCERTAIN");
      assertThat(fault(all.get(4))).isEqualTo("NOT_REACHED");
      for (int i = 0; i < 4; i++) {
        silent.accept().close();
      }
      CompletableFuture<Void> next =
          slow.deliver(Notice.of(Notices.alert("a_5", Notices.NOW)), reachable())
              .toCompletableFuture();
      try (Socket connection = silent.accept()) {
        connection.getOutputStream().write("554 not today\r\n".getBytes(StandardCharsets.US_ASCII));
        assertThat(fault(next)).as("the next connection is for the next mail").isNotEmpty();
      }
      silent.setSoTimeout(500);
      assertThatThrownBy(silent::accept).isInstanceOf(SocketTimeoutException.class);
    }
  }

  private static String fault(CompletableFuture<Void> delivery) {
    return ChannelFault.of(catchThrowable(() -> delivery.get(20, TimeUnit.SECONDS))).kind().name();
  }

  private static String body(MimeMessage mail, int part) throws Exception {
    return ((MimeMultipart) mail.getContent()).getBodyPart(part).getContent().toString();
  }

  private static EmailChannel channel(int port) {
    return new EmailChannel(sender(port), PAGE);
  }

  private static MailSender sender(int port) {
    URI url = URI.create("smtp://127.0.0.1:" + port);
    MailConfig config = new MailConfig(url, false, null, null, "Lumbar <lumbar@example.org>", null);
    return new MailSender(config, InstantSource.fixed(Notices.NOW));
  }

  @Override
  protected AlertChannel channel() {
    return channel;
  }

  @Override
  protected ChannelSettings reachable() {
    return Notices.channel("mail", ChannelSettings.Type.EMAIL, null, "anna@web.de");
  }

  /** The address is the wearer's, the server everybody's: it is the server that is away. */
  @Override
  protected ChannelSettings unreachable() {
    channel.close();
    channel = channel(1);
    return reachable();
  }

  @Override
  protected List<String> received(int atLeast) {
    server.waitForIncomingEmail(10_000, atLeast);
    return Stream.of(server.getReceivedMessages()).map(GreenMailUtil::getWholeMessage).toList();
  }

  @Override
  protected List<String> secrets() {
    return List.of("anna@web.de");
  }
}
