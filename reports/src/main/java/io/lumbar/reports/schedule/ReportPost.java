package io.lumbar.reports.schedule;

import io.lumbar.history.HistoryStore;
import io.lumbar.history.HistoryStore.HistoryUnavailable;
import io.lumbar.model.ReportSettings;
import io.lumbar.model.Wearer;
import io.lumbar.model.WearerId;
import io.lumbar.model.WearerPartitioner;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends reports by one way to those who asked for it: each report once to each reader, by the
 * process that has the wearer, noted in the history before it is sent. One that surely was not
 * taken is tried again for a day; a restart gives it up. What late data changes afterwards is not
 * sent again. For one thread, but for the counts.
 */
public final class ReportPost {
  private static final Logger LOG = LoggerFactory.getLogger(ReportPost.class);
  private static final Duration PATIENCE = Duration.ofDays(1);
  private static final Duration FRESH = Duration.ofDays(1);

  /** After so many in a row a server that all share is taken to be away until the next look. */
  private static final int AWAY = 3;

  private final HistoryStore history;
  private final Way way;
  private final Predicate<WearerId> mine;
  private final InstantSource clock;
  private final Queue<Waiting> waiting = new ConcurrentLinkedQueue<>();

  /** What has been handed over, by this process or another, and when it was due. */
  private final Map<String, Instant> settled = new HashMap<>();

  private final AtomicInteger notTakenInARow = new AtomicInteger();
  private final AtomicLong sent = new AtomicLong();
  private final AtomicLong failed = new AtomicLong();

  /** How sending went. */
  public enum Outcome {
    TAKEN,
    /** It surely was not taken; trying again may help. */
    NOT_TAKEN,
    /** Trying again does not help, or might double it. */
    GIVEN_UP
  }

  /** A way out of the house. */
  sealed interface Way permits MailWay, ChannelWay {
    /** Who gets a wearer's reports by it, each by one word of the settings. */
    List<String> readers(Wearer wearer);

    /** What the history notes when a reader gets a report. */
    String noted(String report, String reader);

    /** A report made ready for a reader; what cannot be written throws. */
    Parcel pack(Wearer wearer, String reader, Print print);

    /** Whether all readers share one server, so that one who is not reached speaks for all. */
    boolean sharesServer();
  }

  /** What is sent. Its text names it, and neither its reader nor what it says. */
  interface Parcel {
    /**
     * Sends it, once or again.
     *
     * @param wearer as the settings are now
     */
    CompletionStage<Outcome> send(Wearer wearer);
  }

  private record Waiting(WearerId wearer, String reader, Parcel parcel, Instant until) {}

  /**
   * Prepares sending.
   *
   * @param mine whether this process hands over a wearer's reports
   */
  public ReportPost(HistoryStore history, Way way, Predicate<WearerId> mine, InstantSource clock) {
    this.history = history;
    this.way = way;
    this.mine = mine;
    this.clock = clock;
  }

  /** Reports that were taken. */
  public long sent() {
    return sent.get();
  }

  /** Reports that were given up. */
  public long failed() {
    return failed.get();
  }

  /**
   * Whether a report may still have to be sent from here.
   *
   * @param due when it was to be made
   */
  boolean isWanted(Wearer wearer, ReportSettings.Edition edition, String name, Instant due) {
    return isOpen(wearer, edition, name, due) && !isAway() && mine.test(wearer.id());
  }

  /** Whether it may still have to be sent, now or later, from here or elsewhere. */
  boolean isOpen(Wearer wearer, ReportSettings.Edition edition, String name, Instant due) {
    ReportSettings settings = wearer.settings().reports();
    return settings != null
        && !wearer.settings().pausesSharing(clock.instant())
        && settings.editions().contains(edition)
        && !due.plus(FRESH).isBefore(clock.instant())
        && way.readers(wearer).stream()
            .anyMatch(reader -> !settled.containsKey(key(wearer, name, reader)));
  }

  /**
   * Sends a report that {@link #isWanted}, unless it was before.
   *
   * @throws HistoryUnavailable when it cannot be told whether it was
   */
  void report(Wearer wearer, Print print, Instant due) {
    for (String reader : way.readers(wearer)) {
      String key = key(wearer, print.name(), reader);
      if (settled.containsKey(key)) {
        continue;
      }
      // What cannot be written is not noted as handed over.
      Parcel parcel = way.pack(wearer, reader, print);
      boolean first =
          history.handOver(wearer.id(), way.noted(print.name(), reader), clock.instant());
      settled.put(key, due);
      if (first) {
        post(wearer, new Waiting(wearer.id(), reader, parcel, clock.instant().plus(PATIENCE)));
      }
    }
  }

  private String key(Wearer wearer, String name, String reader) {
    return WearerPartitioner.key(wearer.id(), way.noted(name, reader));
  }

  /**
   * Tries again what was not taken, and lets go of what is too old.
   *
   * @param known who is there still; nothing is sent of one who was erased or pauses sharing, or to
   *     a reader whom the settings name no longer
   */
  void retry(List<Wearer> known) {
    notTakenInARow.set(0);
    Map<WearerId, Wearer> now = new HashMap<>();
    for (Wearer wearer : known) {
      if (wearer.settings().reports() != null
          && !wearer.settings().pausesSharing(clock.instant())) {
        now.put(wearer.id(), wearer);
      }
    }
    waiting.removeIf(next -> !isReader(now.get(next.wearer()), next.reader()));
    Instant oldest = clock.instant().minus(FRESH);
    settled.values().removeIf(oldest::isAfter);
    List<Waiting> all = List.copyOf(waiting);
    for (Waiting next : all) {
      Wearer wearer = now.get(next.wearer());
      if (wearer == null || !waiting.remove(next)) {
        continue;
      }
      if (next.until().isBefore(clock.instant())) {
        failed.incrementAndGet();
        LOG.warn("{} is given up after a day", next.parcel());
      } else {
        post(wearer, next);
      }
    }
  }

  private boolean isReader(@Nullable Wearer wearer, String reader) {
    return wearer != null && way.readers(wearer).contains(reader);
  }

  private boolean isAway() {
    return way.sharesServer() && notTakenInARow.get() >= AWAY;
  }

  private void post(Wearer wearer, Waiting next) {
    if (isAway()) {
      waiting.add(next);
      return;
    }
    CompletionStage<?> unused =
        next.parcel()
            .send(wearer)
            .whenComplete(
                (outcome, failure) -> ended(next, failure == null ? outcome : Outcome.GIVEN_UP));
  }

  private void ended(Waiting next, Outcome outcome) {
    switch (outcome) {
      case TAKEN -> {
        notTakenInARow.set(0);
        sent.incrementAndGet();
      }
      case NOT_TAKEN -> {
        notTakenInARow.incrementAndGet();
        waiting.add(next);
      }
      case GIVEN_UP -> {
        failed.incrementAndGet();
        LOG.warn("{} was not sent", next.parcel());
      }
    }
  }
}
