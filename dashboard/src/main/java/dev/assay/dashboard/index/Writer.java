package dev.assay.dashboard.index;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Changes the index within one transaction, and then says which boards that touched. */
final class Writer {
  private final Connection connection;
  private final Set<String> boards = new HashSet<>();
  private final Set<String> datasets = new HashSet<>();
  private boolean everyBoard;

  Writer(Connection connection) {
    this.connection = connection;
  }

  /** Replaces runs. */
  void put(Collection<Entry> entries) throws SQLException {
    remove(entries.stream().map(Entry::id).toList());
    try (Inserts inserts = new Inserts(connection)) {
      for (Entry entry : entries) {
        datasets.add(Inserts.clean(entry.record().subject().dataset()));
        inserts.add(entry);
      }
      boards.addAll(inserts.flush());
    }
    undamage(entries.stream().map(Entry::folder).toList());
  }

  /** Removes runs by id. */
  void remove(Collection<String> ids) throws SQLException {
    try (PreparedStatement touched =
            connection.prepareStatement(
                "SELECT DISTINCT board FROM assay_metric WHERE run_id = ?");
        PreparedStatement dataset =
            connection.prepareStatement("SELECT dataset FROM assay_run WHERE id = ?");
        PreparedStatement metrics =
            connection.prepareStatement("DELETE FROM assay_metric WHERE run_id = ?");
        PreparedStatement measures =
            connection.prepareStatement("DELETE FROM assay_measure WHERE run_id = ?");
        PreparedStatement runs =
            connection.prepareStatement("DELETE FROM assay_run WHERE id = ?")) {
      for (String id : ids) {
        if (!texts(dataset, id, datasets)) {
          continue; // a new run
        }
        texts(touched, id, boards);
        for (PreparedStatement delete : List.of(metrics, measures, runs)) {
          delete.setString(1, id);
          delete.addBatch();
        }
      }
      metrics.executeBatch();
      measures.executeBatch();
      runs.executeBatch();
    }
  }

  private static boolean texts(PreparedStatement select, String id, Set<String> into)
      throws SQLException {
    boolean any = false;
    select.setString(1, id);
    try (ResultSet rows = select.executeQuery()) {
      while (rows.next()) {
        into.add(rows.getString(1));
        any = true;
      }
    }
    return any;
  }

  /** Notes a run or table that cannot be read. */
  void damage(String folder, String stamp, String message) throws SQLException {
    undamage(List.of(folder));
    try (PreparedStatement insert = connection.prepareStatement(Inserts.sql("assay_damaged", 3))) {
      insert.setString(1, folder);
      insert.setString(2, stamp);
      insert.setString(3, Inserts.clean(message));
      insert.executeUpdate();
    }
  }

  void undamage(Collection<String> folders) throws SQLException {
    try (PreparedStatement delete =
        connection.prepareStatement("DELETE FROM assay_damaged WHERE folder = ?")) {
      for (String folder : folders) {
        delete.setString(1, folder);
        delete.addBatch();
      }
      delete.executeBatch();
    }
  }

  /**
   * States which runs of a store belong to their experiments now; all others do not.
   *
   * @return whether that changed anything
   */
  boolean current(String place, Set<String> runs) throws SQLException {
    Map<String, Boolean> changed = new HashMap<>();
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT id, run, current_, dataset FROM assay_run"
                + " WHERE place = ? AND source <> 'table'")) {
      select.setString(1, place);
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          boolean is = runs.contains(rows.getString(2));
          if (is != (rows.getLong(3) == 1)) {
            changed.put(rows.getString(1), is);
            datasets.add(rows.getString(4));
          }
        }
      }
    }
    try (PreparedStatement update =
        connection.prepareStatement("UPDATE assay_run SET current_ = ? WHERE id = ?")) {
      for (Map.Entry<String, Boolean> one : changed.entrySet()) {
        update.setLong(1, one.getValue() ? 1 : 0);
        update.setString(2, one.getKey());
        update.addBatch();
      }
      update.executeBatch();
    }
    return !changed.isEmpty();
  }

  /**
   * Counts what stands on the boards that were touched, or on all, and drops those that are empty.
   */
  void count(boolean all) throws SQLException {
    everyBoard |= all;
    String counts =
        "SELECT m.board, COUNT(DISTINCT r.entrant || ' ' || m.sampler), COUNT(DISTINCT m.run_id)"
            + " FROM assay_metric m JOIN assay_run r ON r.id = m.run_id";
    Map<String, long[]> found = new HashMap<>();
    if (all) {
      try (PreparedStatement select = connection.prepareStatement(counts + " GROUP BY m.board")) {
        counted(select, found);
      }
    } else {
      try (PreparedStatement select =
          connection.prepareStatement(counts + " WHERE m.board = ? GROUP BY m.board")) {
        for (String board : boards) {
          select.setString(1, board);
          counted(select, found);
        }
      }
    }
    try (PreparedStatement update =
            connection.prepareStatement(
                "UPDATE assay_board SET entrants = ?, runs = ? WHERE id = ?");
        PreparedStatement delete =
            connection.prepareStatement("DELETE FROM assay_board WHERE id = ?")) {
      for (Map.Entry<String, long[]> one : found.entrySet()) {
        update.setLong(1, one.getValue()[0]);
        update.setLong(2, one.getValue()[1]);
        update.setString(3, one.getKey());
        update.addBatch();
      }
      update.executeBatch();
      for (String board : boards) {
        if (!found.containsKey(board)) {
          delete.setString(1, board);
          delete.addBatch();
        }
      }
      delete.executeBatch();
    }
  }

  private static void counted(PreparedStatement select, Map<String, long[]> found)
      throws SQLException {
    try (ResultSet rows = select.executeQuery()) {
      while (rows.next()) {
        found.put(rows.getString(1), new long[] {rows.getLong(2), rows.getLong(3)});
      }
    }
  }

  /** Tells every server on this index that it has changed, and on which boards. */
  void revise() throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement(
            "UPDATE assay_meta SET value = CAST(CAST(value AS BIGINT) + 1 AS TEXT)"
                + " WHERE name = 'revision'")) {
      update.executeUpdate();
    }
    String changed =
        "UPDATE assay_board SET changed = (SELECT CAST(value AS BIGINT) FROM assay_meta"
            + " WHERE name = 'revision')";
    if (everyBoard) {
      try (PreparedStatement update = connection.prepareStatement(changed)) {
        update.executeUpdate();
      }
      return;
    }
    try (PreparedStatement update = connection.prepareStatement(changed + " WHERE dataset = ?")) {
      for (String dataset : datasets) {
        update.setString(1, dataset);
        update.addBatch();
      }
      update.executeBatch();
    }
  }
}
