package dev.assay.dashboard.index;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

/** Brings the index up to what the files say. Only what has changed is read. */
public final class Indexer {
  /** Runs to a transaction: large enough to be fast, small enough to show the first ones soon. */
  private static final int BATCH = 1_000;

  /** Fewer are counted and indexed as they come, so that the first ones show soon. */
  private static final int MANY = 5_000;

  /** Where uploaded runs go, below the results folder. */
  public static final String UPLOADS = "uploads";

  private final int many;
  private final Path root;
  private final RunReader reader;
  private final Database database;
  private final Statements statements;

  /**
   * @param root the results folder
   */
  public Indexer(Path root, Database database) {
    this(root, database, MANY);
  }

  /**
   * @param many changed runs, beyond which what can be done once for all is done at the end
   */
  public Indexer(Path root, Database database, int many) {
    this.many = many;
    this.root = root;
    this.reader = new RunReader(root);
    this.database = database;
    this.statements = new Statements(root, database);
  }

  /** How many runs changed and how many went. */
  public record Changes(int put, int removed, int damaged) {
    public boolean any() {
      return put + removed + damaged > 0;
    }
  }

  /** Looks at every run. */
  public synchronized Changes reconcile() throws IOException {
    Scan scan = Scan.of(root);
    Map<String, String> known = known();
    List<String> changedRuns = changed(scan.runs(), known);
    List<String> changedTables = changed(scan.tables(), known);
    List<String> gone =
        known.keySet().stream()
            .filter(
                folder -> !scan.runs().containsKey(folder) && !scan.tables().containsKey(folder))
            .toList();
    return apply(scan, changedRuns, changedTables, gone, known.isEmpty());
  }

  /** Looks at some runs, by their folders below the results folder. */
  public synchronized Changes reconcile(List<String> folders) throws IOException {
    Map<String, String> known = known(folders);
    Scan scan = new Scan(new HashMap<>(), new HashMap<>(), new HashMap<>());
    List<String> gone = new ArrayList<>();
    for (String folder : folders) {
      Optional<String> stamp = Scan.stamp(root.resolve(folder).resolve("run.json"));
      stamp.ifPresent(s -> scan.runs().put(folder, s));
      if (stamp.isEmpty() && known.containsKey(folder)) {
        gone.add(folder);
      }
    }
    return apply(scan, changed(scan.runs(), known), List.of(), gone, false);
  }

  /**
   * @param empty whether nothing is known yet
   */
  private Changes apply(
      Scan scan,
      List<String> changedRuns,
      List<String> changedTables,
      List<String> gone,
      boolean empty)
      throws IOException {
    int put = 0;
    int damaged = 0;
    boolean later = changedRuns.size() > many;
    boolean bulk = later && empty && !database.isShared();
    if (bulk) {
      database.write(connection -> {
        Schema.unindex(connection);
        return true;
      });
    }
    CompletableFuture<List<RunReader.Read>> next = readAhead(scan, changedRuns, 0);
    for (int from = 0; from < changedRuns.size(); from += BATCH) {
      List<RunReader.Read> read = next.join();
      next = readAhead(scan, changedRuns, from + BATCH); // while these are written
      put += write(read, later, bulk);
      damaged += (int) read.stream().filter(r -> r.damage().isPresent()).count();
    }
    if (later) {
      finish();
    }
    for (String table : changedTables) {
      RunReader.Read read = reader.table(table, scan.tables().getOrDefault(table, ""));
      removeFolders(List.of(table));
      put += write(List.of(read), false, false);
      damaged += read.damage().isPresent() ? 1 : 0;
    }
    if (!gone.isEmpty()) {
      removeFolders(gone);
    }
    Set<String> places = changedRuns.stream().map(Scan::place).collect(Collectors.toSet());
    boolean restated = statements.take(scan, places);
    return new Changes(put + (restated ? 1 : 0), gone.size(), damaged);
  }

