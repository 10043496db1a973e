package io.lumbar.analytics.stream;

import io.lumbar.model.Episode;
import io.lumbar.model.EpisodeKind;
import io.lumbar.model.WearerId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * The episodes that were published last for each wearer and kind. Episodes of one kind never
 * overlap.
 */
public final class EpisodeLedger {
  private final KeyValueStore<String, Episode> live;
  private final Retired retired;

  /**
   * Opens the ledger.
   *
   * @param live episodes by wearer, kind and start
   * @param retired the last revision of episodes that were retracted
   */
  public EpisodeLedger(
      KeyValueStore<String, Episode> live, KeyValueStore<String, Integer> retired) {
    this.live = live;
    this.retired = new Retired(retired);
  }

  /**
   * Replaces the episodes of a kind that overlap a span by what is true there, and returns what has
   * to be published: first retractions, then new and changed episodes by start.
   *
   * @param truth the episodes with any revision; it is set here
   */
  public List<Episode> replace(WearerId wearer, EpisodeKind kind, Span span, List<Episode> truth) {
    return replace(wearer, kind, overlapping(wearer, kind, span), truth);
  }

  /**
   * The same for the episodes that start within a span, wherever they end.
   *
   * @param truth the episodes with any revision; it is set here
   */
  public List<Episode> replaceStarting(
      WearerId wearer, EpisodeKind kind, Span span, List<Episode> truth) {
    List<Episode> starting = overlapping(wearer, kind, span);
    starting.removeIf(episode -> episode.from().toEpochMilli() < span.from());
    return replace(wearer, kind, starting, truth);
  }

  private List<Episode> replace(
      WearerId wearer, EpisodeKind kind, List<Episode> published, List<Episode> truth) {
    Map<String, Episode> old = new LinkedHashMap<>();
    for (Episode episode : published) {
      old.put(episode.id(), episode);
    }
    List<Episode> changed = new ArrayList<>();
    for (Episode episode : truth) {
      Episode before = old.remove(episode.id());
      int revision = before == null ? 0 : before.revision();
      if (before == null) {
        revision = retired.take(wearer, episode.from(), episode.id());
      }
      if (!revised(episode, revision, false, episode.endedBy()).equals(before)) {
        changed.add(revised(episode, revision + 1, false, episode.endedBy()));
      }
    }
    List<Episode> result = new ArrayList<>();
    for (Episode gone : old.values()) {
      Episode retracted = revised(gone, gone.revision() + 1, true, "retracted");
      live.delete(key(wearer, kind, gone.from().toEpochMilli()));
      retired.put(wearer, gone.from(), gone.id(), retracted.revision());
      result.add(retracted);
    }
    for (Episode episode : changed) {
      live.put(key(wearer, kind, episode.from().toEpochMilli()), episode);
      result.add(episode);
    }
    return result;
  }

  /** The episode of a kind that starts at an instant in epoch milliseconds. */
  public Optional<Episode> startingAt(WearerId wearer, EpisodeKind kind, long from) {
    return Optional.ofNullable(live.get(key(wearer, kind, from)));
  }

  /** True when an episode of a kind overlaps a span. */
  public boolean any(WearerId wearer, EpisodeKind kind, Span span) {
    return !overlapping(wearer, kind, span).isEmpty();
  }

  /** The span widened to hold every episode of a kind that it overlaps. */
  public Span hull(WearerId wearer, EpisodeKind kind, Span span) {
    Span hull = span;
    for (Episode episode : overlapping(wearer, kind, span)) {
      hull = hull.hull(episode.from().toEpochMilli(), episode.to().toEpochMilli());
    }
    return hull;
  }

  private List<Episode> overlapping(WearerId wearer, EpisodeKind kind, Span span) {
    List<Episode> found = new ArrayList<>();
    try (KeyValueIterator<String, Episode> backwards =
        live.reverseRange(key(wearer, kind, 0), key(wearer, kind, span.to() - 1))) {
      while (backwards.hasNext()) {
        Episode episode = backwards.next().value;
        if (episode.to().toEpochMilli() <= span.from()) {
          break;
        }
        found.add(episode);
      }
    }
    Collections.reverse(found);
    return found;
  }

  private static Episode revised(
      Episode episode, int revision, boolean retracted, @Nullable String endedBy) {
    return new Episode(
        episode.id(),
        episode.wearer(),
        episode.kind(),
        episode.from(),
        episode.to(),
        episode.zone(),
        episode.level(),
        episode.open() && !retracted,
        revision,
        retracted,
        episode.evidence(),
        endedBy,
        episode.dayTags());
  }

  private static String key(WearerId wearer, EpisodeKind kind, long from) {
    return StoreKeys.at(wearer.value() + "|" + kind.wireName(), from);
  }
}
