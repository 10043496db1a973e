package io.lumbar.app;

import io.lumbar.alerts.AlertsTopology;
import io.lumbar.alerts.calendar.CalendarRoutes;
import io.lumbar.alerts.calendar.CalendarWatch;
import io.lumbar.alerts.delivery.AlertDelivery;
import io.lumbar.alerts.delivery.ChannelRoutes;
import io.lumbar.alerts.delivery.Channels;
import io.lumbar.alerts.effect.EffectRoutes;
import io.lumbar.alerts.effect.NightFeedbackRoutes;
import io.lumbar.alerts.home.HomeBridge;
import io.lumbar.alerts.home.HomeLine;
import io.lumbar.alerts.push.PushRoutes;
import io.lumbar.alerts.responses.AlertLookup;
import io.lumbar.alerts.responses.AlertRoutes;
import io.lumbar.alerts.responses.PastResponses;
import io.lumbar.alerts.responses.PauseRoutes;
import io.lumbar.alerts.responses.QuietNow;
import io.lumbar.alerts.responses.ResponseSink;
import io.lumbar.alerts.responses.SnoozeRoutes;
import io.lumbar.alerts.rules.AdviceRoutes;
import io.lumbar.alerts.rules.RulesRoutes;
import io.lumbar.alerts.stretches.RoutineRoutes;
import io.lumbar.alerts.stretches.StretchPages;
import io.lumbar.alerts.stretches.StretchRoutes;
import io.lumbar.alerts.stretches.Stretches;
import io.lumbar.analytics.AnalyticsTopology;
import io.lumbar.analytics.aging.Horizon;
import io.lumbar.app.backup.LiveBackup;
import io.lumbar.app.backup.Scratch;
import io.lumbar.app.fault.UserMistake;
import io.lumbar.app.health.Condition;
import io.lumbar.app.health.DiskSpace;
import io.lumbar.app.health.DiskWatch;
import io.lumbar.app.health.HealthRoutes;
import io.lumbar.app.health.Pulse;
import io.lumbar.app.health.Vigil;
import io.lumbar.app.health.Vitals;
import io.lumbar.app.openapi.OpenApiRoutes;
import io.lumbar.app.settings.Secret;
import io.lumbar.app.settings.Settings;
import io.lumbar.app.streams.AlertLag;
import io.lumbar.app.streams.Backlog;
import io.lumbar.app.streams.Heartbeat;
import io.lumbar.app.streams.StateCopies;
import io.lumbar.app.streams.StreamsRuntime;
import io.lumbar.app.streams.TopicLag;
import io.lumbar.app.streams.Unread;
import io.lumbar.app.streams.WaitingTime;
import io.lumbar.history.HistoryKeeper;
import io.lumbar.history.HistoryStore;
import io.lumbar.history.HistoryStore.AnsweredAlert;
import io.lumbar.history.HistoryStore.HistoryUnavailable;
import io.lumbar.history.HistoryWriter;
import io.lumbar.history.influx.InfluxConfig;
import io.lumbar.history.influx.InfluxHistory;
import io.lumbar.history.sqlite.SqliteHistory;
import io.lumbar.http.ApiException;
import io.lumbar.http.Authentication;
import io.lumbar.http.Bodies;
import io.lumbar.http.HttpConfig;
import io.lumbar.http.HttpLimits;
import io.lumbar.http.HttpServer;
import io.lumbar.http.KafkaRegistry;
import io.lumbar.http.PortInUse;
import io.lumbar.http.Principal;
import io.lumbar.http.Registry;
import io.lumbar.http.RegistryRoutes;
import io.lumbar.http.Routes;
import io.lumbar.ingest.Ingest;
import io.lumbar.ingest.IngestCounters;
import io.lumbar.ingest.IngestLimits;
import io.lumbar.ingest.UploadGate;
import io.lumbar.ingest.mqtt.MqttSource;
import io.lumbar.ingest.statements.KnownDays;
import io.lumbar.ingest.watch.ImportFolder;
import io.lumbar.model.AlertSettings;
import io.lumbar.model.DaySummary;
import io.lumbar.model.Experiment;
import io.lumbar.model.Topic;
import io.lumbar.model.Wearer;
import io.lumbar.model.WearerId;
import io.lumbar.reports.CalibrationBook;
import io.lumbar.reports.CalibrationRoutes;
import io.lumbar.reports.ExperimentRoutes;
import io.lumbar.reports.GroupRoutes;
import io.lumbar.reports.LiveFeed;
import io.lumbar.reports.LiveRoutes;
import io.lumbar.reports.PageRoutes;
import io.lumbar.reports.ReadRoutes;
import io.lumbar.reports.ReportChanges;
import io.lumbar.reports.ReportRoutes;
import io.lumbar.reports.StatementBook;
import io.lumbar.reports.ToldRoutes;
import io.lumbar.reports.daily.ReportFactsReader;
import io.lumbar.reports.daily.ReportMaker;
import io.lumbar.reports.interchange.InterchangeRoutes;
import io.lumbar.reports.period.PeriodReader;
import io.lumbar.reports.privacy.ErasureRoutes;
import io.lumbar.reports.privacy.ExportRoutes;
import io.lumbar.reports.privacy.ForgetSink;
import io.lumbar.reports.privacy.ReadingLog;
import io.lumbar.reports.privacy.ReadingRoutes;
import io.lumbar.reports.render.Edition;
import io.lumbar.reports.schedule.ChannelWay;
import io.lumbar.reports.schedule.MailWay;
import io.lumbar.reports.schedule.ReportFolder;
import io.lumbar.reports.schedule.ReportPost;
import io.lumbar.reports.schedule.ReportPress;
import io.lumbar.reports.schedule.WearerShare;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import org.apache.kafka.streams.Topology;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The parts of this build, wired in the order in which data flows. */
public final class Parts implements Wiring {
  private static final Duration MOST_BEHIND = Duration.ofMinutes(1);
  private static final Condition AWAY =
      Condition.degraded(Optional.of("Kafka does not say how far behind it is"));
  private static final Duration STREAM_START = Duration.ofMinutes(2);
  private static final Set<Role> STREAM_ROLES = Set.of(Role.ANALYTICS, Role.ALERTS);

