package io.lumbar.app;

import io.lumbar.alerts.delivery.ChannelFault;
import io.lumbar.alerts.delivery.Channels;
import io.lumbar.alerts.delivery.Notice;
import io.lumbar.alerts.stretches.Language;
import io.lumbar.model.ChannelSettings;
import io.lumbar.reports.schedule.ChannelWay;
import io.lumbar.reports.schedule.ChannelWay.Word;
import io.lumbar.reports.schedule.ReportPost.Outcome;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;

/** Tells of reports by the channels of the alerts. Thread-safe. */
final class ReportHerald implements ChannelWay.Herald {
  /** In the morning all wearers' reports come within minutes. */
  private static final int MOST_AT_ONCE = 32;

  private final Channels channels;
  private final InstantSource clock;
  private final Semaphore room = new Semaphore(MOST_AT_ONCE);

  ReportHerald(Channels channels, InstantSource clock) {
    this.channels = channels;
    this.clock = clock;
  }

  @Override
  public CompletionStage<Outcome> send(Word word, ChannelSettings to) {
    Instant now = clock.instant();
    Notice notice =
        Notice.report(
            word.id(),
            word.wearer().id(),
            word.wearer().zoneAt(now),
            now,
            word.title(),
            word.link(),
            Language.of(word.wearer().settings().alerts().language()));
    room.acquireUninterruptibly();
    return CompletableFuture.completedFuture(notice)
        .thenCompose(each -> channels.deliver(each, to))
        .handle(
            (taken, failure) -> {
              room.release();
              return failure == null ? Outcome.TAKEN : outcome(failure, to);
            });
  }

  private Outcome outcome(Throwable failure, ChannelSettings to) {
    return ChannelFault.of(failure).worthAnother(channels.tellsRepeats(to.type()))
        ? Outcome.NOT_TAKEN
        : Outcome.GIVEN_UP;
  }
}
