package io.lumbar.analytics.sitting;

import io.lumbar.analytics.evidence.EvidenceLog;
import io.lumbar.analytics.evidence.TimelineReader;
import io.lumbar.analytics.sitting.LongSitting.Stretch;
import io.lumbar.analytics.stream.EpisodeLedger;
import io.lumbar.analytics.stream.RecentlyUsed;
import io.lumbar.analytics.stream.Span;
import io.lumbar.analytics.stream.WearerBook;
import io.lumbar.analytics.told.StatementLog;
import io.lumbar.model.Bout;
import io.lumbar.model.DayTag;
import io.lumbar.model.Episode;
import io.lumbar.model.EpisodeKind;
import io.lumbar.model.Posture;
import io.lumbar.model.StableIds;
import io.lumbar.model.WearerDates;
import io.lumbar.model.WearerId;
import io.lumbar.model.WearerPartitioner;
import io.lumbar.model.WearerSettings;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongFunction;
import java.util.stream.Collectors;

/**
 * Brings the published bouts and long-sitting episodes of a wearer in line with what is known.
 *
 * <p>The result is a function of the set of evidence and of the present: in whatever order the
 * evidence came, the last published records are the same. Only the neighbourhood of a change is
 * looked at: it is widened to whole bouts and to the breaks around them, beyond which nothing can
 * differ.
 */
final class Sitting {
  private static final int RECENT_TAGS = 10_000;

  private final EvidenceLog evidence;
  private final TimelineReader timeline;
  private final StatementLog statements;
  private final WearerBook wearers;
  private final BoutLedger bouts;
  private final EpisodeLedger episodes;
  private final Spells spells;
  private final Milestones milestones;

  /** The tags of the days on which somebody sits for long, by wearer and date. */
  private final Map<String, List<String>> tags = new RecentlyUsed<>(RECENT_TAGS);

  private final long silenceMillis;

  Sitting(
      EvidenceLog evidence,
      TimelineReader timeline,
      StatementLog statements,
      WearerBook wearers,
      BoutLedger bouts,
      EpisodeLedger episodes,
      Milestones milestones,
      Duration silence) {
    this.evidence = evidence;
    this.timeline = timeline;
    this.statements = statements;
    this.wearers = wearers;
    this.bouts = bouts;
    this.episodes = episodes;
    this.milestones = milestones;
    this.silenceMillis = silence.toMillis();
    this.spells = new Spells(silenceMillis);
  }

  /**
   * What has to be published, and when to look again if nothing new comes.
   *
   * @param bouts retractions first, then by start
   * @param span the time that was looked at; nothing outside changed
   * @param frees whether a bout is gone or ends earlier, so that time may be unknown again
   * @param rest whether it may bear on a time in bed
   * @param lookAgain besides the {@linkplain #milestone milestones}
   */
  record Changes(
      List<Bout> bouts,
      List<Episode> episodes,
      Span span,
      boolean frees,
      boolean rest,
      OptionalLong lookAgain) {}

  /** Forgets what is at hand of a wearer, of whom nothing is stored any more. */
  void drop(String wearer) {
    evidence.drop(wearer);
    dropRecent(wearer);
  }

  /** Forgets which bouts and tags are at hand of a wearer: the stored ones are others now. */
  void dropRecent(String wearer) {
    bouts.drop(wearer);
    tags.keySet().removeIf(key -> WearerPartitioner.wearer(key).equals(wearer));
  }

  /** Re-reads a changed span. */
  Changes update(WearerId wearer, Span changed, Present present) {
    long now = present.now();
    LongFunction<WearerSettings> settings = wearers.settings(wearer);
    // Where one device holds a posture over its silence, another device's bouts may give way.
    boolean several = evidence.severalDevices(wearer, changed.widened(silenceMillis));
    Span near = changed.widened(Spells.REACH + (several ? silenceMillis : 0));
    List<Bout> published = publishedNear(wearer, near);
    Span hull = near;
    for (Bout bout : published) {
      long to = bout.to().toEpochMilli();
      // What still goes on was seen up to its last look only, and may not be cut short by this one.
      hull = hull.hull(bout.from().toEpochMilli(), bout.open() ? Math.max(to, now) : to);
    }
    List<Spell> truth = spells.of(timeline.pieces(wearer, hull.widened(Spells.REACH), now), hull);
    if (!present.live()) {
      truth = truth.stream().map(spell -> spell.heldUntil(now)).toList();
    }
    int open = isNewest(wearer, hull) ? openIndex(truth, now) : -1;
    List<Bout> changedBouts = bouts.replace(wearer, published, truth, open);
    // Where an episode falls apart, what is left of it may lie behind everything that changed.
    Span judged = episodes.hull(wearer, EpisodeKind.LONG_SITTING, hull);
    List<Bout> around = aroundBreaks(wearer, judged);
    List<Stretch> stretches = LongSitting.stretches(around);
    return new Changes(
        changedBouts,
        changedEpisodes(wearer, judged, around, stretches, settings, now),
        hull,
        frees(published, changedBouts),
        bearsOnRest(wearer, truth, changedBouts, hull),
        earlier(
            lookAgain(wearer, around, stretches, settings.apply(now), present),
            timeline.nextWord(wearer, now)));
  }