  @Override
  public Running start(Site site, Consumer<String> fault) {
    Assembly assembly = new Assembly(site);
    try {
      return assembly.run(fault);
    } catch (RuntimeException | Error e) {
      assembly.close();
      throw e;
    }
  }

  /** The parts started so far, newest first. */
  private static final class Assembly implements Running {
    private static final Logger LOG = LoggerFactory.getLogger(Parts.class);
    private static final int RETRY_SECONDS = 5;

    private final Site site;
    private final Vitals vitals = new Vitals();
    private final Vigil vigil = new Vigil();
    private final Deque<AutoCloseable> started = new ArrayDeque<>();
    private final List<Routes> routes = new ArrayList<>();
    private final List<IntConsumer> waitForSenders = new ArrayList<>();
    private @Nullable HttpServer server;
    private @Nullable LiveFeed live;
    private @Nullable Heartbeat heartbeat;
    private @Nullable Authentication authentication;

    Assembly(Site site) {
      this.site = site;
    }

    Running run(Consumer<String> fault) {
      KafkaRegistry registry = opened(KafkaRegistry.start(site.kafka()));
      vigil.over("the reader of the registry", registry::isAlive);
      HttpConfig http = httpConfig();
      Authentication access = authentication(registry, http);
      authentication = access;
      Optional<HistoryStore> history = openHistory();
      AlertChannels channels = opened(AlertChannels.open(site, registry));
      // The slowest to start goes first and comes up while the rest is built.
      Optional<StreamsRuntime> streams = startStreams();
      if (has(Role.HISTORY)) {
        history.ifPresent(this::startWriter);
      }
      if (has(Role.INGEST) || has(Role.WEB)) {
        routes.add(new RegistryRoutes(registry, access, http, site.clock()));
      }
      if (has(Role.INGEST)) {
        history.ifPresent(store -> startIngest(registry, access, store));
      }
      if (has(Role.WEB)) {
        history.ifPresent(store -> startWeb(registry, access, store, channels));
      }
      if (has(Role.ALERTS)) {
        startDelivery(registry, channels);
      }
      if (history.orElse(null) instanceof InfluxHistory influx) {
        opened(Pulse.start(influx, vitals, process(), site.clock()));
        if (has(Role.HISTORY)) {
          opened(SharingMarks.start(registry::wearers, influx::sharing, site.clock()));
        }
      }
      vitals.check("disk", () -> DiskSpace.of(site.stateDir()).or(this::historysDisk));
      routes.add(new HealthRoutes(vitals));
      routes.add(new OpenApiRoutes());
      // What is uploaded before the stream runs waits in the topics.
      server = opened(listen(http, access));
      if (heartbeat != null) {
        heartbeat.reachable();
      }
      streams.ifPresent(runtime -> runtime.awaitRunning(STREAM_START));
      // Its listeners' requests have to end before the server does.
      if (live != null) {
        opened(live);
      }
      opened(vigil.start(fault));
      return this;
    }

