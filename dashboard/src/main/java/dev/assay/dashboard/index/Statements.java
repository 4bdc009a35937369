package dev.assay.dashboard.index;

import dev.assay.store.DamagedFileException;
import dev.assay.store.RunRecord;
import dev.assay.store.RunStatus;
import dev.assay.store.RunStore;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Which runs belong to their experiments now, as the stores below a folder state it. */
final class Statements {
  private final Path root;
  private final Database database;

  /** Stamps of what was taken over, by the store's folder. */
  private final Map<String, String> taken = new HashMap<>();

  Statements(Path root, Database database) {
    this.root = root;
    this.database = database;
  }

  /**
   * Takes over what stores state of their experiments, where that or their runs changed.
   *
   * @param places stores with runs that changed
   * @return whether any run came to belong to its experiment, or no longer does
   */
  boolean take(Scan scan, Set<String> places) throws IOException {
    boolean any = false;
    for (Map.Entry<String, String> store : scan.stores().entrySet()) {
      String place = store.getKey();
      String former = taken.put(place, store.getValue());
      if (!places.contains(place) && store.getValue().equals(former)) {
        continue;
      }
      Set<String> current = current(place);
      any |=
          database.write(connection -> {
            Writer writer = new Writer(connection);
            boolean changed = writer.current(place, current);
            if (changed) {
              writer.revise();
            }
            return changed;
          });
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
    } catch (DamagedFileException e) {
      return slim.stream().map(RunRecord::run).collect(Collectors.toSet());
    }
  }

  private static RunRecord slim(String run, String experiment) {
    return new RunRecord(
        RunRecord.SCHEMA,
        run,
        "",
        experiment,
        RunStatus.DONE,
        "",
        new RunRecord.Subject("", "", "", "", "", "", "", 0, 0, ""),
        RunRecord.Progress.none(),
        List.of(),
        Map.of(),
        Map.of(),
        Map.of());
  }
}
