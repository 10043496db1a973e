package io.lumbar.analytics.evidence;

import io.lumbar.analytics.evidence.Evidence.Kind;
import io.lumbar.analytics.stream.Span;
import io.lumbar.model.DeviceId;
import io.lumbar.model.Placement;
import io.lumbar.model.Posture;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Resolves what all devices said into one answer per instant. A pure function of the set of
 * evidence and of the present.
 *
 * <p>Within a device the claim order of {@link Evidence#compareClaim} decides, a change lasts until
 * the next report, and a silence shorter than the limit between two equal postures is taken as more
 * of the same. Across devices the best placed one that knows the posture is believed, and of two as
 * well placed that lie the one that knows how; a trunk sensor tells sitting from lying for a thigh
 * sensor. Nothing is ever added up across devices.
 *
 * <p>Example: thigh sitting 9:00-9:20, pocket walking 9:10-9:30 gives sitting 9:00-9:20, walking
 * 9:20-9:30.
 */
public final class Timeline {
  private final long silenceMillis;

  /**
   * Sets the silence limit.
   *
   * @param silenceMillis from this long without a report on, the posture is unknown
   */
  public Timeline(long silenceMillis) {
    this.silenceMillis = silenceMillis;
  }

  /**
   * The pieces inside a span, in order, without overlap; times of which nothing is known are left
   * out.
   *
   * @param now the present in epoch milliseconds: what holds without further word holds up to here
   */
  public List<Piece> resolve(List<Evidence> evidence, Span span, long now) {
    Map<DeviceId, List<Evidence>> byDevice = new TreeMap<>();
    for (Evidence one : evidence) {
      byDevice.computeIfAbsent(one.stamp().device(), device -> new ArrayList<>()).add(one);
    }
    List<List<Piece>> devices = new ArrayList<>();
    for (List<Evidence> one : byDevice.values()) {
      devices.add(held(deviceTimeline(bearingOn(one, span), now)));
    }
    return clip(devices.size() == 1 ? known(devices.get(0)) : fuse(devices), span);
  }

  /**
   * What decides about the span: all that reaches into it, and on each side what is nearest, since
   * a silence may be bridged to it. When somebody sits for hours this is little of what is there.
   */
  private static List<Evidence> bearingOn(List<Evidence> all, Span span) {
    long lastBefore = Long.MIN_VALUE;
    long firstAfter = Long.MAX_VALUE;
    for (Evidence one : all) {
      if (one.kind() != Kind.SPAN) {
        // How far a change reaches depends on everything that the device said since.
        return all;
      }
      if (one.to() <= span.from()) {
        lastBefore = Math.max(lastBefore, one.to());
      } else if (one.from() >= span.to()) {
        firstAfter = Math.min(firstAfter, one.from());
      }
    }
    List<Evidence> bearing = new ArrayList<>();
    for (Evidence one : all) {
      boolean early = one.to() <= span.from() && one.to() < lastBefore;
      boolean late = one.from() >= span.to() && one.from() > firstAfter;
      if (!early && !late) {
        bearing.add(one);
      }
    }
    return bearing;
  }

  private static List<Piece> deviceTimeline(List<Evidence> all, long now) {
    List<Evidence> reports = new ArrayList<>();
    List<Evidence> battery = new ArrayList<>();
    for (Evidence one : all) {
      (one.isBattery() ? battery : reports).add(one);
    }
    List<Piece> claims = claims(reports, now);
    List<Piece> winners = sweep(claims);
    return battery.isEmpty() ? winners : mask(winners, sweep(claims(battery, now)));
  }

  /** Each statement with the end that it really has: a change ends with the next report. */
  private static List<Piece> claims(List<Evidence> reports, long now) {
    reports.sort(Comparator.comparingLong(Evidence::from));
    List<Piece> claims = new ArrayList<>(reports.size());
    for (int i = 0; i < reports.size(); i++) {
      Evidence one = reports.get(i);
      long to = one.to();
      long holdsUntil = to;
      if (one.kind() != Kind.SPAN) {
        for (int next = i + 1; next < reports.size(); next++) {
          boolean ends = !reports.get(next).isPutOn() || one.posture() == Posture.NOT_WORN;
          if (ends && reports.get(next).from() > one.from()) {
            to = Math.min(to, reports.get(next).from());
            break;
          }
        }
        holdsUntil = to;
        to = Math.min(to, Math.max(now, one.from() + 1));
      }
      claims.add(new Piece(one.from(), to, one.posture(), one, holdsUntil));
    }
    return claims;
  }

  /** The strongest claim per instant; claims come sorted by start. */
  private static List<Piece> sweep(List<Piece> claims) {
    if (followEachOther(claims)) {
      return claims;
    }
    long[] edges = edges(List.of(claims));
    List<Piece> winners = new ArrayList<>();
    List<Piece> active = new ArrayList<>();
    int next = 0;
    for (int i = 0; i + 1 < edges.length; i++) {
      long from = edges[i];
      active.removeIf(claim -> claim.to() <= from);
      while (next < claims.size() && claims.get(next).from() <= from) {
        active.add(claims.get(next++));
      }
      Piece best = null;
      for (Piece claim : active) {
        if (best == null || Evidence.compareClaim(claim.evidence(), best.evidence()) > 0) {
          best = claim;
        }
      }
      if (best != null) {
        append(winners, best.between(from, edges[i + 1]));
      }
    }
    return winners;
  }

  private static boolean followEachOther(List<Piece> claims) {
    for (int i = 1; i < claims.size(); i++) {
      if (claims.get(i - 1).to() > claims.get(i).from()) {
        return false;
      }
    }
    return true;
  }

  /** While the device charges, it says that it is not worn and nothing else. */
  private static List<Piece> mask(List<Piece> winners, List<Piece> battery) {
    List<Piece> result = new ArrayList<>();
    long[] edges = edges(List.of(winners, battery));
    int winner = 0;
    int charge = 0;
    for (int i = 0; i + 1 < edges.length; i++) {
      long from = edges[i];
      winner = skip(winners, winner, from);
      charge = skip(battery, charge, from);
      Piece spoken = at(winners, winner, from);
      Piece plugged = at(battery, charge, from);
      boolean charging = plugged != null && plugged.evidence().kind() == Kind.CHARGING;
      Piece told = charging ? plugged : spoken;
      if (told != null) {
        append(result, told.between(from, edges[i + 1]));
      }
    }
    return result;
  }

  /** Fills silences below the limit between two equal postures of one device. */
  private List<Piece> held(List<Piece> pieces) {
    List<Piece> result = new ArrayList<>(pieces.size());
    for (int i = 0; i < pieces.size(); i++) {
      Piece piece = pieces.get(i);
      if (i + 1 < pieces.size()) {
        Piece next = pieces.get(i + 1);
        long gap = next.from() - piece.to();
        if (gap > 0 && gap < silenceMillis && next.posture() == piece.posture()) {
          piece =
              new Piece(piece.from(), next.from(), piece.posture(), piece.evidence(), next.from());
        }
      }
      result.add(piece);
    }
    return result;
  }

  private static List<Piece> fuse(List<List<Piece>> devices) {
    long[] edges = edges(devices);
    int[] cursor = new int[devices.size()];
    List<Piece> result = new ArrayList<>();
    for (int i = 0; i + 1 < edges.length; i++) {
      long from = edges[i];
      List<Piece> present = new ArrayList<>(devices.size());
      for (int d = 0; d < cursor.length; d++) {
        cursor[d] = skip(devices.get(d), cursor[d], from);
        Piece piece = at(devices.get(d), cursor[d], from);
        if (piece != null && piece.posture() != Posture.UNKNOWN) {
          present.add(piece);
        }
      }
      Piece believed = believe(present);
      if (believed != null) {
        append(result, believed.between(from, edges[i + 1]));
      }
    }
    return result;
  }

  private static @Nullable Piece believe(List<Piece> present) {
    Piece best = null;
    for (Piece piece : present) {
      if (best == null || compareSource(piece, best) > 0) {
        best = piece;
      }
    }
    if (best == null || best.evidence().stamp().placement() != Placement.THIGH) {
      return best;
    }
    boolean resting = best.posture() == Posture.SITTING || best.posture() == Posture.LYING;
    Piece refined = null;
    for (Piece piece : present) {
      Placement placement = piece.evidence().stamp().placement();
      boolean trunk =
          placement == Placement.CHEST
              || placement == Placement.LOWER_BACK
              || placement == Placement.WAIST;
      boolean tells = piece.posture() == Posture.SITTING || piece.posture() == Posture.LYING;
      if (resting && trunk && tells && (refined == null || compareSource(piece, refined) > 0)) {
        refined = piece;
      }
    }
    return refined == null ? best : refined;
  }

  private static int compareSource(Piece a, Piece b) {
    int order = Boolean.compare(a.posture().isKnown(), b.posture().isKnown());
    if (order == 0) {
      order =
          Integer.compare(
              a.evidence().stamp().placement().rank(), b.evidence().stamp().placement().rank());
    }
    if (order == 0 && a.posture() == Posture.LYING && b.posture() == Posture.LYING) {
      order = Boolean.compare(hasPosition(a), hasPosition(b));
    }
    if (order == 0) {
      order = Evidence.compareClaim(a.evidence(), b.evidence());
    }
    return order == 0
        ? a.evidence().stamp().device().compareTo(b.evidence().stamp().device())
        : order;
  }

  private static boolean hasPosition(Piece piece) {
    return piece.evidence().lying().position() != null
        || !piece.evidence().positionSeconds().isEmpty();
  }

  private static List<Piece> known(List<Piece> pieces) {
    List<Piece> known = new ArrayList<>(pieces.size());
    for (Piece piece : pieces) {
      if (piece.posture() != Posture.UNKNOWN) {
        known.add(piece);
      }
    }
    return known;
  }

  private static List<Piece> clip(List<Piece> pieces, Span span) {
    List<Piece> inside = new ArrayList<>(pieces.size());
    for (Piece piece : pieces) {
      long from = Math.max(piece.from(), span.from());
      long to = Math.min(piece.to(), span.to());
      if (from < to) {
        inside.add(piece.between(from, to));
      }
    }
    return inside;
  }

  private static void append(List<Piece> pieces, Piece next) {
    if (!pieces.isEmpty()) {
      Piece last = pieces.get(pieces.size() - 1);
      if (last.to() == next.from()
          && last.posture() == next.posture()
          && last.evidence().from() == next.evidence().from()
          && last.evidence().equals(next.evidence())) {
        pieces.set(
            pieces.size() - 1,
            new Piece(last.from(), next.to(), last.posture(), last.evidence(), next.holdsUntil()));
        return;
      }
    }
    pieces.add(next);
  }

  private static int skip(List<Piece> pieces, int cursor, long instant) {
    int next = cursor;
    while (next < pieces.size() && pieces.get(next).to() <= instant) {
      next++;
    }
    return next;
  }

  private static @Nullable Piece at(List<Piece> pieces, int cursor, long instant) {
    return cursor < pieces.size() && pieces.get(cursor).from() <= instant
        ? pieces.get(cursor)
        : null;
  }

  private static long[] edges(List<List<Piece>> lists) {
    int count = 0;
    for (List<Piece> pieces : lists) {
      count += pieces.size();
    }
    long[] edges = new long[count * 2];
    int i = 0;
    for (List<Piece> pieces : lists) {
      for (Piece piece : pieces) {
        edges[i++] = piece.from();
        edges[i++] = piece.to();
      }
    }
    Arrays.sort(edges);
    int distinct = 0;
    for (int j = 0; j < edges.length; j++) {
      if (j == 0 || edges[j] != edges[j - 1]) {
        edges[distinct++] = edges[j];
      }
    }
    return Arrays.copyOf(edges, distinct);
  }
}
