package io.lumbar.reports.schedule;

import io.lumbar.history.HistoryStore.Erasure;
import io.lumbar.model.Wearer;
import io.lumbar.model.WearerId;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * Deletes reports in the folder of who was erased, whichever process took the word and whether or
 * not this one ran then, and those about a span that a wearer took back.
 */
final class ErasedReports {
  /** As long as the history tells of spans. */
  private static final Duration SPANS = Duration.ofDays(60);

  private final ReportFolder folder;
  private final Function<Instant, List<Erasure>> erasures;
  private final Set<Erasure> done = new HashSet<>();

  ErasedReports(ReportFolder folder, Function<Instant, List<Erasure>> erasures) {
    this.folder = folder;
    this.erasures = erasures;
  }

  /**
   * Looks at the folder and at what was erased.
   *
   * @param known the wearers who are there
   * @return of whom something was deleted
   */
  Set<WearerId> delete(Map<WearerId, Wearer> known, Instant now) {
    Set<WearerId> touched = new HashSet<>();
    Set<WearerId> strangers = folder.wearers();
    strangers.removeAll(known.keySet());
    if (!strangers.isEmpty()) {
      for (Erasure each : erasures.apply(Instant.EPOCH)) {
        if (each.whole() && strangers.contains(each.wearer())) {
          folder.erase(each.wearer());
          touched.add(each.wearer());
        }
      }
    }
    List<Erasure> recent = erasures.apply(now.minus(SPANS));
    done.retainAll(recent);
    for (Erasure each : recent) {
      Wearer wearer = known.get(each.wearer());
      if (wearer != null && !done.contains(each) && forget(wearer, each)) {
        touched.add(each.wearer());
      }
    }
    return touched;
  }

  private boolean forget(Wearer wearer, Erasure span) {
    Instant from = span.from();
    Instant to = span.to();
    if (from == null || to == null) {
      return false;
    }
    LocalDate first = wearer.dates().at(from);
    LocalDate last = wearer.dates().at(to);
    int count = folder.forget(wearer.id(), first, last, span.at());
    done.add(span);
    return count > 0;
  }
}
