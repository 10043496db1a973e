package io.lumbar.benchmarks;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.lumbar.history.HistoryStore;
import io.lumbar.history.HistoryStore.Batch;
import io.lumbar.history.influx.InfluxConfig;
import io.lumbar.model.Bout;
import io.lumbar.model.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Locale;
import java.util.zip.GZIPOutputStream;
import org.sqlite.SQLiteConfig;

/**
 * Bouts written by a history store beside the same bouts written in batches of the same size by
 * nothing but the store's driver, in turns.
 */
final class HistoryPair {
  /** Some 480 bouts of one wearer: about what the writer of history takes from Kafka at once. */
  private static final int DAYS = 12;

  private final String name;
  private final int batches;

  /**
   * Measures batches in one store.
   *
   * @param name of the store, for the figures
   */
  HistoryPair(String name, int batches) {
    this.name = name;
    this.batches = batches;
  }

  /** Writes a batch, and nothing else. */
  interface Bare extends AutoCloseable {
    void write(List<Bout> bouts) throws IOException;

    @Override
    void close();
  }

  List<Figure> measure(HistoryStore store, Bare bare) throws IOException {
    long inStore = 0;
    long alone = 0;
    long points = 0;
    // The first half is for the compiler.
    for (int number = -batches; number < batches; number++) {
      List<Bout> bouts = MadeUpWearers.of(number + batches, DAYS, DAYS).bouts();
      Batch batch =
          new Batch(bouts, List.of(), List.of(), List.of(), List.of(), List.of(), List.of());
      long start = System.nanoTime();
      store.write(batch);
      long between = System.nanoTime();
      bare.write(bouts);
      long end = System.nanoTime();
      if (number >= 0) {
        inStore += between - start;
        alone += end - between;
        points += bouts.size();
      }
    }
    String detail = String.format(Locale.ROOT, "%,d bouts in %,d batches", points, batches);
    return List.of(
        Figure.plain("history, " + name, points * 1e9 / inStore, "points/s", detail),
        Figure.plain("bare batches, " + name, points * 1e9 / alone, "points/s", detail),
        Figure.plain("history / bare batches, " + name, (double) alone / inStore, "", ""));
  }

  /** Rows of a table with the same columns and key, and as safe from a power cut; a batch each. */
  static Bare sqlite(Path file) throws IOException {
    SQLiteConfig config = new SQLiteConfig();
    config.setJournalMode(SQLiteConfig.JournalMode.WAL);
    config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
    try {
      Connection connection = config.createConnection("jdbc:sqlite:" + file.toAbsolutePath());
      try (Statement statement = connection.createStatement()) {
        statement.execute(
            """
            CREATE TABLE bouts (wearer TEXT, id TEXT, start INTEGER, until INTEGER, posture TEXT,
              revision INTEGER, retracted INTEGER, record TEXT, PRIMARY KEY (wearer, id))\
            """);
      }
      connection.setAutoCommit(false);
      return new BareSqlite(connection);
    } catch (SQLException e) {
      throw new IOException("cannot open " + file, e);
    }
  }

  private record BareSqlite(Connection connection) implements Bare {
    @Override
    public void write(List<Bout> bouts) throws IOException {
      try (PreparedStatement insert =
          connection.prepareStatement("INSERT INTO bouts VALUES (?, ?, ?, ?, ?, ?, ?, ?)")) {
        for (Bout bout : bouts) {
          insert.setString(1, bout.wearer().value());
          insert.setString(2, bout.id());
          insert.setLong(3, bout.from().toEpochMilli());
          insert.setLong(4, bout.to().toEpochMilli());
          insert.setString(5, bout.posture().wireName());
          insert.setInt(6, bout.revision());
          insert.setBoolean(7, false);
          insert.setString(8, json(bout));
          insert.addBatch();
        }
        insert.executeBatch();
        connection.commit();
      } catch (SQLException e) {
        throw new IOException("a bare batch was not written", e);
      }
    }

    @Override
    public void close() {
      try {
        connection.close();
      } catch (SQLException e) {
        throw new IllegalStateException("the bare file cannot be closed", e);
      }
    }
  }

  /** Lines of the same fields, gzipped, to an InfluxDB 1.x; a request each. */
  static Bare influx(InfluxConfig config) throws IOException {
    HttpClient http = HttpClient.newHttpClient();
    URI server = URI.create(config.url());
    BareInflux bare =
        new BareInflux(http, server.resolve("/write?precision=ns&db=" + config.bucket()));
    bare.post(
        HttpRequest.newBuilder(
                server.resolve("/query?q=CREATE%20DATABASE%20%22" + config.bucket() + "%22"))
            .POST(BodyPublishers.noBody()));
    return bare;
  }

  private record BareInflux(HttpClient http, URI url) implements Bare {
    @Override
    public void write(List<Bout> bouts) throws IOException {
      ByteArrayOutputStream packed = new ByteArrayOutputStream();
      try (OutputStream out = new GZIPOutputStream(packed)) {
        for (Bout bout : bouts) {
          out.write(line(bout).getBytes(StandardCharsets.UTF_8));
        }
      }
      post(
          HttpRequest.newBuilder(url)
              .header("Content-Encoding", "gzip")
              .POST(BodyPublishers.ofByteArray(packed.toByteArray())));
    }

    private void post(HttpRequest.Builder request) throws IOException {
      try {
        int status = http.send(request.build(), BodyHandlers.discarding()).statusCode();
        if (status / 100 != 2) {
          throw new IOException("InfluxDB answered " + status + " to a bare batch");
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException("interrupted", e);
      }
    }

    private static String line(Bout bout) {
      return "bouts,posture="
          + bout.posture().wireName()
          + ",wearer="
          + bout.wearer().value()
          + " id=\""
          + bout.id()
          + "\",seconds="
          + bout.seconds()
          + ",until="
          + bout.to().toEpochMilli()
          + "i,open="
          + bout.open()
          + ",revision="
          + bout.revision()
          + "i,retracted=false,record=\""
          + json(bout).replace("\"", "\\\"")
          + "\" "
          + bout.from().toEpochMilli()
          + "000000\n";
    }

    @Override
    public void close() {
      // The client ends with the last that holds it.
    }
  }

  private static String json(Bout bout) {
    try {
      return Json.mapper().writeValueAsString(bout);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a bout cannot be written", e);
    }
  }
}
