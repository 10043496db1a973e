package io.lumbar.app;

import io.lumbar.app.backup.RegistryCopy;
import io.lumbar.app.broker.EmbeddedBroker;
import io.lumbar.app.broker.Topics;
import io.lumbar.app.data.DataFolder;
import io.lumbar.app.data.Instance;
import io.lumbar.app.data.InstanceId;
import io.lumbar.app.fault.UserMistake;
import io.lumbar.app.logs.Logging;
import io.lumbar.app.settings.Secret;
import io.lumbar.app.settings.Settings;
import io.lumbar.model.KafkaConnection;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running process of Lumbar: the data folder, a broker unless there is one elsewhere, the topics,
 * and on these the parts. Starts them in this order, and stops them in reverse.
 */
public final class Up implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Up.class);

  private final Deque<AutoCloseable> started = new ArrayDeque<>();
  private final AtomicBoolean closed = new AtomicBoolean();
  private final CompletableFuture<String> fault = new CompletableFuture<>();
  private final DataFolder data;
  private final Site site;
  private final Wiring.Running parts;
  private final String ownerToken;

  private Up(Settings told, Set<Role> roles, InstantSource clock, Wiring wiring) {
    boolean single = roles.size() == Role.values().length;
    requireFree(told, folder(told, roles, single));
    Addresses addresses = Addresses.of(told, single);
    Settings settings = addresses.lan().isPresent() ? onKnownPort(told) : told;
    try {
      data = opened(DataFolder.open(folder(settings, roles, single)));
      Logging.toFolder(data.logs(), settings.logLevel(), settings.logFormat());
      boolean embedded = settings.kafka().bootstrapServers().isEmpty();
      KafkaConnection kafka =
          settings.kafka().connection(settings.kafka().bootstrapServers().orElseGet(this::broker));
      int partitions =
          Topics.prepare(
              kafka,
              settings.kafka().partitions(),
              settings.kafka().replication(),
              embedded,
              settings.retention().topics());
      RegistryCopy.publish(data.root(), kafka);
      Optional<Secret> owner = settings.ownerToken();
      Optional<Secret> cookieKey = settings.cookieKey();
      if (single) {
        owner = owner.or(() -> Optional.of(new Secret(data.ownerToken())));
        cookieKey = cookieKey.or(() -> Optional.of(new Secret(data.cookieKey())));
      }
      Path state = settings.stateDir().orElse(data.state());
      ownerToken = owner.map(Secret::reveal).orElse("");
      site =
          new Site(
              roles,
              settings,
              kafka,
              embedded,
              partitions,
              clock,
              data.history(),
              settings
                  .reportsDir()
                  .or(() -> single ? Optional.of(data.reports()) : Optional.empty()),
              state,
              InstanceId.in(state),
              addresses,
              owner,
              cookieKey);
      parts = opened(wiring.start(site, fault::complete));
      data.publish(
          new Instance(
              site.addresses().local(parts.port()),
              ownerToken,
              ProcessHandle.current().pid(),
              kafka.bootstrapServers()));
      LOG.info("started {} on port {}, Kafka at {}", roles, parts.port(), kafka.bootstrapServers());
    } catch (RuntimeException | Error e) {
      close();
      throw e;
    }
  }

  /**
   * Starts a process and returns when it serves.
   *
   * @throws UserMistake when a person can put right what stops it; then nothing is left running
   */
  public static Up start(Settings settings, Set<Role> roles, InstantSource clock, Wiring wiring) {
    return new Up(settings, roles, clock, wiring);
  }

  /** Where and with what it runs. */
  public Site site() {
    return site;
  }

  /** The folder it holds. */
  public DataFolder data() {
    return data;
  }

  /** Where it answers on this machine. */
  public String url() {
    return site.addresses().local(parts.port());
  }

  /** The page's address with a one-time sign-in. */
  public String signInLink() {
    return site.addresses().forOthers(parts.port()) + parts.signInPath();
  }

  /** What a person sees when it has started. */
  public String screen() {
    return Screen.of(site, data.root(), parts, signInLink());
  }

  /** Completes with the reason when the process can no longer do its work and should end. */
  public CompletableFuture<String> fault() {
    return fault;
  }

  @Override
  public void close() {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    List<AutoCloseable> reverse = new ArrayList<>(started);
    for (AutoCloseable part : reverse) {
      try {
        part.close();
      } catch (Exception e) {
        LOG.error("could not stop {}", part.getClass().getSimpleName(), e);
      }
    }
  }

  private String broker() {
    EmbeddedBroker broker = opened(EmbeddedBroker.start(data.kafka(), fault::complete));
    return broker.bootstrapServers();
  }

  private <T extends AutoCloseable> T opened(T part) {
    started.push(part);
    return part;
  }

  private static Path folder(Settings settings, Set<Role> roles, boolean single) {
    return single
        ? settings.data()
        : settings.data().resolve(roles.iterator().next().commandName());
  }

  /** Links for other devices name the port before the server has bound it. */
  private static Settings onKnownPort(Settings settings) {
    if (settings.http().port() != 0) {
      return settings;
    }
    try (ServerSocket free = new ServerSocket()) {
      free.bind(new InetSocketAddress(settings.http().host(), 0));
      return settings.onPort(free.getLocalPort());
    } catch (IOException e) {
      throw new UserMistake("no port is free on " + settings.http().host() + ": " + e.getMessage());
    }
  }

  /** Asked before anything starts, so that the commonest mistake is answered at once. */
  private static void requireFree(Settings settings, Path folder) {
    Settings.Http http = settings.http();
    if (http.port() == 0) {
      return;
    }
    try (ServerSocket probe = new ServerSocket()) {
      probe.bind(new InetSocketAddress(http.host(), http.port()));
    } catch (IOException e) {
      // Mostly it is the same Lumbar, started twice; another port would not help then.
      DataFolder.requireFree(folder);
      throw new UserMistake(
          "port "
              + http.port()
              + " on "
              + http.host()
              + " cannot be used ("
              + e.getMessage()
              + "); stop the program that has it, or choose another with --port N (0: any free"
              + " one)");
    }
  }
}
