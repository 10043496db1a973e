package io.lumbar.analytics.night;

import io.lumbar.analytics.aging.ClosedDates;
import io.lumbar.analytics.evidence.Piece;
import io.lumbar.analytics.evidence.TimelineReader;
import io.lumbar.analytics.sitting.BoutLedger;
import io.lumbar.analytics.stream.EpisodeLedger;
import io.lumbar.analytics.stream.Span;
import io.lumbar.analytics.stream.SpanForgotten;
import io.lumbar.analytics.stream.WearerBook;
import io.lumbar.analytics.told.StatementLog;
import io.lumbar.model.DetectionSettings;
import io.lumbar.model.Episode;
import io.lumbar.model.EpisodeKind;
import io.lumbar.model.ForgottenDates;
import io.lumbar.model.NightSummary;
import io.lumbar.model.Placement;
import io.lumbar.model.WearerId;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Brings the published nights and the episodes of sleep in line with what is known.
 *
 * <p>The night of a date is the rest with the most lying of those that end on it. Only the rests
 * around a change are looked at: they are apart from others by more than anything can bridge.
 */
final class Nights {
  private static final List<EpisodeKind> KINDS =
      List.of(EpisodeKind.PRONE_SLEEP, EpisodeKind.ARCHED_SLEEP);

  /** What is told from an hour before waking up to half a day after belongs to the night. */
  private static final long MORNING_BEFORE = 3_600_000L;

  private static final long MORNING_AFTER = 12 * 3_600_000L;

  private final BoutLedger bouts;
  private final TimelineReader timeline;
  private final StatementLog statements;
  private final WearerBook wearers;
  private final EpisodeLedger episodes;
  private final NightLedger nights;
  private final ClosedDates closed;

  Nights(
      BoutLedger bouts,
      TimelineReader timeline,
      StatementLog statements,
      WearerBook wearers,
      EpisodeLedger episodes,
      NightLedger nights,
      ClosedDates closed) {
    this.bouts = bouts;
    this.timeline = timeline;
    this.statements = statements;
    this.wearers = wearers;
    this.episodes = episodes;
    this.nights = nights;
    this.closed = closed;
  }

  /**
   * What has to be published.
   *
   * @param rests of the span that was looked at, however short
   * @param span in which the wearer may have been in bed at other times than were known before
   * @param open whether a time in bed that was looked at may go on
   * @param held whether an episode in it holds without another word
   */
  record Changes(
      List<NightSummary> nights,
      List<Episode> episodes,
      List<Rest> rests,
      Span span,
      boolean open,
      boolean held) {}

  /** The span around another in which a check-in of that one may belong to a night. */
  static Span nightsOf(Span told) {
    return new Span(told.from() - MORNING_AFTER, told.to() + MORNING_BEFORE);
  }

  /** Looks at the rests around a changed span. */
  Changes update(WearerId wearer, Span changed, long now) {
    Span hull = changed;
    for (Rest rest : restsAround(wearer, changed)) {
      hull = hull.hull(rest.from(), rest.to());
    }
    for (NightSummary night : nights.overlapping(wearer, hull)) {
      hull = hull.hull(night.inBedFrom().toEpochMilli(), night.inBedTo().toEpochMilli());
    }
    List<Rest> all = restsAround(wearer, hull);
    List<Rest> rests = all.stream().filter(Rest::isInBed).toList();
    for (Rest rest : rests) {
      hull = hull.hull(rest.from(), rest.to());
    }
    TreeSet<LocalDate> dates = new TreeSet<>();
    rests.stream().filter(Rest::isNight).map(Rest::date).forEach(dates::add);
    nights.overlapping(wearer, hull).stream().map(NightSummary::date).forEach(dates::add);
    dates.removeIf(date -> closed.contains(wearer, date));
    List<NightSummary> changedNights = new ArrayList<>();
    for (LocalDate date : dates) {
      changedNights.addAll(nights.replace(wearer, date, night(wearer, date, now)));
    }
    List<Episode> changedEpisodes = new ArrayList<>();
    boolean held = false;
    for (EpisodeKind kind : KINDS) {
      List<Episode> truth = sleepEpisodes(wearer, kind, rests, now);
      held |= truth.stream().anyMatch(Nights::isHeld);
      changedEpisodes.addAll(episodes.replace(wearer, kind, hull, truth));
    }
    return new Changes(
        changedNights, changedEpisodes, all, hull, rests.stream().anyMatch(Rest::open), held);
  }

