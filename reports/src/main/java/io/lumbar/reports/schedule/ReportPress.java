package io.lumbar.reports.schedule;

import io.lumbar.model.DaySummary;
import io.lumbar.model.NightSummary;
import io.lumbar.model.ReportSettings;
import io.lumbar.model.Wearer;
import io.lumbar.model.WearerId;
import io.lumbar.model.WearerPartitioner;
import io.lumbar.reports.daily.ReportFactsReader;
import io.lumbar.reports.daily.ReportMaker;
import io.lumbar.reports.period.Period;
import io.lumbar.reports.period.PeriodReader;
import io.lumbar.reports.trends.DayEntry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes each wearer's report when it is due, and again when late data changed what it rests on, for
 * as long as days may change.
 *
 * <p>Looks every minute at those wearers of whom something changed or falls due, and at all of them
 * once an hour: a report is made where what it rests on stands still since the last look and
 * differs from what it was made from. What was delivered is known from the folder, where there is
 * one; what is sent is noted in the history and needs none.
 */
public final class ReportPress implements AutoCloseable {
  /** How far back late data may change a day. */
  static final int OPEN_DAYS = 15;

  /** A month that ended so lately began so many days ago at most. */
  private static final int LOOKED_DAYS = OPEN_DAYS + 31;

  /** A morning of which nothing is known has a report when something is of these days before it. */
  private static final int TOLD_WITHOUT_DATA = 3;

  private static final Logger LOG = LoggerFactory.getLogger(ReportPress.class);
  private static final long EVERY_SECONDS = 60;

  /** The history may be behind the topics by which changes are told. */
  private static final Duration FOLLOWED = Duration.ofMinutes(3);

  private static final Duration AT_LEAST_EVERY = Duration.ofHours(1);

  /** No report is written for so long. */
  private static final Duration DRAFT_LEFT = Duration.ofDays(1);

  /** While a wearer lies, or another process has the report to send. */
  private static final Duration AGAIN = Duration.ofMinutes(5);

