package io.lumbar.history;

import io.lumbar.history.HistoryStore.Erasure;
import io.lumbar.history.HistoryStore.HistoryUnavailable;
import io.lumbar.model.KafkaConnection;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees to it that what is to be gone goes: sweeps the compacted topics after an erasure, and takes
 * away what is older than the settings keep, from the history and, once a day, from these topics.
 *
 * <p>A sweep comes soon after the erasure, and again ten minutes, an hour, a day and eight days
 * later, because analytics may be behind and Kafka closes segments only as records come. After a
 * restart the newest one due is done once more. After a sweep the history's files are rid of what
 * the erasure left in them.
 */
public final class HistoryKeeper implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(HistoryKeeper.class);
  private static final List<Duration> SWEEPS =
      List.of(
          Duration.ofSeconds(5),
          Duration.ofMinutes(10),
          Duration.ofHours(1),
          Duration.ofDays(1),
          Duration.ofDays(8));
  private static final Duration REMEMBERED = Duration.ofDays(10);
  private static final Duration EXPIRY_EVERY = Duration.ofHours(6);

  /** What failed is not done over and over while a broker or a store is away. */
  private static final Duration AGAIN = Duration.ofMinutes(10);

  /** What part of the time tidying may take, at most. */
  private static final int TIDYING_SHARE = 20;

  private static final long LOOK_SECONDS = 5;

  private final HistoryStore store;
  private final Topics topics;
  private final Kept kept;
  private final InstantSource clock;
  private final Map<Erasure, Integer> swept = new HashMap<>();
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread worker = new Thread(task, "history-keeper");
            worker.setDaemon(true);
            return worker;
          });

  private final Chore ofStore = new Chore();
  private final Chore ofTopics = new Chore();
  private final Chore ofFiles = new Chore();
  private boolean untidy;
  private volatile @Nullable String trouble;

  /**
   * How long the history keeps things; null stands for good.
   *
   * @param detailDays of bouts, episodes, alerts and decisions
   * @param summaryDays of days and nights
   * @param weekDays of the means of weeks
   * @param experimentDays of experiments after their end
   * @param calibrationDays of what came of calibrations, in their topic
   */
  public record Kept(
      @Nullable Integer detailDays,
      @Nullable Integer summaryDays,
      @Nullable Integer weekDays,
      @Nullable Integer experimentDays,
      @Nullable Integer calibrationDays) {
    /** All of it for good. */
    public static final Kept ALL = new Kept(null, null, null, null, null);

    private boolean ofStore() {
      return detailDays != null
          || summaryDays != null
          || weekDays != null
          || experimentDays != null;
    }

    private boolean ofTopics() {
      return detailDays != null || summaryDays != null || calibrationDays != null;
    }
  }

  /** The topics, as far as the keeper has to do with them. */
  interface Topics {
    /** As {@link TopicSweep#sweep}. */
    int sweep(List<Erasure> erasures, Instant now) throws InterruptedException;

    /** As {@link TopicSweep#expire}. */
    Expired expire(@Nullable Instant bouts, @Nullable LocalDate dates) throws InterruptedException;

    /** As {@link TopicSweep#expireCalibrations}. */
    int expireCalibrations(Instant before) throws InterruptedException;

    /**
     * What one call came to.
     *
     * @param records how many got a tombstone
     * @param more whether there is more to do
     */
    record Expired(int records, boolean more) {}
  }

  /** Something done from time to time, and put off when it fails. */
  private static final class Chore {
    private Instant next = Instant.MIN;
    private boolean failed;

    boolean begins(Instant now) {
      if (now.isBefore(next)) {
        return false;
      }
      next = now.plus(AGAIN);
      failed = true;
      return true;
    }

    void done(Instant again) {
      next = again;
      failed = false;
    }
  }

  HistoryKeeper(HistoryStore store, Topics topics, Kept kept, InstantSource clock) {
    this.store = store;
    this.topics = topics;
    this.kept = kept;
    this.clock = clock;
  }

  /**
   * Starts looking every few seconds, until closed.
   *
   * @param clock the real time, which also stamps the topics
   */
  public static HistoryKeeper start(
      HistoryStore store, KafkaConnection kafka, Kept kept, InstantSource clock) {
    HistoryKeeper keeper = new HistoryKeeper(store, new TopicSweep(kafka), kept, clock);
    ScheduledFuture<?> unused =
        keeper.thread.scheduleWithFixedDelay(keeper::look, 1, LOOK_SECONDS, TimeUnit.SECONDS);
    return keeper;
  }

  /** Why something that should be gone is not yet, or null. */
  public @Nullable String trouble() {
    return trouble;
  }

  void look() {
    try {
      Instant now = clock.instant();
      sweep(now);
      tidy(now);
      expire(now);
      if (!ofStore.failed && !ofTopics.failed && !ofFiles.failed) {
        trouble = null;
      }
    } catch (HistoryUnavailable | KafkaException e) {
      if (trouble == null) {
        LOG.warn("what is to be erased waits: {}", e.getMessage());
      }
      trouble = "what is to be erased waits: " + e.getMessage();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      LOG.error("the history keeper failed", e);
      trouble = "what is to be erased waits; logs/lumbar.log says more";
    }
  }

  private void sweep(Instant now) throws InterruptedException {
    List<Erasure> due = new ArrayList<>();
    Map<Erasure, Integer> then = new HashMap<>();
    Set<Erasure> known = new HashSet<>(store.erasures(now.minus(REMEMBERED)));
    swept.keySet().retainAll(known);
    for (Erasure erasure : known) {
      int stage = stage(Duration.between(erasure.at(), now));
      if (stage > swept.getOrDefault(erasure, 0)) {
        due.add(erasure);
        then.put(erasure, stage);
      }
    }
    if (!due.isEmpty()) {
      int records = topics.sweep(due, now);
      swept.putAll(then);
      untidy = true;
      LOG.info("swept the topics after {} erasures: {} records", due.size(), records);
    }
  }

  private void tidy(Instant now) {
    if (untidy && ofFiles.begins(now)) {
      store.tidy();
      untidy = false;
      Duration took = Duration.between(now, clock.instant());
      ofFiles.done(now.plus(took.multipliedBy(TIDYING_SHARE)));
      LOG.info("took out of the history's files what erasures left, in {} ms", took.toMillis());
    }
  }

  /** How many sweeps should have been by this age. */
  private static int stage(Duration age) {
    return (int) SWEEPS.stream().filter(after -> after.compareTo(age) <= 0).count();
  }

  private void expire(Instant now) throws InterruptedException {
    LocalDate today = now.atZone(ZoneOffset.UTC).toLocalDate();
    Instant bouts = before(now, kept.detailDays());
    LocalDate dates = before(today, kept.summaryDays());
    if (kept.ofStore() && ofStore.begins(now)) {
      store.expire(bouts, dates);
      store.expireLasting(before(today, kept.weekDays()), before(today, kept.experimentDays()));
      ofStore.done(now.plus(EXPIRY_EVERY));
    }
    if (kept.ofTopics() && ofTopics.begins(now)) {
      Topics.Expired done = topics.expire(bouts, dates);
      Instant calibrations = before(now, kept.calibrationDays());
      if (calibrations != null && !done.more()) {
        int fitted = topics.expireCalibrations(calibrations);
        LOG.info("took {} calibrations out of their topic that are older than is kept", fitted);
      }
      ofTopics.done(done.more() ? now : today.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant());
      LOG.info(
          "took {} records out of the topics that are older than is kept{}",
          done.records(),
          done.more() ? ", more to come" : "");
    }
  }

  private static @Nullable Instant before(Instant now, @Nullable Integer days) {
    return days == null ? null : now.minus(Duration.ofDays(days));
  }

  private static @Nullable LocalDate before(LocalDate today, @Nullable Integer days) {
    return days == null ? null : today.minusDays(days);
  }

  @Override
  public void close() {
    thread.shutdownNow();
    try {
      if (!thread.awaitTermination(5, TimeUnit.SECONDS)) {
        LOG.warn("a sweep of the topics was still going on");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
