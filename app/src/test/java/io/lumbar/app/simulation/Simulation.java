package io.lumbar.app.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.lumbar.app.simulation.Lives.Life;
import io.lumbar.app.simulation.Outcome.Standing;
import io.lumbar.model.Alert;
import io.lumbar.model.Correction;
import io.lumbar.model.DaySummary;
import io.lumbar.model.Decision;
import io.lumbar.model.Episode;
import io.lumbar.model.EpisodeKind;
import io.lumbar.model.Json;
import io.lumbar.model.Placement;
import io.lumbar.model.PostureObservation;
import io.lumbar.model.Topic;
import io.lumbar.model.Wearer;
import io.lumbar.model.WearerId;
import io.lumbar.model.WearerSettings;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * One seed: the same lives told once in order and long after, each wearer alone, and once as they
 * happen, with all that can go wrong on the way. Both have to end the same.
 */
final class Simulation {
  /** The steps of long sitting at which wearers are told unless they set others. */
  private static final List<Integer> STEPS = List.of(30, 45);

  /** One of so many seeds is compared on the way too; with {@code -Dlumbar.watched=1} each. */
  private static final int WATCHED = Integer.getInteger("lumbar.watched", 17);

  /** How often on the way, beside after each start. */
  private static final int LOOKS = 2;

  private final Lives lives;
  private final Supplier<Fault> fault;
  private final Random random;
  private final Map<WearerId, Known> known = new HashMap<>();
  private final Outcome outcome = new Outcome();
  private final Set<String> told = new HashSet<>();
  private final boolean isWatched;

  /** What has arrived, in any order. */
  private final Set<Said> arrived = new LinkedHashSet<>();

  /** What the registry has of each wearer by now. */
  private final Map<WearerId, Wearer> registered = new HashMap<>();

  private Simulation(long seed, Supplier<Fault> fault) {
    isWatched = seed % WATCHED == 0;
    this.lives = Lives.of(seed);
    this.fault = fault;
    this.random = new Random(~seed);
    lives.lives().forEach(life -> registered.put(life.id(), life.wearer()));
    lives.lives().stream()
        .filter(Life::honest)
        .forEach(life -> known.put(life.id(), new Known(life.id())));
  }

  /**
   * Runs a seed.
   *
   * @param fault makes what is wrong with the topology, for each run anew
   * @throws AssertionError when something does not hold
   */
  static void run(long seed, Supplier<Fault> fault) {
    Simulation simulation = new Simulation(seed, fault);
    simulation.happen();
    simulation.check();
  }

  private void happen() {
    try (World world = new World(lives.begin(), fault.get(), this::committed)) {
      lives.lives().forEach(life -> register(world, life.wearer()));
      List<Event> events = Event.all(lives, random);
      int looks = 0;
      for (Event event : events) {
        pass(world, event.at());
        happen(world, event);
        if (isWatched && looks++ % (events.size() / LOOKS + 1) == events.size() / (2 * LOOKS)) {
          compareOnTheWay(world);
        }
        if (random.nextInt(3) > 0) {
          world.commit();
        }
      }
      if (!world.runs()) {
        start(world);
      }
      settle(world);
    }
  }

  private void happen(World world, Event event) {
    if (event instanceof Event.Arrival arrival) {
      Known about = known.get(arrival.said().wearer());
      if (about != null) {
        about.add(arrival.said(), world);
      }
      arrived.add(arrival.said());
      append(world, arrival.said());
    } else if (event instanceof Event.SettingsChange change) {
      Wearer before = registered.get(lives.first().id());
      register(world, noted(withOtherSettings(before, change.at())));
    } else if (event instanceof Event.FlightTold told) {
      HonestLife.Flight flight = told.life().flight().orElseThrow();
      Wearer before = registered.get(told.life().id());
      register(world, noted(before.withZone(flight.zone(), flight.at())));
    } else if (event instanceof Event.End end && world.runs()) {
      if (end.killed()) {
        world.kill();
      } else {
        world.stop();
      }
    } else if (event instanceof Event.Start && !world.runs()) {
      start(world);
      if (isWatched) {
        compareOnTheWay(world);
      }
    }
  }

  /** What is over by now has to be what the same words give that come in order and at once. */
  private void compareOnTheWay(World world) {
    if (!world.runs()) {
      return;
    }
    Instant from = world.now();
    rest(world);
    Outcome ordered = inOrder(from, arrived, Simulation::rest);
    for (Life life : lives.lives()) {
      same(
          " at " + from,
          life.id(),
          outcome.standing(life.id()).overAt(from),
          ordered.standing(life.id()).overAt(from));
    }
  }

