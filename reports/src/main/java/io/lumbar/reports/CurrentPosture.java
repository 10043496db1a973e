package io.lumbar.reports;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.lumbar.history.HistoryStore;
import io.lumbar.history.HistoryStore.Range;
import io.lumbar.http.Registry;
import io.lumbar.model.Bout;
import io.lumbar.model.Device;
import io.lumbar.model.DeviceId;
import io.lumbar.model.Placement;
import io.lumbar.model.Posture;
import io.lumbar.model.SittingClock;
import io.lumbar.model.Wearer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a wearer does at this moment, from history and from what the topics brought since.
 *
 * <p>A closed latest bout means that nothing is known about the present.
 */
final class CurrentPosture {
  private static final Duration LOOK_BACK = Duration.ofHours(8);

  private final HistoryStore history;
  private final Registry registry;
  private final LiveFeed feed;
  private final InstantSource clock;

  CurrentPosture(HistoryStore history, Registry registry, LiveFeed feed, InstantSource clock) {
    this.history = history;
    this.registry = registry;
    this.feed = feed;
    this.clock = clock;
  }

  /**
   * The answer of {@code /now}.
   *
   * @param since start of the present posture, or the end of the last known one when unknown; null
   *     when there is no history
   * @param seconds from {@code since} to the newest evidence while open, to {@code asOf} otherwise
   * @param sittingSince start of the sitting clock: breaks of less than a minute do not reset it
   * @param sittingSeconds what stands on that clock at the newest evidence; breaks and times
   *     without data are not on it
   * @param heardUntil the newest instant for which there is evidence
   * @param asOf the server's clock
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Now(
      Posture posture,
      @Nullable OffsetDateTime since,
      double seconds,
      boolean open,
      @Nullable Placement source,
      @Nullable OffsetDateTime sittingSince,
      @Nullable Double sittingSeconds,
      @Nullable OffsetDateTime heardUntil,
      List<Connected> devices,
      OffsetDateTime asOf) {}

  /**
   * A device and when a record of it last arrived that was not imported.
   *
   * @param via the device that heard it then, or null when it uploads itself
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Connected(
      String id,
      String name,
      Placement placement,
      @Nullable OffsetDateTime lastSeen,
      @Nullable String via) {}

  Now of(Wearer wearer) {
    Instant now = clock.instant();
    List<Connected> devices = devices(wearer, wearer.zoneAt(now));
    Optional<Bout> latest = latest(wearer);
    OffsetDateTime asOf = Answers.local(now, latest.map(Bout::zone).orElse(wearer.zoneAt(now)));
    if (latest.isEmpty()) {
      return new Now(Posture.UNKNOWN, null, 0, false, null, null, null, null, devices, asOf);
    }
    Bout bout = latest.get();
    Instant heard = heardUntil(bout, now);
    OffsetDateTime heardUntil = Answers.local(heard, bout.zone());
    if (!bout.open()) {
      return new Now(
          Posture.UNKNOWN,
          Answers.local(bout.to(), bout.zone()),
          seconds(bout.to(), now),
          false,
          null,
          null,
          null,
          heardUntil,
          devices,
          asOf);
    }
    SittingClock.Run run = bout.posture() == Posture.SITTING ? sitting(wearer, bout) : null;
    return new Now(
        bout.posture(),
        Answers.local(bout.from(), bout.zone()),
        seconds(bout.from(), heard),
        true,
        bout.placement(),
        run == null ? null : Answers.local(run.first().from(), bout.zone()),
        run == null ? null : run.seated().toMillis() / 1000.0 + seconds(bout.to(), heard),
        heardUntil,
        devices,
        asOf);
  }

  private static Instant heardUntil(Bout bout, Instant now) {
    Instant horizon = bout.open() && bout.holdsUntil().isBefore(now) ? bout.holdsUntil() : now;
    return bout.open() && horizon.isAfter(bout.to()) ? horizon : bout.to();
  }

  private static double seconds(Instant from, Instant to) {
    return Math.max(0, Duration.between(from, to).toMillis()) / 1000.0;
  }

  private Optional<Bout> latest(Wearer wearer) {
    Optional<Bout> stored = history.latestBout(wearer.id());
    Optional<Bout> heard = feed.latestBout(wearer.id());
    if (heard.isEmpty() || stored.isEmpty()) {
      return heard.isEmpty() ? stored : heard;
    }
    Bout a = stored.get();
    Bout b = heard.get();
    if (a.id().equals(b.id())) {
      return a.revision() > b.revision() ? stored : heard;
    }
    return a.from().isAfter(b.from()) ? stored : heard;
  }

  private SittingClock.Run sitting(Wearer wearer, Bout current) {
    Range range =
        new Range(current.from().minus(LOOK_BACK), current.from(), Query.LARGEST_LIMIT, null);
    List<Bout> bouts = new ArrayList<>(history.bouts(wearer.id(), null, range).items());
    bouts.removeIf(bout -> bout.id().equals(current.id()));
    bouts.add(current);
    List<SittingClock.Run> runs = SittingClock.runs(bouts);
    return runs.get(runs.size() - 1);
  }

  private List<Connected> devices(Wearer wearer, ZoneId zone) {
    List<Connected> devices = new ArrayList<>();
    for (Device device : registry.devicesOf(wearer.id())) {
      Instant seen = feed.presence().lastSeen(device.id()).orElse(null);
      devices.add(
          new Connected(
              device.id().value(),
              device.name(),
              device.placement(),
              seen == null ? null : Answers.local(seen, zone),
              feed.presence().lastVia(device.id()).map(DeviceId::value).orElse(null)));
    }
    return devices;
  }
}
