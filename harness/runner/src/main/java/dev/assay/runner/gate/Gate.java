package dev.assay.runner.gate;

import dev.assay.runner.gate.Finding.Entrant;
import dev.assay.runner.gate.Side.Quantity;
import dev.assay.runner.gate.Side.Repeat;
import dev.assay.store.ResultRow;
import dev.assay.store.RunStatus;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Compares a candidate with a baseline, number by number.
 *
 * <p>A number is REGRESSED if it is worse by more than its margin and significantly worse at all;
 * IMPROVED likewise; EQUIVALENT if the interval of the change ends before the margin
 * (non-inferiority by the interval, one of the two one-sided tests of Schuirmann 1987);
 * INCONCLUSIVE otherwise. Significance is Holm's over everything tested, so that many metrics raise
 * no more false alarms than one. Green needs no such correction: all numbers must pass, each at
 * full level.
 */
public final class Gate {
  /** Kind of times, sizes and counts. */
  private static final String MEASURED = "measured";

  private final Side baseline;
  private final Side candidate;
  private final GateRules rules;
  private final List<Finding> findings = new ArrayList<>();
  private final Drafts drafts;
  private final Map<String, Set<String>> ungated = new LinkedHashMap<>();

  private Gate(Side baseline, Side candidate, GateRules rules) {
    this.baseline = baseline;
    this.candidate = candidate;
    this.rules = rules;
    this.drafts = new Drafts(rules);
  }

  /** The metrics that margins may name: those of either side. */
  public static Set<String> metrics(List<ResultRow> baseline, List<ResultRow> candidate) {
    Set<String> metrics = new TreeSet<>(new Side(baseline, false).metrics());
    metrics.addAll(new Side(candidate, false).metrics());
    return metrics;
  }

  /** Compares every entrant of the baseline that has numbers. */
  public static GateReport compare(
      List<ResultRow> baseline, List<ResultRow> candidate, GateRules rules) {
    return compare(baseline, candidate, rules, _ -> {});
  }

  /**
   * @param more adds numbers that are no rows
   */
  static GateReport compare(
      List<ResultRow> baseline, List<ResultRow> candidate, GateRules rules, Consumer<Drafts> more) {
    boolean named = Side.needsNames(baseline) || Side.needsNames(candidate);
    Gate gate = new Gate(new Side(baseline, named), new Side(candidate, named), rules);
    gate.baseline.entrants().forEach(gate::entrant);
    more.accept(gate.drafts);
    gate.findings.addAll(gate.drafts.judge());
    return gate.report();
  }

  private void entrant(Entrant entrant) {
    Map<Long, RunStatus> unfinished = candidate.unfinished(entrant);
    unfinished.keySet().retainAll(baseline.seeds(entrant));
    unfinished.forEach((seed, status) -> findings.add(unfinished(entrant, seed, status)));
    if (!candidate.has(entrant)) {
      if (unfinished.isEmpty() && !baseline.numbers(entrant).isEmpty()) {
        findings.add(run(entrant, Verdict.INCONCLUSIVE, "the candidate has no such run"));
      }
      return;
    }
    if (ExactGate.otherData(baseline.numbers(entrant), candidate.numbers(entrant))) {
      findings.add(run(entrant, Verdict.INCONCLUSIVE, "not comparable: the data are others"));
      return;
    }
    baseline
        .numbers(entrant)
        .forEach((quantity, repeats) -> {
          Optional<String> aside = aside(entrant, quantity);
          if (aside.isPresent()) {
            ungated.computeIfAbsent(aside.get(), reason -> new TreeSet<>()).add(quantity.metric());
          } else {
            number(entrant, quantity, repeats);
          }
        });
  }

  private static Finding unfinished(Entrant entrant, long seed, RunStatus status) {
    return switch (status) {
      case FAILED, DIVERGED, TIMED_OUT ->
          run(
              entrant,
              Verdict.REGRESSED,
              "seed " + seed + " is " + status + ", which counts as the worst");
      case SKIPPED, RUNNING, CANCELLED, DONE ->
          run(entrant, Verdict.INCONCLUSIVE, "seed " + seed + " is " + status);
    };
  }

  private static Finding run(Entrant entrant, Verdict verdict, String reason) {
    return new Finding(
        entrant,
        Finding.RUN,
        "",
        "",
        "",
        true,
        verdict,
        Double.NaN,
        Double.NaN,
        Optional.empty(),
        reason);
  }

  /** Why a number is not gated; empty if it is. */
  private Optional<String> aside(Entrant entrant, Quantity quantity) {
    String metric = quantity.metric();
    boolean exact = ExactGate.applies(quantity);
    if (quantity.isHash()) {
      return rules.hashes()
          ? difference(entrant, ResultRow.BITS)
              .map(machines -> "equal bits are promised on like machines only: " + machines)
          : Optional.of("hashes are compared with --exact");
    }
    if (!rules.only().isEmpty() && !rules.only().contains(metric)) {
      return Optional.of("not asked for");
    }
    if (quantity.direction().equals("none") && !exact) {
      return Optional.of("neither direction is better");
    }
    if (quantity.kind().equals(MEASURED) && !exact && !rules.margins().containsKey(metric)) {
      return Optional.of("measured, so only with a margin and on one machine");
    }
    return Optional.empty();
  }

