package io.lumbar.app.simulation;

import io.lumbar.analytics.stream.InputLag;
import io.lumbar.analytics.stream.Nodes;
import io.lumbar.model.Bout;
import io.lumbar.model.PostureObservation;
import io.lumbar.model.StepsObservation;
import io.lumbar.model.Wearer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/** Mistakes that streaming programs make, each planted into the real topology from outside. */
enum PlantedFault {
  DROPS_LATE_DATA("^(bouts|nights) of \\S+: missing \\[(Bout|Night)") {
    @Override
    Fault plant() {
      return new DropsLateData();
    }
  },
  COUNTS_DUPLICATES_TWICE("^days of \\S+: missing \\[DaySummary") {
    @Override
    Fault plant() {
      return new CountsDuplicatesTwice();
    }
  },
  USES_STREAM_TIME("^bouts of \\S+: missing \\[Bout") {
    @Override
    Fault plant() {
      return new UsesStreamTime();
    }
  },
  DAYS_OF_24_HOURS("^\\[minutes of ") {
    @Override
    Fault plant() {
      return new DaysOf24Hours();
    }
  },
  OVERLOOKS_FLIGHTS("^\\[minutes of \\S+ of \\S+ who flies Optional\\[") {
    @Override
    Fault plant() {
      return new OverlooksFlights();
    }
  },
  FORGETS_RETRACTIONS("^bouts of \\S+: missing \\[], instead \\[Bout") {
    @Override
    Fault plant() {
      return new ForgetsRetractions();
    }
  },
  FIRES_TIMERS_OVER_A_BACKLOG("^not true when sent: ") {
    @Override
    Fault plant() {
      return new FiresTimersOverABacklog();
    }
  };

  private final Pattern shows;

  PlantedFault(String shows) {
    this.shows = Pattern.compile(shows);
  }

  /** The fault, fresh for a seed. */
  abstract Fault plant();

  /** Whether a violation is what this fault leads to, by its words. */
  boolean explains(String violation) {
    return shows.matcher(violation).find();
  }

  /** What comes more than ten minutes behind the wearer's newest is left out. */
  private static final class DropsLateData implements Fault {
    private static final Duration GRACE = Duration.ofMinutes(10);

    private final Map<Object, Instant> newest = new HashMap<>();

    @Override
    public Processor<Object, Object, Object, Object> around(
        String node, Processor<Object, Object, Object, Object> real) {
      return node.equals(Nodes.DETECT_SITTING)
          ? reading(real, record -> isLate(record) ? Optional.empty() : Optional.of(record))
          : real;
    }

    private boolean isLate(Record<Object, Object> record) {
      if (!(record.value() instanceof PostureObservation posture)) {
        return false;
      }
      Instant watermark =
          newest.merge(record.key(), posture.from(), (a, b) -> a.isBefore(b) ? b : a);
      return posture.to().isBefore(watermark.minus(GRACE));
    }
  }

  /** Steps that are sent again are added to themselves. */
  private static final class CountsDuplicatesTwice implements Fault {
    private final Set<Object> seen = new HashSet<>();

    @Override
    public Processor<Object, Object, Object, Object> around(
        String node, Processor<Object, Object, Object, Object> real) {
      return node.equals(Nodes.COUNT_STEPS)
          ? reading(real, record -> Optional.of(doubled(record)))
          : real;
    }

    private Record<Object, Object> doubled(Record<Object, Object> record) {
      if (record.value() instanceof StepsObservation steps && !seen.add(steps)) {
        return record.withValue(
            new StepsObservation(steps.stamp(), 2 * steps.steps(), steps.from(), steps.to()));
      }
      return record;
    }
  }

  /** The present is the newest instant that any wearer's data has told. */
  private static final class UsesStreamTime implements Fault {
    private Instant streamTime = Instant.EPOCH;

    @Override
    public Processor<Object, Object, Object, Object> around(
        String node, Processor<Object, Object, Object, Object> real) {
      return node.equals(Nodes.DETECT_SITTING)
          ? reading(
              real,
              record -> {
                if (record.value() instanceof PostureObservation posture
                    && posture.from().isAfter(streamTime)) {
                  streamTime = posture.from();
                }
                return Optional.of(record);
              })
          : real;
    }

    @Override
    public InstantSource clock(InstantSource present) {
      return () -> streamTime;
    }
  }

  /** Days by the offset of winter, in which none has 23 or 25 hours. */
  private static final class DaysOf24Hours implements Fault {
    private static final Instant NOW = Instant.parse("2026-06-01T00:00:00Z");

    @Override
    public Processor<Object, Object, Object, Object> around(
        String node, Processor<Object, Object, Object, Object> real) {
      return withZones(
          node,
          real,
          zones ->
              zones.stream()
                  .map(
                      one ->
                          new Wearer.ZoneFrom(
                              one.zone().getRules().getStandardOffset(NOW), one.validFrom()))
                  .toList());
    }
  }

  /** Days by the clock at home, wherever the wearer is. */
  private static final class OverlooksFlights implements Fault {
    @Override
    public Processor<Object, Object, Object, Object> around(
        String node, Processor<Object, Object, Object, Object> real) {
      return withZones(node, real, zones -> zones.subList(0, 1));
    }
  }

  private static Processor<Object, Object, Object, Object> withZones(
      String node,
      Processor<Object, Object, Object, Object> real,
      UnaryOperator<List<Wearer.ZoneFrom>> other) {
    return node.equals(Nodes.WEARER_BOOK)
        ? reading(
            real,
            record ->
                Optional.of(
                    record.value() instanceof Wearer wearer
                        ? record.withValue(
                            new Wearer(
                                wearer.id(),
                                wearer.name(),
                                wearer.tokenHash(),
                                other.apply(wearer.zones()),
                                wearer.settings(),
                                wearer.formerTokens(),
                                wearer.added(),
                                wearer.formerThresholds()))
                        : record))
        : real;
  }

  /** A bout that no longer exists is not taken back. */
  private static final class ForgetsRetractions implements Fault {
    @Override
    public Processor<Object, Object, Object, Object> around(
        String node, Processor<Object, Object, Object, Object> real) {
      return node.equals(Nodes.DETECT_SITTING)
          ? new Wrapped(real, Optional::of, value -> value instanceof Bout b && b.retracted())
          : real;
    }
  }

  /** Timers speak although what came during an outage was not read. */
  private static final class FiresTimersOverABacklog implements Fault {
    @Override
    public InputLag lag(InputLag real) {
      return InputLag.NONE;
    }
  }

  private static Processor<Object, Object, Object, Object> reading(
      Processor<Object, Object, Object, Object> real,
      Function<Record<Object, Object>, Optional<Record<Object, Object>>> change) {
    return new Wrapped(real, change, value -> false);
  }

  /** Changes what a processor reads and leaves out some of what it forwards. */
  private record Wrapped(
      Processor<Object, Object, Object, Object> real,
      Function<Record<Object, Object>, Optional<Record<Object, Object>>> reads,
      Predicate<Object> swallows)
      implements Processor<Object, Object, Object, Object> {
    @Override
    public void init(ProcessorContext<Object, Object> context) {
      real.init(FilteringContext.of(context, swallows));
    }

    @Override
    public void process(Record<Object, Object> record) {
      reads.apply(record).ifPresent(real::process);
    }

    @Override
    public void close() {
      real.close();
    }
  }
}
