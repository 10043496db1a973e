package io.lumbar.reports;

import io.lumbar.model.Alert;
import io.lumbar.model.AlertResponse;
import io.lumbar.model.Bout;
import io.lumbar.model.Episode;
import io.lumbar.model.Json;
import io.lumbar.model.KafkaConnection;
import io.lumbar.model.Topic;
import io.lumbar.model.WearerId;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Passes bouts, episodes, alerts and responses from their topics on to everybody who listens to a
 * wearer, within milliseconds of their commit.
 *
 * <p>What a listener missed while it was away is not repeated, except alerts: their event id is
 * their offset, which rises per wearer and survives a restart; those older than two minutes are
 * marked {@code past}. An alert may come twice; its id tells. Thread-safe.
 */
public final class LiveFeed implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LiveFeed.class);
  private static final long LOOK_MILLIS = 500;

  private final InstantSource clock;
  private final Presence presence = new Presence();
  private final Map<WearerId, Set<LiveClient>> clients = new ConcurrentHashMap<>();
  private final Map<WearerId, Bout> latestBouts = new ConcurrentHashMap<>();
  private final RecentAlerts recentAlerts = new RecentAlerts();
  private @Nullable LiveReader reader;
  private @Nullable ScheduledExecutorService watch;
  private volatile boolean closed;

  LiveFeed(InstantSource clock) {
    this.clock = clock;
  }

  /**
   * Starts the threads that read the topics; whatever is committed after this returns is seen.
   *
   * @throws org.apache.kafka.common.KafkaException when the broker does not answer
   */
  public static LiveFeed start(KafkaConnection kafka, InstantSource clock) {
    LiveFeed feed = new LiveFeed(clock);
    feed.reader = LiveReader.start(kafka, feed, clock);
    feed.watch = feed.watch();
    return feed;
  }

  /** Apart from the reading, which stands still while the broker is away. */
  private ScheduledExecutorService watch() {
    ScheduledExecutorService watching =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "live-watch");
              thread.setDaemon(true);
              return thread;
            });
    ScheduledFuture<?> unused =
        watching.scheduleWithFixedDelay(
            () -> {
              try {
                look();
              } catch (RuntimeException e) {
                LOG.error("who listens is looked at again", e);
              }
            },
            LOOK_MILLIS,
            LOOK_MILLIS,
            TimeUnit.MILLISECONDS);
    return watching;
  }

  /** When each device was last heard. */
  public Presence presence() {
    return presence;
  }

  /** An alert of the last minutes, which history may not have yet. */
  public Optional<Alert> recentAlert(String id) {
    synchronized (recentAlerts) {
      return recentAlerts.alert(id);
    }
  }

  /** True while the reading thread works; false after a fault that it could not get over. */
  public boolean isAlive() {
    LiveReader running = reader;
    return running != null && running.isAlive();
  }

  /** How many listen at this moment. */
  public int listeners() {
    return clients.values().stream().mapToInt(Set::size).sum();
  }

  /** The newest bout that the topics brought since the start. */
  Optional<Bout> latestBout(WearerId wearer) {
    return Optional.ofNullable(latestBouts.get(wearer));
  }

  /**
   * Adds a listener, after the alerts that it missed.
   *
   * @param lastEventId offset of the last alert that it has, empty for a new listener
   * @return the event id to give to what it is told first
   */
  long join(WearerId wearer, LiveClient client, OptionalLong lastEventId) {
    synchronized (recentAlerts) {
      if (lastEventId.isPresent()) {
        recentAlerts.after(wearer, lastEventId.getAsLong(), clock.instant()).forEach(client::offer);
      }
      // Within compute, so that the set cannot be dropped as empty in between.
      clients.compute(
          wearer,
          (w, listening) -> {
            Set<LiveClient> set = listening == null ? ConcurrentHashMap.newKeySet() : listening;
            set.add(client);
            return set;
          });
      if (closed) {
        client.leave();
      }
      return Math.max(recentAlerts.lastOffset(wearer), lastEventId.orElse(-1));
    }
  }

  /** Removes a listener that is gone. */
  void leave(WearerId wearer, LiveClient client) {
    clients.computeIfPresent(
        wearer,
        (w, listening) -> {
          listening.remove(client);
          return listening.isEmpty() ? null : listening;
        });
  }

  /** Takes one record of a topic; the reading thread calls it in order of the partition. */
  void accept(Topic topic, long offset, byte[] value) {
    switch (topic) {
      case BOUTS -> bout(Json.read(value, Bout.class));
      case EPISODES -> {
        Episode episode = Json.read(value, Episode.class);
        push(episode.wearer(), event("episode", Answers.EpisodeAnswer.of(episode)));
      }
      case ALERTS -> alert(Json.read(value, Alert.class), offset);
      case RESPONSES -> {
        AlertResponse response = Json.read(value, AlertResponse.class);
        ZoneId zone = recentAlert(response.alert()).map(Alert::zone).orElse(ZoneOffset.UTC);
        push(response.wearer(), event("response", Answers.ResponseAnswer.of(response, zone)));
      }
      default -> throw new IllegalArgumentException(topic + " is not shown live");
    }
  }

  private void bout(Bout bout) {
    latestBouts.compute(bout.wearer(), (wearer, known) -> newer(known, bout));
    push(bout.wearer(), event("bout", Answers.BoutAnswer.of(bout)));
  }

  private static @Nullable Bout newer(@Nullable Bout known, Bout next) {
    if (next.retracted()) {
      return known == null || known.id().equals(next.id()) ? null : known;
    }
    if (known == null || known.id().equals(next.id())) {
      return next;
    }
    return next.from().isBefore(known.from()) ? known : next;
  }

  private void alert(Alert alert, long offset) {
    LiveFrame frame = RecentAlerts.frame(alert, offset, false);
    synchronized (recentAlerts) {
      recentAlerts.add(alert, offset);
      push(alert.wearer(), frame);
    }
  }

  private static LiveFrame event(String name, Object data) {
    return LiveFrame.event(name, null, data);
  }

  private void push(WearerId wearer, LiveFrame frame) {
    clients.getOrDefault(wearer, Set.of()).forEach(client -> client.offer(frame));
  }

  /** Lets those go that may not read any more. */
  void look() {
    clients.values().forEach(listening -> listening.forEach(LiveClient::look));
  }

  /** Keeps connections open through proxies, finds those that are gone, and tells the time. */
  void heartbeat() {
    LiveFrame time = event("clock", new ClockAnswer(clock.instant().atOffset(ZoneOffset.UTC)));
    for (Set<LiveClient> listening : clients.values()) {
      for (LiveClient client : listening) {
        client.offer(LiveFrame.HEARTBEAT);
        client.offer(time);
      }
    }
  }

  private record ClockAnswer(OffsetDateTime at) {}

  /**
   * Lets all listeners go and ends the thread; calling it again does nothing. To be called while
   * the HTTP server still runs: a request that ends after its server makes Javalin fail without
   * end.
   */
  @Override
  public void close() {
    closed = true;
    ScheduledExecutorService watching = watch;
    if (watching != null) {
      watching.shutdownNow();
    }
    LiveReader running = reader;
    if (running != null) {
      running.close();
    }
    clients.values().forEach(listening -> listening.forEach(LiveClient::leave));
  }
}
