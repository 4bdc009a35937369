package dev.assay.cli;

import dev.assay.runner.execute.PairedTest;
import dev.assay.runner.execute.RunComparison;
import dev.assay.runner.execute.SeedComparison;
import dev.assay.runner.execute.SeedTest;
import dev.assay.runner.execute.SeedsThenItems;
import dev.assay.store.ComparabilityKey;
import dev.assay.store.MetricRow;
import dev.assay.store.RunRecord;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code assay compare}: two runs against each other, or a field of them. */
@Command(
    name = "compare",
    description = {
      "Compare runs. Two: paired over test items where both scored the same ones;",
      "and their models over seeds, paired, where both were trained with the same ones.",
      "Three or more, or whole folders of results: interquartile means, probabilities of improvement"
          + " and profiles over all seeds and datasets, and where their variance comes from."
    })
final class CompareCommand implements Callable<Integer> {
  private static final List<String> HEADER =
      List.of("metric", "kind", "A", "B", "A − B", "95 % interval", "p", "better");

  private final PrintStream out;

  @Parameters(
      arity = "1..*",
      paramLabel = "RUN",
      description = {
        "Runs, as show takes them, or models with several seeds, or folders of results. Two are set"
            + " against each other; more, or a folder, as a field."
      })
  private List<String> words = List.of();

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
    if (words.size() != 2 || words.stream().anyMatch(FieldReport::isStore)) {
      FieldReport.of(words, finder, metric).forEach(out::println);
      return Exit.GOOD;
    }
    RunFinder.Found a = finder.findAnySeed(words.getFirst());
    RunFinder.Found b = finder.findAnySeed(words.getLast());
    List<RunComparison.Line> lines =
        RunComparison.of(a.folder(), a.record(), b.folder(), b.record()).stream()
            .filter(line -> isAsked(line.first()))
            .toList();
    out.println("A  " + name(a.record()));
    out.println("B  " + name(b.record()));
    if (lines.isEmpty()) {
      throw nothing(a.record(), b.record());
    }
    TextTable table = new TextTable(2, HEADER);
    lines.forEach(line -> table.add(row(line)));
    out.println();
    table.lines().forEach(out::println);
    misfits(a.record(), b.record()).forEach(out::println);
    out.println(
        "With p: paired over test items, interval by bootstrap, p by 10,000 sign flips; a tie above"
            + " .05. Without: a tie where intervals overlap.");
    seeds(a, b);
    return Exit.GOOD;
  }

  /** The same over the seeds of both, where there are at least two. */
  private void seeds(RunFinder.Found a, RunFinder.Found b) throws IOException {
    List<RunRecord> first = SeedComparison.seeds(a.record(), a.store().read().records());
    List<RunRecord> second = SeedComparison.seeds(b.record(), b.store().read().records());
    List<SeedComparison.Line> lines =
        first.equals(second)
            ? List.of()
            : SeedComparison.of(first, second).stream()
                .filter(line -> isAsked(line.first()))
                .toList();
    if (lines.isEmpty()) {
      return;
    }
    TextTable table = new TextTable(2, HEADER);
    lines.forEach(line -> table.add(row(line)));
    out.println();
    out.println("means over seeds, paired (" + lines.getFirst().test().n() + " seeds)");
    table.lines().forEach(out::println);
    out.println(
        "Interval by Student's t, which decides; p by all sign flips, of n seeds never below"
            + " 2 / 2ⁿ.");
    seedsThenItems(a, first, b, second, lines);
  }

  /** For likelihoods whose scores of items are kept. */
  private void seedsThenItems(
      RunFinder.Found a,
      List<RunRecord> first,
      RunFinder.Found b,
      List<RunRecord> second,
      List<SeedComparison.Line> lines)
      throws IOException {
    TextTable table = new TextTable(2, List.of("metric", "kind", "A", "B", "A − B"));
    boolean any = false;
    for (SeedComparison.Line line : lines) {
      Optional<SeedsThenItems> found = SeedsThenItems.of(line, a.store(), first, b.store(), second);
      if (found.isPresent()) {
        any = true;
        table.add(
            List.of(
                line.first().metric(),
                line.first().kind(),
                interval(found.get().first().low(), found.get().first().high()),
                interval(found.get().second().low(), found.get().second().high()),
                interval(found.get().difference().low(), found.get().difference().high())));
      }
    }
    if (any) {
      out.println();
      out.println(
          "95 % intervals over seeds and test items together (bootstrap: seeds, then items)");
      table.lines().forEach(out::println);
    }
  }

  /** Such as {@code nll does not compare: kind exact ≠ lower_bound}. */
  private List<String> misfits(RunRecord a, RunRecord b) {
    return RunComparison.misfits(a, b).stream()
        .filter(misfit -> isAsked(misfit.first()))
        .map(misfit ->
            misfit.first().metric()
                + " does not compare: "
                + misfit.reasons().stream()
                    .map(ComparabilityKey.Difference::toString)
                    .collect(Collectors.joining(", ")))
        .toList();
  }

  private boolean isAsked(MetricRow row) {
    return metric == null || row.metric().equals(metric);
  }

  private static List<String> row(RunComparison.Line line) {
    Optional<PairedTest> pairs = line.pairs();
    return row(
        line.first(),
        line.second(),
        line.first().value(),
        line.second().value(),
        pairs.map(p -> interval(p.low(), p.high())).orElse(""),
        pairs.map(p -> probability(p.p())).orElse(""),
        line.isTie() ? "tie" : line.isFirstBetter() ? "A" : "B");
  }

  private static List<String> row(SeedComparison.Line line) {
    SeedTest test = line.test();
    return row(
        line.first(),
        line.second(),
        line.firstMean(),
        line.secondMean(),
        interval(test.low(), test.high()),
        probability(test.p()),
        test.isTie() ? "tie" : line.isFirstBetter() ? "A" : "B");
  }

  private static List<String> row(
      MetricRow a,
      MetricRow b,
      double first,
      double second,
      String interval,
      String p,
      String better) {
    boolean sameSampler = a.sampler().equals(b.sampler());
    String samplers = sameSampler ? a.sampler() : a.sampler() + " / " + b.sampler();
    return List.of(
        (a.metric() + " " + samplers).strip(),
        a.kind(),
        Show.number(first),
        Show.number(second),
        Show.number(first - second),
        interval,
        p,
        a.direction().equals("none") ? "" : better);
  }

  private static String interval(double low, double high) {
    return Show.number(low) + " … " + Show.number(high);
  }

  private static String probability(double p) {
    return p < 0.001 ? "<.001" : String.format(Locale.ROOT, "%.3f", p);
  }

  private UsageException nothing(RunRecord a, RunRecord b) {
    String known =
        Stream.of(a, b)
            .flatMap(record -> record.metrics().stream())
            .map(row -> row.metric() + " (" + row.kind() + ")")
            .collect(Collectors.toCollection(TreeSet::new))
            .stream()
            .collect(Collectors.joining(", "));
    List<String> details = new ArrayList<>(misfits(a, b));
    details.add("there are: " + known);
    return new UsageException(
        "the two have no " + (metric == null ? "number" : "'" + metric + "'") + " that compares",
        details);
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
