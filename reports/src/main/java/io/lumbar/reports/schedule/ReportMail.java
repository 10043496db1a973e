package io.lumbar.reports.schedule;

import io.lumbar.history.HistoryStore;
import io.lumbar.history.HistoryStore.HistoryUnavailable;
import io.lumbar.model.ReportSettings;
import io.lumbar.model.Wearer;
import io.lumbar.model.WearerId;
import io.lumbar.model.WearerPartitioner;
import io.lumbar.reports.render.ReportFormat;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Mails reports to those who asked for them: each report once, by the process that has the wearer,
 * noted in the history before it is sent. One that the mail server surely did not take is tried
 * again for a day; a restart gives it up. What late data changes afterwards is not mailed again.
 * For one thread, but for the counts.
 */
public final class ReportMail {
  private static final Logger LOG = LoggerFactory.getLogger(ReportMail.class);
  private static final Duration PATIENCE = Duration.ofDays(1);
  private static final Duration FRESH = Duration.ofDays(1);

  /** After so many in a row the server is taken to be away until the next look. */
  private static final int AWAY = 3;

  private final HistoryStore history;
  private final Mailbox mailbox;
  private final Predicate<WearerId> mine;
  private final InstantSource clock;
  private final Deque<Waiting> waiting = new ArrayDeque<>();

  /** What has been handed over, by this process or another, and when it was due. */
  private final Map<String, Instant> settled = new HashMap<>();

  private int notTakenInARow;
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

  private record Waiting(WearerId wearer, Letter letter, Instant until) {}

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

  /**
   * Whether a report may still have to be mailed from here.
   *
   * @param due when it was to be made
   */
  boolean isWanted(Wearer wearer, ReportSettings.Edition edition, String name, Instant due) {
    return isOpen(wearer, edition, name, due) && notTakenInARow < AWAY && mine.test(wearer.id());
  }

  /** Whether it may still have to be mailed, now or later, from here or elsewhere. */
  boolean isOpen(Wearer wearer, ReportSettings.Edition edition, String name, Instant due) {
    ReportSettings settings = wearer.settings().reports();
    return settings != null
        && !wearer.settings().pausesSharing(clock.instant())
        && settings.editions().contains(edition)
        && !due.plus(FRESH).isBefore(clock.instant())
        && !settled.containsKey(key(wearer, name));
  }

  /**
   * Mails a report that {@link #isWanted}, unless it was before.
   *
   * @throws HistoryUnavailable when it cannot be told whether it was
   */
  void report(Wearer wearer, Print print, Instant due) {
    ReportSettings settings = wearer.settings().reports();
    if (settings == null) {
      return;
    }
    // What cannot be written is not noted as handed over.
    Letter letter = letter(wearer, settings, print);
    boolean first = history.handOver(wearer.id(), print.name(), clock.instant());
    settled.put(key(wearer, print.name()), due);
    if (first) {
      post(new Waiting(wearer.id(), letter, clock.instant().plus(PATIENCE)));
    }
  }

  private static String key(Wearer wearer, String name) {
    return WearerPartitioner.key(wearer.id(), name);
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

  /**
   * Tries again what was not taken, and lets go of what is too old.
   *
   * @param known who is there still; nothing is sent of one who was erased or pauses sharing, or to
   *     an address that the settings name no longer
   */
  void retry(List<Wearer> known) {
    notTakenInARow = 0;
    Map<WearerId, String> readers = new HashMap<>();
    for (Wearer wearer : known) {
      ReportSettings settings = wearer.settings().reports();
      if (settings != null && !wearer.settings().pausesSharing(clock.instant())) {
        readers.put(wearer.id(), settings.email());
      }
    }
    waiting.removeIf(next -> !next.letter().to().equals(readers.get(next.wearer())));
    Instant oldest = clock.instant().minus(FRESH);
    settled.values().removeIf(oldest::isAfter);
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
    if (notTakenInARow >= AWAY) {
      waiting.add(mail);
      return;
    }
    switch (mailbox.send(mail.letter())) {
      case TAKEN -> {
        notTakenInARow = 0;
        sent.incrementAndGet();
      }
      case NOT_TAKEN -> {
        notTakenInARow++;
        waiting.add(mail);
      }
      case GIVEN_UP -> {
        failed.incrementAndGet();
        LOG.warn("{} was not sent", mail.letter());
      }
    }
  }
}
