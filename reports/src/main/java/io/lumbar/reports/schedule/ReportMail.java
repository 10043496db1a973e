package io.lumbar.reports.schedule;

import io.lumbar.history.HistoryStore;
import io.lumbar.history.HistoryStore.HistoryUnavailable;
import io.lumbar.model.ReportSettings;
import io.lumbar.model.Wearer;
import io.lumbar.model.WearerId;
import io.lumbar.reports.render.ReportFormat;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Mails reports to those who asked for them: each report once, by the process that has the wearer,
 * noted in the history before it is sent. One that the mail server surely did not take is tried
 * again for a day; a restart gives it up. What late data changes afterwards is not mailed again.
 */
public final class ReportMail {
  private static final Logger LOG = LoggerFactory.getLogger(ReportMail.class);
  private static final Duration PATIENCE = Duration.ofDays(1);
  private static final Duration FRESH = Duration.ofDays(3);

  private final HistoryStore history;
  private final Mailbox mailbox;
  private final Predicate<WearerId> mine;
  private final InstantSource clock;
  private final Deque<Waiting> waiting = new ArrayDeque<>();
  private final AtomicLong sent = new AtomicLong();
  private final AtomicLong failed = new AtomicLong();

  /** Sends letters. */
  @FunctionalInterface
  public interface Mailbox {
    /** Sends one, and says how it went; blocks for some seconds at most. */
    Outcome send(Letter letter);
  }

  /** How sending went. */
  public enum Outcome {
    TAKEN,
    /** It surely was not taken; trying again may help. */
    NOT_TAKEN,
    /** Trying again does not help, or might double it. */
    GIVEN_UP
  }

  /**
   * A mail.
   *
   * @param id the same when it is sent again
   */
  public record Letter(String id, String to, String subject, String text, String html) {
    /** Names it and neither its reader nor what it says. */
    @Override
    public String toString() {
      return "letter " + id;
    }
  }

  private record Waiting(Letter letter, Instant until) {}

  /**
   * Prepares mailing.
   *
   * @param mine whether this process hands over a wearer's reports
   */
  public ReportMail(
      HistoryStore history, Mailbox mailbox, Predicate<WearerId> mine, InstantSource clock) {
    this.history = history;
    this.mailbox = mailbox;
    this.mine = mine;
    this.clock = clock;
  }

  /** Mails that the server took. */
  public long sent() {
    return sent.get();
  }

  /** Mails that were given up. */
  public long failed() {
    return failed.get();
  }

  /** Mails a report, when its wearer asked for such, unless it was before. */
  void report(Wearer wearer, Print print, Instant ended) {
    ReportSettings settings = wearer.settings().reports();
    if (settings == null
        || !settings.editions().contains(print.edition())
        || !mine.test(wearer.id())
        || ended.plus(FRESH).isBefore(clock.instant())) {
      return;
    }
    try {
      if (history.handOver(wearer.id(), print.name(), clock.instant())) {
        post(new Waiting(letter(wearer, settings, print), clock.instant().plus(PATIENCE)));
      }
    } catch (HistoryUnavailable e) {
      LOG.warn("the report {} of {} is not mailed: {}", print.name(), wearer.id(), e.getMessage());
      failed.incrementAndGet();
    }
  }

  private static Letter letter(Wearer wearer, ReportSettings settings, Print print) {
    return new Letter(
        "report." + wearer.id().value().replaceAll("[^A-Za-z0-9.-]", "") + "." + print.name(),
        settings.email(),
        "Lumbar: " + print.title(),
        text(print, ReportFormat.TEXT),
        text(print, ReportFormat.EMAIL));
  }

  private static String text(Print print, ReportFormat format) {
    return new String(print.bytes(format, Optional.empty()), StandardCharsets.UTF_8);
  }

  /** Tries again what was not taken. */
  void retry() {
    int count = waiting.size();
    for (int i = 0; i < count; i++) {
      Waiting next = waiting.remove();
      if (next.until().isBefore(clock.instant())) {
        failed.incrementAndGet();
        LOG.warn("{} is given up after a day", next.letter());
      } else {
        post(next);
      }
    }
  }

  private void post(Waiting mail) {
    switch (mailbox.send(mail.letter())) {
      case TAKEN -> sent.incrementAndGet();
      case NOT_TAKEN -> waiting.add(mail);
      case GIVEN_UP -> {
        failed.incrementAndGet();
        LOG.warn("{} was not sent", mail.letter());
      }
    }
  }
}
