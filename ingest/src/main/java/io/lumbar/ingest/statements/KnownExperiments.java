package io.lumbar.ingest.statements;

import io.lumbar.http.ApiException;
import io.lumbar.model.Experiment;
import io.lumbar.model.WearerId;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Keeps a wearer from trying two changes at once, of which neither could be told from the other.
 *
 * <p>What is known is what the history has, and what was taken here, which the history may learn a
 * moment later; what another process took in that moment is not known. Thread-safe.
 */
final class KnownExperiments {
  /** Of a wearer; the history has known the oldest of so many for long. */
  private static final int MOST = 50;

  private final Function<WearerId, List<Experiment>> history;
  private final Predicate<WearerId> known;
  private final Map<WearerId, Mine> taken = new ConcurrentHashMap<>();

  /** What was taken here of one wearer; its monitor has one at a time asked and noted. */
  private static final class Mine {
    private final Map<String, Experiment> byId = new HashMap<>();
  }

  /** Keeps a statement; false when it is not certain that it is kept. */
  interface Keeping {
    boolean keep();
  }

  /**
   * Over a history.
   *
   * @param history the experiments of a wearer that were not taken back, in any order
   * @param known whether there is this wearer; of others nothing is kept
   */
  KnownExperiments(Function<WearerId, List<Experiment>> history, Predicate<WearerId> known) {
    this.history = history;
    this.known = known;
  }

  /**
   * Keeps an experiment that overlaps no other.
   *
   * @param openly whether a refusal may tell of the other one
   * @throws ApiException 409 where another runs on one of its days; the same id amends and the same
   *     statement again is one, so neither is another
   */
  boolean keep(WearerId wearer, Experiment experiment, boolean openly, Keeping keeping) {
    taken.keySet().removeIf(id -> !id.equals(wearer) && !known.test(id));
    Mine mine = taken.computeIfAbsent(wearer, id -> new Mine());
    synchronized (mine) {
      if (!experiment.revoked()) {
        other(wearer, mine, experiment)
            .ifPresent(
                running -> {
                  throw openly ? refused(running) : refused();
                });
      }
      boolean kept = keeping.keep();
      if (kept) {
        mine.byId.merge(experiment.id(), experiment, KnownExperiments::newer);
        LocalDate today = LocalDate.ofInstant(experiment.statedAt(), ZoneOffset.UTC);
        mine.byId.values().removeIf(one -> one.end().isBefore(today.minusDays(1)));
        if (mine.byId.size() > MOST) {
          mine.byId.values().stream()
              .min(Comparator.comparing(Experiment::statedAt).thenComparing(Experiment::id))
              .ifPresent(oldest -> mine.byId.remove(oldest.id()));
        }
      }
      return kept;
    }
  }

  private Optional<Experiment> other(WearerId wearer, Mine mine, Experiment asked) {
    Map<String, Experiment> known = new HashMap<>(mine.byId);
    history.apply(wearer).forEach(one -> known.merge(one.id(), one, KnownExperiments::newer));
    return known.values().stream()
        .filter(one -> !one.revoked() && !one.id().equals(asked.id()))
        .filter(one -> one.from().isBefore(asked.end()) && asked.from().isBefore(one.end()))
        .max(Comparator.comparing(Experiment::from));
  }

  private static Experiment newer(Experiment one, Experiment other) {
    return other.supersedes(one) ? other : one;
  }

  private static ApiException refused() {
    return ApiException.conflict(
        "from: another experiment runs on one of these days, and the wearer has paused sharing;"
            + " ask the wearer");
  }

  private static ApiException refused(Experiment running) {
    return ApiException.conflict(
        ("from: the experiment %s (id %s) runs from %s to %s, and two at once cannot be told apart;"
                + " begin on %s or later, or end that one first by its id with \"revoked\":true")
            .formatted(
                running.change().wireName(),
                running.id(),
                running.from(),
                running.end().minusDays(1),
                running.end()));
  }
}
