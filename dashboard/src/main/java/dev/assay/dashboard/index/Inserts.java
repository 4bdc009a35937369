package dev.assay.dashboard.index;

import dev.assay.store.MetricRow;
import dev.assay.store.RunRecord;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Runs as rows of the tables, gathered and then put in together. */
final class Inserts implements AutoCloseable {
  private static final int RUN_COLUMNS = 32;

  private final PreparedStatement runs;
  private final PreparedStatement metrics;
  private final PreparedStatement measures;
  private final PreparedStatement boards;

  /** Ids of boards met so far, by what makes them. */
  private final Map<List<String>, String> ids = new HashMap<>();

  Inserts(Connection connection) throws SQLException {
    runs = connection.prepareStatement(sql("assay_run", RUN_COLUMNS));
    metrics = connection.prepareStatement(sql("assay_metric", 9));
    measures = connection.prepareStatement(sql("assay_measure", 2 + Measure.values().length));
    boards =
        connection.prepareStatement(
            "INSERT INTO assay_board VALUES (?, ?, ?, ?, ?, ?, ?, 0, 0, 0) ON CONFLICT DO NOTHING");
  }

  /** An insert of all columns. */
  static String sql(String table, int columns) {
    return "INSERT INTO " + table + " VALUES (?" + ", ?".repeat(columns - 1) + ")";
  }

  void add(Entry entry) throws SQLException {
    run(entry);
    metrics(entry);
    measures(entry);
  }

  /** Puts in what was gathered; returns the boards that it stands on. */
  Set<String> flush() throws SQLException {
    boards.executeBatch();
    runs.executeBatch();
    metrics.executeBatch();
    measures.executeBatch();
    return new HashSet<>(ids.values());
  }

  private void run(Entry entry) throws SQLException {
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
        case null -> runs.setNull(i + 1, Types.VARCHAR);
        case String text -> runs.setString(i + 1, clean(text));
        case Long number -> runs.setLong(i + 1, number);
        case Double number -> runs.setDouble(i + 1, number);
        default -> throw new IllegalStateException("no column type for " + columns[i]);
      }
    }
    runs.addBatch();
  }

  private void metrics(Entry entry) throws SQLException {
    String dataset = entry.record().subject().dataset();
    List<MetricRow> rows = entry.record().metrics();
    for (int i = 0; i < rows.size(); i++) {
      MetricRow metric = rows.get(i);
      String board = board(dataset, metric);
      metrics.setString(1, entry.id());
      metrics.setLong(2, i);
      metrics.setString(3, board);
      metrics.setString(4, clean(metric.sampler()));
      metrics.setDouble(5, metric.value());
      number(metrics, 6, metric.low());
      number(metrics, 7, metric.high());
      metrics.setLong(8, metric.n());
      metrics.setString(
          9, entry.record().flag(metric).map(flag -> clean(flag.reason())).orElse(null));
      metrics.addBatch();
    }
  }

  /** What stands beside a number: of the same sampler where sampling plays a part. */
  private void measures(Entry entry) throws SQLException {
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
      measures.setString(1, entry.id());
      measures.setString(2, clean(one.getKey()));
      for (int i = 0; i < count; i++) {
        Double own = one.getValue()[i];
        number(measures, 3 + i, own == null && common != null ? common[i] : own);
      }
      measures.addBatch();
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
  static String clean(String text) {
    return text.indexOf('\0') < 0 ? text : text.replace('\0', '\uFFFD');
  }

  /** The id of the board of a number; a board that is new is inserted. */
  private String board(String dataset, MetricRow metric) throws SQLException {
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
    boards.setString(1, id);
    for (int i = 0; i < key.size(); i++) {
      boards.setString(2 + i, clean(key.get(i)));
    }
    boards.addBatch();
    return id;
  }

  @Override
  public void close() throws SQLException {
    for (PreparedStatement statement : List.of(runs, metrics, measures, boards)) {
      statement.close();
    }
  }
}
