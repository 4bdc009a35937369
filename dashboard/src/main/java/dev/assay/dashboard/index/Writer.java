package dev.assay.dashboard.index;

import dev.assay.store.MetricRow;
import dev.assay.store.RunRecord;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Changes the index within one transaction, and then says which boards that touched. */
final class Writer {
  private static final int RUN_COLUMNS = 32;

  private final Connection connection;
  private final Set<String> boards = new HashSet<>();

  Writer(Connection connection) {
    this.connection = connection;
  }

  /** Replaces runs. */
  void put(Collection<Entry> entries) throws SQLException {
    remove(entries.stream().map(Entry::id).toList());
    try (PreparedStatement runs = connection.prepareStatement(insert("assay_run", RUN_COLUMNS));
        PreparedStatement metrics = connection.prepareStatement(insert("assay_metric", 9));
        PreparedStatement measures =
            connection.prepareStatement(insert("assay_measure", 2 + Measure.values().length));
        Boards known = new Boards()) {
      for (Entry entry : entries) {
        run(runs, entry);
        metrics(metrics, known, entry);
        measures(measures, entry);
      }
      known.flush();
      runs.executeBatch();
      metrics.executeBatch();
      measures.executeBatch();
    }
    undamage(entries.stream().map(Entry::folder).toList());
  }

