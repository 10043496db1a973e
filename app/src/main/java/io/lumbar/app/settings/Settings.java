package io.lumbar.app.settings;

import io.lumbar.app.fault.UserMistake;
import io.lumbar.http.TlsFiles;
import io.lumbar.model.KafkaConnection;
import io.lumbar.model.Topic;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * All settings of a process, valid as a whole.
 *
 * @param data the folder that holds everything
 * @param stateDir working copies of Kafka Streams and the instance id, when not in the data folder
 * @param reportsDir where morning reports are put, when told
 * @param logLevel of the log file: error, warn, info or debug
 * @param logFormat of the log file: text or json
 * @param publicUrl what phones reach, when told
 * @param importFolder whose files are imported, when told
 * @param ownerToken when told; on one machine the data folder has one
 */
public record Settings(
    Path data,
    Optional<Path> stateDir,
    Optional<Path> reportsDir,
    String logLevel,
    String logFormat,
    Http http,
    Limits limits,
    Optional<URI> publicUrl,
    Optional<Path> importFolder,
    Kafka kafka,
    int amendmentDays,
    Optional<Mqtt> mqtt,
    Optional<Mail> mail,
    Optional<Influx> influx,
    Retention retention,
    Optional<Secret> ownerToken,
    Optional<Secret> adminToken,
    Optional<Secret> cookieKey,
    Optional<Secret> studyKey) {

  /** Where the server listens, and by which certificate. Port 0 is any free one. */
  public record Http(String host, int port, Optional<TlsFiles> tls) {}

  /** How much one upload, one token and one wearer may bring, and what the server bears. */
  public record Limits(
      int bodyMegabytes,
      int heldMegabytes,
      int elements,
      int requestsPerMinute,
      int megabytesPerMinute,
      int deviceRequestsPerMinute,
      int deviceMegabytesPerMinute,
      int importMegabytes,
      int queuedImports,
      int importsMegabytes,
      int connections,
      int headerKilobytes,
      int patienceSeconds,
      int jsonDepth,
      int jsonTextKilobytes) {}

  /**
   * Kafka, outside when it has an address and embedded otherwise.
   *
   * @param partitions of topics to be created
   * @param standbys warm copies of the state of the streams
   * @param security client properties of their own names; never printed
   */
  public record Kafka(
      Optional<String> bootstrapServers,
      int partitions,
      short replication,
      int standbys,
      Map<String, String> security) {

    public Kafka {
      security = Map.copyOf(security);
    }

    /** The way to a broker at an address. */
    public KafkaConnection connection(String address) {
      return new KafkaConnection(address, security);
    }

    @Override
    public String toString() {
      return "Kafka[" + bootstrapServers.orElse("embedded") + ", " + security.keySet() + "]";
    }
  }

  /** An MQTT broker that devices send to. */
  public record Mqtt(
      URI url,
      String clientId,
      Optional<String> user,
      Optional<Secret> password,
      Optional<Path> caFile) {}

  /** A mail server for alerts and reports. */
  public record Mail(
      URI url,
      boolean startTls,
      Optional<String> user,
      Optional<Secret> password,
      String from,
      Optional<Path> caFile) {}

  /** InfluxDB for the history. */
  public record Influx(URI url, Optional<Secret> token, String org, String bucket) {}

  /**
   * How long things are kept.
   *
   * @param topics records of each topic that is not compacted
   * @param historyDetails days of bouts, episodes, alerts and decisions; empty for good
   * @param history days of the sums of days and nights; empty for good
   * @param weeks days of the means of weeks; empty for good
   * @param experiments days of experiments after their end; empty for good
   * @param calibrations days of what came of calibrations; empty for good
   * @param reports days of reports in the folder; empty for good
   * @param editions days of those of weeks and months among them; empty for good
   */
  public record Retention(
      Map<Topic, Duration> topics,
      Optional<Integer> historyDetails,
      Optional<Integer> history,
      Optional<Integer> weeks,
      Optional<Integer> experiments,
      Optional<Integer> calibrations,
      Optional<Integer> reports,
      Optional<Integer> editions) {

    public Retention {
      topics = Map.copyOf(topics);
    }
  }

  /** The same on another port. */
  public Settings onPort(int port) {
    return new Settings(
        data,
        stateDir,
        reportsDir,
        logLevel,
        logFormat,
        new Http(http.host(), port, http.tls()),
        limits,
        publicUrl,
        importFolder,
        kafka,
        amendmentDays,
        mqtt,
        mail,
        influx,
        retention,
        ownerToken,
        adminToken,
        cookieKey,
        studyKey);
  }

  /** What holds when nobody sets anything. */
  public static Settings defaults() {
    return load(Sources.of(Map.of(), Map.of(), Optional.empty()));
  }

  /**
   * Reads flags, environment and file, in this precedence.
   *
   * @throws UserMistake that lists everything that is wrong, not only the first
   */
  public static Settings load(Sources sources) {
    return new SettingsReader(sources).settings();
  }
}