    private Condition historysDisk() {
      return DiskSpace.of(site.history().resolveSibling(""));
    }

    private String process() {
      return site.single() ? "all" : site.roles().iterator().next().commandName();
    }

    private boolean has(Role role) {
      return site.roles().contains(role);
    }

    private HttpConfig httpConfig() {
      Settings.Limits limits = site.settings().limits();
      Bodies.limitJson(limits.jsonDepth(), limits.jsonTextKilobytes() << 10);
      HttpConfig config =
          new HttpConfig(
              site.settings().http().host(),
              site.settings().http().port(),
              limits.bodyMegabytes() << 20,
              limits.requestsPerMinute() / 60,
              ((long) limits.megabytesPerMinute() << 20) / 60,
              new HttpLimits(
                  limits.connections(),
                  limits.headerKilobytes() << 10,
                  Duration.ofSeconds(limits.patienceSeconds()),
                  (long) limits.heldMegabytes() << 20,
                  limits.deviceRequestsPerMinute(),
                  (long) limits.deviceMegabytesPerMinute() << 20),
              Connections.page(site).orElse(null));
      return site.settings().http().tls().map(config::withTls).orElse(config);
    }

    private Authentication authentication(Registry registry, HttpConfig http) {
      return new Authentication(
          registry,
          site.ownerToken().map(Secret::reveal).orElse(null),
          site.settings().adminToken().map(Secret::reveal).orElse(null),
          AlertChannels.signingKey(site),
          http,
          // Links and cookies age by the real time, also where a demo's day runs faster.
          InstantSource.system());
    }

    private Optional<HistoryStore> openHistory() {
      if (site.roles().stream().noneMatch(Role::usesHistory)) {
        return Optional.empty();
      }
      HistoryStore store =
          site.settings()
              .influx()
              .<HistoryStore>map(
                  influx ->
                      InfluxHistory.of(
                          new InfluxConfig(
                              influx.url().toString(),
                              influx.token().map(Secret::reveal).orElse(null),
                              influx.org(),
                              influx.bucket())))
              .orElseGet(() -> SqliteHistory.open(site.history()));
      vitals.check(
          "history",
          () -> {
            // Uploads and alerts go on without it, and what is to be written waits in the topics.
            HistoryStore.Check check = store.check();
            return Condition.degraded(check.ok() ? Optional.empty() : Optional.of(check.detail()));
          });
      return Optional.of(opened(store));
    }

