package io.lumbar.reports.schedule;

import io.lumbar.model.NightSummary;
import io.lumbar.model.Wearer;
import io.lumbar.model.WearerId;
import io.lumbar.model.WearerPartitioner;
import io.lumbar.reports.daily.ReportFactsReader;
import io.lumbar.reports.daily.ReportMaker;
import io.lumbar.reports.period.Period;
import io.lumbar.reports.period.PeriodReader;
import io.lumbar.reports.trends.DayEntry;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
  private static final Duration PERIODS_EVERY = Duration.ofMinutes(10);

  private final Supplier<List<Wearer>> wearers;
  private final ReportFactsReader facts;
  private final PeriodReader periods;
  private final ReportMaker maker;
  private final ReportFolder folder;
  private final Optional<ReportMail> mail;
  private final InstantSource clock;
  private final Map<String, String> delivered = new HashMap<>();
  private final Map<String, String> seen = new HashMap<>();
  private final Map<WearerId, Instant> periodsSettled = new HashMap<>();
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
      PeriodReader periods,
      ReportMaker maker,
      ReportFolder folder,
      Optional<ReportMail> mail,
      InstantSource clock) {
    this.wearers = wearers;
    this.facts = facts;
    this.periods = periods;
    this.maker = maker;
    this.folder = folder;
    this.mail = mail;
    this.clock = clock;
  }

  /** Starts looking, at once and then every minute, until closed. */
  public static ReportPress start(
      Supplier<List<Wearer>> wearers,
      ReportFactsReader facts,
      PeriodReader periods,
      ReportMaker maker,
      ReportFolder folder,
      Optional<ReportMail> mail,
      InstantSource clock) {
    ReportPress press = new ReportPress(wearers, facts, periods, maker, folder, mail, clock);
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

  /** Throws nothing, which would end the schedule. */
  void lookAtAll() {
    try {
      lookAtEach();
    } catch (RuntimeException e) {
      failed.incrementAndGet();
      LOG.warn("all reports wait for the next look", e);
    }
  }

  private void lookAtEach() {
    Instant now = clock.instant();
    List<Wearer> known = wearers.get();
    Set<WearerId> here = new HashSet<>();
    known.forEach(wearer -> here.add(wearer.id()));
    eraseGone(here);
    mail.ifPresent(post -> post.retry(known));
    for (Wearer wearer : known) {
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

  /** A report may have been in the making while its wearer was erased. */
  private void eraseGone(Set<WearerId> here) {
    periodsSettled.keySet().retainAll(here);
    Set<String> gone = new HashSet<>();
    delivered.keySet().forEach(key -> gone.add(WearerPartitioner.wearer(key)));
    here.forEach(wearer -> gone.remove(wearer.value()));
    for (String wearer : gone) {
      try {
        folder.erase(new WearerId(wearer));
        delivered.keySet().removeIf(key -> WearerPartitioner.wearer(key).equals(wearer));
        seen.keySet().removeIf(key -> WearerPartitioner.wearer(key).equals(wearer));
      } catch (UncheckedIOException e) {
        failed.incrementAndGet();
        LOG.warn("the reports of {} are deleted at the next look: {}", wearer, e.toString());
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
        LocalDate morning = date;
        print(
            wearer,
            date.toString(),
            basis(yesterday, night),
            ReportDue.at(wearer, date, night),
            now,
            () -> Print.of(maker.make(facts.read(wearer, morning))));
      }
    }
    String closed = wearer.id() + "|" + today.minusDays(OPEN_DAYS + 1L);
    delivered.remove(closed);
    seen.remove(closed);
    lookAtPeriods(wearer, today, now);
  }

  /** Weeks and months that ended not longer ago than late data may change them. */
  private void lookAtPeriods(Wearer wearer, LocalDate today, Instant now) {
    Instant last = periodsSettled.get(wearer.id());
    if (last != null && now.isBefore(last.plus(PERIODS_EVERY))) {
      return;
    }
    boolean settled = true;
    for (Period.Kind kind : Period.Kind.values()) {
      for (Period period = Period.of(kind, today.minusDays(1));
          period.to().isAfter(today.minusDays(OPEN_DAYS));
          period = Period.of(kind, period.from().minusDays(1))) {
        if (!ReportDue.at(wearer, period).isAfter(now)) {
          Period due = period;
          List<DayEntry> entries = periods.entries(wearer, due);
          if (!entries.isEmpty()) {
            settled &=
                print(
                    wearer,
                    due.wireName(),
                    basis(entries),
                    ReportDue.at(wearer, due),
                    now,
                    () -> Print.of(periods.read(wearer, due)));
          }
        }
      }
    }
    if (settled) {
      periodsSettled.put(wearer.id(), now);
    } else {
      periodsSettled.remove(wearer.id());
    }
  }

  private static String basis(List<DayEntry> entries) {
    long sum = 0;
    for (DayEntry entry : entries) {
      sum += entry.day() == null ? 0 : entry.day().revision();
      sum += entry.night() == null ? 0 : entry.night().revision();
    }
    return entries.size() + " days, revisions " + sum;
  }

  /** Whether what it rests on stood still since the last look. */
  private boolean print(
      Wearer wearer, String name, String basis, Instant due, Instant now, Supplier<Print> making) {
    String key = wearer.id() + "|" + name;
    String before = delivered.computeIfAbsent(key, k -> folder.basis(wearer.id(), name).orElse(""));
    // While days are still being filled, as by an import, a report would be made at every look.
    boolean settled = basis.equals(seen.put(key, basis));
    if (settled && !basis.equals(before)) {
      ReportFolder.Outcome outcome = folder.deliver(making.get(), basis, now);
      if (outcome != ReportFolder.Outcome.UNCHANGED) {
        made.incrementAndGet();
      }
      delivered.put(key, basis);
    }
    if (settled) {
      mail.filter(post -> post.isWanted(wearer, Print.editionOf(Period.parse(name)), name, due))
          .ifPresent(post -> post.report(wearer, making.get(), due));
    }
    return settled;
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
