package io.lumbar.alerts.delivery;

import io.lumbar.model.ChannelSettings;
import io.lumbar.model.ChannelSettings.When;
import io.lumbar.model.Delivery;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * How one alert goes out to the channels of its wearer. Pure.
 *
 * <p>A channel that is used always starts at once. One that is used otherwise starts when every
 * channel before it has failed for good, and not at all when one before it got through. A channel
 * that could not be reached is tried four times within fifteen seconds of waiting.
 */
record DeliveryPlan(List<Leg> legs) {
  private static final List<Duration> WAITS =
      List.of(Duration.ZERO, Duration.ofSeconds(1), Duration.ofSeconds(4), Duration.ofSeconds(10));

  /** How a channel stands. */
  enum Status {
    WAITING,
    UNDER_WAY,
    DELIVERED,
    FAILED,
    NOT_NEEDED;

    boolean isFinal() {
      return this != WAITING && this != UNDER_WAY;
    }
  }

  /** One channel and what came of it so far. */
  record Leg(ChannelSettings channel, Status status, int attempts) {
    Leg to(Status next) {
      return new Leg(channel, next, attempts);
    }

    Duration pause() {
      return WAITS.get(attempts);
    }
  }

  DeliveryPlan {
    legs = List.copyOf(legs);
  }

  /**
   * The plan for an alert, going on from what the log says.
   *
   * @param known the newest line about each channel
   * @param tellsRepeats whether a channel may be spoken to again when nobody knows whether it got
   *     the alert
   */
  static DeliveryPlan of(
      List<ChannelSettings> channels,
      Map<String, Delivery> known,
      Predicate<ChannelSettings> tellsRepeats) {
    return new DeliveryPlan(
        channels.stream()
            .map(
                channel ->
                    leg(channel, Optional.ofNullable(known.get(channel.name())), tellsRepeats))
            .toList());
  }

  private static Leg leg(
      ChannelSettings channel, Optional<Delivery> known, Predicate<ChannelSettings> tellsRepeats) {
    if (known.isEmpty()) {
      return new Leg(channel, Status.WAITING, 0);
    }
    Delivery last = known.get();
    int attempts = Math.min(last.attempt(), WAITS.size() - 1);
    return switch (last.outcome()) {
      case DELIVERED -> new Leg(channel, Status.DELIVERED, attempts);
      case FAILED, MISSED -> new Leg(channel, Status.FAILED, attempts);
      case RETRYING -> new Leg(channel, Status.WAITING, attempts);
      case TRYING ->
          new Leg(
              channel,
              tellsRepeats.test(channel) ? Status.WAITING : Status.FAILED,
              Math.max(0, attempts - 1));
    };
  }

  /** The legs to start now, each after its wait. */
  List<Leg> due() {
    return IntStream.range(0, legs.size())
        .filter(at -> legs.get(at).status() == Status.WAITING && isItsTurn(at))
        .mapToObj(legs::get)
        .toList();
  }

  private boolean isItsTurn(int at) {
    return legs.get(at).channel().when() == When.ALWAYS
        || before(at).allMatch(leg -> leg.status().isFinal() && leg.status() != Status.DELIVERED);
  }

  private Stream<Leg> before(int at) {
    return legs.subList(0, at).stream();
  }

  DeliveryPlan started(String channel) {
    return change(channel, leg -> new Leg(leg.channel(), Status.UNDER_WAY, leg.attempts() + 1));
  }

  DeliveryPlan delivered(String channel) {
    DeliveryPlan plan = change(channel, leg -> leg.to(Status.DELIVERED));
    return new DeliveryPlan(IntStream.range(0, legs.size()).mapToObj(plan::orNotNeeded).toList());
  }

  private Leg orNotNeeded(int at) {
    Leg leg = legs.get(at);
    boolean spare =
        leg.status() == Status.WAITING
            && leg.channel().when() == When.OTHERWISE
            && before(at).anyMatch(one -> one.status() == Status.DELIVERED);
    return spare ? leg.to(Status.NOT_NEEDED) : leg;
  }

  /**
   * After a failed attempt.
   *
   * @param again whether another makes sense
   */
  DeliveryPlan failed(String channel, boolean again) {
    return change(
        channel,
        leg -> leg.to(again && leg.attempts() < WAITS.size() ? Status.WAITING : Status.FAILED));
  }

  /** The alert is of no use any more: nothing starts, what is under way may still arrive. */
  DeliveryPlan expired() {
    return new DeliveryPlan(
        legs.stream()
            .map(leg -> leg.status() == Status.WAITING ? leg.to(Status.FAILED) : leg)
            .toList());
  }

  Leg leg(String channel) {
    return legs.stream()
        .filter(leg -> leg.channel().name().equals(channel))
        .findFirst()
        .orElseThrow();
  }

  boolean isDone() {
    return legs.stream().allMatch(leg -> leg.status().isFinal());
  }

  /** True when there was a channel and none got through. */
  boolean isMissed() {
    return !legs.isEmpty()
        && isDone()
        && legs.stream().noneMatch(leg -> leg.status() == Status.DELIVERED);
  }

  private DeliveryPlan change(String channel, UnaryOperator<Leg> change) {
    return new DeliveryPlan(
        legs.stream()
            .map(leg -> leg.channel().name().equals(channel) ? change.apply(leg) : leg)
            .toList());
  }
}
