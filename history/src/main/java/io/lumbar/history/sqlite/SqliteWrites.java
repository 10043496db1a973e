package io.lumbar.history.sqlite;

import io.lumbar.history.DayRecord;
import io.lumbar.history.HistoryStore.PassedBarrier;
import io.lumbar.history.HistoryStore.ToldExperiment;
import io.lumbar.history.Listing;
import io.lumbar.model.Alert;
import io.lumbar.model.AlertResponse;
import io.lumbar.model.Bout;
import io.lumbar.model.DaySummary;
import io.lumbar.model.Decision;
import io.lumbar.model.Episode;
import io.lumbar.model.Json;
import io.lumbar.model.NightSummary;
import io.lumbar.model.WearerId;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Function;

/** The upserts of a batch, within the transaction of the caller. */
record SqliteWrites(Connection connection) {

  void bouts(List<Bout> bouts) throws SQLException {
    upsert(
        """
        INSERT INTO bouts VALUES (?, ?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT (wearer, id) DO UPDATE SET
          start = excluded.start, until = excluded.until, posture = excluded.posture,
          revision = excluded.revision, retracted = excluded.retracted, record = excluded.record
        WHERE excluded.revision >= revision\
        """,
        bouts,
        bout ->
            bout.retracted()
                ? retracted(bout.wearer(), bout.id(), bout.revision())
                : new Object[] {
                  bout.wearer().value(),
                  bout.id(),
                  Listing.at(bout.from()),
                  Listing.until(bout.from(), bout.to()),
                  bout.posture().wireName(),
                  bout.revision(),
                  false,
                  json(bout)
                });
  }

  void episodes(List<Episode> episodes) throws SQLException {
    upsert(
        """
        INSERT INTO episodes VALUES (?, ?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT (wearer, id) DO UPDATE SET
          start = excluded.start, until = excluded.until, kind = excluded.kind,
          revision = excluded.revision, retracted = excluded.retracted, record = excluded.record
        WHERE excluded.revision >= revision\
        """,
        episodes,
        episode ->
            episode.retracted()
                ? retracted(episode.wearer(), episode.id(), episode.revision())
                : new Object[] {
                  episode.wearer().value(),
                  episode.id(),
                  Listing.at(episode.from()),
                  Listing.until(episode.from(), episode.to()),
                  episode.kind().wireName(),
                  episode.revision(),
                  false,
                  json(episode)
                });
  }

  void alerts(List<Alert> alerts) throws SQLException {
    upsert(
        // An alert never changes, but that it was missed is learnt later.
        """
        INSERT INTO alerts VALUES (?, ?, ?, ?, ?)
        ON CONFLICT (id) DO UPDATE SET record = excluded.record
        WHERE json_extract(excluded.record, '$.decision') = 'missed'\
        """,
        alerts,
        alert ->
            new Object[] {
              alert.id(),
              alert.wearer().value(),
              Listing.at(alert.at()),
              alert.kind().wireName(),
              json(alert)
            });
  }

  void responses(List<AlertResponse> responses) throws SQLException {
    upsert(
        """
        INSERT INTO responses VALUES (?, ?, ?, ?)
        ON CONFLICT (alert) DO UPDATE SET
          wearer = excluded.wearer, at = excluded.at, record = excluded.record
        WHERE excluded.at >= at\
        """,
        responses,
        response ->
            new Object[] {
              response.alert(), response.wearer().value(), Listing.at(response.at()), json(response)
            });
  }

  void decisions(List<Decision> decisions) throws SQLException {
    upsert(
        "INSERT INTO decisions VALUES (?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING",
        decisions,
        decision ->
            new Object[] {
              decision.id(),
              decision.wearer().value(),
              Listing.at(decision.at()),
              decision.kind().wireName(),
              json(decision)
            });
  }

  void days(List<DaySummary> days) throws SQLException {
    upsert(
        """
        INSERT INTO days VALUES (?, ?, ?, ?)
        ON CONFLICT (wearer, date) DO UPDATE SET
          revision = excluded.revision, record = excluded.record
        WHERE excluded.revision >= revision\
        """,
        days,
        day ->
            new Object[] {
              day.wearer().value(),
              day.date().toString(),
              day.revision(),
              day.retracted() ? "" : DayRecord.json(day)
            });
  }

  void nights(List<NightSummary> nights) throws SQLException {
    upsert(
        """
        INSERT INTO nights VALUES (?, ?, ?, ?, ?)
        ON CONFLICT (wearer, date) DO UPDATE SET
          revision = excluded.revision, retracted = excluded.retracted, record = excluded.record
        WHERE excluded.revision >= revision\
        """,
        nights,
        night ->
            new Object[] {
              night.wearer().value(),
              night.date().toString(),
              night.revision(),
              night.retracted(),
              night.retracted() ? "" : json(night)
            });
  }

  void experiments(List<ToldExperiment> experiments) throws SQLException {
    upsert(
        """
        INSERT INTO experiments VALUES (?, ?, ?, ?, ?, ?)
        ON CONFLICT (wearer, id) DO UPDATE SET
          stated = excluded.stated, revoked = excluded.revoked, start = excluded.start,
          record = excluded.record
        WHERE excluded.stated > stated OR (excluded.stated = stated AND excluded.revoked >= revoked)\
        """,
        experiments,
        told ->
            new Object[] {
              told.wearer().value(),
              told.experiment().id(),
              Listing.at(told.experiment().statedAt()),
              told.experiment().revoked(),
              told.experiment().from().toString(),
              json(told.experiment())
            });
  }

  void barriers(List<PassedBarrier> barriers) throws SQLException {
    upsert(
        "INSERT INTO barriers (wearer, barrier, topic) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
        barriers,
        passed -> new Object[] {passed.wearer().value(), passed.barrier(), passed.topic()});
  }

  /** Of what is retracted only that it is, so that nothing older brings it back. */
  private static Object[] retracted(WearerId wearer, String id, int revision) {
    return new Object[] {wearer.value(), id, 0, 0, "", revision, true, ""};
  }

  private <T> void upsert(String sql, List<T> items, Function<T, Object[]> columns)
      throws SQLException {
    if (items.isEmpty()) {
      return;
    }
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (T item : items) {
        Object[] values = columns.apply(item);
        for (int i = 0; i < values.length; i++) {
          statement.setObject(i + 1, values[i]);
        }
        statement.addBatch();
      }
      statement.executeBatch();
    }
  }

  private static String json(Object value) {
    return new String(Json.bytes(value), StandardCharsets.UTF_8);
  }
}
