package io.lumbar.reports.schedule;

import io.lumbar.model.NightSummary;
import io.lumbar.model.Wearer;
import io.lumbar.reports.daily.ReportFactsReader;
import io.lumbar.reports.daily.ReportMaker;
import io.lumbar.reports.trends.DayEntry;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes each wearer's report when it is due, and again when late data changed what it rests on, for
 * as long as days may change.
 *
 * <p>Looks every minute at the revisions of days and nights; a report is made where they stand
 * still since the last look and differ from those it was made from. What was delivered is known
 * from the folder alone.
 */
public final class ReportPress implements AutoCloseable {
  /** How far back late data may change a day. */
  static final int OPEN_DAYS = 15;

  private static final Logger LOG = LoggerFactory.getLogger(ReportPress.class);
  private static final long EVERY_SECONDS = 60;

  private final Supplier<List<Wearer>> wearers;
  private final ReportFactsReader facts;
  private final ReportMaker maker;
  private final ReportFolder folder;
  private final InstantSource clock;
  private final Map<String, String> delivered = new HashMap<>();
  private final Map<String, String> seen = new HashMap<>();
  private final AtomicLong made = new AtomicLong();
  private final AtomicLong failed = new AtomicLong();
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread worker = new Thread(task, "report-press");
            worker.setDaemon(true);
            return worker;
          });

  ReportPress(
      Supplier<List<Wearer>> wearers,
      ReportFactsReader facts,
      ReportMaker maker,
      ReportFolder folder,
      InstantSource clock) {
    this.wearers = wearers;
    this.facts = facts;
    this.maker = maker;
    this.folder = folder;
    this.clock = clock;
  }

  /** Starts looking, at once and then every minute, until closed. */
  public static ReportPress start(
      Supplier<List<Wearer>> wearers,
      ReportFactsReader facts,
      ReportMaker maker,
      ReportFolder folder,
      InstantSource clock) {
    ReportPress press = new ReportPress(wearers, facts, maker, folder, clock);
    ScheduledFuture<?> unused =
        press.thread.scheduleWithFixedDelay(press::lookAtAll, 0, EVERY_SECONDS, TimeUnit.SECONDS);
    return press;
  }

  /** Reports written, first and later editions. */
  public long made() {
    return made.get();
  }

  /** Wearers that had to wait for the next look, because the history or the folder failed. */
  public long failed() {
    return failed.get();
  }

  void lookAtAll() {
    Instant now = clock.instant();
    for (Wearer wearer : wearers.get()) {
      if (thread.isShutdown()) {
        return;
      }
      try {
        lookAt(wearer, now);
      } catch (RuntimeException e) {
        failed.incrementAndGet();
        LOG.warn("the reports of {} wait for the next look: {}", wearer.id(), e.toString());
      }
    }
  }

  private void lookAt(Wearer wearer, Instant now) {
    LocalDate today = now.atZone(wearer.zoneAt(now)).toLocalDate();
    Map<LocalDate, DayEntry> entries = new HashMap<>();
    facts
        .entries(wearer, today.minusDays(OPEN_DAYS + 1L), today)
        .forEach(entry -> entries.put(entry.date(), entry));
    for (LocalDate date = today.minusDays(OPEN_DAYS);
        !date.isAfter(today);
        date = date.plusDays(1)) {
      DayEntry yesterday = entries.get(date.minusDays(1));
      NightSummary night = Optional.ofNullable(entries.get(date)).map(DayEntry::night).orElse(null);
      boolean measured = night != null || (yesterday != null && yesterday.day() != null);
      if (measured && !ReportDue.at(wearer, date, night).isAfter(now)) {
        print(wearer, date, basis(yesterday, night), now);
      }
    }
  }

  private void print(Wearer wearer, LocalDate date, String basis, Instant now) {
    String key = wearer.id() + "|" + date;
    String before = delivered.computeIfAbsent(key, k -> folder.basis(wearer.id(), date).orElse(""));
    // While days are still being filled, as by an import, a report would be made at every look.
    boolean settled = basis.equals(seen.put(key, basis));
    if (settled && !basis.equals(before)) {
      ReportFolder.Outcome outcome =
          folder.deliver(maker.make(facts.read(wearer, date)), basis, now);
      if (outcome != ReportFolder.Outcome.UNCHANGED) {
        made.incrementAndGet();
      }
      delivered.put(key, basis);
    }
    String closed = wearer.id() + "|" + date.minusDays(OPEN_DAYS + 1L);
    delivered.remove(closed);
    seen.remove(closed);
  }

  private static String basis(@Nullable DayEntry yesterday, @Nullable NightSummary night) {
    return "day "
        + (yesterday == null || yesterday.day() == null ? 0 : yesterday.day().revision())
        + ", night "
        + (night == null ? 0 : night.revision());
  }

  @Override
  public void close() {
    thread.shutdownNow();
    try {
      if (!thread.awaitTermination(10, TimeUnit.SECONDS)) {
        LOG.warn("the last report was still being made");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