    private Optional<StreamsRuntime> startStreams() {
      boolean analytics = has(Role.ANALYTICS);
      boolean alerts = has(Role.ALERTS);
      if (site.roles().stream().noneMatch(STREAM_ROLES::contains)) {
        return Optional.empty();
      }
      String application = analytics ? analysis() : "lumbar-alerts";
      Heartbeat pulse = opened(Heartbeat.start(site.stateDir().resolve("alive")));
      heartbeat = pulse;
      Topology topology = new Topology();
      AnalyticsTopology.addWearersSource(topology, "wearers");
      if (analytics) {
        TopicLag lag = opened(TopicLag.of(site.kafka(), application, pulse));
        waitForSenders.add(lag::uploadRefused);
        AnalyticsTopology analysis =
            new AnalyticsTopology(site.clock(), lag, new Horizon(site.settings().amendmentDays()));
        analysis.addTo(topology, "wearers");
        vitals.counter("lumbar.analytics.closed", analysis::closed);
      }
      if (alerts) {
        AlertLag lag = opened(AlertLag.of(site.kafka(), analysis(), application, pulse));
        waitForSenders.add(lag::uploadRefused);
        if (analytics) {
          AlertsTopology.addBehind(
              topology,
              "wearers",
              AnalyticsTopology.STATEMENTS,
              AnalyticsTopology.EPISODES,
              site.clock(),
              lag);
        } else {
          AlertsTopology.addTo(topology, "wearers", site.clock(), lag);
        }
      }
      StreamsRuntime runtime =
          opened(
              StreamsRuntime.start(
                  topology,
                  new StreamsRuntime.Place(
                      application,
                      site.kafka(),
                      site.stateDir(),
                      site.instance(),
                      site.settings().kafka().replication(),
                      site.settings().kafka().standbys())));
      vitals.check("streams", () -> Condition.failing(runtime.health()));
      vigil.overReason("the stream", runtime::ended);
      watchBacklog(application, analytics);
      vitals.counter(
          "lumbar.streams.faults",
          () -> runtime.faults().unreadable() + runtime.faults().unprocessable());
      StateCopies copies = runtime.stateCopies();
      vitals.gauge("lumbar.streams.active", copies::active);
      vitals.gauge("lumbar.streams.standby", copies::standby);
      vitals.gauge("lumbar.streams.standby.behind", copies::behind);
      vitals.counter("lumbar.streams.standby.copied", copies::copied);
      vitals.counter("lumbar.streams.restored", copies::restored);
      return Optional.of(runtime);
    }

    /** Alerts hang behind the analysis where one process does both. */
    private void watchBacklog(String application, boolean analytics) {
      Backlog backlog =
          opened(
              Backlog.of(
                  site.kafka(),
                  application,
                  analytics ? AnalyticsTopology.INPUTS : List.of(Topic.EPISODES, Topic.RESPONSES),
                  site.partitions()));
      vitals.check(
          analytics ? "analytics" : "alerts",
          () -> backlog.longestWait().map(Assembly::behind).orElse(AWAY));
    }

    private static Condition behind(Duration wait) {
      return Condition.degraded(
          wait.compareTo(MOST_BEHIND) > 0
              ? Optional.of("%d s behind what came".formatted(wait.toSeconds()))
              : Optional.empty());
    }

    /**
     * The consumer group that analyses uploads, here or, where this process does not, elsewhere.
     */
    private String analysis() {
      return has(Role.ANALYTICS) && has(Role.ALERTS) ? "lumbar" : "lumbar-analytics";
    }

    private void startWriter(HistoryStore store) {
      HistoryWriter writer =
          opened(
              HistoryWriter.start(
                  site.kafka(), store, "lumbar-history", "lumbar-" + site.instance()));
      vitals.check(
          "history-writer",
          () ->
              writer.healthy()
                  ? Condition.ok()
                  : new Condition(
                      writer.isAlive() ? Condition.Grade.DEGRADED : Condition.Grade.FAILING,
                      writer.detail()));
      vigil.over("the history writer", writer::isAlive);
      vitals.counter("lumbar.history.written", writer::written);
      vitals.counter("lumbar.history.dead.letters", writer::deadLettered);
      vitals.gauge("lumbar.history.lag", writer::lag);
      Settings.Retention retention = site.settings().retention();
      HistoryKeeper keeper =
          opened(
              HistoryKeeper.start(
                  store,
                  site.kafka(),
                  new HistoryKeeper.Kept(
                      retention.historyDetails().orElse(null),
                      retention.history().orElse(null),
                      retention.weeks().orElse(null),
                      retention.experiments().orElse(null),
                      retention.calibrations().orElse(null)),
                  // Topics are stamped with the real time, also where a demo's day runs faster.
                  InstantSource.system()));
      vitals.check(
          "history-keeper", () -> Condition.degraded(Optional.ofNullable(keeper.trouble())));
    }

