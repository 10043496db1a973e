package io.lumbar.analytics.evidence;

import io.lumbar.analytics.stream.Span;
import io.lumbar.analytics.stream.WearerBook;
import io.lumbar.analytics.told.StatementLog;
import io.lumbar.model.Correction;
import io.lumbar.model.Placement;
import io.lumbar.model.WearerId;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.LongStream;

/** The timeline of a wearer, from what devices said and, above them, what the wearer said. */
public final class TimelineReader {
  private final EvidenceLog evidence;
  private final StatementLog statements;
  private final WearerBook wearers;
  private final Timeline timeline;
  private final long silenceMillis;

  public TimelineReader(
      EvidenceLog evidence, StatementLog statements, WearerBook wearers, Duration silence) {
    this.evidence = evidence;
    this.statements = statements;
    this.wearers = wearers;
    silenceMillis = silence.toMillis();
    timeline = new Timeline(silenceMillis);
  }

  /**
   * The pieces inside a span, in order, without overlap. Times of which nothing is known are left
   * out; those that the wearer took back are pieces of unknown posture.
   *
   * @param now the present in epoch milliseconds
   */
  public List<Piece> pieces(WearerId wearer, Span span, long now) {
    List<Piece> pieces =
        timeline.resolve(evidence.bearingOn(wearer, span.widened(silenceMillis)), span, now);
    List<Correction> corrections = statements.corrections(wearer, span);
    return corrections.isEmpty()
        ? pieces
        : Corrections.apply(pieces, corrections, span, wearers.zones(wearer));
  }

  /**
   * The pieces inside a span as the sensors at one placement alone tell them, whichever sensor is
   * believed there, and without the wearer's word.
   *
   * @param now the present in epoch milliseconds
   */
  public List<Piece> toldAt(WearerId wearer, Placement placement, Span span, long now) {
    List<Evidence> told =
        evidence.bearingOn(wearer, span.widened(silenceMillis)).stream()
            .filter(one -> one.stamp().placement() == placement)
            .toList();
    return timeline.resolve(told, span, now);
  }

  /**
   * The next instant after the present at which a word of the wearer begins or ends to hold: what
   * sensors told goes on behind it without anything new.
   */
  public OptionalLong nextWord(WearerId wearer, long now) {
    Span ahead = new Span(now, now + Correction.LONGEST.toMillis());
    return statements.corrections(wearer, ahead).stream()
        .flatMapToLong(one -> LongStream.of(one.from().toEpochMilli(), one.to().toEpochMilli()))
        .filter(instant -> instant > now)
        .min();
  }
}