  /** Removes runs by id. */
  void remove(Collection<String> ids) throws SQLException {
    try (PreparedStatement touched =
            connection.prepareStatement(
                "SELECT DISTINCT board FROM assay_metric WHERE run_id = ?");
        PreparedStatement metrics =
            connection.prepareStatement("DELETE FROM assay_metric WHERE run_id = ?");
        PreparedStatement measures =
            connection.prepareStatement("DELETE FROM assay_measure WHERE run_id = ?");
        PreparedStatement runs =
            connection.prepareStatement("DELETE FROM assay_run WHERE id = ?")) {
      boolean empty = isEmpty();
      for (String id : ids) {
        if (empty) {
          break;
        }
        touched.setString(1, id);
        try (ResultSet rows = touched.executeQuery()) {
          while (rows.next()) {
            boards.add(rows.getString(1));
          }
        }
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

  private boolean isEmpty() throws SQLException {
    try (PreparedStatement any = connection.prepareStatement("SELECT 1 FROM assay_run LIMIT 1");
        ResultSet row = any.executeQuery()) {
      return !row.next();
    }
  }

  /** Notes a run or table that cannot be read. */
  void damage(String folder, String stamp, String message) throws SQLException {
    undamage(List.of(folder));
    try (PreparedStatement insert = connection.prepareStatement(insert("assay_damaged", 3))) {
      insert.setString(1, folder);
      insert.setString(2, stamp);
      insert.setString(3, clean(message));
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

  /** States which runs of a store belong to their experiments now; all others do not. */
  void current(String place, Set<String> runs) throws SQLException {
    Map<String, Boolean> changed = new HashMap<>();
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT id, run, current_ FROM assay_run WHERE place = ? AND source <> 'table'")) {
      select.setString(1, place);
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          boolean is = runs.contains(rows.getString(2));
          if (is != (rows.getLong(3) == 1)) {
            changed.put(rows.getString(1), is);
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
  }

  /**
   * Counts what stands on the boards that were touched, or on all, and drops those that are empty.
   */
  void count(boolean all) throws SQLException {
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

  /** Tells every server on this index that it has changed. */
  void revise() throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement(
            "UPDATE assay_meta SET value = CAST(CAST(value AS BIGINT) + 1 AS TEXT)"
                + " WHERE name = 'revision'")) {
      update.executeUpdate();
    }
  }

  private static void run(PreparedStatement insert, Entry entry) throws SQLException {
    RunRecord record = entry.record();
    RunRecord.Subject s = record.subject();
    String commit = record.provenance().get("git.commit");
    @Nullable Object[] columns = {
      entry.id(),
      entry.place(),
      entry.folder(),
      entry.stamp(),
      entry.source(),
      record.run(),
      record.experiment(),
      record.status().name(),
      record.reason(),
      s.model(),
      s.params(),
      s.family(),
      s.dataset(),
      s.split(),
      s.backend(),
      s.device(),
      s.precision(),
      s.trainSeed(),
      s.sampleSeed(),
      record.progress().steps(),
      record.progress().examples(),
      record.progress().seconds(),
      (long) record.progress().resumed(),
      entry.started().orElse(null),
      entry.updated().orElse(null),
      commit,
      "true".equals(record.provenance().get("git.dirty")) ? 1L : 0L,
      Names.entrant(record),
      Names.variant(record),
      words(record, commit),
      1L,
      record.role().name()
    };
    for (int i = 0; i < columns.length; i++) {
      switch (columns[i]) {
        case null -> insert.setNull(i + 1, Types.VARCHAR);
        case String text -> insert.setString(i + 1, clean(text));
        case Long number -> insert.setLong(i + 1, number);
        case Double number -> insert.setDouble(i + 1, number);
        default -> throw new IllegalStateException("no column type for " + columns[i]);
      }
    }
    insert.addBatch();
  }

  private void metrics(PreparedStatement insert, Boards known, Entry entry) throws SQLException {
    String dataset = entry.record().subject().dataset();
    List<MetricRow> rows = entry.record().metrics();
    for (int i = 0; i < rows.size(); i++) {
      MetricRow metric = rows.get(i);
      String board = known.id(dataset, metric);
      boards.add(board);
      insert.setString(1, entry.id());
      insert.setLong(2, i);
      insert.setString(3, board);
      insert.setString(4, clean(metric.sampler()));
      insert.setDouble(5, metric.value());
      number(insert, 6, metric.low());
      number(insert, 7, metric.high());
      insert.setLong(8, metric.n());
      insert.setString(
          9, entry.record().flag(metric).map(flag -> clean(flag.reason())).orElse(null));
      insert.addBatch();
    }
  }

  /** What stands beside a number: of the same sampler where sampling plays a part. */
  private static void measures(PreparedStatement insert, Entry entry) throws SQLException {
    Map<String, @Nullable Double[]> bySampler = new HashMap<>();
    int count = Measure.values().length;
    bySampler.put("", new @Nullable Double[count]);
    for (MetricRow metric : entry.record().metrics()) {
      @Nullable Double[] values =
          bySampler.computeIfAbsent(metric.sampler(), s -> new @Nullable Double[count]);
      Measure.byMetric(metric.metric())
          .ifPresent(measure -> values[measure.ordinal()] = metric.value());
    }
    @Nullable Double[] common = bySampler.get("");
    for (Map.Entry<String, @Nullable Double[]> one : bySampler.entrySet()) {
      insert.setString(1, entry.id());
      insert.setString(2, clean(one.getKey()));
      for (int i = 0; i < count; i++) {
        Double own = one.getValue()[i];
        number(insert, 3 + i, own == null && common != null ? common[i] : own);
      }
      insert.addBatch();
    }
  }

  private static void number(PreparedStatement statement, int at, @Nullable Double value)
      throws SQLException {
    if (value == null) {
      statement.setNull(at, Types.DOUBLE);
    } else {
      statement.setDouble(at, value);
    }
  }

  private static String words(RunRecord record, @Nullable String commit) {
    RunRecord.Subject s = record.subject();
    return String.join(
            " ",
            record.run(),
            record.experiment(),
            s.model(),
            s.params(),
            s.family(),
            s.dataset(),
            s.backend(),
            s.precision(),
            record.status().name(),
            commit == null ? "" : commit)
        .toLowerCase(Locale.ROOT);
  }

  /** PostgreSQL has no NUL in its texts. */
  private static String clean(String text) {
    return text.indexOf('\0') < 0 ? text : text.replace('\0', '\uFFFD');
  }

  private static String insert(String table, int columns) {
    return "INSERT INTO " + table + " VALUES (?" + ", ?".repeat(columns - 1) + ")";
  }

  /** Boards met so far; those that are new are inserted. */
  private final class Boards implements AutoCloseable {
    private final Map<List<String>, String> ids = new HashMap<>();
    private final PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO assay_board VALUES (?, ?, ?, ?, ?, ?, ?, 0, 0) ON CONFLICT DO NOTHING");

    Boards() throws SQLException {}

    String id(String dataset, MetricRow metric) throws SQLException {
      List<String> key =
          List.of(
              dataset,
              metric.metric(),
              metric.kind(),
              metric.unit(),
              metric.direction(),
              metric.signature());
      String known = ids.get(key);
      if (known != null) {
        return known;
      }
      String id = Names.board(dataset, metric);
      ids.put(key, id);
      insert.setString(1, id);
      for (int i = 0; i < key.size(); i++) {
        insert.setString(2 + i, clean(key.get(i)));
      }
      insert.addBatch();
      return id;
    }

    void flush() throws SQLException {
      insert.executeBatch();
    }

    @Override
    public void close() throws SQLException {
      insert.close();
    }
  }
}
