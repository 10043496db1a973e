package io.lumbar.analytics.steps;

import io.lumbar.analytics.stream.Span;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Settles what the spans of one device say about the same time, so that no step counts twice. Pure;
 * the order of the spans does not matter.
 *
 * <p>A span that holds shorter ones, as a day's total holds its minutes, has their steps in it:
 * they keep what they counted, and what it counted beyond them lies in the rest of its time, or,
 * where they fill it, evenly over all of it. So a day is never less than its total, nor both
 * together. Of spans that merely overlap the larger count holds and the other counts with what it
 * does not share.
 *
 * <p>Example: 24 h with 9,000 steps and an hour in it with 4,000: that hour has 4,000, and the
 * other 23 share 5,000.
 */
final class StepShares {
  private static final Comparator<StepReport> BY_CLAIM =
      Comparator.comparingLong(StepReport::steps)
          .thenComparingLong(StepReport::from)
          .thenComparingLong(StepReport::to)
          .thenComparing(StepReport::session)
          .thenComparing(StepReport::judged)
          .reversed();

  private final List<Share> shares = new ArrayList<>();
  private final List<Span> occupied = new ArrayList<>();

  private StepShares() {}

  /** The time that a report counts for, without overlap, and how many steps a millisecond of it. */
  record Share(StepReport report, List<Span> parts, double perMilli) {
    Share without(List<Span> voided) {
      return new Share(report, StepShares.without(parts, voided), perMilli);
    }

    private double within(Span span) {
      double millis = 0;
      for (Span part : parts) {
        millis += Math.max(0, Math.min(part.to(), span.to()) - Math.max(part.from(), span.from()));
      }
      return millis * perMilli;
    }
  }

  /** The shares of a device's spans. */
  static List<Share> of(List<StepReport> spans) {
    List<StepReport> sorted = new ArrayList<>(spans);
    // What holds others comes before them.
    sorted.sort(
        Comparator.comparingLong(StepReport::from)
            .thenComparing(Comparator.comparingLong(StepReport::to).reversed()));
    List<Share> all = new ArrayList<>();
    List<StepReport> cluster = new ArrayList<>();
    long end = Long.MIN_VALUE;
    for (StepReport span : sorted) {
      if (span.from() >= end && !cluster.isEmpty()) {
        all.addAll(settled(cluster));
        cluster.clear();
      }
      cluster.add(span);
      end = Math.max(end, span.to());
    }
    all.addAll(settled(cluster));
    return all;
  }

  private static List<Share> settled(List<StepReport> cluster) {
    StepShares settled = new StepShares();
    List<StepReport> holders = new ArrayList<>();
    List<StepReport> others = new ArrayList<>();
    for (int i = 0; i < cluster.size(); i++) {
      (holdsAnother(cluster, i) ? holders : others).add(cluster.get(i));
    }
    others.sort(BY_CLAIM);
    others.forEach(settled::take);
    holders.sort(Comparator.comparingLong(StepShares::length).thenComparing(BY_CLAIM));
    holders.forEach(settled::takeRest);
    return settled.shares;
  }

  private static boolean holdsAnother(List<StepReport> cluster, int i) {
    StepReport one = cluster.get(i);
    for (int j = i + 1; j < cluster.size() && cluster.get(j).from() < one.to(); j++) {
      if (cluster.get(j).to() <= one.to() && length(cluster.get(j)) < length(one)) {
        return true;
      }
    }
    return false;
  }

  private void take(StepReport report) {
    List<Span> free = without(List.of(span(report)), occupied);
    add(report, free, report.steps() / (double) length(report));
  }

  private void takeRest(StepReport report) {
    Span whole = span(report);
    double counted = shares.stream().mapToDouble(share -> share.within(whole)).sum();
    double rest = report.steps() - counted;
    List<Span> free = without(List.of(whole), occupied);
    if (!free.isEmpty() || rest > 0) {
      List<Span> parts = free.isEmpty() ? List.of(whole) : free;
      long millis = parts.stream().mapToLong(part -> part.to() - part.from()).sum();
      add(report, parts, Math.max(0, rest) / millis);
    }
  }

  private void add(StepReport report, List<Span> parts, double perMilli) {
    shares.add(new Share(report, parts, perMilli));
    occupied.addAll(parts);
  }

  private static Span span(StepReport report) {
    return new Span(report.from(), report.to());
  }

  private static long length(StepReport report) {
    return report.to() - report.from();
  }

  private static List<Span> without(List<Span> spans, List<Span> blocks) {
    List<Span> free = spans;
    for (Span block : blocks) {
      free = without(free, block);
    }
    return free;
  }

  private static List<Span> without(List<Span> spans, Span block) {
    if (spans.stream().noneMatch(span -> meet(span, block))) {
      return spans;
    }
    List<Span> rest = new ArrayList<>();
    for (Span span : spans) {
      if (!meet(span, block)) {
        rest.add(span);
        continue;
      }
      if (span.from() < block.from()) {
        rest.add(new Span(span.from(), block.from()));
      }
      if (block.to() < span.to()) {
        rest.add(new Span(block.to(), span.to()));
      }
    }
    return rest;
  }

  private static boolean meet(Span one, Span other) {
    return one.from() < other.to() && other.from() < one.to();
  }
}
