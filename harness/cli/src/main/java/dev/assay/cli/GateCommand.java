package dev.assay.cli;

import dev.assay.runner.experiment.Experiment;
import dev.assay.runner.experiment.GateSettings;
import dev.assay.runner.experiment.GateSettings.Margin;
import dev.assay.runner.experiment.Registry;
import dev.assay.runner.gate.Calibration;
import dev.assay.runner.gate.Gate;
import dev.assay.runner.gate.GateReport;
import dev.assay.runner.gate.GateRules;
import dev.assay.runner.gate.TurnTaking;
import dev.assay.runner.yaml.Suggestion;
import dev.assay.store.ResultRow;
import dev.assay.store.ResultTable;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code assay gate}: whether results have become worse. */
@Command(
    name = "gate",
    description = {
      "Compare results with a baseline: is any number worse, by more than its margin and beyond"
          + " chance?",
      "Exit codes: 0 no number is, 1 REGRESSED, 3 INCONCLUSIVE (more repeats are needed, or a"
          + " number is missing), 2 bad usage or a bad file."
    })
final class GateCommand implements Callable<Integer> {
  private static final int SPLITS = 1000;
  private static final double PERCENT = 100;

  private final PrintStream out;

  @Parameters(
      arity = "0..1",
      paramLabel = "FILE",
      description = "An experiment whose key gate has a baseline and margins.")
  private @Nullable Path file;

  @Option(
      names = "--baseline",
      paramLabel = "CSV",
      description = "What to compare with: a results file or folder, or JSON of JMH.")
  private @Nullable Path baseline;

  @Option(
      names = "--candidate",
      paramLabel = "DIR",
      description = {
        "What to judge: a results folder or file, or JSON of JMH (default: where run puts the"
            + " results of FILE)."
      })
  private @Nullable Path candidate;

  @Option(
      names = "--margin",
      paramLabel = "M=MARGIN",
      description = {
        "Tolerated worsening of a metric, such as fid=5%% or nll=0.02; may be repeated. Without a"
            + " metric, of all quality metrics that have none (default: 5%%). Times and memory are"
            + " gated only if they are named."
      })
  private List<String> margins = List.of();

  @Option(
      names = "--metric",
      paramLabel = "M",
      description = "Gate only this metric; may be repeated.")
  private List<String> metrics = List.of();

  @Option(
      names = "--level",
      paramLabel = "P",
      defaultValue = "0.05",
      description = "Two-sided level of significance, over all metrics (default: 0.05).")
  private double level;

  @Option(
      names = "--exact",
      description = "Demand equal bits too: the same weights, samples and scores.")
  private boolean exact;

  @Option(
      names = "--calibrate",
      description = {
        "Split the candidate's own repeats at random and count false alarms; print the margins that"
            + " its noise allows. Needs ten repeats or more, and no baseline."
      })
  private boolean calibrate;

  @Option(
      names = "--save",
      paramLabel = "CSV",
      description = "Write the candidate as a baseline for later; without --baseline, only that.")
  private @Nullable Path save;

  @Mixin private AbOptions ab;

  @Mixin private GateOutput output;

  GateCommand(PrintStream out) {
    this.out = out;
  }

  @Override
  public Integer call() throws IOException {
    if (!(level > 0 && level < 1)) {
      throw new UsageException("--level is " + level + ", but must be between 0 and 1", List.of());
    }
    Optional<Experiment> experiment =
        file == null
            ? Optional.empty()
            : Optional.of(ExperimentArgument.read(file, List.of(), Registry.load()).experiment());
    Tolerance tolerance = tolerance(experiment);
    if (ab.isAsked()) {
      return takeTurns(tolerance);
    }
    if (calibrate) {
      alone("--calibrate", Map.of("--baseline", baseline != null, "--save", save != null));
    }
    Path candidatePath = candidatePath(experiment);
    List<ResultRow> after = GateInput.read("--candidate", candidatePath);
    if (calibrate) {
      return calibrate(after, rules(tolerance, Gate.metrics(after, after)));
    }
    if (save != null) {
      GateOutput.createFolderOf(save);
      ResultTable.write(save, after);
      out.println("baseline of " + after.size() + " rows in " + save);
    }
    Optional<Path> baselinePath = baselinePath(experiment);
    if (baselinePath.isEmpty()) {
      return Exit.GOOD;
    }
    List<ResultRow> before = GateInput.read("--baseline", baselinePath.get());
    GateReport report = Gate.compare(before, after, rules(tolerance, Gate.metrics(before, after)));
    if (report.findings().isEmpty()) {
      throw new UsageException(
          "nothing in " + baselinePath.get() + " can be gated", report.ungated());
    }
    return output.show(report, out);
  }

