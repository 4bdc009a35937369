package dev.assay.runner.gate;

import java.util.Comparator;
import java.util.List;

/**
 * What the gate says.
 *
 * @param findings exact demands first, then by gravity, then by entrant and metric
 * @param ungated metrics of the baseline that were left aside, each with the reason
 * @param fresh what only the candidate has, in words
 */
public record GateReport(List<Finding> findings, List<String> ungated, List<String> fresh) {
  public GateReport {
    findings =
        findings.stream()
            .sorted(
                Comparator.comparing((Finding finding) -> !finding.exact())
                    .thenComparing(Finding::verdict)
                    .thenComparing(finding -> finding.entrant().label())
                    .thenComparing(Finding::title))
            .toList();
    ungated = List.copyOf(ungated);
    fresh = List.copyOf(fresh);
  }

  /** The gravest of all; INCONCLUSIVE if nothing was found. */
  public Verdict verdict() {
    return findings.stream()
        .map(Finding::verdict)
        .min(Enum::compareTo)
        .orElse(Verdict.INCONCLUSIVE);
  }

  public long count(Verdict verdict) {
    return findings.stream().filter(finding -> finding.verdict() == verdict).count();
  }
}
