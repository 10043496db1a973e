package io.lumbar.history;

import io.lumbar.model.Alert;
import io.lumbar.model.AlertResponse;
import io.lumbar.model.Bout;
import io.lumbar.model.DaySummary;
import io.lumbar.model.Decision;
import io.lumbar.model.Episode;
import io.lumbar.model.Experiment;
import io.lumbar.model.ForgottenDates;
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

  /**
   * Summaries of the local days from {@code from} to {@code to}, both included, not retracted, by
   * date.
   */
  List<DaySummary> days(WearerId wearer, LocalDate from, LocalDate to);

  /**
   * Nights by the local date of waking from {@code from} to {@code to}, both included, not
   * retracted, by date.
   */
  List<NightSummary> nights(WearerId wearer, LocalDate from, LocalDate to);

  /** The days and the nights from a date to another, both included, in as few turns as it can. */
  default Dates dates(WearerId wearer, LocalDate from, LocalDate to) {
    return new Dates(days(wearer, from, to), nights(wearer, from, to));
  }

  /**
   * Everything but the sums that tells of a wearer in [from, to), whole, in as few turns as it can;
   * for days, not for years.
   */
  default Details details(WearerId wearer, Instant from, Instant to) {
    return new Details(
        Listing.all(from, to, range -> bouts(wearer, null, range)),
        Listing.all(from, to, range -> alerts(wearer, range)),
        Listing.all(from, to, range -> decisions(wearer, range)),
        experiments(wearer));
  }

  /** What the wearer tries or tried on themselves, not taken back, by first day. */
  List<Experiment> experiments(WearerId wearer);

  /** The bout with the latest start, of any posture. */
  Optional<Bout> latestBout(WearerId wearer);

  /**
   * Takes away everything of a wearer, or with a span what began in it, and keeps in mind that it
   * was asked. Doing it again changes nothing.
   *
   * <p>Of a span, bouts and episodes that began in it go, decisions taken in it, and alerts that
   * were decided in it or tell of a stretch that began in it. What analytics worked out anew
   * replaces the rest, and what it cannot, {@link #dropDays} and {@link #dropNights} take.
   *
   * @return the ids of the alerts of a span that went, so that no later answer to them is kept
   * @throws HistoryUnavailable when the store cannot be reached; some of it may be gone then
   */
  List<String> erase(Erasure erasure);

  /**
   * Takes away the days that cannot be summed anew without a span that was to be forgotten. Doing
   * it again changes nothing; a day that is written later stays.
   *
   * @throws HistoryUnavailable when the store cannot be reached; some may be gone then
   */
  void dropDays(ForgottenDates lost);

  /** As {@link #dropDays}, the nights. */
  void dropNights(ForgottenDates lost);

  /**
   * Another process may have written what this one wrote before, so that nothing counts that is
   * remembered of the store's content.
   */
  default void writersChanged() {}

  /** What was asked to be erased since an instant, by the time it was asked. */
  List<Erasure> erasures(Instant since);

  /**
   * Takes away what is older than is kept; others write meanwhile.
   *
   * @param details bouts and episodes that began before go, and alerts, responses and decisions of
   *     before, three days later notes of what was handed over, and some time later what is known
   *     of barriers and of what was retracted; null keeps all
   * @param days days and nights of before go; null keeps all
   */
  void expire(@Nullable Instant details, @Nullable LocalDate days);

  /**
   * Takes away what is kept longer than days and nights are, where the settings end it.
   *
   * @param weeks the means of weeks that ended before go, where the store makes any; null keeps all
   * @param experiments those that ended before go, with all that was said of them; null keeps all
   */
  void expireLasting(@Nullable LocalDate weeks, @Nullable LocalDate experiments);

  /**
   * Takes out of the store's own files what deleting rows has left there, where the store can.
   * Takes as long as copying them; others may read meanwhile, and writing waits.
   *
   * @throws HistoryUnavailable when it could not, such as for want of room on the disk
   */
  default void tidy() {}

  /**
   * Notes that a report is about to be handed to somebody, and says whether that was not noted
   * before; of a wearer who was erased nothing is handed over. One process at a time may ask about
   * a wearer.
   *
   * @param report its date, week or month
   */
  boolean handOver(WearerId wearer, String report, Instant at);

  /** Keeps who read what; of the same reader, matter, hour and source the later one counts. */
  void note(List<Reading> readings);

  /** Who read what of a wearer in [from, to), newest hour first, the sources of an hour summed. */
  List<Reading> readings(WearerId wearer, Instant from, Instant to);

  /** True when everything before the barrier of this id has been written. */
  boolean passed(WearerId wearer, String barrier);

  /** Whether the store answers, and if not, why in one sentence. */
  Check check();

  @Override
  void close();

  /**
   * Records of any topics, in their order. The end of a snooze is no answer to its alert and is
   * left out.
   */
  record Batch(
      List<Bout> bouts,
      List<Episode> episodes,
      List<Alert> alerts,
      List<AlertResponse> responses,
      List<Decision> decisions,
      List<DaySummary> days,
      List<NightSummary> nights,
      List<PassedBarrier> barriers,
      List<ToldExperiment> experiments) {

    /** Without experiments. */
    public Batch(
        List<Bout> bouts,
        List<Episode> episodes,
        List<Alert> alerts,
        List<AlertResponse> responses,
        List<Decision> decisions,
        List<DaySummary> days,
        List<NightSummary> nights,
        List<PassedBarrier> barriers) {
      this(bouts, episodes, alerts, responses, decisions, days, nights, barriers, List.of());
    }

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
      responses = responses.stream().filter(answer -> !answer.endsSnooze()).toList();
      decisions = List.copyOf(decisions);
      days = List.copyOf(days);
      nights = List.copyOf(nights);
      barriers = List.copyOf(barriers);
      experiments = List.copyOf(experiments);
    }
  }

  /**
   * A barrier seen in an output topic; it counts once it was seen in all of {@link
   * #BARRIER_TOPICS}.
   */
  record PassedBarrier(WearerId wearer, String barrier, String topic) {}

  /** An experiment and whose it is; of one id the one that supersedes the others counts. */
  record ToldExperiment(WearerId wearer, Experiment experiment) {}

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

  /** As {@link #days} and {@link #nights} give them. */
  record Dates(List<DaySummary> days, List<NightSummary> nights) {}

  /** As {@link #bouts} of any posture, {@link #alerts} and the others give them. */
  record Details(
      List<Bout> bouts,
      List<AnsweredAlert> alerts,
      List<Decision> decisions,
      List<Experiment> experiments) {}

  /** Items in order of time, and the cursor of the next page, null at the end. */
  record Page<T>(List<T> items, @Nullable String next) {}

  /**
   * A wearer, or a span of theirs, that is to be no more.
   *
   * @param from beginning of the span; null, with {@code to}, for all that there is of the wearer
   * @param at when it was asked
   */
  record Erasure(WearerId wearer, @Nullable Instant from, @Nullable Instant to, Instant at) {

    public Erasure {
      if ((from == null) != (to == null) || (from != null && to != null && !from.isBefore(to))) {
        throw new IllegalArgumentException("a span has two ends, the first before the second");
      }
    }

    /** All of a wearer. */
    public static Erasure everything(WearerId wearer, Instant at) {
      return new Erasure(wearer, null, null, at);
    }

    /** Whether the wearer is to be no more. */
    public boolean whole() {
      return from == null;
    }

    /** Whether an instant of the wearer is among what goes. */
    public boolean covers(Instant instant) {
      return from == null || to == null || (!instant.isBefore(from) && instant.isBefore(to));
    }
  }

  /**
   * That somebody read something of a wearer, within one hour of UTC.
   *
   * @param reader {@code owner} or {@code wearer}
   * @param what a word for the kind of data, such as {@code days}
   * @param source which process counted
   */
  record Reading(
      WearerId wearer,
      String reader,
      String what,
      Instant hour,
      String source,
      Instant first,
      Instant last,
      long times) {}

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
