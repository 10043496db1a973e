package io.lumbar.history;

import io.lumbar.history.influx.InfluxConfig;
import io.lumbar.history.influx.InfluxHistory;
import io.lumbar.history.sqlite.SqliteHistory;
import io.lumbar.model.KafkaConnection;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/** A history writer as a process of its own, to be killed: broker, group, and file or address. */
final class KilledWriterMain {
  private KilledWriterMain() {}

  @SuppressWarnings("SystemOut") // how the test knows that it runs
  public static void main(String[] arguments) throws InterruptedException {
    HistoryStore store =
        arguments[2].startsWith("http")
            ? InfluxHistory.of(new InfluxConfig(arguments[2], null, "-", arguments[3]))
            : SqliteHistory.open(Path.of(arguments[2]));
    try (HistoryWriter writer =
        HistoryWriter.start(
            KafkaConnection.plain(arguments[0]), store, arguments[1], "killed-writer")) {
      System.out.println("started, healthy: " + writer.healthy());
      new CountDownLatch(1).await();
    }
  }
}
