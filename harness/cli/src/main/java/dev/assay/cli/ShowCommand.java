package dev.assay.cli;

import dev.assay.runner.execute.Curves;
import dev.assay.runner.execute.Curves.Point;
import dev.assay.store.Flag;
import dev.assay.store.MetricRow;
import dev.assay.store.RunFolder;
import dev.assay.store.RunRecord;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code assay show}: everything about one run. */
@Command(
    name = "show",
    description =
        "Show one run: configuration, environment, metrics, curves, where its samples are.")
final class ShowCommand implements Callable<Integer> {
  private static final int CURVE_WIDTH = 60;
  private static final int CURVE_HEIGHT = 8;

  private final PrintStream out;

  @Parameters(
      paramLabel = "RUN",
      description =
          "Beginning of a run's id, path of its folder, or a model that only one run has.")
  private String run;

  @Option(
      names = "--results",
      paramLabel = "DIR",
      defaultValue = "results/runs",
      description = "Where runs are (default: ${DEFAULT-VALUE}).")
  private Path results;

  ShowCommand(PrintStream out) {
    this.out = out;
  }

  @Override
  public Integer call() throws IOException {
    RunFinder.Found found = new RunFinder(results).find(run);
    head(found.record());
    metrics(found.record().metrics());
    curves(found.folder());
    map("configuration", found.record().config());
    map("environment", found.record().provenance());
    map("hashes", found.record().hashes());
    files(found.folder());
    return 0;
  }

  private void head(RunRecord record) {
    RunRecord.Subject subject = record.subject();
    out.println(
        record.run()
            + "  "
            + record.status()
            + (record.reason().isEmpty() ? "" : ": ")
            + record.reason());
    out.println(
        (subject.model() + " " + subject.params()).strip()
            + " ("
            + subject.family()
            + ") on "
            + subject.dataset()
            + ", "
            + subject.backend()
            + " "
            + subject.precision()
            + ", seed "
            + subject.trainSeed()
            + ", experiment "
            + record.experiment());
    RunRecord.Progress progress = record.progress();
    out.println(
        progress.steps()
            + " updates, "
            + progress.examples()
            + " examples, "
            + Show.seconds(progress.seconds())
            + " of training"
            + (progress.resumed() > 0 ? ", resumed " + progress.resumed() + " times" : ""));
    for (Flag flag : record.flags()) {
      String sampler = flag.sampler().isEmpty() ? "" : " of sampler " + flag.sampler();
      out.println("samples" + sampler + " are unranked: " + flag.reason());
    }
  }

  private void metrics(List<MetricRow> rows) {
    if (rows.isEmpty()) {
      return;
    }
    TextTable table =
        new TextTable(
            3, List.of("metric", "kind", "sampler", "value", "95 % interval", "n", "unit"));
    for (MetricRow row : rows) {
      String interval =
          row.low() == null || row.high() == null
              ? ""
              : Show.number(row.low()) + " … " + Show.number(row.high());
      table.add(
          List.of(
              row.metric(),
              row.kind(),
              row.sampler(),
              Show.number(row.value()),
              interval,
              String.valueOf(row.n()),
              row.unit()));
    }
    out.println();
    table.lines().forEach(out::println);
  }

  private void curves(RunFolder folder) throws IOException {
    Map<String, List<Point>> byName =
        Curves.read(folder.curves()).stream()
            .collect(
                Collectors.groupingBy(Point::name, java.util.TreeMap::new, Collectors.toList()));
    byName.forEach((name, points) -> {
      List<String> plot = Sparkline.plot(points, CURVE_WIDTH, CURVE_HEIGHT);
      if (!plot.isEmpty()) {
        out.println();
        out.println(name);
        plot.forEach(out::println);
      }
    });
  }

  private void map(String title, Map<String, ?> values) {
    if (values.isEmpty()) {
      return;
    }
    out.println();
    out.println(title);
    print("  ", values);
  }

  private void print(String indent, Map<String, ?> values) {
    values.forEach((key, value) -> {
      if (value instanceof Map<?, ?> inner && !inner.isEmpty()) {
        out.println(indent + key + ":");
        Map<String, Object> named = new java.util.LinkedHashMap<>();
        inner.forEach((k, v) -> named.put(String.valueOf(k), v));
        print(indent + "  ", named);
      } else {
        out.println(indent + key + ": " + value);
      }
    });
  }

  private void files(RunFolder folder) throws IOException {
    List<Path> files = new ArrayList<>();
    for (Path inside : List.of(folder.samples(), folder.checkpoints(), folder.path())) {
      if (Files.isDirectory(inside)) {
        try (DirectoryStream<Path> found =
            Files.newDirectoryStream(
                inside,
                f -> Files.isRegularFile(f) && !f.getFileName().toString().startsWith("."))) {
          found.forEach(files::add);
        }
      }
    }
    out.println();
    out.println("files in " + folder.path());
    files.stream().sorted().forEach(file -> out.println("  " + folder.path().relativize(file)));
  }
}
