package dev.assay.cli;

import dev.assay.runner.execute.SeedComparison;
import dev.assay.store.RunFolder;
import dev.assay.store.RunRecord;
import dev.assay.store.RunStore;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Finds the run that a word means: a path to its folder or {@code run.json}, the beginning of its
 * id, or the name of its model where only one run has it, or several that differ by seed alone:
 * then the one with the lowest seed.
 */
final class RunFinder {
  /** Where runs are, unless told otherwise. */
  static final Path DEFAULT = Path.of("results", "runs");

  private static final int SHOWN = 20;

  private final Path folder;

  /**
   * @param folder a store, or a folder of stores
   */
  RunFinder(Path folder) {
    this.folder = folder;
  }

  /** A run and what is known of it. */
  record Found(RunStore store, RunFolder folder, RunRecord record) {}

  /**
   * @throws UsageException if no run or more than one is meant
   */
  Found find(String word) throws IOException {
    return find(word, false);
  }

  /**
   * As {@link #find}; of runs that differ by seed alone the one with the lowest seed.
   *
   * @throws UsageException if no run is meant, or several that differ by more
   */
  Found findAnySeed(String word) throws IOException {
    return find(word, true);
  }

  private Found find(String word, boolean anySeed) throws IOException {
    Optional<Found> direct = path(word);
    if (direct.isPresent()) {
      return direct.get();
    }
    List<Found> all = all();
    List<Found> byId = all.stream().filter(f -> f.record().run().startsWith(word)).toList();
    if (byId.size() == 1) {
      return byId.getFirst();
    }
    List<Found> byModel =
        all.stream().filter(f -> f.record().subject().model().equals(word)).toList();
    if (byId.isEmpty() && (byModel.size() == 1 || (anySeed && differBySeedAlone(byModel)))) {
      return byModel.stream().min(Comparator.comparingLong(RunFinder::seed)).orElseThrow();
    }
    List<Found> several = byId.isEmpty() ? byModel : byId;
    if (several.isEmpty()) {
      throw new UsageException(
          "no run '" + word + "' in " + folder.toAbsolutePath().normalize(),
          all.isEmpty()
              ? List.of("there are no runs there; name another folder with --results")
              : list(all));
    }
    throw new UsageException(several.size() + " runs are meant by '" + word + "'", list(several));
  }

  private static boolean differBySeedAlone(List<Found> several) {
    List<RunRecord> records = several.stream().map(Found::record).toList();
    return !records.isEmpty()
        && SeedComparison.seeds(records.getFirst(), records).size() == several.size();
  }

  private static long seed(Found found) {
    return found.record().subject().trainSeed();
  }

  /** All runs, by store and id. */
  List<Found> all() throws IOException {
    List<Found> all = new ArrayList<>();
    for (RunStore store : stores()) {
      for (RunFolder run : store.runs()) {
        run.read().ifPresent(record -> all.add(new Found(store, run, record)));
      }
    }
    return all;
  }

  private List<RunStore> stores() throws IOException {
    if (Files.isDirectory(folder.resolve("runs"))) {
      return List.of(new RunStore(folder));
    }
    List<RunStore> stores = new ArrayList<>();
    if (Files.isDirectory(folder)) {
      try (DirectoryStream<Path> inside =
          Files.newDirectoryStream(folder, path -> Files.isDirectory(path.resolve("runs")))) {
        inside.forEach(path -> stores.add(new RunStore(path)));
      }
    }
    stores.sort(Comparator.comparing(store -> store.path().toString()));
    return stores;
  }

  private static Optional<Found> path(String word) throws IOException {
    Path path;
    try {
      path = Path.of(word).toAbsolutePath().normalize();
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
    Path run = Files.isRegularFile(path) ? path.getParent() : path;
    if (run == null
        || run.getParent() == null
        || run.getParent().getParent() == null
        || !Files.isRegularFile(run.resolve("run.json"))) {
      return Optional.empty();
    }
    RunFolder folder = new RunFolder(run);
    RunStore store = new RunStore(run.getParent().getParent());
    return folder.read().map(record -> new Found(store, folder, record));
  }

  private static List<String> list(List<Found> runs) {
    List<String> lines = new ArrayList<>();
    for (Found found : runs.subList(0, Math.min(SHOWN, runs.size()))) {
      RunRecord record = found.record();
      lines.add(
          record.run()
              + "  "
              + (record.subject().model() + " " + record.subject().params()).strip()
              + " on "
              + record.subject().dataset()
              + ", "
              + record.subject().backend()
              + ", seed "
              + record.subject().trainSeed());
    }
    if (runs.size() > SHOWN) {
      lines.add("and " + (runs.size() - SHOWN) + " more");
    }
    return lines;
  }
}