    private void startIngest(Registry registry, Authentication access, HistoryStore store) {
      Settings.Limits limits = site.settings().limits();
      WaitingTime waiting = opened(WaitingTime.of(site.kafka(), analysis()));
      Ingest ingest =
          opened(
              Ingest.start(
                  site.kafka(),
                  registry,
                  access,
                  site.clock(),
                  site.stateDir().resolve("ingest"),
                  store::passed,
                  wearer -> experiments(store, wearer),
                  (wearer, date) -> openDays(store, wearer, date),
                  waiting,
                  IngestLimits.of(
                      limits.bodyMegabytes() << 20,
                      limits.elements(),
                      (long) limits.importMegabytes() << 20,
                      limits.queuedImports(),
                      (long) limits.importsMegabytes() << 20),
                  gate()));
      waitForSenders.forEach(ingest::whenRefused);
      routes.addAll(ingest.routes());
      site.settings().importFolder().ifPresent(folder -> watch(ingest, folder));
      site.settings().mqtt().ifPresent(broker -> listen(ingest, broker));
      vitals.check(
          "ingest",
          () ->
              ingest.healthy()
                  ? Condition.degraded(
                      ingest.slow()
                          ? Optional.of("Kafka takes long to acknowledge uploads")
                          : Optional.empty())
                  : Condition.failing(Optional.of("Kafka does not acknowledge uploads")));
      vitals.counter("lumbar.ingest.received", () -> ingest.counters().received());
      vitals.counter("lumbar.ingest.accepted", () -> ingest.counters().accepted());
      vitals.counter("lumbar.ingest.duplicate", () -> ingest.counters().duplicate());
      vitals.counter("lumbar.ingest.ignored", () -> ingest.counters().ignored());
      vitals.counter("lumbar.ingest.rejected", () -> ingest.counters().rejected());
      ingest.formats().forEach(format -> count(ingest, format));
      vitals.gauge("lumbar.ingest.messages.lost", ingest::lostMessages);
    }

    /** As {@link KnownDays} has it. Two days behind the open ones stay whole, a zone away. */
    private Optional<Integer> openDays(HistoryStore store, WearerId wearer, LocalDate date) {
      int open = site.settings().amendmentDays();
      LocalDate today = LocalDate.ofInstant(site.clock().instant(), ZoneOffset.UTC);
      if (!date.isBefore(today.minusDays(open))) {
        return Optional.empty();
      }
      try {
        Optional<LocalDate> newest =
            store
                .latestBout(wearer)
                .map(bout -> LocalDate.ofInstant(bout.to(), ZoneOffset.UTC))
                .or(
                    () ->
                        store.days(wearer, date, today.plusDays(1)).stream()
                            .map(DaySummary::date)
                            .max(Comparator.naturalOrder()));
        boolean old = newest.filter(day -> date.isBefore(day.minusDays(open + 3L))).isPresent();
        return old && !store.days(wearer, date.minusDays(1), date.plusDays(1)).isEmpty()
            ? Optional.of(open)
            : Optional.empty();
      } catch (HistoryUnavailable e) {
        return Optional.empty();
      }
    }

    private static List<Experiment> experiments(HistoryStore store, WearerId wearer) {
      try {
        return store.experiments(wearer);
      } catch (HistoryUnavailable e) {
        throw ApiException.unavailable(
            "Whether another experiment runs cannot be looked up at the moment; send the same"
                + " again",
            RETRY_SECONDS);
      }
    }

