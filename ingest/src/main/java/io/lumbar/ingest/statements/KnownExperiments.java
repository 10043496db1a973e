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

/**
 * Keeps a wearer from trying two changes at once, of which neither could be told from the other.
 *
 * <p>What is known is what the history has, and what was taken here, which the history may learn a
 * moment later; what another process took in that moment is not known. Thread-safe.
 */
final class KnownExperiments {
  private final Function<WearerId, List<Experiment>> history;
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
   */
  KnownExperiments(Function<WearerId, List<Experiment>> history) {
    this.history = history;
  }

  /**
   * Keeps an experiment that overlaps no other.
   *
   * @throws ApiException 409 where another runs on one of its days; the same id amends and the same
   *     statement again is one, so neither is another
   */
  boolean keep(WearerId wearer, Experiment experiment, Keeping keeping) {
    Mine mine = taken.computeIfAbsent(wearer, id -> new Mine());
    synchronized (mine) {
      if (!experiment.revoked()) {
        other(wearer, mine, experiment)
            .ifPresent(
                running -> {
                  throw refused(running);
                });
      }
      boolean kept = keeping.keep();
      if (kept) {
        mine.byId.merge(experiment.id(), experiment, KnownExperiments::newer);
        LocalDate today = LocalDate.ofInstant(experiment.statedAt(), ZoneOffset.UTC);
        mine.byId.values().removeIf(one -> one.end().isBefore(today.minusDays(1)));
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
