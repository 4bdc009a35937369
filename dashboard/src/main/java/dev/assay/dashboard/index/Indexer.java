package dev.assay.dashboard.index;

import dev.assay.store.RunFolder;
import dev.assay.store.RunRecord;
import dev.assay.store.RunStore;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** Brings the index up to what the files say. Only what has changed is read. */
public final class Indexer {
  /** Runs to a transaction: large enough to be fast, small enough to show the first ones soon. */
  private static final int BATCH = 1_000;

  /** Beyond this many changed boards, counting all of them together is cheaper. */
  private static final int COUNT_ALL = 5_000;

  private static final int MOST_STARTED = 1 << 16;

  private final Path root;
  private final Database database;
  private final Map<String, String> statements = new HashMap<>();

  /**
   * @param root the results folder
   */
  public Indexer(Path root, Database database) {
    this.root = root;
    this.database = database;
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
    return apply(scan, changedRuns, changedTables, gone);
  }

  /** Looks at some runs, by their folders below the results folder. */
  public synchronized Changes reconcile(List<String> folders) throws IOException {
    Map<String, String> known = known();
    Scan scan = new Scan(new HashMap<>(), new HashMap<>(), new HashMap<>());
    List<String> gone = new ArrayList<>();
    for (String folder : folders) {
      Optional<String> stamp = Scan.stamp(root.resolve(folder).resolve("run.json"));
      stamp.ifPresent(s -> scan.runs().put(folder, s));
      if (stamp.isEmpty() && known.containsKey(folder)) {
        gone.add(folder);
      }
    }
    return apply(scan, changed(scan.runs(), known), List.of(), gone);
  }

  private Changes apply(
      Scan scan, List<String> changedRuns, List<String> changedTables, List<String> gone)
      throws IOException {
    int put = 0;
    int damaged = 0;
    boolean many = changedRuns.size() > COUNT_ALL;
    for (int from = 0; from < changedRuns.size(); from += BATCH) {
      List<String> batch = changedRuns.subList(from, Math.min(from + BATCH, changedRuns.size()));
      List<Read> read =
          batch.parallelStream()
              .map(folder -> read(folder, scan.runs().getOrDefault(folder, "")))
              .toList();
      boolean last = from + BATCH >= changedRuns.size();
      put += write(read, !many, many && last);
      damaged += (int) read.stream().filter(r -> r.damage().isPresent()).count();
    }
    for (String table : changedTables) {
      Read read = readTable(table, scan.tables().getOrDefault(table, ""));
      removeFolders(List.of(table));
      put += write(List.of(read), true, false);
      damaged += read.damage().isPresent() ? 1 : 0;
    }
    if (!gone.isEmpty()) {
      removeFolders(gone);
    }
    boolean restated = states(scan, put > 0);
    return new Changes(put + (restated ? 1 : 0), gone.size(), damaged);
  }

  /** What came of reading a run, or a table of runs. */
  private record Read(String folder, String stamp, List<Entry> entries, Optional<String> damage) {}

  private Read read(String folder, String stamp) {
    RunFolder run = new RunFolder(root.resolve(folder));
    try {
      Optional<RunRecord> record = run.read();
      if (record.isEmpty()) {
        return new Read(folder, stamp, List.of(), Optional.empty());
      }
      String place = Scan.place(folder);
      boolean uploaded = (place + "/").startsWith(UPLOADS + "/");
      Entry entry =
          new Entry(
              Names.id(record.get().run(), place),
              place,
              folder,
              stamp,
              uploaded ? "upload" : "folder",
              started(run.events()),
              Optional.of(updated(stamp)),
              record.get());
      return new Read(folder, stamp, List.of(entry), Optional.empty());
    } catch (IOException | RuntimeException e) {
      return new Read(folder, stamp, List.of(), Optional.of(message(folder, e)));
    }
  }

  /** Where uploaded runs go, below the results folder. */
  public static final String UPLOADS = "uploads";

  private Read readTable(String folder, String stamp) {
    try {
      List<Entry> entries = new ArrayList<>();
      for (RunRecord record : KeptTable.read(root.resolve(folder).resolve("results.csv"))) {
        entries.add(
            new Entry(
                Names.id(record.run(), folder + "#table"),
                folder,
                folder,
                stamp,
                "table",
                Optional.empty(),
                Optional.of(updated(stamp)),
                record));
      }
      return new Read(folder, stamp, entries, Optional.empty());
    } catch (IOException | RuntimeException e) {
      return new Read(folder, stamp, List.of(), Optional.of(message(folder, e)));
    }
  }