    /** Uploads wait while Kafka would delete for them what was not analysed yet, or has no room. */
    private UploadGate gate() {
      Unread unread =
          opened(
              Unread.watch(site.kafka(), analysis(), AnalyticsTopology.INPUTS, site.partitions()));
      vitals.check(
          "unread",
          () ->
              Condition.failing(unread.aging())
                  .or(
                      () ->
                          Condition.degraded(
                              unread.full().map(why -> why + ": uploads are refused"))));
      if (!site.embedded()) {
        return gate(unread, Optional::empty);
      }
      // The embedded broker writes beside the history; the state may lie on another disk.
      DiskWatch disk = opened(DiskWatch.of(site.history().resolveSibling("")));
      return gate(unread, disk::full);
    }

    private static UploadGate gate(Unread unread, Supplier<Optional<String>> disk) {
      return new UploadGate() {
        @Override
        public Optional<String> closed() {
          return unread.full().or(disk);
        }

        @Override
        public Optional<String> closedForImports() {
          return unread.crowded().or(disk);
        }
      };
    }

    private void count(Ingest ingest, String format) {
      Map<String, ToLongFunction<IngestCounters>> outcomes =
          Map.of(
              "accepted", IngestCounters::accepted,
              "duplicate", IngestCounters::duplicate,
              "ignored", IngestCounters::ignored,
              "rejected", IngestCounters::rejected);
      outcomes.forEach(
          (outcome, sum) ->
              vitals.counter(
                  "lumbar.ingest.elements",
                  Map.of("format", format, "outcome", outcome),
                  () -> sum.applyAsLong(ingest.counters(format))));
    }

    private void watch(Ingest ingest, Path folder) {
      ImportFolder watching = opened(ingest.watch(folder));
      vitals.check("import-folder", () -> Condition.degraded(watching.trouble()));
    }

    private void listen(Ingest ingest, Settings.Mqtt broker) {
      MqttSource mqtt = opened(ingest.listen(Connections.mqtt(broker)));
      // A broker of somebody else's: without it the rest goes on.
      vitals.check("mqtt", () -> Condition.degraded(mqtt.trouble()));
      vitals.gauge("lumbar.mqtt.connected", () -> mqtt.trouble().isEmpty() ? 1 : 0);
      vitals.counter("lumbar.mqtt.kept", mqtt::kept);
      vitals.counter("lumbar.mqtt.refused", mqtt::refused);
      vitals.counter("lumbar.mqtt.lost", mqtt::lost);
    }

