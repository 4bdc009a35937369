package dev.assay.dashboard.index;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The tables. What was made by another version is dropped: the files say it all again. */
final class Schema {
  /** Changes with the tables, and with what is written into them. */
  private static final String VERSION = "4";

  private static final List<String> TABLES =
      List.of(
          "assay_meta",
          "assay_run",
          "assay_metric",
          "assay_measure",
          "assay_board",
          "assay_damaged");

  static final String MEASURES =
      Stream.of(Measure.values())
          .map(m -> m.metric().replace('.', '_'))
          .collect(Collectors.joining(", "));

  private static final List<String> CREATE =
      List.of(
          "CREATE TABLE assay_meta (name TEXT PRIMARY KEY, value TEXT NOT NULL)",
          """
          CREATE TABLE assay_run (
            id TEXT PRIMARY KEY, place TEXT NOT NULL, folder TEXT NOT NULL, stamp TEXT NOT NULL,
            source TEXT NOT NULL, run TEXT NOT NULL, experiment TEXT NOT NULL, status TEXT NOT NULL,
            reason TEXT NOT NULL, model TEXT NOT NULL, params TEXT NOT NULL, family TEXT NOT NULL,
            dataset TEXT NOT NULL, split TEXT NOT NULL, backend TEXT NOT NULL, device TEXT NOT NULL,
            precision_ TEXT NOT NULL, train_seed BIGINT NOT NULL, sample_seed BIGINT NOT NULL,
            steps BIGINT NOT NULL, examples BIGINT NOT NULL, seconds DOUBLE PRECISION NOT NULL,
            resumed BIGINT NOT NULL, started TEXT, updated TEXT, commit_id TEXT, dirty BIGINT NOT NULL,
            entrant TEXT NOT NULL, variant TEXT NOT NULL, words TEXT NOT NULL,
            current_ BIGINT NOT NULL, role TEXT NOT NULL)\
          """,
          """
          CREATE TABLE assay_metric (
            run_id TEXT NOT NULL, position BIGINT NOT NULL, board TEXT NOT NULL,
            sampler TEXT NOT NULL, value DOUBLE PRECISION NOT NULL, low DOUBLE PRECISION,
            high DOUBLE PRECISION, n BIGINT NOT NULL, flag TEXT, PRIMARY KEY (run_id, position))\
          """,
          "CREATE TABLE assay_measure (run_id TEXT NOT NULL, sampler TEXT NOT NULL, "
              + MEASURES.replace(", ", " DOUBLE PRECISION, ")
              + " DOUBLE PRECISION, PRIMARY KEY (run_id, sampler))",
          """
          CREATE TABLE assay_board (
            id TEXT PRIMARY KEY, dataset TEXT NOT NULL, metric TEXT NOT NULL, kind TEXT NOT NULL,
            unit TEXT NOT NULL, direction TEXT NOT NULL, signature TEXT NOT NULL,
            entrants BIGINT NOT NULL, runs BIGINT NOT NULL, changed BIGINT NOT NULL)\
          """,
          "CREATE TABLE assay_damaged (folder TEXT PRIMARY KEY, stamp TEXT NOT NULL, message TEXT NOT NULL)");

  /** Those beside the primary keys, as table and columns. */
  private static final Map<String, String> INDEXES =
      Map.of(
          "assay_metric_board", "assay_metric (board)",
          "assay_run_updated", "assay_run (updated)",
          "assay_run_started", "assay_run (started)",
          "assay_run_run", "assay_run (run)",
          "assay_run_entrant", "assay_run (entrant)",
          "assay_run_place", "assay_run (place)",
          "assay_run_folder", "assay_run (folder)",
          "assay_run_status", "assay_run (status)",
          "assay_run_variant", "assay_run (variant)");

  private Schema() {}

  /** Makes the tables if they are missing or of another version, and the indexes that lack. */
  static void ensure(Connection connection) throws SQLException {
    if (!VERSION.equals(meta(connection, "schema"))) {
      create(connection);
    }
    index(connection);
  }

  /** Makes the indexes that are missing: over all rows at once is cheaper than with each row. */
  static void index(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (Map.Entry<String, String> index : INDEXES.entrySet()) {
        statement.execute(
            "CREATE INDEX IF NOT EXISTS " + index.getKey() + " ON " + index.getValue());
      }
    }
  }

  /** Drops what {@link #index} makes. */
  static void unindex(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String name : INDEXES.keySet()) {
        statement.execute("DROP INDEX IF EXISTS " + name);
      }
    }
  }

  private static void create(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String table : TABLES) {
        statement.execute("DROP TABLE IF EXISTS " + table);
      }
      for (String sql : CREATE) {
        statement.execute(sql);
      }
      statement.execute(
          "INSERT INTO assay_meta (name, value) VALUES ('schema', '"
              + VERSION
              + "'), ('revision', '1')");
    }
  }

  /** A value of the index itself; empty if there is none. */
  static String meta(Connection connection, String name) throws SQLException {
    try (ResultSet tables =
        connection.getMetaData().getTables(null, null, "assay_meta", new String[] {"TABLE"})) {
      if (!tables.next()) {
        return "";
      }
    }
    try (PreparedStatement select =
        connection.prepareStatement("SELECT value FROM assay_meta WHERE name = ?")) {
      select.setString(1, name);
      try (ResultSet row = select.executeQuery()) {
        return row.next() ? row.getString(1) : "";
      }
    }
  }
}
