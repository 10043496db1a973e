package io.lumbar.app;

import io.lumbar.app.settings.Secret;
import io.lumbar.app.settings.Settings;
import io.lumbar.model.KafkaConnection;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Where the parts of one process run: what is ready before any of them starts.
 *
 * @param roles the parts to start
 * @param kafka a broker whose topics are ready
 * @param embedded whether that broker is inside this process
 * @param partitions of every topic
 * @param clock the time of day, which a demo makes run faster
 * @param history the file of the embedded history
 * @param reports folder for morning reports, when they are to be written there
 * @param stateDir working copies of Kafka Streams
 * @param instance the lasting name of this process
 * @param addresses what links begin with, by the port that was bound
 * @param ownerToken reads and manages all; always there on a single machine
 * @param cookieKey signs the pages' cookies; always there where pages are served
 */
public record Site(
    Set<Role> roles,
    Settings settings,
    KafkaConnection kafka,
    boolean embedded,
    int partitions,
    InstantSource clock,
    Path history,
    Optional<Path> reports,
    Path stateDir,
    UUID instance,
    Addresses addresses,
    Optional<Secret> ownerToken,
    Optional<Secret> cookieKey) {

  public Site {
    roles = Set.copyOf(roles);
  }

  /** Whether this process is a whole installation. */
  public boolean single() {
    return roles.size() == Role.values().length;
  }
}