    private void startWeb(
        Registry registry, Authentication access, HistoryStore store, AlertChannels channels) {
      InstantSource clock = site.clock();
      LiveFeed feed = opened(LiveFeed.start(site.kafka(), clock));
      live = feed;
      ResponseSink responses = opened(ResponseSink.open(site.kafka()));
      routes.add(new ReadRoutes(store, registry, clock, access::require, feed));
      CalibrationBook calibrations = opened(CalibrationBook.start(site.kafka()));
      routes.add(new CalibrationRoutes(calibrations, registry, access::require));
      StatementBook statements =
          opened(
              StatementBook.start(
                  site.kafka(),
                  clock,
                  // Topics are stamped with the real time, also where a demo's day runs faster.
                  InstantSource.system(),
                  wearer -> registry.wearer(wearer.value()).isPresent()));
      routes.add(new ToldRoutes(statements, registry, access::require));
      routes.add(new LiveRoutes(store, registry, clock, access::require, access::stillReads, feed));
      routes.add(new PageRoutes(access::require));
      routes.add(new StretchRoutes());
      routes.add(new StretchPages(access::require));
      DayFactsReader facts =
          new DayFactsReader(
              store, id -> registry.wearer(id.value()).map(statements::pains).orElseGet(Map::of));
      routes.add(new RoutineRoutes(registry, access::require, facts, clock));
      addReports(registry, access, store, channels);
      addPrivacy(registry, access, store);
      AlertLookup alerts =
          id -> feed.recentAlert(id).or(() -> store.alert(id).map(AnsweredAlert::alert));
      PastResponses past = PastResponses.of(site.kafka());
      routes.add(new SnoozeRoutes(alerts, past, responses, registry, access::require, clock));
      routes.add(
          new AlertRoutes(
              alerts,
              access::require,
              responses,
              past,
              channels.tickets(),
              id -> registry.wearer(id.value()).map(Wearer::settings),
              clock));
      routes.add(
          new ChannelRoutes(
              registry, access::require, channels.channels(), site.kafka(), responses::put, clock));
      routes.add(new PauseRoutes(registry, access::require, clock));
      routes.add(new PushRoutes(registry, access::require, channels.vapid()));
      PagedHistory stored = new PagedHistory(store);
      routes.add(new RulesRoutes(registry, access::require, stored, clock));
      routes.add(new AdviceRoutes(registry, access::require, stored, statements::pains, clock));
      routes.add(new EffectRoutes(registry, access::require, stored, clock));
      routes.add(new NightFeedbackRoutes(registry, access::require, stored, clock));
      routes.add(new CalendarRoutes(registry, access::require, clock));
      vitals.check(
          "live",
          () ->
              Condition.failing(
                  feed.isAlive() ? Optional.empty() : Optional.of("the live feed has stopped")));
      vigil.over("the live feed", feed::isAlive);
      vitals.gauge("lumbar.live.listeners", feed::listeners);
    }

    private static ReportRoutes.Editions editions(Optional<ReportFolder> folder) {
      return new ReportRoutes.Editions() {
        @Override
        public Optional<Edition> of(Wearer wearer, String name) {
          return folder.flatMap(f -> f.edition(wearer.id(), name));
        }

        @Override
        public Optional<Edition> of(
            Wearer wearer, String name, byte[] content, OffsetDateTime now) {
          return folder.flatMap(f -> f.edition(wearer.id(), name, content, now));
        }
      };
    }

    private void addReports(
        Registry registry, Authentication access, HistoryStore store, AlertChannels channels) {
      ReportFactsReader facts = new ReportFactsReader(store);
      PeriodReader periods = new PeriodReader(store);
      ReportMaker maker =
          new ReportMaker(
              new CatalogueExercises(Stretches.catalogue(), Connections.nearestPage(site)));
      Optional<ReportFolder> folder = site.reports().map(ReportFolder::new);
      routes.add(
          new ReportRoutes(
              facts, periods, maker, editions(folder), registry, site.clock(), access::require));
      routes.add(new GroupRoutes(facts, registry, site.clock(), access::require));
      routes.add(new ExperimentRoutes(store, facts, registry, site.clock(), access::require));
      ReportChanges changes = opened(ReportChanges.start(site.kafka(), site.clock()));
      ReportPress press =
          opened(
              ReportPress.start(
                  registry::wearers,
                  changes::take,
                  facts,
                  periods,
                  maker,
                  folder,
                  new ReportFolder.Kept(
                      site.settings().retention().reports(),
                      site.settings().retention().editions()),
                  posts(store, channels.channels()),
                  site.clock()));
      vitals.counter("lumbar.reports.made", press::made);
      vitals.counter("lumbar.reports.failed", press::failed);
    }

    /** The ways in which reports leave: a mail server when there is one, and alert channels. */
    private List<ReportPost> posts(HistoryStore store, Channels channels) {
      // Beside an embedded broker there is no other process that could send.
      Predicate<WearerId> mine =
          site.embedded() ? wearer -> true : opened(WearerShare.join(site.kafka()))::has;
      List<ReportPost> posts = new ArrayList<>();
      ReportPost words =
          new ReportPost(
              store,
              new ChannelWay(
                  new ReportHerald(channels, InstantSource.system()), Connections.page(site)),
              mine,
              site.clock());
      vitals.counter("lumbar.reports.told", words::sent);
      vitals.counter("lumbar.reports.untold", words::failed);
      posts.add(words);
      site.settings()
          .mail()
          .ifPresent(
              server -> {
                ReportPost mail =
                    new ReportPost(
                        store,
                        new MailWay(new ReportMailbox(Connections.mail(server))),
                        mine,
                        site.clock());
                vitals.counter("lumbar.reports.mailed", mail::sent);
                vitals.counter("lumbar.reports.unmailed", mail::failed);
                posts.add(mail);
              });
      return posts;
    }