  /** The nights whose usual figures are others now that the tags of a date are. */
  List<NightSummary> tagged(WearerId wearer, LocalDate date) {
    return nights.followUsual(wearer, date);
  }

  /** The dates whose nights cannot be made anew without a span. */
  ForgottenDates lost(SpanForgotten word) {
    return word.of(
        date -> closed.contains(word.wearer(), date) || !nights.knows(word.wearer(), date));
  }

  /** Takes back those of such nights that are still known; returns what has to be published. */
  List<NightSummary> takeBack(ForgottenDates lost) {
    List<NightSummary> changed = new ArrayList<>();
    for (LocalDate date : lost.dates()) {
      if (nights.of(lost.wearer(), date).filter(lost::takes).isPresent()) {
        changed.addAll(nights.replace(lost.wearer(), date, Optional.empty()));
      }
    }
    return changed;
  }

  private List<Episode> sleepEpisodes(
      WearerId wearer, EpisodeKind kind, List<Rest> rests, long now) {
    List<Episode> truth = new ArrayList<>();
    for (Rest rest : rests) {
      truth.addAll(
          SleepEpisodes.of(wearer, kind, rest, pieces(wearer, rest, now), limits(wearer, rest)));
    }
    return truth;
  }

  private static boolean isHeld(Episode episode) {
    return episode.open() && episode.evidence().holdsUntil().isAfter(episode.to());
  }

  private Optional<NightSummary> night(WearerId wearer, LocalDate date, long now) {
    // A date begins and ends somewhere in this span, whatever the zones.
    Span span =
        new Span(
            date.minusDays(1).atTime(LocalTime.of(10, 0)).toInstant(ZoneOffset.UTC).toEpochMilli(),
            date.plusDays(1).atTime(LocalTime.NOON).toInstant(ZoneOffset.UTC).toEpochMilli());
    return restsAround(wearer, span).stream()
        .filter(rest -> rest.isNight() && rest.date().equals(date))
        .max(
            Comparator.comparingLong(Rest::lyingMillis)
                .thenComparing(Comparator.comparingLong(Rest::from).reversed()))
        .map(
            rest ->
                NightSum.of(
                    wearer,
                    rest,
                    pieces(wearer, rest, now),
                    timeline.toldAt(wearer, Placement.CHEST, rest.span(), rest.to()),
                    statements.checkIns(wearer, morning(rest)),
                    statements.forgotten(wearer, rest.span()),
                    limits(wearer, rest),
                    0));
  }

  /** By what held when the wearer rose. */
  private DetectionSettings limits(WearerId wearer, Rest rest) {
    return wearers.settingsAt(wearer, rest.to()).detection();
  }

  private List<Rest> restsAround(WearerId wearer, Span span) {
    return Rests.of(
        bouts.withRestsAround(wearer, span, Rests.LONGEST_GAP),
        zone -> wearers.dates(wearer, zone));
  }

  private List<Piece> pieces(WearerId wearer, Rest rest, long now) {
    // What goes on is told as far as it was looked at: lying on does not end what is in it.
    return rest.open()
        ? timeline.pieces(wearer, rest.span(), rest.to())
        : timeline.pieces(wearer, new Span(rest.from(), rest.to() + SleepEpisodes.BEHIND), now);
  }

  private static Span morning(Rest rest) {
    return new Span(rest.to() - MORNING_BEFORE, rest.to() + MORNING_AFTER);
  }
}
