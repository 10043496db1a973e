package io.lumbar.app.logs;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import com.fasterxml.jackson.databind.JsonNode;
import io.lumbar.model.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.kafka.common.errors.OutOfOrderSequenceException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** What a person at a terminal sees of the log, and what only the file has. */
class LoggingTest {
  private final ByteArrayOutputStream console = new ByteArrayOutputStream();
  private final PrintStream before = System.err;
  @TempDir Path folder;

  @BeforeEach
  void watch() {
    System.setErr(new PrintStream(console, true, StandardCharsets.UTF_8));
    Logging.toFolder(folder, "info", "text");
  }

  @AfterEach
  void restore() {
    System.setErr(before);
    LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
    context.getLogger(Logger.ROOT_LOGGER_NAME).detachAppender("file");
  }

  @Test
  void keepsKafkasLinesInTheFile() throws IOException {
    for (String kafka :
        new String[] {
          "org.apache.kafka.controller.QuorumController",
          "org.apache.kafka.clients.NetworkClient",
          "kafka.server.ReplicaManager",
          "kafka.log.LogManager",
          "state.change.logger"
        }) {
      LoggerFactory.getLogger(kafka).warn("warning of {}", kafka);
      LoggerFactory.getLogger(kafka).error("error of {}", kafka, new IOException("disk"));
      assertThat(console.toString(StandardCharsets.UTF_8)).isEmpty();
      assertThat(file()).contains("warning of " + kafka, "error of " + kafka);
    }
  }

  /** As a fresh installation's file had them after its first uploads. */
  @Test
  void leavesOutOnlyWhatKafkaSendsAgainByItself() throws IOException {
    Logger producer = LoggerFactory.getLogger("org.apache.kafka.clients.producer.internals.Sender");
    String answer =
        "[Producer clientId=p] Got error produce response with correlation id 179 on"
            + " topic-partition lumbar.bouts.v1-0, {} (2147483646 attempts left). Error: {}";
    producer.warn(answer, "retrying", "CONCURRENT_TRANSACTIONS");
    producer.warn(answer, "retrying", "OUT_OF_ORDER_SEQUENCE_NUMBER");
    String append = "[ReplicaManager broker=1] Error processing append operation on partition b-0";
    Logger broker = LoggerFactory.getLogger("kafka.server.ReplicaManager");
    broker.error(
        append,
        new OutOfOrderSequenceException(
            "Invalid sequence number for producer 5 at offset 132 in partition b-0: 2 (incoming"
                + " seq. number). Expected sequence 0 for transactions v2 idempotent producer with"
                + " no existing state."));
    assertThat(file()).isEmpty();

    producer.warn(answer, "retrying", "NOT_LEADER_OR_FOLLOWER");
    producer.warn(answer, "giving up", "OUT_OF_ORDER_SEQUENCE_NUMBER");
    broker.error(
        append, new OutOfOrderSequenceException("51 (incoming seq. number), 49 (current)"));
    broker.error(append);
    assertThat(file())
        .contains("Error: NOT_LEADER_OR_FOLLOWER", "giving up", "49 (current)")
        .doesNotContain("CONCURRENT_TRANSACTIONS", "transactions v2");
  }

  @Test
  void showsLumbarsWarningsAndTheErrorsOfOtherLibraries() throws IOException {
    LoggerFactory.getLogger("io.lumbar.app.Up").info("started");
    LoggerFactory.getLogger("io.lumbar.app.Up").warn("a disk is nearly full");
    LoggerFactory.getLogger("kafkaesque.Library").warn("odd");
    LoggerFactory.getLogger("kafkaesque.Library").error("broken", new IOException("trace"));
    assertThat(console.toString(StandardCharsets.UTF_8).lines())
        .containsExactly("WARN: a disk is nearly full", "ERROR: broken");
    assertThat(file()).contains("started", "a disk is nearly full", "odd", "broken", "trace");
  }

  @Test
  void tiesALineToItsRequestAsTextAndAsJson() throws IOException {
    MDC.put("request", "r_1");
    try {
      LoggerFactory.getLogger("io.lumbar.http").atInfo().addKeyValue("status", 413).log("answered");
      assertThat(file()).contains("r_1 answered status=413");
      Logging.toFolder(folder.resolve("json"), "info", "json");
      LoggerFactory.getLogger("io.lumbar.http").atInfo().addKeyValue("status", 413).log("answered");
    } finally {
      MDC.remove("request");
    }
    JsonNode line =
        Json.mapper().readTree(Files.readString(folder.resolve("json").resolve("lumbar.log")));
    assertThat(line.path("formattedMessage").asText()).isEqualTo("answered");
    assertThat(line.at("/mdc/request").asText()).isEqualTo("r_1");
    assertThat(line.at("/kvpList/0/status").asText()).isEqualTo("413");
    assertThat(line.path("level").asText()).isEqualTo("INFO");
  }

  @Test
  void aTextWithALineBreakBeginsNoLineOfItsOwn() throws IOException {
    Logger log = LoggerFactory.getLogger("io.lumbar.http");
    log.info("device {} said hello", "x\n2026-03-02 09:00:00,000 INFO forged\r\nonce more");
    log.atInfo().addKeyValue("path", "a\nforged").log("answered");
    assertThat(file().lines())
        .hasSize(2)
        .noneMatch(line -> line.startsWith("2026-03-02 09:00:00,000"));
    Logging.toFolder(folder.resolve("json"), "info", "json");
    log.info("device {} said hello", "x\n{\"forged\":true}");
    assertThat(Files.readAllLines(folder.resolve("json").resolve("lumbar.log"))).hasSize(1);
  }

  private String file() throws IOException {
    return Files.readString(folder.resolve("lumbar.log"));
  }
}
