package dev.assay.runner.gate;

import dev.assay.runner.experiment.GateSettings.Margin;
import dev.assay.runner.gate.Finding.Entrant;
import dev.assay.runner.gate.Side.Quantity;
import dev.assay.statistics.Holm;
import dev.assay.statistics.Interval;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** Numbers whose verdicts wait for the correction over all of them. */
final class Drafts {
  private final GateRules rules;
  private final List<Draft> drafts = new ArrayList<>();

  Drafts(GateRules rules) {
    this.rules = rules;
  }

  /**
   * @param before mean of the baseline
   * @param after mean of the candidate
   */
  private record Draft(
      Entrant entrant, Quantity quantity, double before, double after, Evidence evidence) {}

  void add(Entrant entrant, Quantity quantity, double before, double after, Evidence evidence) {
    drafts.add(new Draft(entrant, quantity, before, after, evidence));
  }

  /** The verdicts on all that were added. */
  List<Finding> judge() {
    double[] worse = adjusted(draft -> draft.evidence().change().pOfNotAbove());
    double[] better = adjusted(draft -> draft.evidence().change().pOfNotBelow());
    List<Finding> findings = new ArrayList<>();
    for (int i = 0; i < drafts.size(); i++) {
      findings.add(judge(drafts.get(i), worse[i], better[i]));
    }
    return findings;
  }

  private double[] adjusted(ToDoubleFunction<Draft> p) {
    return Holm.adjust(drafts.stream().mapToDouble(p).toArray());
  }

  private Finding judge(Draft draft, double worse, double better) {
    Evidence evidence = draft.evidence();
    double margin = margin(draft);
    double change = evidence.change().value();
    Interval interval = evidence.change().interval(1 - rules.level());
    double level = rules.level() / 2;
    Verdict verdict;
    if (worse <= level && change > margin) {
      verdict = Verdict.REGRESSED;
    } else if (better <= level && change < -margin) {
      verdict = Verdict.IMPROVED;
    } else if (interval.high() <= margin) {
      verdict = Verdict.EQUIVALENT;
    } else {
      verdict = Verdict.INCONCLUSIVE;
    }
    boolean ratio = evidence.ratio();
    Finding.Test test =
        new Finding.Test(
            ratio,
            shown(change, ratio),
            shown(interval.low(), ratio),
            shown(interval.high(), ratio),
            shown(margin, ratio),
            worse,
            evidence.repeats());
    return new Finding(
        draft.entrant(),
        draft.quantity().metric(),
        draft.quantity().kind(),
        draft.quantity().unit(),
        draft.quantity().signature(),
        false,
        verdict,
        draft.before(),
        draft.after(),
        Optional.of(test),
        evidence.how());
  }

  private double margin(Draft draft) {
    Margin margin = rules.margin(draft.quantity().metric());
    double size = Math.abs(draft.before());
    if (draft.evidence().ratio()) {
      return Math.log1p(margin.relative() ? margin.value() : margin.value() / size);
    }
    return margin.relative() ? margin.value() * size : margin.value();
  }

  private static double shown(double change, boolean ratio) {
    return ratio ? Math.expm1(change) : change;
  }
}
