package io.lumbar.analytics.evidence;

import io.lumbar.analytics.stream.Span;
import io.lumbar.model.Correction;
import io.lumbar.model.DeviceId;
import io.lumbar.model.Placement;
import io.lumbar.model.Posture;
import io.lumbar.model.Stamp;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.LongFunction;

/**
 * Lays what the wearer said over what the sensors said; the wearer's word outranks them all. Pure.
 *
 * <p>Where the word agrees with the sensors, they stay, with all that they know besides. What is to
 * be forgotten stays in the timeline as unknown, so that nothing is joined across it.
 */
public final class Corrections {
  private static final DeviceId WEARER = new DeviceId("wearer");

  private Corrections() {}

  /**
   * The timeline of a span with the corrections in it.
   *
   * @param pieces in order, without overlap
   * @param corrections of two at one instant the later in the list counts
   * @param zones where the wearer was at an instant in epoch milliseconds
   */
  public static List<Piece> apply(
      List<Piece> pieces, List<Correction> corrections, Span span, LongFunction<ZoneId> zones) {
    List<Piece> result = pieces;
    for (Correction correction : corrections) {
      long from = Math.max(span.from(), correction.from().toEpochMilli());
      long to = Math.min(span.to(), correction.to().toEpochMilli());
      if (from < to) {
        result = over(result, said(correction, zones).between(from, to));
      }
    }
    return result;
  }

  private static List<Piece> over(List<Piece> pieces, Piece word) {
    List<Piece> result = new ArrayList<>(pieces.size() + 2);
    long told = word.from();
    for (Piece piece : pieces) {
      boolean apart = piece.to() <= word.from() || piece.from() >= word.to();
      if (!apart && piece.from() < word.from()) {
        result.add(piece.between(piece.from(), word.from()));
      }
      if (piece.from() >= word.to() && told < word.to()) {
        result.add(word.between(told, word.to()));
        told = word.to();
      }
      if (apart) {
        result.add(piece);
      } else {
        long from = Math.max(piece.from(), word.from());
        long to = Math.min(piece.to(), word.to());
        if (piece.posture() == word.posture()) {
          if (told < from) {
            result.add(word.between(told, from));
          }
          result.add(piece.between(from, to));
          told = to;
        }
        if (piece.to() > word.to()) {
          if (told < word.to()) {
            result.add(word.between(told, word.to()));
            told = word.to();
          }
          result.add(piece.between(word.to(), piece.to()));
        }
      }
    }
    if (told < word.to()) {
      result.add(word.between(told, word.to()));
    }
    return result;
  }

  private static Piece said(Correction correction, LongFunction<ZoneId> zones) {
    long from = correction.from().toEpochMilli();
    long to = correction.to().toEpochMilli();
    Posture posture = correction.was().posture();
    Evidence evidence =
        new Evidence(
            new Stamp(WEARER, Placement.ESTIMATED, zones.apply(from)),
            Evidence.Kind.SPAN,
            posture,
            from,
            to,
            false,
            true,
            Map.of(),
            LyingDetail.NONE);
    return new Piece(from, to, posture, evidence, to);
  }
}
