package io.lumbar.history;

import io.lumbar.model.Alert;
import io.lumbar.model.AlertResponse;
import io.lumbar.model.Bout;
import io.lumbar.model.DaySummary;
import io.lumbar.model.Decision;
import io.lumbar.model.Episode;
import io.lumbar.model.NightSummary;
import io.lumbar.model.Posture;
import io.lumbar.model.Topic;
import io.lumbar.model.WearerId;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where the history of all wearers is kept and read.
 *
 * <p>Construction does no I/O beyond what the adapter's factory says. Writing is idempotent: the
 * same batch again changes nothing, and a record with a lower revision than the one kept is
 * ignored. Thread-safe; reads see what {@link #write} has returned for.
 */
public interface HistoryStore extends AutoCloseable {

  /**
   * Applies a batch in order. Retracted bouts, episodes and nights vanish from every list.
   *
   * @throws HistoryUnavailable when the store cannot be reached or has no room; the batch may then
   *     be written again
   * @throws HistoryRefused when a record of the batch can never be written, whatever the state of
   *     the store; some others may have been, and the batch without that record may be written
   *     again
   */
  void write(Batch batch);

  /** Bouts that overlap the range, not retracted, by start; of one posture, or of all with null. */
  Page<Bout> bouts(WearerId wearer, @Nullable Posture posture, Range range);

  /** Episodes that overlap the range, not retracted, by start. */
  Page<Episode> episodes(WearerId wearer, Range range);

  /** Alerts decided in the range, by time, with the newest response to each. */
  Page<AnsweredAlert> alerts(WearerId wearer, Range range);

  /** An alert by its id. */
  Optional<AnsweredAlert> alert(String id);

  /** Decisions taken in the range, by time. */
  Page<Decision> decisions(WearerId wearer, Range range);

  /** Summaries of the local days from {@code from} to {@code to}, both included, by date. */
  List<DaySummary> days(WearerId wearer, LocalDate from, LocalDate to);

  /**
   * Nights by the local date of waking from {@code from} to {@code to}, both included, not
   * retracted, by date.
   */
  List<NightSummary> nights(WearerId wearer, LocalDate from, LocalDate to);

  /** The bout with the latest start, of any posture. */
  Optional<Bout> latestBout(WearerId wearer);

  /** True when everything before the barrier of this id has been written. */
  boolean passed(WearerId wearer, String barrier);

  /** Whether the store answers, and if not, why in one sentence. */
  Check check();

  @Override
  void close();

  /** Records of any topics, in their order. */
  record Batch(
      List<Bout> bouts,
      List<Episode> episodes,
      List<Alert> alerts,
      List<AlertResponse> responses,
      List<Decision> decisions,
      List<DaySummary> days,
      List<NightSummary> nights,
      List<PassedBarrier> barriers) {

    /** Without nights. */
    public Batch(
        List<Bout> bouts,
        List<Episode> episodes,
        List<Alert> alerts,
        List<AlertResponse> responses,
        List<Decision> decisions,
        List<DaySummary> days,
        List<PassedBarrier> barriers) {
      this(bouts, episodes, alerts, responses, decisions, days, List.of(), barriers);
    }

    public Batch {
      bouts = List.copyOf(bouts);
      episodes = List.copyOf(episodes);
      alerts = List.copyOf(alerts);
      responses = List.copyOf(responses);
      decisions = List.copyOf(decisions);
      days = List.copyOf(days);
      nights = List.copyOf(nights);
      barriers = List.copyOf(barriers);
    }
  }

  /**
   * A barrier seen in an output topic; it counts once it was seen in all of {@link
   * #BARRIER_TOPICS}.
   */
  record PassedBarrier(WearerId wearer, String barrier, String topic) {}

  /** The topics in which a barrier must have been seen. */
  List<Topic> BARRIER_TOPICS = List.of(Topic.BOUTS, Topic.EPISODES, Topic.DAYS, Topic.NIGHTS);

  /**
   * What to list: items that touch [from, to), at most {@code limit}, starting behind the cursor.
   *
   * @param from or null for the beginning
   * @param to or null for no end
   * @param after the {@code next} of the page before, or null
   */
  record Range(@Nullable Instant from, @Nullable Instant to, int limit, @Nullable String after) {

    public Range {
      if (limit < 1) {
        throw new IllegalArgumentException("limit is " + limit + "; give 1 or more");
      }
    }

    /** Without bounds in time. */
    public static Range all(int limit) {
      return new Range(null, null, limit, null);
    }
  }

  /** Items in order of time, and the cursor of the next page, null at the end. */
  record Page<T>(List<T> items, @Nullable String next) {}

  /** An alert and the newest answer to it, null when there is none. */
  record AnsweredAlert(Alert alert, @Nullable AlertResponse response) {}

  /** The state of the store. */
  record Check(boolean ok, String detail) {}

  /** The store cannot be reached or refuses to write; trying again later may help. */
  @SuppressWarnings("serial") // never serialised
  final class HistoryUnavailable extends RuntimeException {
    public HistoryUnavailable(String message, @Nullable Throwable cause) {
      super(message, cause);
    }
  }

  /** The store will never take a record of the batch as it is; trying again does not help. */
  @SuppressWarnings("serial") // never serialised
  final class HistoryRefused extends RuntimeException {
    public HistoryRefused(String message, @Nullable Throwable cause) {
      super(message, cause);
    }
  }
}
