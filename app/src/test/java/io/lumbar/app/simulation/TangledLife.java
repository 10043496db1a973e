package io.lumbar.app.simulation;

import io.lumbar.model.BatteryObservation;
import io.lumbar.model.CheckIn;
import io.lumbar.model.Correction;
import io.lumbar.model.DayTag;
import io.lumbar.model.DeviceId;
import io.lumbar.model.Placement;
import io.lumbar.model.Posture;
import io.lumbar.model.PostureObservation;
import io.lumbar.model.Stamp;
import io.lumbar.model.Statement;
import io.lumbar.model.StepCounterObservation;
import io.lumbar.model.StepsObservation;
import io.lumbar.model.Topic;
import io.lumbar.model.WearerId;
import io.lumbar.model.WornObservation;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Hours in which two devices overlap, contradict each other, fall silent, charge and are taken off,
 * and in which the wearer corrects, amends and takes back.
 */
final class TangledLife {
  private static final Posture[] POSTURES = {
    Posture.SITTING,
    Posture.STANDING,
    Posture.WALKING,
    Posture.LYING,
    Posture.UNKNOWN,
    Posture.SITTING,
    Posture.TRAVELLING
  };
  private static final Correction.Was[] WORDS = Correction.Was.values();

  private final WearerId wearer;
  private final Anchor anchor;
  private final Random random;
  private final List<Said> said = new ArrayList<>();

  TangledLife(WearerId wearer, Anchor anchor, Random random) {
    this.wearer = wearer;
    this.anchor = anchor;
    this.random = random;
  }

  List<Said> said() {
    Instant start =
        anchor
            .date()
            .atStartOfDay(anchor.zone())
            .toInstant()
            .plusSeconds(random.nextInt(14 * 3600));
    boolean finely = random.nextBoolean();
    for (Placement placement : List.of(Placement.THIGH, Placement.CHEST)) {
      measure(
          new Stamp(new DeviceId("d_" + placement.wireName()), placement, anchor.zone()),
          start,
          finely);
    }
    for (int i = 0; i < 3; i++) {
      speak(start, i);
    }
    return said;
  }

  private void measure(Stamp stamp, Instant start, boolean finely) {
    Instant at = start.plusSeconds(random.nextInt(3600));
    for (int i = 0; i < 9; i++) {
      Posture posture = POSTURES[random.nextInt(POSTURES.length)];
      Duration length =
          Duration.ofSeconds(3 + random.nextInt(random.nextInt(4) == 0 ? 5000 : finely ? 60 : 500));
      int form = random.nextInt(10);
      if (form < 6) {
        say(
            Topic.POSTURE,
            PostureObservation.span(stamp, posture, at, at.plus(length)),
            at.plus(length));
      } else if (form < 8) {
        say(
            Topic.POSTURE,
            PostureObservation.change(stamp, posture, at, length.multipliedBy(2)),
            at);
      } else if (form == 8) {
        say(Topic.POSTURE, new WornObservation(stamp, random.nextBoolean(), at), at);
      } else {
        say(Topic.POSTURE, new BatteryObservation(stamp, 0.5, random.nextBoolean(), at), at);
      }
      if (random.nextInt(3) == 0) {
        Instant end = at.plusSeconds(2 + random.nextInt(30));
        say(Topic.POSTURE, classified(stamp, posture, at.plusSeconds(1), end), end);
      }
      if (random.nextInt(3) == 0) {
        Instant end = at.plusSeconds(60);
        say(Topic.STEPS, new StepsObservation(stamp, random.nextInt(80), at, end), end);
        say(
            Topic.STEPS,
            new StepCounterObservation(stamp, "s" + i / 4, random.nextInt(5000), at),
            at);
      }
      at =
          at.plus(length)
              .plusSeconds(random.nextInt(4) == 0 ? random.nextInt(2400) : -random.nextInt(20));
    }
  }

  private void speak(Instant start, int n) {
    Instant from = start.plusSeconds(random.nextInt(5 * 3600));
    Instant later = start.plus(Duration.ofHours(6)).plusSeconds(n);
    say(
        new Correction(
            "s_" + random.nextInt(2),
            later,
            random.nextInt(4) == 0,
            from,
            from.plusSeconds(30 + random.nextInt(7200)),
            WORDS[random.nextInt(WORDS.length)]));
    say(
        new CheckIn(
            "c_" + random.nextInt(2),
            later,
            random.nextInt(4) == 0,
            from,
            random.nextInt(11),
            null,
            null,
            null,
            false,
            null));
    say(
        new DayTag(
            "t_" + random.nextInt(2),
            later,
            random.nextInt(3) == 0,
            anchor.date().plusDays(random.nextInt(2)),
            DayTag.Tag.values()[random.nextInt(4)]));
  }

  private void say(Statement statement) {
    say(Topic.CHECKINS, statement, statement.statedAt());
  }

  private void say(Topic topic, Object value, Instant known) {
    said.add(new Said(wearer, topic, value, known));
  }

  private static PostureObservation classified(
      Stamp stamp, Posture posture, Instant from, Instant to) {
    return new PostureObservation(
        stamp,
        posture,
        from,
        from.isBefore(to) ? to : from.plusSeconds(1),
        false,
        PostureObservation.Origin.CLASSIFIED,
        PostureObservation.Grade.PROVISIONAL,
        null,
        null,
        null,
        Map.of());
  }
}
