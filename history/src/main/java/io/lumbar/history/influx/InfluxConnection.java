package io.lumbar.history.influx;

import com.influxdb.client.InfluxDBClient;
import com.influxdb.client.InfluxDBClientFactory;
import com.influxdb.client.InfluxDBClientOptions;
import com.influxdb.client.domain.InfluxQLQuery;
import com.influxdb.client.domain.Organization;
import com.influxdb.client.domain.WritePrecision;
import com.influxdb.exceptions.InfluxException;
import com.influxdb.query.InfluxQLQueryResult;
import io.lumbar.history.HistoryStore.HistoryRefused;
import io.lumbar.history.HistoryStore.HistoryUnavailable;
import io.lumbar.model.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Response;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Line protocol out, InfluxQL in, and what the server's answers mean for the one who asks. Creates
 * the bucket when the server says that it is missing.
 */
final class InfluxConnection implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(InfluxConnection.class);
  private static final int LINES_PER_REQUEST = 5_000;
  private static final int NOT_FOUND = 404;
  private static final int TOO_LARGE = 413;

  private final InfluxConfig config;
  private final InfluxDBClient client;

  InfluxConnection(InfluxConfig config) {
    this.config = config;
    OkHttpClient.Builder http =
        new OkHttpClient.Builder()
            .connectTimeout(Duration.ofSeconds(3))
            .writeTimeout(Duration.ofSeconds(10))
            .readTimeout(Duration.ofSeconds(20))
            .addInterceptor(new InfluxErrors())
            .addNetworkInterceptor(InfluxConnection::withoutDelay);
    OldWritePath.addTo(http, config);
    InfluxDBClientOptions.Builder options =
        InfluxDBClientOptions.builder()
            .url(config.url())
            .org(config.org())
            .bucket(config.bucket())
            .okHttpClient(http);
    if (config.token() != null) {
      options.authenticateToken(config.token().toCharArray());
    }
    this.client = InfluxDBClientFactory.create(options.build()).enableGzip();
  }

  /**
   * Sends each part of a request at once (TCP_NODELAY): the client leaves the last one waiting for
   * the word that those before have arrived, which Linux gives 40 ms later.
   */
  private static Response withoutDelay(Interceptor.Chain chain) throws IOException {
    chain.connection().socket().setTcpNoDelay(true);
    return chain.proceed(chain.request());
  }

  /** A row of a query's answer. */
  record Row(InfluxQLQueryResult.Series.Record values) {
    String text(String column) {
      return String.valueOf(values.getValueByKey(column));
    }

    long number(String column) {
      return Long.parseLong(text(column));
    }

    /** The point's time. */
    long millis() {
      return Math.floorDiv(number("time"), Points.NANOS);
    }

    /** What its column {@code record} holds. */
    <T> T record(Class<T> type) {
      return Json.read(text("record").getBytes(StandardCharsets.UTF_8), type);
    }
  }

  void write(List<String> lines) {
    for (int from = 0; from < lines.size(); from += LINES_PER_REQUEST) {
      send(lines.subList(from, Math.min(from + LINES_PER_REQUEST, lines.size())), true);
    }
  }

  private void send(List<String> lines, boolean create) {
    try {
      client
          .getWriteApiBlocking()
          .writeRecords(config.bucket(), config.org(), WritePrecision.NS, lines);
    } catch (InfluxException e) {
      if (e.status() == NOT_FOUND && create) {
        createBucket();
        send(lines, false);
      } else if (e.status() == TOO_LARGE && lines.size() > 1) {
        send(lines.subList(0, lines.size() / 2), create);
        send(lines.subList(lines.size() / 2, lines.size()), create);
      } else if (isOfTheRecord(e)) {
        throw new HistoryRefused(said(e), e);
      } else {
        throw unavailable(e);
      }
    }
  }

  /** 1.x also says 400 where a limit of the whole server is reached, which its owner can raise. */
  private static boolean isOfTheRecord(InfluxException e) {
    return switch (e.status()) {
      case 400, 422, TOO_LARGE -> !message(e).contains("limit exceeded");
      default -> false;
    };
  }

  /** The rows of all statements, one after the other; none when there is no such bucket yet. */
  List<Row> query(String influxQl) {
    return results(influxQl).stream().flatMap(List::stream).toList();
  }

  /** The rows of each statement; nothing at all when there is no such bucket yet. */
  private List<List<Row>> results(String influxQl) {
    InfluxQLQuery query =
        new InfluxQLQuery(influxQl, config.database(), InfluxQLQuery.AcceptHeader.JSON)
            .setPrecision(InfluxQLQuery.InfluxQLPrecision.NANOSECONDS);
    if (config.retentionPolicy() != null) {
      query.setRetentionPolicy(config.retentionPolicy());
    }
    try {
      List<List<Row>> results = new ArrayList<>();
      for (InfluxQLQueryResult.Result result :
          client.getInfluxQLQueryApi().query(query).getResults()) {
        List<Row> rows = new ArrayList<>();
        for (InfluxQLQueryResult.Series series : result.getSeries()) {
          series.getValues().forEach(values -> rows.add(new Row(values)));
        }
        results.add(rows);
      }
      return results;
    } catch (InfluxException e) {
      if (e.status() == NOT_FOUND && InfluxErrors.saysMissing(message(e))) {
        return List.of();
      }
      throw unavailable(e);
    }
  }

  /** The rows of all statements, in one request if the server does them all. */
  List<Row> query(List<String> statements) {
    return queryEach(statements).stream().flatMap(List::stream).toList();
  }

  /** The rows of each statement, in one request if the server does them all. */
  List<List<Row>> queryEach(List<String> statements) {
    try {
      List<List<Row>> results = results(String.join("; ", statements));
      return results.isEmpty() ? Collections.nCopies(statements.size(), List.of()) : results;
    } catch (HistoryUnavailable e) {
      // With no database yet, 1.x sometimes names the statement it left out and not the reason.
      if (statements.size() == 1 || !InfluxErrors.leftOut(e)) {
        throw e;
      }
      return statements.stream().map(this::query).toList();
    }
  }

  /** 2.x makes buckets by its own API; 1.x, which lacks it, databases by InfluxQL. */
  private void createBucket() {
    try {
      List<Organization> found = new ArrayList<>();
      for (Organization each : client.getOrganizationsApi().findOrganizations()) {
        if (config.org().equals(each.getName()) || config.org().equals(each.getId())) {
          found.add(each);
        }
      }
      if (!found.isEmpty()) {
        client.getBucketsApi().createBucket(config.bucket(), found.get(0));
        LOG.info("created the bucket {}", config.bucket());
        return;
      }
    } catch (InfluxException e) {
      LOG.debug("no bucket API at {}: {}", config.url(), e.status());
    }
    try {
      query("CREATE DATABASE \"" + config.database().replace("\"", "\\\"") + "\"");
    } catch (HistoryUnavailable e) {
      throw new HistoryUnavailable(
          "the bucket %s is missing at %s and cannot be created with this token: create it there"
              .formatted(config.bucket(), config.url()),
          e);
    }
    LOG.info("created the database {}", config.database());
  }

  private HistoryUnavailable unavailable(InfluxException e) {
    String advice =
        switch (e.status()) {
          case 401, 403 -> " (check the token)";
          case NOT_FOUND -> " (create the bucket, or give a token that may)";
          default -> "";
        };
    return new HistoryUnavailable(said(e) + advice, e);
  }

  private String said(InfluxException e) {
    return "%s answers %s%s"
        .formatted(
            config,
            e.status() == 0 ? "" : e.status() + " ",
            InfluxErrors.redacted(message(e)).strip());
  }

  private static String message(InfluxException e) {
    String message = e.getMessage();
    return message == null ? String.valueOf(e.errorBody().get("error")) : message;
  }

  @Override
  public void close() {
    client.close();
  }
}