  private int takeTurns(Tolerance tolerance) throws IOException {
    if (file == null) {
      throw new UsageException(
          "--ab needs an experiment to run", List.of("assay gate FILE --ab BASE HEAD"));
    }
    alone(
        "--ab",
        Map.of(
            "--baseline", baseline != null,
            "--candidate", candidate != null,
            "--save", save != null,
            "--calibrate", calibrate,
            "--metric", !metrics.isEmpty()));
    AbOptions.Sides sides = ab.run(file, rows -> rules(tolerance, Gate.metrics(rows, rows)));
    Set<String> known = Gate.metrics(sides.rows(), sides.rows());
    GateReport report = TurnTaking.compare(sides.base(), sides.head(), rules(tolerance, known));
    return output.show(report, out);
  }

  /**
   * @param others options, and whether they are given
   */
  private static void alone(String option, Map<String, Boolean> others) {
    others.entrySet().stream()
        .filter(Map.Entry::getValue)
        .map(Map.Entry::getKey)
        .min(String::compareTo)
        .ifPresent(other -> {
          throw new UsageException(option + " and " + other + " exclude each other", List.of());
        });
  }

  private Path candidatePath(Optional<Experiment> experiment) {
    if (candidate != null) {
      return candidate;
    }
    return experiment
        .map(found -> ResultsFolder.of(Optional.empty(), found.name()))
        .orElseThrow(() ->
            new UsageException(
                "--candidate is missing",
                List.of("assay gate --baseline results.csv --candidate DIR")));
  }

  private Optional<Path> baselinePath(Optional<Experiment> experiment) {
    Optional<Path> path =
        Optional.ofNullable(baseline)
            .or(() -> experiment.flatMap(Experiment::gate).map(GateSettings::baseline));
    if (path.isEmpty() && save == null) {
      throw new UsageException(
          file == null
              ? "--baseline is missing"
              : file + " has no key gate, and --baseline is missing",
          List.of("assay gate --baseline results.csv --candidate DIR"));
    }
    return path;
  }

  /** The margins of the experiment and of the command line, of metrics that may not exist. */
  private record Tolerance(Map<String, Margin> named, Margin standard) {}

  private Tolerance tolerance(Optional<Experiment> experiment) {
    Map<String, Margin> named = new LinkedHashMap<>();
    experiment.flatMap(Experiment::gate).ifPresent(gate -> named.putAll(gate.margins()));
    Margin standard = GateRules.STANDARD;
    for (String word : margins) {
      int equals = word.indexOf('=');
      Margin margin =
          Margin.parse(word.substring(equals + 1))
              .orElseThrow(() ->
                  new UsageException("--margin " + word + " is no margin", List.of(Margin.HELP)));
      if (equals < 0) {
        standard = margin;
      } else {
        named.put(word.substring(0, equals), margin);
      }
    }
    return new Tolerance(named, standard);
  }

  private GateRules rules(Tolerance tolerance, Set<String> known) {
    tolerance.named().keySet().forEach(metric -> known("a margin", metric, known));
    metrics.forEach(metric -> known("--metric", metric, known));
    return new GateRules(
        tolerance.named(), tolerance.standard(), Set.copyOf(metrics), level, exact);
  }

  private static void known(String what, String metric, Set<String> known) {
    if (!known.contains(metric)) {
      List<String> help = new ArrayList<>();
      Suggestion.of(metric, known).ifPresent(meant -> help.add("did you mean " + meant + "?"));
      help.add("there are: " + String.join(", ", known));
      throw new UsageException(
          what + " is given for '" + metric + "', which neither side has", help);
    }
  }

  private int calibrate(List<ResultRow> rows, GateRules rules) {
    Calibration.Result result = Calibration.of(rows, rules, SPLITS);
    if (result.margins().isEmpty()) {
      throw new UsageException(
          "no gated number has " + Calibration.LEAST + " repeats",
          List.of("repeat with more seeds"));
    }
    out.printf(
        Locale.ROOT,
        "%d of %d splits raised a false alarm: %.1f %%%n",
        result.alarms(),
        result.trials(),
        PERCENT * result.rate());
    TextTable table = new TextTable(1, List.of("metric", "margin that noise allows"));
    result
        .margins()
        .forEach((metric, margin) ->
            table.add(
                List.of(
                    metric,
                    margin.ratio()
                        ? String.format(Locale.ROOT, "%.2f%%", PERCENT * margin.value())
                        : Show.number(margin.value()))));
    table.lines().forEach(out::println);
    if (!result.left().isEmpty()) {
      out.println("too few repeats: " + String.join(", ", result.left()));
    }
    return Exit.GOOD;
  }
}