  /** After a start the clock goes on while what has come meanwhile is read bit by bit. */
  private void start(World world) {
    world.start();
    if (random.nextBoolean()) {
      world.readSettingsLast(lives.begin());
    }
    while (world.isBehind()) {
      for (int i = random.nextInt(4); i >= 0 && world.isBehind(); i--) {
        world.readOne();
      }
      world.advance(Duration.ofMillis(5 + random.nextInt(3_000)));
    }
    world.commit();
  }

  /** Looks at the clock now and then, as the second passes, but not each second. */
  private void pass(World world, Instant to) {
    long gap = Duration.between(world.now(), to).toMillis();
    if (gap > 60_000) {
      for (int ticks = random.nextInt(4); ticks > 0; ticks--) {
        long left = Duration.between(world.now(), to).toMillis();
        world.advance(Duration.ofMillis((long) (left * random.nextDouble() * 0.6)));
      }
    }
    world.advanceTo(to);
  }

  private void settle(World world) {
    world.advanceTo(lives.settled().minus(Duration.ofHours(1)));
    world.advanceTo(lives.settled());
    rest(world);
  }

  /** Lets everything be looked at that is collected for seconds or for a minute. */
  private static void rest(World world) {
    for (int i = 0; i < 4; i++) {
      world.advance(Duration.ofSeconds(1));
    }
    for (int i = 0; i < 3; i++) {
      world.advance(Duration.ofSeconds(61));
    }
    world.commit();
  }

  /** Each wearer in a world of their own, so that nobody's result may depend on another's. */
  private Outcome inOrder(Instant now, Collection<Said> words, Consumer<World> ending) {
    Outcome ordered = new Outcome();
    for (Life life : lives.lives()) {
      Wearer wearer = registered.get(life.id());
      try (World world = new World(now, fault.get(), ordered::add)) {
        register(world, wearer);
        words.stream()
            .filter(one -> one.wearer().equals(wearer.id()))
            .sorted(Comparator.comparing(Said::known))
            .forEach(one -> append(world, one));
        ending.accept(world);
      }
    }
    return ordered;
  }

  private void committed(World.Output output) {
    outcome.add(output);
    if (output.topic() == Topic.ALERTS) {
      Alert alert = Json.read(output.value(), Alert.class);
      if (alert.decision().equals("sent")) {
        alerted(alert, output);
      }
    }
  }

  private void alerted(Alert alert, World.Output output) {
    assertThat(told.add(alert.id())).as("alert %s is sent twice", alert).isTrue();
    for (Alert other : outcome.alerts()) {
      boolean again =
          other != alert
              && !other.id().equals(alert.id())
              && other.decision().equals("sent")
              && other.wearer().equals(alert.wearer())
              && other.kind() == alert.kind()
              && other.step() == alert.step()
              && other.since().isBefore(alert.at().minus(Known.FRESH))
              && alert.since().isBefore(other.at().minus(Known.FRESH))
              && !becameKnown(alert.wearer(), other.since(), alert.since());
      assertThat(again).as("%s tells what %s has told", alert, other).isFalse();
    }
    Known about = known.get(alert.wearer());
    if (about != null && alert.kind() == EpisodeKind.LONG_SITTING) {
      about.requireTrue(alert, output);
    }
  }

  /**
   * Whether a break between two sittings is known by now, perhaps since after the first was told.
   */
  private boolean becameKnown(WearerId wearer, Instant first, Instant second) {
    return arrived.stream()
        .filter(said -> said.wearer().equals(wearer))
        .map(Said::value)
        .anyMatch(
            value ->
                value instanceof Correction correction
                    ? correction.from().isBefore(second) && correction.to().isAfter(first)
                    : value instanceof PostureObservation word
                        && !Known.seated(word)
                        && word.from().isBefore(second)
                        && (word.change() ? word.from() : word.to()).isAfter(first));
  }

  private void check() {
    Outcome ordered =
        inOrder(lives.settled().minus(Duration.ofHours(2)), lives.said(), this::settle);
    for (Life life : lives.lives()) {
      Standing found = outcome.standing(life.id());
      same("", life.id(), found, ordered.standing(life.id()));
      if (life.honest()) {
        if (life.flight().isEmpty()) {
          wholeDay(found.days());
        }
        wholeDates(life, found.days());
      }
      if (life.honest() && !(lives.changesSettings() && life == lives.first())) {
        everyStepIsDecided(found.episodes());
      }
    }
  }