  /** Which machines both sides come from, if they tell, and differ by this fact. */
  private Optional<String> difference(Entrant entrant, String fact) {
    Set<String> before = baseline.facts(entrant, fact);
    Set<String> after = candidate.facts(entrant, fact);
    return before.isEmpty() || after.isEmpty() || before.equals(after)
        ? Optional.empty()
        : Optional.of(String.join("; ", before) + " ≠ " + String.join("; ", after));
  }

  private void number(Entrant entrant, Quantity quantity, List<Repeat> before) {
    List<Repeat> after = candidate.repeats(entrant, quantity);
    if (after.isEmpty()) {
      findings.add(
          finding(
              entrant, quantity, before, after, Verdict.INCONCLUSIVE, missing(entrant, quantity)));
      return;
    }
    if (quantity.isHash()
        || (ExactGate.applies(quantity) && !rules.margins().containsKey(quantity.metric()))) {
      ExactGate.Result result = ExactGate.compare(quantity, before, after);
      findings.add(finding(entrant, quantity, before, after, result.verdict(), result.reason()));
      return;
    }
    Optional<String> machines = difference(entrant, ResultRow.SPEED);
    if (quantity.kind().equals(MEASURED) && machines.isPresent()) {
      String reason = "not comparable: measured on other machines: " + machines.get();
      findings.add(finding(entrant, quantity, before, after, Verdict.INCONCLUSIVE, reason));
      return;
    }
    if (before.stream().anyMatch(repeat -> !Double.isFinite(repeat.number()))) {
      findings.add(
          finding(
              entrant,
              quantity,
              before,
              after,
              Verdict.INCONCLUSIVE,
              "the baseline's value is no number"));
      return;
    }
    if (after.stream().anyMatch(repeat -> !Double.isFinite(repeat.number()))) {
      findings.add(
          finding(
              entrant,
              quantity,
              before,
              after,
              Verdict.REGRESSED,
              "the candidate's value is no number, which counts as the worst"));
      return;
    }
    test(entrant, quantity, before, after);
  }

  private void test(Entrant entrant, Quantity quantity, List<Repeat> before, List<Repeat> after) {
    boolean lower = !quantity.direction().equals("higher");
    boolean ratio =
        isSpeed(quantity.kind())
            && before.stream().allMatch(repeat -> repeat.number() > 0)
            && after.stream().allMatch(repeat -> repeat.number() > 0);
    Optional<Evidence> evidence = Evidence.of(before, after, ratio, lower);
    if (evidence.isEmpty()) {
      findings.add(
          finding(
              entrant,
              quantity,
              before,
              after,
              Verdict.INCONCLUSIVE,
              "a single repeat and no interval tell nothing of chance: repeat with several seeds"));
      return;
    }
    drafts.add(entrant, quantity, mean(before), mean(after), evidence.get());
  }

  /** Whether numbers of a kind differ each time they are taken, whatever the seeds. */
  static boolean isSpeed(String kind) {
    return kind.equals(MEASURED) || kind.equals(JmhResults.KIND);
  }

  /** Whether the metric is there in another meaning, or not at all. */
  private String missing(Entrant entrant, Quantity wanted) {
    List<Quantity> others =
        candidate.numbers(entrant).keySet().stream()
            .filter(quantity -> quantity.metric().equals(wanted.metric()))
            .toList();
    if (others.isEmpty()) {
      return "the candidate has no " + wanted.metric();
    }
    String what =
        others.stream().allMatch(q -> !q.kind().equals(wanted.kind()))
            ? "kind " + wanted.kind() + ", the candidate's " + kinds(others)
            : "signature " + wanted.signature() + ", the candidate's " + signatures(others);
    return "not comparable: the baseline's " + what;
  }

  private static String kinds(List<Quantity> quantities) {
    return quantities.stream().map(Quantity::kind).distinct().collect(Collectors.joining(" and "));
  }

  private static String signatures(List<Quantity> quantities) {
    return quantities.stream()
        .map(quantity -> quantity.signature() + " in " + quantity.unit())
        .collect(Collectors.joining(" and "));
  }

  private static Finding finding(
      Entrant entrant,
      Quantity quantity,
      List<Repeat> before,
      List<Repeat> after,
      Verdict verdict,
      String reason) {
    return new Finding(
        entrant,
        quantity.metric(),
        quantity.kind(),
        quantity.unit(),
        quantity.signature(),
        ExactGate.applies(quantity),
        verdict,
        mean(before),
        mean(after),
        Optional.empty(),
        reason);
  }

  private static double mean(List<Repeat> repeats) {
    return repeats.stream().mapToDouble(Repeat::number).average().orElse(Double.NaN);
  }

  private GateReport report() {
    List<String> fresh =
        candidate.entrants().stream()
            .filter(entrant -> !baseline.has(entrant))
            .map(Entrant::label)
            .toList();
    List<String> aside = new ArrayList<>();
    ungated.forEach((reason, metrics) -> aside.add(String.join(", ", metrics) + ": " + reason));
    return new GateReport(findings, aside, fresh);
  }
}
