package dev.assay.dashboard.index;

import dev.assay.store.MetricRow;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Questions to the index. */
public final class Index {
  private final Database database;

  /**
   * Makes the tables if they are missing.
   *
   * @throws IOException if a shared database holds the index of another folder
   */
  public Index(Database database) throws IOException {
    this.database = database;
    database.write(connection -> {
      if (!database.isShared()) {
        Schema.ensure(connection);
        return true;
      }
      execute(connection, "SELECT pg_advisory_xact_lock(7229173)");
      Owner.check(connection, database.state());
      Schema.ensure(connection);
      Owner.claim(connection, database.state());
      return true;
    });
  }

  /** Grows with every change. */
  public long revision() throws IOException {
    return one("SELECT CAST(value AS BIGINT) FROM assay_meta WHERE name = 'revision'");
  }

  public long runs() throws IOException {
    return one("SELECT COUNT(*) FROM assay_run");
  }

  public long running() throws IOException {
    return one("SELECT COUNT(*) FROM assay_run WHERE status = 'RUNNING'");
  }

  /** What cannot be read, one line each. */
  public List<String> damaged(int most) throws IOException {
    return texts("SELECT message FROM assay_damaged ORDER BY folder LIMIT " + most);
  }

  /** The values of a column of runs, such as {@code dataset}, sorted, but for the empty one. */
  public List<String> facet(String filter) throws IOException {
    String column = RunSearch.column(filter);
    return texts(
        "SELECT DISTINCT " + column + " FROM assay_run r WHERE " + column + " <> '' ORDER BY 1");
  }

  /** All boards, unordered. */
  public List<BoardInfo> boards() throws IOException {
    return database.read(connection -> {
      List<BoardInfo> boards = new ArrayList<>();
      try (PreparedStatement select =
              connection.prepareStatement(
                  "SELECT id, dataset, metric, kind, unit, direction, signature, entrants, runs,"
                      + " changed FROM assay_board");
          ResultSet row = select.executeQuery()) {
        while (row.next()) {
          boards.add(
              new BoardInfo(
                  row.getString(1),
                  row.getString(2),
                  row.getString(3),
                  row.getString(4),
                  row.getString(5),
                  row.getString(6),
                  row.getString(7),
                  row.getLong(8),
                  row.getLong(9),
                  row.getLong(10)));
        }
      }
      return boards;
    });
  }

  /** All numbers on a board, of runs that are done. */
  public List<BoardValue> values(String board) throws IOException {
    String sql =
        "SELECT "
            + RunRow.COLUMNS
            + ", m.sampler, m.value, m.low, m.high, m.n, r.current_, r.resumed, r.dirty, "
            + Schema.MEASURES.replaceAll("(\\w+)", "x.$1")
            + ", m.flag FROM assay_metric m JOIN assay_run r ON r.id = m.run_id"
            + " LEFT JOIN assay_measure x ON x.run_id = m.run_id AND x.sampler = m.sampler"
            + " WHERE m.board = ? AND r.status = 'DONE' ORDER BY r.id, m.position";
    return database.read(connection -> {
      List<BoardValue> values = new ArrayList<>();
      try (PreparedStatement select = connection.prepareStatement(sql)) {
        select.setString(1, board);
        try (ResultSet row = select.executeQuery()) {
          while (row.next()) {
            values.add(value(row));
          }
        }
      }
      return values;
    });
  }

  private static BoardValue value(ResultSet row) throws SQLException {
    int at = 27;
    int count = Measure.values().length;
    @Nullable Double[] measures = new @Nullable Double[count];
    for (int i = 0; i < count; i++) {
      measures[i] = number(row, at + 8 + i);
    }
    return new BoardValue(
        RunRow.of(row),
        row.getString(at),
        row.getDouble(at + 1),
        number(row, at + 2),
        number(row, at + 3),
        row.getLong(at + 4),
        row.getLong(at + 5) == 1,
        row.getInt(at + 6),
        row.getLong(at + 7) == 1,
        Arrays.asList(measures),
        row.getString(at + 8 + count));
  }

  /**
   * A number of a run.
   *
   * @param board where it stands
   */
  public record RunMetric(String board, MetricRow row) {}

