package io.lumbar.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.lumbar.model.AlertReaction.Outcome;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What alerts change: how often a wearer got up after those that were sent, beside those that were
 * held back at random. People get up without alerts too, so that only the difference tells.
 *
 * @param sent sent alerts after which the wearer's posture is known, without those called wrong
 * @param up after how many of these the wearer got up within five minutes
 * @param medianLatencySeconds half of those who got up did so by then; null when nobody did
 * @param medianSteps taken within half an hour of a sent alert, in the middle of those of which
 *     they are known; null when there is none
 * @param noData sent alerts after which nobody knows
 * @param withheld sittings held back at random after which the posture is known
 * @param lift null below {@link #LEAST_WITHHELD} withheld, when chance would speak
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record AlertEffect(
    int sent,
    int up,
    @Nullable Integer medianLatencySeconds,
    @Nullable Integer medianSteps,
    int noData,
    int withheld,
    @Nullable Lift lift) {

  /** Fewer say nothing. */
  public static final int LEAST_WITHHELD = 50;

  private static final String SENT = "sent";
  private static final String WITHHELD = "withheld-at-random";

  /** Of the standard normal distribution, for an interval of 95 %. */
  private static final double Z = 1.959964;

  /** An alert that was sent or held back at random, and what the wearer did then. */
  public record Reacted(Alert alert, AlertReaction reaction) {}

  /**
   * The share that got up after an alert less the share that got up without; one sitting counts
   * once, with its first step. Counted are those between the first and the last that was held back.
   *
   * @param low of the interval that holds the true difference in 95 of 100 such spans (Newcombe
   *     1998, method 10, Statistics in Medicine 17:873)
   * @param medianSteps taken within half an hour of these alerts, as far as they are known
   * @param withheldMedianSteps the same of the sittings held back
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Lift(
      int sent,
      int up,
      int withheld,
      @JsonProperty("withheldUp") int upUnprompted,
      double difference,
      double low,
      double high,
      @Nullable Integer medianSteps,
      @Nullable Integer withheldMedianSteps) {

    /** The difference of two shares with its interval. */
    static Lift of(int up, int sent, int upUnprompted, int withheld) {
      double with = (double) up / sent;
      double without = (double) upUnprompted / withheld;
      double difference = with - without;
      double[] one = wilson(with, sent);
      double[] other = wilson(without, withheld);
      return new Lift(
          sent,
          up,
          withheld,
          upUnprompted,
          difference,
          difference - Math.hypot(with - one[0], other[1] - without),
          difference + Math.hypot(one[1] - with, without - other[0]),
          null,
          null);
    }

    private Lift withSteps(@Nullable Integer after, @Nullable Integer afterWithheld) {
      return new Lift(
          sent, up, withheld, upUnprompted, difference, low, high, after, afterWithheld);
    }

    /** The score interval of a share (Wilson 1927, doi 10.1080/01621459.1927.10502953). */
    private static double[] wilson(double share, int n) {
      double middle = share + Z * Z / (2 * n);
      double reach = Z * Math.sqrt(share * (1 - share) / n + Z * Z / (4.0 * n * n));
      double whole = 1 + Z * Z / n;
      return new double[] {(middle - reach) / whole, (middle + reach) / whole};
    }
  }

  /** Whether an alert of the list belongs here: about sitting, and sent or held back at random. */
  public static boolean counts(Alert alert) {
    return alert.kind() == EpisodeKind.LONG_SITTING
        && (alert.decision().equals(SENT) || alert.decision().equals(WITHHELD));
  }

  /** As with {@code wrong}, of alerts of which none was. */
  public static AlertEffect of(Collection<Reacted> all) {
    return of(all, Set.of());
  }

  /**
   * The effect of the alerts of a span of time; those that do not count are left out.
   *
   * @param wrong alerts that the wearer called wrong: nobody could follow them, so that they count
   *     only for the lift, where a sitting that was held back could not be called wrong either
   */
  public static AlertEffect of(Collection<Reacted> all, Set<String> wrong) {
    List<Reacted> counted = all.stream().filter(one -> counts(one.alert())).toList();
    List<Reacted> sent =
        counted.stream().filter(one -> is(one, SENT) && !wrong.contains(one.alert().id())).toList();
    List<Reacted> known = sent.stream().filter(AlertEffect::isKnown).toList();
    List<Reacted> firsts = firsts(counted);
    List<Reacted> withheld =
        firsts.stream().filter(one -> is(one, WITHHELD) && isKnown(one)).toList();
    return new AlertEffect(
        known.size(),
        up(known),
        median(known, AlertReaction::latencySeconds),
        median(known, AlertReaction::steps),
        (int) sent.stream().filter(one -> one.reaction().outcome() == Outcome.NO_DATA).count(),
        withheld.size(),
        lift(firsts, withheld));
  }

  /** When the first sitting was held back after which the posture is known. */
  public static Optional<Instant> since(Collection<Reacted> all) {
    return earliest(
        firsts(all.stream().filter(one -> counts(one.alert())).toList()).stream()
            .filter(one -> is(one, WITHHELD) && isKnown(one))
            .toList());
  }

  private static Optional<Instant> earliest(List<Reacted> some) {
    return some.stream().map(one -> one.alert().at()).min(Comparator.naturalOrder());
  }

  private static Optional<Instant> latest(List<Reacted> some) {
    return some.stream().map(one -> one.alert().at()).max(Comparator.naturalOrder());
  }

  private static @Nullable Lift lift(List<Reacted> firsts, List<Reacted> withheld) {
    if (withheld.size() < LEAST_WITHHELD) {
      return null;
    }
    // Alerts from before the consent, and from after its end, belong to another time.
    Instant since = earliest(withheld).orElseThrow();
    Instant until = latest(withheld).orElseThrow();
    List<Reacted> sent =
        firsts.stream()
            .filter(one -> is(one, SENT) && isKnown(one))
            .filter(one -> !one.alert().at().isBefore(since) && !one.alert().at().isAfter(until))
            .toList();
    return sent.isEmpty()
        ? null
        : Lift.of(up(sent), sent.size(), up(withheld), withheld.size())
            .withSteps(median(sent, AlertReaction::steps), median(withheld, AlertReaction::steps));
  }

  /** The middle one of those that are known; of an even number the lower. */
  private static @Nullable Integer median(
      List<Reacted> all, Function<AlertReaction, @Nullable Integer> figure) {
    List<Integer> known =
        all.stream()
            .flatMap(one -> Stream.ofNullable(figure.apply(one.reaction())))
            .sorted()
            .toList();
    return known.isEmpty() ? null : known.get((known.size() - 1) / 2);
  }

  /** Of each sitting the first step that was sent or held back at random. */
  private static List<Reacted> firsts(List<Reacted> counted) {
    Map<String, Reacted> first =
        counted.stream()
            .collect(
                Collectors.toMap(
                    one -> one.alert().episode(),
                    one -> one,
                    (a, b) -> b.alert().at().isBefore(a.alert().at()) ? b : a,
                    TreeMap::new));
    return List.copyOf(first.values());
  }

  private static boolean is(Reacted one, String decision) {
    return one.alert().decision().equals(decision);
  }

  private static boolean isKnown(Reacted one) {
    return one.reaction().outcome() == Outcome.UP || one.reaction().outcome() == Outcome.STAYED;
  }

  private static int up(List<Reacted> all) {
    return (int) all.stream().filter(one -> one.reaction().outcome() == Outcome.UP).count();
  }
}