  private CompletableFuture<List<RunReader.Read>> readAhead(
      Scan scan, List<String> folders, int from) {
    List<String> batch =
        folders.subList(Math.min(from, folders.size()), Math.min(from + BATCH, folders.size()));
    return CompletableFuture.supplyAsync(() ->
        batch.parallelStream()
            .map(folder -> reader.run(folder, scan.runs().getOrDefault(folder, "")))
            .toList());
  }

  /** Makes the indexes that were left for later, and counts all boards. */
  private void finish() throws IOException {
    database.write(connection -> {
      Schema.index(connection);
      Writer writer = new Writer(connection);
      writer.count(true);
      writer.revise();
      return true;
    });
  }

  /**
   * @param later whether boards are counted at the end
   * @param fresh whether none of the runs is there yet
   */
  private int write(List<RunReader.Read> batch, boolean later, boolean fresh) throws IOException {
    return database.write(connection -> {
      Writer writer = new Writer(connection);
      // The same id twice in one batch cannot be: ids hold a hash of the place.
      Map<String, Entry> entries = new LinkedHashMap<>();
      batch.forEach(read -> read.entries().forEach(entry -> entries.put(entry.id(), entry)));
      writer.put(entries.values());
      for (RunReader.Read read : batch) {
        if (read.damage().isPresent()) {
          if (!fresh) {
            writer.remove(ids(connection, read.folder()));
          }
          writer.damage(read.folder(), read.stamp(), read.damage().get());
        }
      }
      if (!later) {
        writer.count(false);
      }
      writer.revise();
      return entries.size();
    });
  }

  private void removeFolders(List<String> folders) throws IOException {
    database.write(connection -> {
      Writer writer = new Writer(connection);
      for (String folder : folders) {
        writer.remove(ids(connection, folder));
      }
      writer.undamage(folders);
      writer.count(false);
      writer.revise();
      return folders.size();
    });
  }

  /** Ordered by the names of the runs, which begin their ids: rows in order are put in faster. */
  private static List<String> changed(Map<String, String> found, Map<String, String> known) {
    return found.entrySet().stream()
        .filter(one -> !one.getValue().equals(known.get(one.getKey())))
        .map(Map.Entry::getKey)
        .sorted(
            Comparator.comparing((String folder) -> folder.substring(folder.lastIndexOf('/') + 1))
                .thenComparing(Comparator.naturalOrder()))
        .toList();
  }

  private static final String STAMPS =
      "SELECT folder, stamp FROM assay_run%1$s UNION ALL SELECT folder, stamp FROM assay_damaged%1$s";

  /** Stamps by folder, of what can be read and what cannot. */
  private Map<String, String> known() throws IOException {
    return database.read(connection -> {
      Map<String, String> known = new HashMap<>();
      try (PreparedStatement select = connection.prepareStatement(STAMPS.formatted(""))) {
        stamps(select, known);
      }
      return known;
    });
  }

  private Map<String, String> known(List<String> folders) throws IOException {
    return database.read(connection -> {
      Map<String, String> known = new HashMap<>();
      try (PreparedStatement select =
          connection.prepareStatement(STAMPS.formatted(" WHERE folder = ?"))) {
        for (String folder : folders) {
          select.setString(1, folder);
          select.setString(2, folder);
          stamps(select, known);
        }
      }
      return known;
    });
  }

  private static void stamps(PreparedStatement select, Map<String, String> into)
      throws SQLException {
    try (ResultSet rows = select.executeQuery()) {
      while (rows.next()) {
        into.put(rows.getString(1), rows.getString(2));
      }
    }
  }

  private static Set<String> ids(Connection connection, String folder) throws SQLException {
    Set<String> ids = new HashSet<>();
    try (PreparedStatement select =
        connection.prepareStatement("SELECT id FROM assay_run WHERE folder = ?")) {
      select.setString(1, folder);
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          ids.add(rows.getString(1));
        }
      }
    }
    return ids;
  }
}
