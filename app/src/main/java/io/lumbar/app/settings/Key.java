package io.lumbar.app.settings;

import java.util.Locale;

/**
 * One setting: its place in {@code lumbar.yaml}, its environment variable, its default and what it
 * does. The example file and the table in the docs are made from these.
 */
public enum Key {
  DATA("data", "./data", false, "Folder that holds everything."),
  STATE_DIR(
      "state-dir",
      "",
      false,
      "Folder of the working copies of Kafka Streams and of the instance id; `state` in the data"
          + " folder by default."),
  REPORTS_DIR(
      "reports-dir",
      "",
      false,
      "Folder for the morning reports, as HTML and JSON, a folder a wearer; `reports` in the data"
          + " folder by default. A role of a cluster writes none without it."),
  LOG_LEVEL("log-level", "info", false, "error, warn, info or debug, for `logs/lumbar.log`."),
  LOG_FORMAT("log-format", "text", false, "text, or json for a JSON document a line."),
  PUBLIC_URL(
      "public-url",
      "",
      false,
      "Address that phones reach, for links and QR codes, for example https://lumbar.example.org."),
  OWNER_TOKEN(
      "owner-token",
      "",
      true,
      "Reads and manages all. On one machine it is made and kept in the data folder."),
  ADMIN_TOKEN("admin-token", "", true, "Manages wearers and devices, reads no health values."),
  COOKIE_KEY(
      "cookie-key",
      "",
      true,
      "Signs the pages' cookies, at least 32 characters, the same on every web instance. On one"
          + " machine it is made and kept in the data folder."),
  STUDY_KEY(
      "study-key",
      "",
      true,
      "Makes the pseudonyms of studies, at least 32 characters; who has it can tell who is who."),
  IMPORT_FOLDER(
      "import-folder",
      "",
      false,
      "Folder whose files are imported as they appear, each in a subfolder named after its wearer;"
          + " see docs/formats/import-folder.md."),
  HTTP_HOST(
      "http.host",
      "127.0.0.1",
      false,
      "Address to listen on: loopback only by default, 0.0.0.0 for the whole network (`up"
          + " --lan`)."),
  HTTP_PORT("http.port", "8080", false, "Port to listen on; 0 takes any free one."),
  HTTP_TLS_CERT(
      "http.tls-cert",
      "",
      false,
      "PEM file with the certificate, and those that vouch for it, to speak https; read again when it"
          + " changes."),
  HTTP_TLS_KEY(
      "http.tls-key", "", false, "PEM file with its private key in PKCS 8, without a password."),
  LIMITS_BODY("limits.body-megabytes", "8", false, "Largest upload, in MiB after decompression."),
  LIMITS_HELD(
      "limits.held-megabytes",
      "32",
      false,
      "Uploads in memory at once, of all clients together and without the first 64 KiB of each, in"
          + " MiB after decompression; beyond that 503. One largest upload has always room."),
  LIMITS_ELEMENTS("limits.elements", "200000", false, "Most elements of one upload."),
  LIMITS_REQUESTS(
      "limits.requests-per-minute",
      "120000",
      false,
      "Requests of one token on the long run, with bursts of two seconds; beyond that 429."),
  LIMITS_UPLOAD(
      "limits.megabytes-per-minute",
      "6000",
      false,
      "Uploads of one token on the long run, in MiB after decompression; beyond that 429."),
  LIMITS_DEVICE_REQUESTS(
      "limits.device-requests-per-minute",
      "60000",
      false,
      "Requests of one device's token on the long run, with bursts of half a minute; beyond that"
          + " 429."),
  LIMITS_DEVICE_UPLOAD(
      "limits.device-megabytes-per-minute",
      "2400",
      false,
      "Uploads of one device's token on the long run, in MiB after decompression, with bursts of half"
          + " a minute; beyond that 429."),
  LIMITS_IMPORT(
      "limits.import-megabytes",
      "2048",
      false,
      "Largest imported file, in MiB after decompression."),
  LIMITS_IMPORTS(
      "limits.queued-imports",
      "50",
      false,
      "Imports of one wearer that may wait or be under way; beyond that 429."),
  LIMITS_IMPORTS_ALL(
      "limits.imports-megabytes",
      "10240",
      false,
      "Files of all imports that wait or are under way, in MiB; beyond that, or with less than 2 GiB"
          + " left on the disk, 503."),
  LIMITS_CONNECTIONS("limits.connections", "10000", false, "Most connections at once."),
  LIMITS_HEADER("limits.header-kilobytes", "8", false, "Largest header of a request, in KiB."),
  LIMITS_PATIENCE(
      "limits.patience-seconds",
      "20",
      false,
      "How long the body of a request may come more slowly than 512 bytes a second, or one over 64 KiB"
          + " more slowly than 3 KiB a second, all as sent, before decompression; beyond that 408. A header that"
          + " takes longer ends its connection, and so does what still comes of a refused body."),
  LIMITS_JSON_DEPTH(
      "limits.json-depth",
      "32",
      false,
      "How many lists and objects of JSON may stand in each other."),
  LIMITS_JSON_TEXT(
      "limits.json-text-kilobytes",
      "1024",
      false,
      "Longest text within JSON, in units of 1,024 characters."),
  KAFKA_BOOTSTRAP_SERVERS(
      "kafka.bootstrap-servers",
      "",
      false,
      "Brokers as host:port, several by comma. Without it a broker runs inside Lumbar."),
  KAFKA_PARTITIONS(
      "kafka.partitions",
      "1",
      false,
      "Partitions of topics that have to be created. One is enough for one machine; a cluster"
          + " wants as many as processes may share the work."),
  KAFKA_REPLICATION(
      "kafka.replication", "1", false, "Copies of each topic that has to be created."),
  KAFKA_STANDBYS(
      "kafka.standbys",
      "0",
      false,
      "Warm copies of what the analysis and the alerts keep, each on another process of the role;"
          + " see docs/operations.md."),
  AMENDMENT_DAYS(
      "analytics.amendment-days",
      "14",
      false,
      "Days before the newest data of a wearer that uploads may still change. What is older goes to"
          + " the dead letters, and what days were built from is forgotten two days later. Imports"
          + " may build older days."),
  MQTT_URL(
      "mqtt.url",
      "",
      false,
      "Your MQTT broker, as mqtt://host:1883 or, with TLS, mqtts://host:8883; see"
          + " docs/formats/mqtt.md."),
  MQTT_CLIENT_ID(
      "mqtt.client-id",
      "lumbar",
      false,
      "Under which the broker keeps messages while Lumbar is away; one for each process."),
  MQTT_USER("mqtt.user", "", false, "User at the MQTT broker."),
  MQTT_PASSWORD("mqtt.password", "", true, "Password at the MQTT broker."),
  MQTT_CA_FILE(
      "mqtt.ca-file",
      "",
      false,
      "PEM file with the certificates to trust, for a broker whose certificate is home-made."),
  MAIL_URL(
      "mail.url",
      "",
      false,
      "Your mail server, as smtp://host:587 or, with TLS from the start, smtps://host:465; see"
          + " docs/alerts.md. Without it no mail is sent."),
  MAIL_STARTTLS(
      "mail.starttls",
      "required",
      false,
      "`required`, or `off` for a server on this machine that does not encrypt."),
  MAIL_USER("mail.user", "", false, "User at the mail server."),
  MAIL_PASSWORD("mail.password", "", true, "Password at the mail server."),
  MAIL_FROM("mail.from", "", false, "Sender of all mail, for example Lumbar <lumbar@example.org>."),
  MAIL_CA_FILE(
      "mail.ca-file",
      "",
      false,
      "PEM file with the certificates to trust, for a mail server whose certificate is"
          + " home-made."),
  RETENTION_MOTION("retention.motion-days", "2", false, "Days for which Kafka keeps raw motion."),
  RETENTION_POSTURE(
      "retention.posture-days", "30", false, "Days for which Kafka keeps uploaded postures."),
  RETENTION_STEPS(
      "retention.steps-days", "30", false, "Days for which Kafka keeps uploaded steps."),
  RETENTION_CHECKINS(
      "retention.checkins-days",
      "365",
      false,
      "Days for which Kafka keeps check-ins, corrections and day tags."),
  RETENTION_RESPONSES(
      "retention.responses-days", "30", false, "Days for which Kafka keeps answers to alerts."),
  RETENTION_EPISODES(
      "retention.episodes-days", "30", false, "Days for which Kafka keeps episodes."),
  RETENTION_ALERTS("retention.alerts-days", "365", false, "Days for which Kafka keeps alerts."),
  RETENTION_DECISIONS(
      "retention.decisions-days", "90", false, "Days for which Kafka keeps decisions."),
  RETENTION_DELIVERIES(
      "retention.deliveries-days", "30", false, "Days for which Kafka keeps deliveries of alerts."),
  RETENTION_DEAD_LETTERS(
      "retention.dead-letters-days",
      "30",
      false,
      "Days for which Kafka keeps what could not be used."),
  RETENTION_HISTORY_DETAILS(
      "retention.history-details-days",
      "",
      false,
      "Days for which the history keeps bouts, episodes, alerts and decisions; for good without it."),
  RETENTION_HISTORY(
      "retention.history-days",
      "",
      false,
      "Days for which the history keeps the sums of days and nights; for good without it."),
  RETENTION_WEEKS(
      "retention.history-weeks-days",
      "",
      false,
      "Days for which InfluxDB keeps the means of weeks whose days are gone; for good without it."),
  RETENTION_EXPERIMENTS(
      "retention.history-experiments-days",
      "",
      false,
      "Days for which the history keeps what a wearer tried on themselves, from its last day on; for"
          + " good without it."),
  RETENTION_CALIBRATIONS(
      "retention.calibrations-days",
      "",
      false,
      "Days for which Kafka keeps what came of a calibration; for good without it. What was learnt"
          + " from it stays in use."),
  RETENTION_REPORTS(
      "retention.reports-days",
      "",
      false,
      "Days for which the folder keeps reports, 60 at least; for good without it."),
  RETENTION_EDITIONS(
      "retention.editions-days",
      "",
      false,
      "Days for which the folder keeps reports of weeks and months, 60 at least; as long as those of"
          + " mornings without it."),
  INFLUX_URL(
      "influx.url", "", false, "InfluxDB for the history. Without it SQLite in the data folder."),
  INFLUX_TOKEN("influx.token", "", true, "Token of InfluxDB, or user:password for 1.8."),
  INFLUX_ORG("influx.org", "lumbar", false, "Organisation in InfluxDB 2."),
  INFLUX_BUCKET("influx.bucket", "lumbar", false, "Bucket, or database/retention-policy for 1.8.");

  /** The keys under this one go to every Kafka client as they are. */
  static final String SECURITY = "kafka.security.";

  private final String path;
  private final String fallback;
  private final boolean secret;
  private final String purpose;

  Key(String path, String fallback, boolean secret, String purpose) {
    this.path = path;
    this.fallback = fallback;
    this.secret = secret;
    this.purpose = purpose;
  }

  /** The place in the file, with dots between levels. */
  public String path() {
    return path;
  }

  /** The environment variable. */
  public String variable() {
    return "LUMBAR_" + path.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
  }

  /** The value when nobody sets one; empty for none. */
  public String fallback() {
    return fallback;
  }

  /** Whether the value must not be printed. */
  public boolean secret() {
    return secret;
  }

  /** What it does, one sentence or two. */
  public String purpose() {
    return purpose;
  }
}
