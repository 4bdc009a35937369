package dev.assay.cli;

import dev.assay.runner.execute.PairedTest;
import dev.assay.runner.execute.RunComparison;
import dev.assay.store.MetricRow;
import dev.assay.store.RunRecord;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code assay compare}: two runs against each other. */
@Command(
    name = "compare",
    description = "Compare two runs, paired over test items where both scored the same ones.")
final class CompareCommand implements Callable<Integer> {
  private final PrintStream out;

  @Parameters(index = "0", paramLabel = "A", description = "A run, as show takes it.")
  private String first;

  @Parameters(index = "1", paramLabel = "B", description = "Another run.")
  private String second;

  @Option(names = "--metric", paramLabel = "M", description = "Only this metric.")
  private @Nullable String metric;

  @Option(
      names = "--results",
      paramLabel = "DIR",
      defaultValue = "results/runs",
      description = "Where runs are (default: ${DEFAULT-VALUE}).")
  private Path results;

  CompareCommand(PrintStream out) {
    this.out = out;
  }

  @Override
  public Integer call() throws IOException {
    RunFinder finder = new RunFinder(results);
    RunFinder.Found a = finder.find(first);
    RunFinder.Found b = finder.find(second);
    List<RunComparison.Line> lines =
        RunComparison.of(a.folder(), a.record(), b.folder(), b.record()).stream()
            .filter(line -> metric == null || line.first().metric().equals(metric))
            .toList();
    out.println("A  " + name(a.record()));
    out.println("B  " + name(b.record()));
    if (lines.isEmpty()) {
      throw nothing(a.record(), b.record());
    }
    TextTable table =
        new TextTable(
            2, List.of("metric", "kind", "A", "B", "A − B", "95 % interval", "p", "better"));
    for (RunComparison.Line line : lines) {
      table.add(row(line));
    }
    out.println();
    table.lines().forEach(out::println);
    out.println(
        "With p: paired over test items, interval by bootstrap, p by 10,000 sign flips; a tie above"
            + " .05. Without: a tie where intervals overlap.");
    return 0;
  }

  private static List<String> row(RunComparison.Line line) {
    MetricRow a = line.first();
    MetricRow b = line.second();
    String sampler = a.sampler().isEmpty() ? "" : " " + a.sampler();
    String interval =
        line.pairs().map(p -> Show.number(p.low()) + " … " + Show.number(p.high())).orElse("");
    String p = line.pairs().map(CompareCommand::probability).orElse("");
    String better =
        a.direction().equals("none") ? "" : line.isTie() ? "tie" : line.isFirstBetter() ? "A" : "B";
    return List.of(
        a.metric() + sampler,
        a.kind(),
        Show.number(a.value()),
        Show.number(b.value()),
        Show.number(a.value() - b.value()),
        interval,
        p,
        better);
  }

  private static String probability(PairedTest test) {
    return test.p() < 0.001 ? "<.001" : String.format(Locale.ROOT, "%.3f", test.p());
  }

  private UsageException nothing(RunRecord a, RunRecord b) {
    String known =
        Stream.of(a, b)
            .flatMap(record -> record.metrics().stream())
            .map(row -> row.metric() + " (" + row.kind() + ")")
            .collect(Collectors.toCollection(TreeSet::new))
            .stream()
            .collect(Collectors.joining(", "));
    return new UsageException(
        "the two have no "
            + (metric == null ? "number" : "'" + metric + "'")
            + " of the same kind, unit and signature",
        List.of("there are: " + known));
  }

  private static String name(RunRecord record) {
    RunRecord.Subject subject = record.subject();
    return record.run()
        + "  "
        + (subject.model() + " " + subject.params()).strip()
        + " on "
        + subject.dataset()
        + ", "
        + subject.backend()
        + ", seed "
        + subject.trainSeed();
  }
}