  private static boolean frees(List<Bout> published, List<Bout> changed) {
    Map<String, Instant> ends =
        published.stream().collect(Collectors.toMap(Bout::id, Bout::to, (one, same) -> one));
    return changed.stream()
        .anyMatch(
            bout ->
                bout.retracted() || bout.to().isBefore(ends.getOrDefault(bout.id(), bout.to())));
  }

  static OptionalLong earlier(OptionalLong one, OptionalLong other) {
    return one.isEmpty() || (other.isPresent() && other.getAsLong() < one.getAsLong())
        ? other
        : one;
  }

  /**
   * Lying in it or taken out of it, or time before something that is known already: what comes
   * newest and holds no lying is behind every time in bed.
   */
  private boolean bearsOnRest(
      WearerId wearer, List<Spell> truth, List<Bout> changedBouts, Span hull) {
    return truth.stream().anyMatch(spell -> spell.posture() == Posture.LYING)
        || changedBouts.stream().anyMatch(bout -> bout.posture() == Posture.LYING)
        || (!changedBouts.isEmpty() && !isNewest(wearer, hull));
  }

  /** Looks at the newest bout again, because time has passed. */
  Optional<Changes> timePassed(WearerId wearer, Present present) {
    return bouts
        .last(wearer)
        .map(
            last ->
                update(
                    wearer,
                    new Span(
                        last.from().toEpochMilli(),
                        Math.max(present.now(), last.to().toEpochMilli())),
                    present));
  }

  /**
   * The published bouts that a change may alter: those it touches, and on each side the next one if
   * a silence may be bridged to it or if it still counts as going on.
   */
  private List<Bout> publishedNear(WearerId wearer, Span near) {
    List<Bout> published = bouts.touching(wearer, near);
    long first = near.from();
    long last = near.to();
    for (Bout bout : published) {
      first = Math.min(first, bout.from().toEpochMilli());
      last = Math.max(last, bout.to().toEpochMilli());
    }
    // A bout that is too short to stand alone may stand together with those before and after it.
    try (var backwards = bouts.before(wearer, first)) {
      boolean more = true;
      while (more && backwards.hasNext()) {
        Bout before = backwards.next();
        more = before.open() || first - before.to().toEpochMilli() <= silenceMillis;
        if (more) {
          published.add(0, before);
          first = before.from().toEpochMilli();
          more = isShort(before);
        }
      }
    }
    try (var forwards = bouts.from(wearer, last)) {
      boolean more = true;
      while (more && forwards.hasNext()) {
        Bout after = forwards.next();
        more = after.from().toEpochMilli() - last <= silenceMillis;
        if (more) {
          published.add(after);
          last = after.to().toEpochMilli();
          more = isShort(after);
        }
      }
    }
    return published;
  }

  private static boolean isShort(Bout bout) {
    return bout.to().toEpochMilli() - bout.from().toEpochMilli() < Spells.SHORTEST_CLASSIFIED;
  }

  /** The last spell, if it may still be going on. */
  private int openIndex(List<Spell> truth, long now) {
    int last = truth.size() - 1;
    return last >= 0 && truth.get(last).holdsUntil() + silenceMillis > now ? last : -1;
  }

  private boolean isNewest(WearerId wearer, Span hull) {
    try (var after = bouts.from(wearer, hull.to())) {
      return !after.hasNext();
    }
  }

  /** The bouts of a span and those around it, up to where no stretch can cross. */
  private List<Bout> aroundBreaks(WearerId wearer, Span hull) {
    List<Bout> around = new ArrayList<>();
    try (var backwards = bouts.before(wearer, hull.from())) {
      while (backwards.hasNext()) {
        Bout bout = backwards.next();
        boolean apart =
            around.isEmpty()
                ? hull.from() - bout.to().toEpochMilli() > LongSitting.LONGEST_SUSPENSION
                : LongSitting.suspensionResets(bout, around.get(around.size() - 1));
        if (apart) {
          break;
        }
        around.add(bout);
        if (LongSitting.resets(bout)) {
          break;
        }
      }
    }
    Collections.reverse(around);
    try (var forwards = bouts.from(wearer, hull.from())) {
      while (forwards.hasNext()) {
        Bout bout = forwards.next();
        boolean behind = bout.from().toEpochMilli() >= hull.to();
        if (behind
            && !around.isEmpty()
            && LongSitting.suspensionResets(around.get(around.size() - 1), bout)) {
          break;
        }
        around.add(bout);
        if (behind && LongSitting.resets(bout)) {
          break;
        }
      }
    }
    return around;
  }

