package dev.assay.cli;

import dev.assay.statistics.ChangePoints;
import dev.assay.store.AtomicFiles;
import dev.assay.store.HistoryTable;
import dev.assay.store.HistoryTable.Point;
import dev.assay.store.HistoryTable.Series;
import dev.assay.store.RunRecord;
import dev.assay.store.RunStatus;
import dev.assay.store.RunStore;
import dev.assay.tensor.RandomStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code assay history}: where numbers changed from commit to commit. */
@Command(
    name = "history",
    description = {
      "List every change of level in the history of numbers, for better and for worse, for each"
          + " class of machines; or add the results of a folder to it."
    })
final class HistoryCommand implements Callable<Integer> {
  private static final List<String> HEADER =
      List.of("what", "metric", "commit", "verdict", "before", "after", "change", "p", "machine");
  private static final int LEFT = 4;

  private final PrintStream out;

  @Option(
      names = "--file",
      paramLabel = "CSV",
      defaultValue = "results/history",
      description = "A history, or a folder of them (default: ${DEFAULT-VALUE}).")
  private Path path;

  @Option(
      names = "--add",
      paramLabel = "DIR",
      description = "Add the results of this folder at the end.")
  private @Nullable Path add;

  @Option(names = "--metric", paramLabel = "M", description = "Only this metric.")
  private @Nullable String metric;

  @Option(
      names = "--level",
      paramLabel = "P",
      defaultValue = "" + ChangePoints.LEVEL,
      description = "Level of significance of each change (default: ${DEFAULT-VALUE}).")
  private double level;

  HistoryCommand(PrintStream out) {
    this.out = out;
  }

  @Override
  public Integer call() throws IOException {
    if (!(level > 0 && level < 1)) {
      throw new UsageException("--level is " + level + ", but must be between 0 and 1", List.of());
    }
    if (add != null) {
      add(add);
      return Exit.GOOD;
    }
    Map<Series, List<Point>> asked = asked();
    TextTable table = new TextTable(LEFT, HEADER);
    int changes = 0;
    for (Map.Entry<Series, List<Point>> entry : asked.entrySet()) {
      changes += rows(entry.getKey(), entry.getValue(), table);
    }
    if (changes > 0) {
      table.lines().forEach(out::println);
    }
    out.printf("%d %s in %d series%n", changes, changes == 1 ? "change" : "changes", asked.size());
    long few =
        asked.values().stream().filter(points -> points.size() < ChangePoints.SHORTEST).count();
    if (few > 0) {
      out.printf(
          "too short to tell a change: %d, of fewer than %d rows%n", few, ChangePoints.SHORTEST);
    }
    return Exit.GOOD;
  }

  /** The series of all files, or those of one metric. */
  private Map<Series, List<Point>> asked() throws IOException {
    Map<Series, List<Point>> all = new LinkedHashMap<>();
    for (Path file : files()) {
      HistoryTable.read(file)
          .forEach((series, points) ->
              all.computeIfAbsent(series, s -> new ArrayList<>()).addAll(points));
    }
    if (metric == null) {
      return all;
    }
    Set<String> known = new TreeSet<>();
    all.keySet().forEach(series -> known.add(series.metric()));
    if (!known.contains(metric)) {
      throw new UsageException(
          "--metric: no series of " + path + " is of '" + metric + "'",
          List.of("there are: " + String.join(", ", known)));
    }
    all.keySet().removeIf(series -> !series.metric().equals(metric));
    return all;
  }

  private int rows(Series series, List<Point> points, TextTable table) {
    double[] values = points.stream().mapToDouble(Point::value).toArray();
    RandomStream random = RandomStream.root(0).child("history").child(series.toString());
    List<ChangePoints.Change> changes = ChangePoints.of(values, level, random::nextInt);
    for (ChangePoints.Change change : changes) {
      table.add(
          List.of(
              (series.model() + " " + series.params()).strip() + " on " + series.dataset(),
              series.metric(),
              points.get(change.at()).commit(),
              verdict(series, change),
              Show.number(change.before()),
              Show.number(change.after()),
              part(change),
              String.format(Locale.ROOT, "%.3f", change.p()),
              series.machine()));
    }
    return changes.size();
  }

  /** The change as a part of what was; empty where that is not positive. */
  private static String part(ChangePoints.Change change) {
    return change.before() > 0
        ? String.format(Locale.ROOT, "%+.1f %%", 100 * (change.after() / change.before() - 1))
        : "";
  }

  private static String verdict(Series series, ChangePoints.Change change) {
    boolean more = change.after() > change.before();
    return switch (series.direction()) {
      case "lower" -> more ? "worse" : "better";
      case "higher" -> more ? "better" : "worse";
      default -> more ? "more" : "less";
    };
  }

  private List<Path> files() throws IOException {
    if (!Files.exists(path)) {
      throw new UsageException(
          "there is no " + path, List.of("begin one with: assay history --add DIR"));
    }
    if (!Files.isDirectory(path)) {
      return List.of(path);
    }
    List<Path> files = new ArrayList<>();
    try (DirectoryStream<Path> found = Files.newDirectoryStream(path, "*.csv")) {
      found.forEach(files::add);
    }
    files.sort(null);
    return files;
  }

  private void add(Path folder) throws IOException {
    RunStore store = new RunStore(folder);
    List<RunRecord> done =
        store.current(store.read().records()).stream()
            .filter(record -> record.status() == RunStatus.DONE)
            .toList();
    if (done.isEmpty()) {
      throw new UsageException("--add: " + folder + " holds no finished runs", List.of());
    }
    String name =
        ResultsFolder.of(Optional.empty(), done.getFirst().experiment()).getFileName() + ".csv";
    boolean file = String.valueOf(path.getFileName()).endsWith(".csv");
    Path target = file ? path : path.resolve(name);
    Path parent = target.toAbsolutePath().getParent();
    if (parent != null) {
      AtomicFiles.createFolders(parent);
    }
    int added = HistoryTable.add(target, done);
    out.println(
        added > 0
            ? added + " numbers added to " + target
            : "nothing added to " + target + ": it has these numbers of this commit already");
  }
}