    private void addPrivacy(Registry registry, Authentication access, HistoryStore store) {
      ForgetSink forget = opened(ForgetSink.open(site.kafka()));
      routes.add(
          new ErasureRoutes(
              registry,
              store,
              forget,
              site.reports().map(ReportFolder::new),
              site.settings().retention().topics(),
              site.clock(),
              access::require));
      Path scratch = Scratch.emptied(site.history().resolveSibling("scratch"));
      routes.add(
          new ExportRoutes(
              store,
              site.kafka(),
              registry,
              site.reports(),
              scratch,
              site.clock(),
              access::require));
      routes.add(
          new InterchangeRoutes(
              store,
              registry,
              site.settings().studyKey().map(Secret::reveal),
              site.clock(),
              access::require));
      routes.add(opened(ReadingLog.start(store, site.clock())));
      routes.add(new ReadingRoutes(store, registry, site.clock(), access::require));
      if (store instanceof SqliteHistory file) {
        routes.add(
            new LiveBackup(
                file, scratch, registry, site.ownerToken(), site.cookieKey(), access::require));
      }
    }

    private void startDelivery(Registry registry, AlertChannels channels) {
      AlertDelivery delivery =
          opened(
              AlertDelivery.start(
                  site.kafka(),
                  site.instance().toString(),
                  channels.channels(),
                  wearer ->
                      registry
                          .wearer(wearer.value())
                          .map(known -> known.settings().alerts())
                          .orElse(AlertSettings.defaults()),
                  site.clock()));
      vitals.check("alert-delivery", () -> Condition.failing(delivery.trouble()));
      vigil.over("alert delivery", delivery::canGoOn);
      vitals.counter("lumbar.alerts.delivered", delivery::delivered);
      vitals.counter("lumbar.alerts.missed", delivery::missed);
      vitals.counter("lumbar.alerts.failed", delivery::failed);
      opened(CalendarWatch.start(registry, site.clock()));
      channels.home().ifPresent(line -> showHome(registry, line));
    }

    private void showHome(Registry registry, HomeLine line) {
      ResponseSink responses = opened(ResponseSink.open(site.kafka()));
      QuietNow quiet = new QuietNow(site.kafka(), responses, registry, site.clock());
      HomeBridge bridge =
          opened(HomeBridge.start(line, registry, quiet, site.kafka(), site.clock()));
      vigil.over("the bridge to the home", bridge::isAlive);
    }

    private HttpServer listen(HttpConfig http, Authentication access) {
      try {
        return HttpServer.start(http, access, routes);
      } catch (PortInUse e) {
        throw new UserMistake(e.getMessage() + "; choose another with --port N (0: any free one)");
      }
    }

    private <T extends AutoCloseable> T opened(T part) {
      started.push(part);
      return part;
    }

    @Override
    public int port() {
      if (server == null) {
        throw new IllegalStateException("not listening yet");
      }
      return server.port();
    }

    @Override
    public String signInPath() {
      return authentication == null ? "/" : authentication.oneTimeLink(new Principal.Owner());
    }

    @Override
    public List<String> endpoints() {
      return server == null ? List.of() : server.endpoints();
    }

    @Override
    public void close() {
      while (!started.isEmpty()) {
        AutoCloseable part = started.pop();
        try {
          part.close();
        } catch (Exception e) {
          LOG.error("could not stop {}", part.getClass().getSimpleName(), e);
        }
      }
    }
  }
}