  private final Supplier<List<Wearer>> wearers;
  private final Supplier<Set<WearerId>> changed;
  private final ReportFactsReader facts;
  private final PeriodReader periods;
  private final ReportMaker maker;
  private final Optional<ReportFolder> folder;
  private final ReportFolder.Kept kept;
  private final Optional<ErasedReports> erased;
  private final List<ReportPost> posts;
  private final InstantSource clock;
  private final Map<String, String> delivered = new HashMap<>();
  private final Map<String, String> seen = new HashMap<>();
  private final Map<WearerId, Wearer> looked = new HashMap<>();
  private final Map<WearerId, Instant> next = new HashMap<>();
  private final Map<WearerId, Instant> followed = new HashMap<>();
  private @Nullable LocalDate expired;
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
      Supplier<Set<WearerId>> changed,
      ReportFactsReader facts,
      PeriodReader periods,
      ReportMaker maker,
      Optional<ReportFolder> folder,
      ReportFolder.Kept kept,
      List<ReportPost> posts,
      InstantSource clock) {
    this.wearers = wearers;
    this.changed = changed;
    this.facts = facts;
    this.periods = periods;
    this.maker = maker;
    this.folder = folder;
    this.kept = kept;
    this.erased = folder.map(each -> new ErasedReports(each, facts::erasures));
    this.posts = List.copyOf(posts);
    this.clock = clock;
  }

  /**
   * Starts looking, at once and then every minute, until closed.
   *
   * @param changed of whom something that reports rest on changed since it was asked last
   * @param folder where reports are put, where they are
   * @param kept how long they stay there
   * @param posts the ways in which they are sent
   */
  public static ReportPress start(
      Supplier<List<Wearer>> wearers,
      Supplier<Set<WearerId>> changed,
      ReportFactsReader facts,
      PeriodReader periods,
      ReportMaker maker,
      Optional<ReportFolder> folder,
      ReportFolder.Kept kept,
      List<ReportPost> posts,
      InstantSource clock) {
    ReportPress press =
        new ReportPress(wearers, changed, facts, periods, maker, folder, kept, posts, clock);
    ScheduledFuture<?> unused =
        press.thread.scheduleWithFixedDelay(press::lookAtAll, 0, EVERY_SECONDS, TimeUnit.SECONDS);
    return press;
  }

  /** Reports written or sent, first and later editions. */
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
    changed.get().forEach(wearer -> followed.put(wearer, now.plus(FOLLOWED)));
    followed.values().removeIf(now::isAfter);
    Map<WearerId, Wearer> known = new HashMap<>();
    wearers.get().forEach(wearer -> known.put(wearer.id(), wearer));
    letGo(known);
    expire(now);
    posts.forEach(post -> post.retry(List.copyOf(known.values())));
    for (Wearer wearer : known.values()) {
      if (thread.isShutdown()) {
        return;
      }
      if (isTime(wearer, now)) {
        tryToLook(wearer, now);
      }
    }
  }

  private void tryToLook(Wearer wearer, Instant now) {
    try {
      next.put(wearer.id(), lookAt(wearer, now));
      looked.put(wearer.id(), wearer);
    } catch (RuntimeException e) {
      next.remove(wearer.id());
      failed.incrementAndGet();
      LOG.warn("the reports of {} wait for the next look: {}", wearer.id(), e.toString());
    }
  }

  private boolean isTime(Wearer wearer, Instant now) {
    Instant due = next.get(wearer.id());
    return isFor(wearer)
        && (due == null
            || !due.isAfter(now)
            || followed.containsKey(wearer.id())
            || !wearer.equals(looked.get(wearer.id())));
  }

  /** Without a folder there is something to do only for those who asked. */
  private boolean isFor(Wearer wearer) {
    return folder.isPresent() || (!posts.isEmpty() && wearer.settings().reports() != null);
  }

  /** What belongs to wearers who are no more, or to spans that they took back. */
  private void letGo(Map<WearerId, Wearer> known) {
    next.keySet().retainAll(known.keySet());
    looked.keySet().retainAll(known.keySet());
    try {
      erased.ifPresent(each -> each.delete(known, clock.instant()).forEach(this::forgotten));
    } catch (RuntimeException e) {
      failed.incrementAndGet();
      LOG.warn("erased reports are deleted at the next look: {}", e.toString());
    }
    delivered.keySet().removeIf(key -> !known.containsKey(wearerOf(key)));
    seen.keySet().removeIf(key -> !known.containsKey(wearerOf(key)));
  }

  /** Once a day. */
  private void expire(Instant now) {
    LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
    if (folder.isEmpty() || kept.all() || today.equals(expired)) {
      return;
    }
    try {
      int count = folder.get().expire(today, kept, now.minus(DRAFT_LEFT));
      expired = today;
      if (count > 0) {
        LOG.info("deleted {} reports that are older than is kept", count);
      }
    } catch (RuntimeException e) {
      failed.incrementAndGet();
      LOG.warn("old reports are deleted at the next look: {}", e.toString());
    }
  }

  private void forgotten(WearerId wearer) {
    next.remove(wearer);
    delivered.keySet().removeIf(key -> wearerOf(key).equals(wearer));
  }

  private static WearerId wearerOf(String key) {
    return new WearerId(WearerPartitioner.wearer(key));
  }

  /** Makes what is due, and says when something may be due next. */
  private Instant lookAt(Wearer wearer, Instant now) {
    LocalDate today = wearer.dates().at(now);
    Agenda agenda = new Agenda(now);
    Instant nine = ReportDue.atNine(wearer, today);
    if (nine.isAfter(now)) {
      agenda.at(nine);
    }
    NavigableMap<LocalDate, DayEntry> entries = new TreeMap<>();
    facts
        .entries(wearer, today.minusDays(LOOKED_DAYS), today)
        .forEach(entry -> entries.put(entry.date(), entry));
    List<Period> open = openPeriods(today);
    LocalDate firstMorning = today.minusDays(OPEN_DAYS + 1L);
    LocalDate first =
        Stream.concat(Stream.of(firstMorning), open.stream().map(Period::from))
            .min(Comparator.naturalOrder())
            .orElseThrow();
    Map<LocalDate, Integer> alerts = facts.alerts(wearer, first, today);
    Map<LocalDate, Integer> told = facts.decisions(wearer, firstMorning, today);
    alerts.forEach((date, sum) -> told.merge(date, sum, Integer::sum));
    for (LocalDate date = today.minusDays(OPEN_DAYS);
        !date.isAfter(today);
        date = date.plusDays(1)) {
      morning(wearer, date, entries, told, agenda);
    }
    forget(wearer, firstMorning.toString());
    for (Period period : open) {
      ended(wearer, period, entries, alerts, agenda);
      // Of each kind the one before the first is closed, as those before it were in their time.
      Period before = Period.of(period.kind(), period.from().minusDays(1));
      if (!open.contains(before)) {
        forget(wearer, before.wireName());
      }
    }
    return agenda.next;
  }

  private void forget(Wearer wearer, String name) {
    String key = wearer.id() + "|" + name;
    delivered.remove(key);
    seen.remove(key);
  }

  /** Names of reports that are kept in mind. */
  int remembered() {
    return Math.max(delivered.size(), seen.size());
  }

  private void morning(
      Wearer wearer,
      LocalDate date,
      Map<LocalDate, DayEntry> entries,
      Map<LocalDate, Integer> told,
      Agenda agenda) {
    DayEntry yesterday = entries.get(date.minusDays(1));
    NightSummary night = night(entries, date);
    boolean measured = night != null || (yesterday != null && yesterday.day() != null);
    if (!measured && !hasDataBefore(entries, date)) {
      return;
    }
    Instant due =
        measured
            ? ReportDue.at(wearer, date, night, nightsBefore(entries, date))
            : ReportDue.latest(wearer, date);
    if (due.isAfter(agenda.now)) {
      agenda.at(due);
    } else if (measured && waits(wearer, date, night, agenda.now)) {
      agenda.at(agenda.now.plus(AGAIN));
    } else {
      Supplier<Print> making = () -> Print.of(maker.make(facts.read(wearer, date)));
      String basis = basis(yesterday, entries.get(date), told.getOrDefault(date.minusDays(1), 0));
      print(wearer, date.toString(), basis, due, agenda, making);
    }
  }

  /** Who has sent nothing for days has put the sensor away, and needs no more reports of that. */
  private static boolean hasDataBefore(Map<LocalDate, DayEntry> entries, LocalDate date) {
    for (int i = 1; i <= TOLD_WITHOUT_DATA; i++) {
      DayEntry entry = entries.get(date.minusDays(i));
      if (entry != null && (entry.day() != null || entry.night() != null)) {
        return true;
      }
    }
    return false;
  }

  /** Only before its first edition does a report wait. */
  private boolean waits(Wearer wearer, LocalDate date, @Nullable NightSummary night, Instant now) {
    return date.equals(wearer.dates().at(now))
        && before(wearer, date.toString()).isEmpty()
        && ReportDue.waits(wearer, date, night, facts.newestBout(wearer.id()), now);
  }

  private static @Nullable NightSummary night(Map<LocalDate, DayEntry> entries, LocalDate date) {
    DayEntry entry = entries.get(date);
    return entry == null ? null : entry.night();
  }

  private static List<NightSummary> nightsBefore(Map<LocalDate, DayEntry> entries, LocalDate date) {
    List<NightSummary> nights = new ArrayList<>();
    for (int i = 1; i <= ReportDue.USUAL_DAYS; i++) {
      NightSummary night = night(entries, date.minusDays(i));
      if (night != null) {
        nights.add(night);
      }
    }
    return nights;
  }

  /**
   * Weeks and months that go on, or ended not longer ago than late data may change them; of each
   * kind one at least.
   */
  private static List<Period> openPeriods(LocalDate today) {
    List<Period> open = new ArrayList<>();
    for (Period.Kind kind : Period.Kind.values()) {
      for (Period period = Period.of(kind, today.minusDays(1));
          period.to().isAfter(today.minusDays(OPEN_DAYS));
          period = Period.of(kind, period.from().minusDays(1))) {
        open.add(period);
      }
    }
    return open;
  }

  private void ended(
      Wearer wearer,
      Period period,
      NavigableMap<LocalDate, DayEntry> known,
      Map<LocalDate, Integer> alerts,
      Agenda agenda) {
    Instant due = ReportDue.at(wearer, period);
    Collection<DayEntry> entries = known.subMap(period.from(), true, period.to(), true).values();
    if (!due.isAfter(agenda.now) && !entries.isEmpty()) {
      Supplier<Print> making = () -> Print.of(periods.read(wearer, period));
      print(wearer, period.wireName(), basis(period, entries, alerts), due, agenda, making);
    }
  }

  /** Of each date by itself: a sum stays the same when a night goes and a day is amended. */
  private static String basis(
      Period period, Collection<DayEntry> entries, Map<LocalDate, Integer> alerts) {
    StringBuilder text = new StringBuilder();
    for (DayEntry entry : entries) {
      text.append(entry.date())
          .append(entry.day() == null ? " -" : " " + entry.day().revision())
          .append(entry.night() == null ? " -" : " " + entry.night().revision())
          .append('\n');
    }
    for (LocalDate date = period.from(); !date.isAfter(period.to()); date = date.plusDays(1)) {
      text.append(' ').append(alerts.getOrDefault(date, 0));
    }
    CRC32 sum = new CRC32();
    sum.update(text.toString().getBytes(StandardCharsets.UTF_8));
    return entries.size() + " days, sum " + Long.toHexString(sum.getValue());
  }

  private String before(Wearer wearer, String name) {
    return delivered.computeIfAbsent(
        wearer.id() + "|" + name,
        k -> folder.flatMap(each -> each.basis(wearer.id(), name)).orElse(""));
  }

  private void print(
      Wearer wearer,
      String name,
      String basis,
      Instant due,
      Agenda agenda,
      Supplier<Print> making) {
    String key = wearer.id() + "|" + name;
    String before = before(wearer, name);
    // While days are still being filled, as by an import, a report would be made at every look.
    if (!basis.equals(seen.put(key, basis))) {
      agenda.at(agenda.now);
      return;
    }
    if (!basis.equals(before)) {
      if (folder.isEmpty()
          || folder.get().deliver(making.get(), basis, agenda.now)
              != ReportFolder.Outcome.UNCHANGED) {
        made.incrementAndGet();
      }
      delivered.put(key, basis);
    }
    ReportSettings.Edition edition = Print.editionOf(Period.parse(name));
    for (ReportPost post : posts) {
      if (post.isWanted(wearer, edition, name, due)) {
        post.report(wearer, making.get(), due);
      }
      if (post.isOpen(wearer, edition, name, due)) {
        agenda.at(agenda.now.plus(AGAIN));
      }
    }
  }

  /**
   * Of the date itself the night, the words of the morning, and the pain, which may hold exercises
   * back whenever it is told.
   */
  private static String basis(@Nullable DayEntry yesterday, @Nullable DayEntry today, int told) {
    NightSummary night = today == null ? null : today.night();
    DaySummary words = today == null ? null : today.untilMorning().day();
    Integer pain = today == null || today.day() == null ? null : today.day().pain();
    return "day "
        + (yesterday == null || yesterday.day() == null ? 0 : yesterday.day().revision())
        + ", night "
        + (night == null ? 0 : night.revision())
        + (words == null ? "" : ", morning " + words.morningPain() + " " + words.morningStiffness())
        + (pain == null ? "" : ", pain " + pain)
        + (told == 0 ? "" : ", told " + Integer.toHexString(told));
  }

  /** When to look at a wearer next. */
  private static final class Agenda {
    private final Instant now;
    private Instant next;

    Agenda(Instant now) {
      this.now = now;
      this.next = now.plus(AT_LEAST_EVERY);
    }

    /** Not later than this, unless it is over. */
    void at(Instant instant) {
      if (!instant.isBefore(now) && instant.isBefore(next)) {
        next = instant;
      }
    }
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