  private List<Episode> changedEpisodes(
      WearerId wearer,
      Span hull,
      List<Bout> around,
      List<Stretch> stretches,
      LongFunction<WearerSettings> settings,
      long now) {
    List<Episode> truth = new ArrayList<>();
    for (Stretch stretch : stretches) {
      long judged = stretch.open() ? Math.max(now, stretch.to()) : stretch.to();
      int level = stretch.level(settings.apply(judged));
      if (level > 0) {
        truth.add(episode(wearer, stretch, level));
      }
    }
    // Where the bouts of an episode are gone, nothing around them tells of it.
    Span span = hull;
    for (Bout bout : around) {
      span = span.hull(bout.from().toEpochMilli(), bout.to().toEpochMilli());
    }
    return episodes.replace(wearer, EpisodeKind.LONG_SITTING, span, truth);
  }

  private Episode episode(WearerId wearer, Stretch stretch, int level) {
    Instant from = Instant.ofEpochMilli(stretch.from());
    Instant to = Instant.ofEpochMilli(stretch.to());
    return new Episode(
        StableIds.episode(wearer, EpisodeKind.LONG_SITTING, from),
        wearer,
        EpisodeKind.LONG_SITTING,
        from,
        to,
        stretch.zone(),
        level,
        stretch.open(),
        0,
        false,
        new Episode.Evidence(
            to,
            Instant.ofEpochMilli(stretch.holdsUntil()),
            stretch.seatedMillis() / 1000.0,
            stretch.posture(),
            stretch.source()),
        stretch.endedBy(),
        tags(wearer, wearers.dates(wearer, stretch.zone()).at(from)));
  }

  private List<String> tags(WearerId wearer, LocalDate date) {
    return tags.computeIfAbsent(
        WearerPartitioner.key(wearer, date.toString()),
        key -> statements.tags(wearer, date).stream().map(DayTag.Tag::wireName).sorted().toList());
  }

  /** When the newest bout, as it is published, makes something new true by going on alone. */
  OptionalLong milestone(WearerId wearer, Present present) {
    Optional<Bout> alone =
        bouts
            .last(wearer)
            .filter(bout -> bout.open() && bout.holdsUntil().toEpochMilli() > present.now());
    if (alone.isEmpty() || !present.live()) {
      return OptionalLong.empty();
    }
    OptionalLong next = milestones.next(wearer, alone.get());
    return next.isEmpty() ? next : OptionalLong.of(Math.max(next.getAsLong(), present.now() + 1));
  }

  /** The next instant at which silence alone changes something: always by the newest bout. */
  private OptionalLong lookAgain(
      WearerId wearer,
      List<Bout> around,
      List<Stretch> aroundStretches,
      WearerSettings settings,
      Present present) {
    long now = present.now();
    Optional<Bout> newest = bouts.last(wearer).filter(Bout::open);
    if (newest.isEmpty()) {
      return OptionalLong.empty();
    }
    if (!present.live()) {
      // As soon as everything is read.
      return OptionalLong.of(now);
    }
    Bout bout = newest.get();
    // What came may be a day old, and then the stretches around it say nothing about the present.
    boolean seen = !around.isEmpty() && around.get(around.size() - 1).equals(bout);
    List<Stretch> stretches =
        seen
            ? aroundStretches
            : LongSitting.stretches(
                aroundBreaks(
                    wearer, new Span(bout.from().toEpochMilli(), bout.to().toEpochMilli())));
    long holds = bout.holdsUntil().toEpochMilli();
    long due = holds + silenceMillis;
    boolean goesOnAlone = holds > now;
    if (goesOnAlone && !stretches.isEmpty()) {
      Stretch last = stretches.get(stretches.size() - 1);
      if (last.open()) {
        long missing =
            LongSitting.isSeated(bout.posture())
                ? last.millisToNextLevel(settings)
                : LongSitting.BREAK - last.breakMillis();
        if (missing >= 0) {
          due = Math.min(due, bout.to().toEpochMilli() + missing);
        }
      }
    }
    if (goesOnAlone) {
      due = Math.min(due, endOfDay(wearer, bout));
    }
    if (goesOnAlone || (holds == now && evidence.severalDevices(wearer, new Span(now - 1, now)))) {
      // Right behind it, too, where another device may hold the posture on.
      due = Math.min(due, holds);
    }
    return OptionalLong.of(Math.max(due, now + 1));
  }

  /** Days that are over are told whole, so what goes on over midnight is looked at then. */
  private long endOfDay(WearerId wearer, Bout bout) {
    WearerDates dates = wearers.dates(wearer, bout.zone());
    return dates.end(dates.at(bout.to())).toEpochMilli();
  }
}
