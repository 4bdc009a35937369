package dev.assay.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JacksonException;

/**
 * A folder of runs: {@code runs/<run>/}, and the tables made from them. The runs are the truth;
 * {@link #index} rebuilds the tables at any time.
 *
 * @param path absolute
 */
public record RunStore(Path path) {
  /** One writer of tables at a time within this process; the file lock is for the others. */
  private static final Object INDEXING = new Object();

  private static final String EXPERIMENTS = "experiments";

  public RunStore {
    path = path.toAbsolutePath().normalize();
  }

  public Path results() {
    return path.resolve("results.csv");
  }

  public Path leaderboard() {
    return path.resolve("leaderboard.csv");
  }

  /** The folder of a run, there or not. */
  public RunFolder run(String id) {
    if (!id.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,199}")) {
      throw new IllegalArgumentException("no id of a run: '" + id + "'");
    }
    return new RunFolder(path.resolve("runs").resolve(id));
  }

  /** Runs that have a record, by id. */
  public List<RunFolder> runs() throws IOException {
    Path folder = path.resolve("runs");
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    List<RunFolder> runs = new ArrayList<>();
    try (DirectoryStream<Path> found = Files.newDirectoryStream(folder)) {
      for (Path path : found) {
        RunFolder run = new RunFolder(path);
        if (Files.isRegularFile(run.recordFile())) {
          runs.add(run);
        }
      }
    }
    runs.sort(Comparator.comparing(RunFolder::run));
    return runs;
  }

  /**
   * What can be read, and what cannot.
   *
   * @param records in a fixed order: experiment, dataset, model, params, backend, seed, run
   * @param damaged one line for each record that cannot be read
   */
  public record Snapshot(List<RunRecord> records, List<String> damaged) {}

  /** All records. */
  public Snapshot read() throws IOException {
    List<RunRecord> records = new ArrayList<>();
    List<String> damaged = new ArrayList<>();
    for (RunFolder run : runs()) {
      try {
        Optional<RunRecord> record = run.read();
        record.ifPresent(records::add);
      } catch (DamagedFileException e) {
        damaged.add(String.valueOf(e.getMessage()));
      }
    }
    records.sort(
        Comparator.comparing(RunRecord::experiment)
            .thenComparing(r -> r.subject().dataset())
            .thenComparing(r -> r.subject().model())
            .thenComparing(r -> r.subject().params())
            .thenComparing(r -> r.subject().backend())
            .thenComparing(r -> r.subject().precision())
            .thenComparing(r -> r.subject().trainSeed())
            .thenComparing(RunRecord::run));
    return new Snapshot(List.copyOf(records), List.copyOf(damaged));
  }

  /**
   * States which runs an experiment consists of now. Runs of it that are not among them stay on the
   * disk, but are left out of the tables.
   *
   * @param experiment display name
   */
  public void state(String experiment, List<String> runs) throws IOException {
    AtomicFiles.createFolders(path.resolve(EXPERIMENTS));
    AtomicFiles.write(
        statement(experiment),
        Json.PRETTY.writeValueAsBytes(new Statement(experiment, List.copyOf(runs))));
  }

  /** Writes {@code results.csv} and {@code leaderboard.csv} anew from the runs. */
  public Snapshot index() throws IOException {
    AtomicFiles.createFolders(path);
    synchronized (INDEXING) {
      try (FileChannel channel =
              FileChannel.open(
                  path.resolve(".index.lock"),
                  StandardOpenOption.CREATE,
                  StandardOpenOption.WRITE);
          FileLock lock = channel.lock()) {
        Snapshot all = read();
        List<RunRecord> ended =
            current(all.records()).stream()
                .filter(record -> record.status() != RunStatus.RUNNING)
                .toList();
        Results.write(results(), ended);
        Leaderboard.write(leaderboard(), ended);
        return all;
      }
    }
  }

  /** Those that belong to their experiment as it was stated last. */
  public List<RunRecord> current(List<RunRecord> records) throws IOException {
    Map<String, Optional<Set<String>>> stated = new HashMap<>();
    List<RunRecord> current = new ArrayList<>();
    for (RunRecord record : records) {
      if (!stated.containsKey(record.experiment())) {
        stated.put(record.experiment(), stated(record.experiment()));
      }
      if (stated.get(record.experiment()).map(runs -> runs.contains(record.run())).orElse(true)) {
        current.add(record);
      }
    }
    return current;
  }

  private Optional<Set<String>> stated(String experiment) throws IOException {
    Path file = statement(experiment);
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    try {
      Statement statement = Json.STRICT.readValue(Files.readAllBytes(file), Statement.class);
      return Optional.of(Set.copyOf(statement.runs()));
    } catch (JacksonException | NullPointerException e) {
      throw new DamagedFileException(file, String.valueOf(e.getMessage()));
    }
  }

  /** Names are free text, so the file's name holds a hash beside what is readable of it. */
  private Path statement(String experiment) {
    String readable = experiment.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
    String name = readable.substring(0, Math.min(40, readable.length()));
    return path.resolve(EXPERIMENTS)
        .resolve(name + "-" + Digests.ofText(experiment).substring(0, 8) + ".json");
  }

  private record Statement(String experiment, List<String> runs) {}
}
