package io.lumbar.alerts.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.lumbar.alerts.stretches.Language;
import io.lumbar.model.ChannelSettings;
import java.net.URI;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every channel must do, against a receiver that really listens. */
public abstract class AlertChannelContract {

  /** The channel under test. */
  protected abstract AlertChannel channel();

  /** A wearer's channel whose receiver listens. */
  protected abstract ChannelSettings reachable();

  /** One where nobody listens. */
  protected abstract ChannelSettings unreachable();

  /** What the receiver got, each as text, in order; waits until there are as many. */
  protected abstract List<String> received(int atLeast);

  /** The words of the settings that nobody may read in a message. */
  protected abstract List<String> secrets();

  @Test
  void theReceiverGetsTitleAndText() throws Exception {
    deliver(Notice.of(Notices.alert("a_1", Notices.NOW)), reachable());
    assertThat(received(1)).hasSize(1);
    assertThat(received(1).get(0)).contains("Time to move", "30 minutes of sitting", "Short walk");
  }

  @Test
  void aTestLooksLikeOne() throws Exception {
    Notice test = Notice.test("test_1", Notices.ANNA, ZoneOffset.UTC, Notices.NOW, Language.EN);
    deliver(test, reachable());
    assertThat(received(1).get(0)).contains("A test from Lumbar", "This channel works");
  }

  @Test
  void whatAChannelAddsIsInTheLanguageOfTheWearer() throws Exception {
    deliver(
        Notice.test("test_1", Notices.ANNA, ZoneOffset.UTC, Notices.NOW, Language.DE), reachable());
    deliver(Notice.of(Notices.alert("a_1", Notices.NOW)).in(Language.DE), reachable());
    List<String> received = received(2);
    assertThat(received.get(0)).contains("Ein Test von Lumbar", "Dieser Kanal");
    assertThat(received.get(1))
        .contains("Time to move")
        .doesNotContain("Snooze", "\"Done\"", "Answer", "You get this", "lang=\"en\"");
  }

  @Test
  void aReportComesWithTheWayToIt() throws Exception {
    URI link = URI.create("https://lumbar.example.org/reports/w_anna/2026-03-05");
    Notice report =
        Notice.report(
            "report.w_anna.2026-03-05",
            Notices.ANNA,
            ZoneOffset.UTC,
            Notices.NOW,
            "Thursday 5 March",
            link,
            Language.EN);
    deliver(report, reachable());
    assertThat(received(1).get(0))
        .contains("Your report is ready", "Thursday 5 March", link.toString())
        .doesNotContain("Snooze");
  }

  @Test
  void manyAtOnceAllArrive() throws Exception {
    List<CompletableFuture<Void>> all =
        IntStream.range(0, 20)
            .mapToObj(i -> Notice.of(Notices.alert("a_" + i, Notices.NOW)))
            .map(notice -> channel().deliver(notice, reachable()).toCompletableFuture())
            .toList();
    for (CompletableFuture<Void> each : all) {
      each.get(20, TimeUnit.SECONDS);
    }
    assertThat(received(20)).hasSize(20);
  }

  @Test
  void whereNobodyListensTheFaultSaysSoWithoutAnAddress() {
    Throwable thrown =
        catchThrowable(() -> deliver(Notice.of(Notices.alert("a_1", Notices.NOW)), unreachable()));
    ChannelFault fault = ChannelFault.of(thrown);
    assertThat(fault.kind()).isEqualTo(ChannelFault.Kind.NOT_REACHED);
    assertThat(fault.getMessage()).doesNotContain("127.0.0.1").doesNotContain("localhost");
    assertThat(secrets()).noneMatch(secret -> String.valueOf(fault.getMessage()).contains(secret));
  }

  protected final void deliver(Notice notice, ChannelSettings to) throws Exception {
    channel().deliver(notice, to).toCompletableFuture().get(20, TimeUnit.SECONDS);
  }
}