  private static String message(String folder, Exception e) {
    String what = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    return folder
        + ": "
        + (e instanceof RuntimeException ? e.getClass().getSimpleName() + " " : "")
        + what;
  }

  private static String updated(String stamp) {
    long nanos = Long.parseLong(stamp.substring(0, stamp.indexOf(':')));
    return Instant.ofEpochMilli(TimeUnit.NANOSECONDS.toMillis(nanos)).toString();
  }

  /** The time of the first event, without reading the rest. */
  private static Optional<String> started(Path events) throws IOException {
    if (!Files.isRegularFile(events)) {
      return Optional.empty();
    }
    try (BufferedReader reader = Files.newBufferedReader(events, StandardCharsets.UTF_8)) {
      char[] start = new char[64];
      int read = reader.read(start);
      String line = read < 0 ? "" : new String(start, 0, read);
      return time(line);
    }
  }

  private static Optional<String> time(String line) {
    String key = "\"time\":\"";
    int from = line.indexOf(key);
    int to = from < 0 ? -1 : line.indexOf('"', from + key.length());
    if (to < 0 || line.length() > MOST_STARTED) {
      return Optional.empty();
    }
    try {
      return Optional.of(Instant.parse(line.substring(from + key.length(), to)).toString());
    } catch (java.time.DateTimeException e) {
      return Optional.empty();
    }
  }

  private int write(List<Read> batch, boolean count, boolean countAll) throws IOException {
    return database.write(connection -> {
      Writer writer = new Writer(connection);
      // The same id twice in one batch cannot be: ids hold a hash of the place.
      Map<String, Entry> entries = new HashMap<>();
      batch.forEach(read -> read.entries().forEach(entry -> entries.put(entry.id(), entry)));
      writer.put(entries.values());
      for (Read read : batch) {
        if (read.damage().isPresent()) {
          writer.remove(ids(connection, read.folder()));
          writer.damage(read.folder(), read.stamp(), read.damage().get());
        }
      }
      if (count || countAll) {
        writer.count(countAll);
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

  /** Takes over what stores state of their experiments, where that or their runs changed. */
  private boolean states(Scan scan, boolean runsChanged) throws IOException {
    boolean any = false;
    for (Map.Entry<String, String> store : scan.stores().entrySet()) {
      if (runsChanged || !store.getValue().equals(statements.get(store.getKey()))) {
        Set<String> current = current(store.getKey());
        database.write(connection -> {
          Writer writer = new Writer(connection);
          writer.current(store.getKey(), current);
          writer.revise();
          return true;
        });
        any |= !store.getValue().equals(statements.put(store.getKey(), store.getValue()));
      }
    }
    return any;
  }

  private Set<String> current(String place) throws IOException {
    List<RunRecord> slim =
        database.read(connection -> {
          List<RunRecord> records = new ArrayList<>();
          try (PreparedStatement select =
              connection.prepareStatement(
                  "SELECT run, experiment FROM assay_run WHERE place = ?")) {
            select.setString(1, place);
            try (ResultSet rows = select.executeQuery()) {
              while (rows.next()) {
                records.add(slim(rows.getString(1), rows.getString(2)));
              }
            }
          }
          return records;
        });
    try {
      return new RunStore(root.resolve(place))
          .current(slim).stream().map(RunRecord::run).collect(Collectors.toSet());
    } catch (dev.assay.store.DamagedFileException e) {
      return slim.stream().map(RunRecord::run).collect(Collectors.toSet());
    }
  }

  private static RunRecord slim(String run, String experiment) {
    return new RunRecord(
        RunRecord.SCHEMA,
        run,
        "",
        experiment,
        dev.assay.store.RunStatus.DONE,
        "",
        new RunRecord.Subject("", "", "", "", "", "", "", 0, 0, ""),
        RunRecord.Progress.none(),
        List.of(),
        Map.of(),
        Map.of(),
        Map.of());
  }

  private static List<String> changed(Map<String, String> found, Map<String, String> known) {
    return found.entrySet().stream()
        .filter(one -> !one.getValue().equals(known.get(one.getKey())))
        .map(Map.Entry::getKey)
        .sorted()
        .toList();
  }

  /** Stamps by folder, of what can be read and what cannot. */
  private Map<String, String> known() throws IOException {
    return database.read(connection -> {
      Map<String, String> known = new HashMap<>();
      try (PreparedStatement select =
              connection.prepareStatement(
                  "SELECT folder, stamp FROM assay_run UNION ALL"
                      + " SELECT folder, stamp FROM assay_damaged");
          ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          known.put(rows.getString(1), rows.getString(2));
        }
      }
      return known;
    });
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
