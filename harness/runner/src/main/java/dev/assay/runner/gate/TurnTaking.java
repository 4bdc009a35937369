package dev.assay.runner.gate;

import dev.assay.runner.execute.Pace;
import dev.assay.runner.experiment.GateSettings.Margin;
import dev.assay.runner.gate.Finding.Entrant;
import dev.assay.runner.gate.Side.Quantity;
import dev.assay.statistics.Bootstrap;
import dev.assay.statistics.Descriptive;
import dev.assay.statistics.Estimate;
import dev.assay.store.ResultRow;
import dev.assay.store.RunRecord;
import dev.assay.store.RunStatus;
import dev.assay.tensor.RandomStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Compares two builds of the program that ran the same experiment in turns, each time in a fresh
 * process: the throughput of training in the steady state, and what does not depend on the clock.
 * Quality is left to {@link Gate}, since processes with equal seeds are no repeats of it.
 */
public final class TurnTaking {
  /** The metric of throughput. */
  public static final String THROUGHPUT = "train.steady_examples_per_second";

  /** Of throughput, unless told otherwise. */
  public static final Margin MARGIN = new Margin(0.03, true);

  /** Pairs of steady processes without which there is no verdict. */
  static final int LEAST = 3;

  private static final Quantity QUANTITY =
      new Quantity(THROUGHPUT, "measured", "higher", "1/s", "");

  private final List<Process> base;
  private final List<Process> head;
  private final Map<Entrant, List<Pace[]>> pairs = new LinkedHashMap<>();

  private TurnTaking(List<Process> base, List<Process> head) {
    this.base = base;
    this.head = head;
  }

  /**
   * What one process left.
   *
   * @param rows of its results
   * @param paces of its trainings; none of those too short for one
   */
  public record Process(List<ResultRow> rows, Map<RunRecord.Subject, Pace> paces) {}

  /**
   * Compares processes that ran one after the other: base, head, head, base, …
   *
   * @param head as many as {@code base}
   * @param rules those of {@code rules.only()} play no part: what is compared is named by margins
   * @throws GateException if all trainings ended well, and none of them has a throughput
   */
  public static GateReport compare(List<Process> base, List<Process> head, GateRules rules) {
    TurnTaking turns = new TurnTaking(base, head);
    turns.pair();
    if (turns.pairs.isEmpty() && turns.unfinished().isEmpty()) {
      throw new GateException(
          "no training has enough updates to time it: at least 20 are needed, and a thousand are"
              + " better");
    }
    return turns.report(rules);
  }

  private void pair() {
    for (int k = 0; k < base.size(); k++) {
      Map<List<Object>, Pace> partners = new HashMap<>();
      head.get(k).paces().forEach((subject, pace) -> partners.put(key(subject), pace));
      base.get(k)
          .paces()
          .forEach((subject, pace) -> {
            Pace partner = partners.get(key(subject));
            if (partner != null) {
              pairs
                  .computeIfAbsent(entrant(subject), e -> new ArrayList<>())
                  .add(new Pace[] {pace, partner});
            }
          });
    }
  }

  private static List<Object> key(RunRecord.Subject subject) {
    return List.of(entrant(subject), subject.trainSeed());
  }

  private static Entrant entrant(RunRecord.Subject s) {
    return new Entrant(
        "", s.dataset(), s.split(), s.model(), s.params(), s.backend(), s.precision());
  }

  private GateReport report(GateRules rules) {
    Map<String, Margin> margins = new LinkedHashMap<>(rules.margins());
    margins.putIfAbsent(THROUGHPUT, MARGIN);
    TreeSet<String> only = new TreeSet<>(ExactGate.COUNTS);
    only.addAll(margins.keySet());
    GateRules own = new GateRules(margins, rules.standard(), only, rules.level(), rules.hashes());
    List<Finding> unsteady = new ArrayList<>();
    GateReport report =
        Gate.compare(
            rows(base),
            rows(head),
            own,
            drafts ->
                pairs.forEach(
                    (entrant, all) -> throughput(entrant, all, drafts).ifPresent(unsteady::add)));
    unsteady.addAll(report.findings());
    List<String> ungated = new ArrayList<>(report.ungated());
    untimed().forEach(label -> ungated.add(label + ": too few updates to time"));
    return new GateReport(unsteady, ungated, report.fresh());
  }

  /** What did not end well on either side. */
  private Set<Entrant> unfinished() {
    return Stream.of(base, head)
        .flatMap(processes -> rows(processes).stream())
        .filter(row -> row.status() != RunStatus.DONE)
        .map(row -> entrant(row.subject()))
        .collect(Collectors.toSet());
  }

  /** Labels of what ran to its end, but has no throughput. */
  private List<String> untimed() {
    Set<Entrant> unfinished = unfinished();
    return rows(base).stream()
        .filter(row -> row.value().filter(v -> v.metric().equals("parameters")).isPresent())
        .map(row -> entrant(row.subject()))
        .filter(entrant -> !pairs.containsKey(entrant) && !unfinished.contains(entrant))
        .map(Entrant::label)
        .distinct()
        .toList();
  }

  /** Rows without quality, and without throughput, which is compared by its blocks. */
  private static List<ResultRow> rows(List<Process> processes) {
    return processes.stream()
        .flatMap(process -> process.rows().stream())
        .filter(row -> row.value().isEmpty() || row.value().filter(TurnTaking::isPart).isPresent())
        .toList();
  }

  private static boolean isPart(ResultRow.Value value) {
    boolean measured = value.kind().equals(QUANTITY.kind()) && !value.metric().equals(THROUGHPUT);
    return measured || value.isHash() || value.isFact();
  }

  /** Adds a draft; or says why there is none. */
  private static Optional<Finding> throughput(Entrant entrant, List<Pace[]> all, Drafts drafts) {
    List<Pace[]> steady =
        all.stream()
            .filter(pair -> Arrays.stream(pair).allMatch(pace -> pace.state().reached()))
            .toList();
    double before = rate(all, 0);
    double after = rate(all, 1);
    if (steady.size() < LEAST) {
      return Optional.of(
          new Finding(
              entrant,
              THROUGHPUT,
              QUANTITY.kind(),
              QUANTITY.unit(),
              QUANTITY.signature(),
              false,
              Verdict.INCONCLUSIVE,
              before,
              after,
              Optional.empty(),
              steady.size()
                  + " of "
                  + all.size()
                  + " pairs became steady: train longer, on a machine that does nothing else"));
    }
    double[][] first = steady.stream().map(pair -> pair[0].steady()).toArray(double[][]::new);
    double[][] second = steady.stream().map(pair -> pair[1].steady()).toArray(double[][]::new);
    RandomStream random = RandomStream.root(0).child("turns").child(entrant.label());
    Estimate change = Bootstrap.logRatio(first, second, random::nextInt);
    drafts.add(
        entrant,
        QUANTITY,
        rate(steady, 0),
        rate(steady, 1),
        new Evidence(true, change, steady.size(), steady.size() + " pairs of processes"));
    return Optional.empty();
  }

  private static double rate(List<Pace[]> pairs, int side) {
    return Descriptive.mean(
        pairs.stream().mapToDouble(pair -> pair[side].examplesPerSecond()).toArray());
  }
}
