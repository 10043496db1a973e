package io.lumbar.history.sqlite;

import io.lumbar.history.HistoryStore.Reading;
import io.lumbar.history.Listing;
import io.lumbar.model.WearerId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Who read what, within the transaction of the caller. */
record SqliteReadings(Connection connection) {

  void put(List<Reading> readings) throws SQLException {
    String sql =
        """
        INSERT INTO readings SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8
        WHERE NOT %s
        ON CONFLICT (wearer, hour, reader, what, source) DO UPDATE SET
          last = excluded.last, times = excluded.times
        WHERE excluded.times >= times\
        """
            .formatted(SqliteErasures.ERASED);
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (Reading reading : readings) {
        statement.setString(1, reading.wearer().value());
        statement.setLong(2, Listing.at(reading.hour()));
        statement.setString(3, reading.reader());
        statement.setString(4, reading.what());
        statement.setString(5, reading.source());
        statement.setLong(6, Listing.at(reading.first()));
        statement.setLong(7, Listing.at(reading.last()));
        statement.setLong(8, reading.times());
        statement.addBatch();
      }
      statement.executeBatch();
    }
  }

  List<Reading> of(WearerId wearer, Instant from, Instant to) throws SQLException {
    String sql =
        """
        SELECT hour, reader, what, min(first), max(last), sum(times) FROM readings
        WHERE wearer = ? AND hour >= ? AND hour < ?
        GROUP BY hour, reader, what ORDER BY hour DESC, reader, what\
        """;
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, wearer.value());
      statement.setLong(2, Listing.at(from));
      statement.setLong(3, Listing.at(to));
      List<Reading> found = new ArrayList<>();
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          found.add(
              new Reading(
                  wearer,
                  rows.getString(2),
                  rows.getString(3),
                  Instant.ofEpochMilli(rows.getLong(1)),
                  "",
                  Instant.ofEpochMilli(rows.getLong(4)),
                  Instant.ofEpochMilli(rows.getLong(5)),
                  rows.getLong(6)));
        }
      }
      return found;
    }
  }
}