  private static void same(String when, WearerId wearer, Standing found, Standing expected) {
    same("bouts" + when, wearer, found.bouts(), expected.bouts());
    same("nights" + when, wearer, found.nights(), expected.nights());
    same("days" + when, wearer, found.days(), expected.days());
    same("episodes" + when, wearer, found.episodes(), expected.episodes());
  }

  private static <T> void same(String what, WearerId wearer, List<T> found, List<T> expected) {
    List<T> missing = expected.stream().filter(one -> !found.contains(one)).toList();
    List<T> extra = found.stream().filter(one -> !expected.contains(one)).toList();
    if (!missing.isEmpty() || !extra.isEmpty()) {
      throw new AssertionError(
          "%s of %s: missing %s, instead %s".formatted(what, wearer, missing, extra));
    }
  }

  private void wholeDay(List<DaySummary> days) {
    double told =
        days.stream()
            .filter(day -> day.date().equals(lives.anchor().date()))
            .mapToDouble(Outcome::minutes)
            .sum();
    assertThat(told)
        .as("minutes of %s", lives.anchor())
        .isCloseTo(
            lives.anchor().length().toMillis() / 60_000.0,
            org.assertj.core.data.Offset.offset(1e-6));
  }

  /**
   * Each second of an honest life belongs to the latest date that it has been by then where the
   * wearer is; the minutes of each date that was lived whole are so many.
   */
  private void wholeDates(Life life, List<DaySummary> days) {
    List<Said> words = lives.said().stream().filter(one -> one.wearer().equals(life.id())).toList();
    List<PostureObservation> thigh =
        words.stream()
            .map(Said::value)
            .filter(PostureObservation.class::isInstance)
            .map(PostureObservation.class::cast)
            .filter(one -> one.stamp().placement() == Placement.THIGH)
            .toList();
    long from = thigh.stream().mapToLong(one -> one.from().getEpochSecond()).min().orElseThrow();
    long to =
        thigh.stream()
            .mapToLong(one -> (one.change() ? one.from() : one.to()).getEpochSecond())
            .max()
            .orElseThrow();
    TreeMap<LocalDate, Integer> seconds = new TreeMap<>();
    LocalDate latest = LocalDate.MIN;
    for (long second = from; second < to; second++) {
      Instant at = Instant.ofEpochSecond(second);
      ZoneId zone =
          life.flight()
              .filter(flight -> !at.isBefore(flight.at()))
              .map(HonestLife.Flight::zone)
              .orElse(lives.anchor().zone());
      LocalDate there = LocalDate.ofInstant(at, zone);
      latest = there.isAfter(latest) ? there : latest;
      seconds.merge(latest, 1, Integer::sum);
    }
    // The first and the last of them are not lived whole.
    Map<LocalDate, Integer> whole =
        seconds.subMap(seconds.firstKey(), false, seconds.lastKey(), false);
    Map<LocalDate, Double> told = new HashMap<>();
    days.forEach(day -> told.merge(day.date(), Outcome.minutes(day), Double::sum));
    whole.forEach(
        (date, length) ->
            assertThat(told.getOrDefault(date, 0.0))
                .as("minutes of %s of %s who flies %s", date, life.id(), life.flight())
                .isCloseTo(length / 60.0, org.assertj.core.data.Offset.offset(1e-6)));
    told.forEach(
        (date, minutes) ->
            assertThat(minutes == 0 || seconds.containsKey(date) || date.isAfter(seconds.lastKey()))
                .as("%s, which was none to %s who flies %s", date, life.id(), life.flight())
                .isTrue());
  }

  private void everyStepIsDecided(List<Episode> episodes) {
    for (Episode episode : episodes) {
      for (int step : STEPS) {
        if (episode.kind() == EpisodeKind.LONG_SITTING && step <= episode.level()) {
          assertThat(outcome.decisions())
              .as("step %d of %s", step, episode)
              .anyMatch(one -> decides(one, episode, step));
        }
      }
    }
  }

  private static boolean decides(Decision decision, Episode episode, int step) {
    return decision.episode().equals(episode.id()) && decision.step() == step;
  }

  private static void append(World world, Said said) {
    world.append(said.topic(), said.wearer().value(), said.bytes());
  }

  private Wearer noted(Wearer wearer) {
    registered.put(wearer.id(), wearer);
    return wearer;
  }

  private static void register(World world, Wearer wearer) {
    world.append(Topic.WEARERS, wearer.id().value(), Json.bytes(wearer));
  }

  private static Wearer withOtherSettings(Wearer wearer, Instant from) {
    return wearer.withSettings(
        new WearerSettings(40, 20, LocalTime.of(7, 0), LocalTime.of(22, 0), null, null), from);
  }
}