  /** The numbers of a run, in order of its record. */
  public List<RunMetric> metrics(String run) throws IOException {
    String sql =
        "SELECT m.board, m.sampler, b.metric, b.kind, b.direction, m.value, m.low, m.high, m.n,"
            + " b.unit, b.signature FROM assay_metric m JOIN assay_board b ON b.id = m.board"
            + " WHERE m.run_id = ? ORDER BY m.position";
    return database.read(connection -> {
      List<RunMetric> metrics = new ArrayList<>();
      try (PreparedStatement select = prepared(connection, sql, List.of(run));
          ResultSet row = select.executeQuery()) {
        while (row.next()) {
          MetricRow metric =
              new MetricRow(
                  row.getString(2),
                  row.getString(3),
                  row.getString(4),
                  row.getString(5),
                  row.getDouble(6),
                  number(row, 7),
                  number(row, 8),
                  row.getLong(9),
                  row.getString(10),
                  row.getString(11));
          metrics.add(new RunMetric(row.getString(1), metric));
        }
      }
      return metrics;
    });
  }

  /**
   * Runs of these entrants that ended without a number, by entrant. An entrant is a row of a board
   * but for its sampler.
   */
  public Map<String, List<RunRow>> failures(String dataset) throws IOException {
    String sql =
        "SELECT "
            + RunRow.COLUMNS
            + " FROM assay_run r WHERE r.dataset = ? AND r.current_ = 1"
            + " AND r.status IN ('DIVERGED', 'TIMED_OUT', 'FAILED')";
    Map<String, List<RunRow>> failures = new LinkedHashMap<>();
    for (RunRow run : select(sql, List.of(dataset))) {
      failures.computeIfAbsent(run.entrant(), e -> new ArrayList<>()).add(run);
    }
    return failures;
  }

  /** A run by its id, or by its hash where only one run has that. */
  public Optional<RunRow> run(String id) throws IOException {
    List<RunRow> exact = select(runsWhere("r.id = ?"), List.of(id));
    if (!exact.isEmpty()) {
      return Optional.of(exact.getFirst());
    }
    List<RunRow> byHash = select(runsWhere("r.run = ?"), List.of(id));
    return byHash.size() == 1 ? Optional.of(byHash.getFirst()) : Optional.empty();
  }

  /** Runs that differ from one by seed alone, itself included, by seed. */
  public List<RunRow> seeds(RunRow run) throws IOException {
    return select(
        runsWhere("r.entrant = ? AND r.variant = ? ORDER BY r.train_seed, r.id"),
        List.of(run.entrant(), run.variant()));
  }

  /** Runs in progress, or cut off. */
  public List<RunRow> inProgress() throws IOException {
    return select(runsWhere("r.status = 'RUNNING' ORDER BY r.started DESC, r.id"), List.of());
  }

  /**
   * Which runs, in which order.
   *
   * @param filters values by name in the API
   * @param words each must occur
   * @param sort a name in the API
   */
  public record Selection(
      Map<String, String> filters, List<String> words, String sort, boolean descending) {}

  /** A page of runs, and how many there are on all. */
  public record RunPage(List<RunRow> runs, long total) {}

  public RunPage runs(Selection selection, int offset, int limit) throws IOException {
    RunSearch search = RunSearch.of(selection);
    List<RunRow> runs = select(runsWhere(search.page(offset, limit)), search.values());
    long total = one("SELECT COUNT(*) FROM assay_run r WHERE " + search.where(), search.values());
    return new RunPage(runs, total);
  }

  private static String runsWhere(String condition) {
    return "SELECT " + RunRow.COLUMNS + " FROM assay_run r WHERE " + condition;
  }

  private List<RunRow> select(String sql, List<String> values) throws IOException {
    return database.read(connection -> {
      List<RunRow> runs = new ArrayList<>();
      try (PreparedStatement select = prepared(connection, sql, values);
          ResultSet row = select.executeQuery()) {
        while (row.next()) {
          runs.add(RunRow.of(row));
        }
      }
      return runs;
    });
  }

  private List<String> texts(String sql) throws IOException {
    return database.read(connection -> {
      List<String> texts = new ArrayList<>();
      try (PreparedStatement select = connection.prepareStatement(sql);
          ResultSet row = select.executeQuery()) {
        while (row.next()) {
          texts.add(row.getString(1));
        }
      }
      return texts;
    });
  }

  private long one(String sql) throws IOException {
    return one(sql, List.of());
  }

  private long one(String sql, List<String> values) throws IOException {
    return database.read(connection -> {
      try (PreparedStatement select = prepared(connection, sql, values);
          ResultSet row = select.executeQuery()) {
        row.next();
        return row.getLong(1);
      }
    });
  }

  private static PreparedStatement prepared(Connection connection, String sql, List<String> values)
      throws SQLException {
    PreparedStatement statement = connection.prepareStatement(sql);
    for (int i = 0; i < values.size(); i++) {
      statement.setString(i + 1, values.get(i));
    }
    return statement;
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.execute();
    }
  }

  private static @Nullable Double number(ResultSet row, int column) throws SQLException {
    double value = row.getDouble(column);
    return row.wasNull() ? null : value;
  }
}
