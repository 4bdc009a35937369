package dev.assay.runner.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.assay.runner.experiment.GateSettings.Margin;
import dev.assay.store.RunStatus;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Each verdict, on numbers small enough to check by hand. */
final class GateTest {
  private static final Map<String, Margin> SPEED =
      Map.of(
          "train.seconds", new Margin(0.03, true),
          "train.examples_per_second", new Margin(0.03, true));

  private static GateReport compare(GateRows before, GateRows after) {
    return compare(before, after, GateRules.of(Map.of()));
  }

  private static GateReport compare(GateRows before, GateRows after, GateRules rules) {
    return Gate.compare(before.rows(), after.rows(), rules);
  }

  private static Finding only(GateReport report) {
    assertThat(report.findings()).hasSize(1);
    return report.findings().getFirst();
  }

  @Test
  void equalResultsAreEquivalent() {
    GateRows rows = new GateRows().quality("fid", 10, 11, 12);
    Finding finding = only(compare(rows, rows));
    assertThat(finding.verdict()).isEqualTo(Verdict.EQUIVALENT);
    assertThat(finding.test().orElseThrow().worsening()).isZero();
  }

  @Test
  void theIntervalIsStudentsOfThePairedDifferences() {
    // Differences 1, 2, 3 of a mean of 100: mean 2, deviation 1, t(.975, 2) = 4.302653.
    Finding finding =
        only(
            compare(
                new GateRows().quality("fid", 99, 100, 101),
                new GateRows().quality("fid", 100, 102, 104)));
    Finding.Test test = finding.test().orElseThrow();
    assertThat(test.worsening()).isCloseTo(2, within(1e-12));
    assertThat(test.low()).isCloseTo(2 - 4.302653 / Math.sqrt(3), within(1e-6));
    assertThat(test.high()).isCloseTo(2 + 4.302653 / Math.sqrt(3), within(1e-6));
    assertThat(test.margin()).isCloseTo(5, within(1e-12));
    assertThat(finding.verdict())
        .as("4.48 < 5: shown to be no worse")
        .isEqualTo(Verdict.EQUIVALENT);
  }

  @Test
  void aLossBeyondMarginAndChanceIsRegressedAndTheReverseIsImproved() {
    GateRows good = new GateRows().quality("fid", 10, 10.2, 9.9, 10.1, 10).score("acc", 9, 9, 9);
    GateRows bad = new GateRows().quality("fid", 12, 12.3, 11.8, 12, 12.1).score("acc", 8, 8, 8);
    assertThat(compare(good, bad).findings())
        .extracting(Finding::verdict)
        .containsOnly(Verdict.REGRESSED);
    assertThat(compare(bad, good).findings())
        .extracting(Finding::verdict)
        .containsOnly(Verdict.IMPROVED);
  }

  @Test
  void aSignificantLossWithinTheMarginIsEquivalent() {
    Finding finding =
        only(
            compare(
                new GateRows().quality("fid", 100, 101, 102),
                new GateRows().quality("fid", 101, 102.01, 102.99)));
    assertThat(finding.test().orElseThrow().p()).isLessThan(0.001);
    assertThat(finding.verdict()).isEqualTo(Verdict.EQUIVALENT);
  }

  @Test
  void aLargeLossThatChanceCouldExplainIsInconclusive() {
    Finding finding =
        only(
            compare(
                new GateRows().quality("fid", 10, 20, 30),
                new GateRows().quality("fid", 30, 12, 35)));
    assertThat(finding.test().orElseThrow().worsening()).isGreaterThan(5);
    assertThat(finding.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
  }

  @Test
  void timesAreComparedAsRatiosAndThroughputAsItsReciprocal() {
    double[] before = {10, 12, 11, 10.5};
    double[] after = {10.51, 12.6, 11.56, 11.02};
    double[] rateBefore = {1 / 10.0, 1 / 12.0, 1 / 11.0, 1 / 10.5};
    double[] rateAfter = {1 / 10.51, 1 / 12.6, 1 / 11.56, 1 / 11.02};
    GateReport report =
        compare(
            new GateRows().seconds(before).rate(rateBefore),
            new GateRows().seconds(after).rate(rateAfter),
            GateRules.of(SPEED));
    assertThat(report.findings()).hasSize(2);
    for (Finding finding : report.findings()) {
      Finding.Test test = finding.test().orElseThrow();
      assertThat(test.ratio()).isTrue();
      assertThat(test.worsening()).isCloseTo(0.0503, within(5e-4));
      assertThat(test.margin()).isCloseTo(0.03, within(1e-12));
      assertThat(finding.verdict()).isEqualTo(Verdict.REGRESSED);
    }
  }

  @Test
  void measuredNumbersAreGatedOnlyIfNamed() {
    GateReport report = compare(new GateRows().seconds(1, 1, 1), new GateRows().seconds(9, 9, 9));
    assertThat(report.findings()).isEmpty();
    assertThat(report.ungated()).singleElement().asString().startsWith("train.seconds: measured");
    assertThat(report.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
  }

  @Test
  void aMarginInTheMetricsUnitIsTakenAsItIs() {
    GateRows before = new GateRows().quality("mmd", 0.001, -0.001, 0);
    GateRows after = new GateRows().quality("mmd", 0.002, 0.0005, 0.0005);
    Margin margin = new Margin(0.01, false);
    assertThat(only(compare(before, after, GateRules.of(Map.of("mmd", margin)))).verdict())
        .isEqualTo(Verdict.EQUIVALENT);
    assertThat(only(compare(before, after)).verdict()).isEqualTo(Verdict.INCONCLUSIVE);
  }

  @Test
  void aSingleRepeatIsJudgedByItsIntervalOverTestItems() {
    GateRows before = new GateRows().value(1, "nll", "exact/mass", "lower", 18, 17.9, 18.1);
    GateRows worse = new GateRows().value(1, "nll", "exact/mass", "lower", 20, 19.9, 20.1);
    GateRows vague = new GateRows().value(1, "nll", "exact/mass", "lower", 20, 16, 24);
    assertThat(only(compare(before, worse)).verdict()).isEqualTo(Verdict.REGRESSED);
    assertThat(only(compare(before, vague)).verdict()).isEqualTo(Verdict.INCONCLUSIVE);
  }

  @Test
  void aSingleRepeatWithoutAnIntervalIsInconclusiveUnlessEqual() {
    GateRows before = new GateRows().quality("c2st", 0.2);
    Finding finding = only(compare(before, new GateRows().quality("c2st", 0.9)));
    assertThat(finding.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
    assertThat(finding.reason()).contains("several seeds");
    assertThat(only(compare(before, before)).verdict()).isEqualTo(Verdict.EQUIVALENT);
  }

  @Test
  void oneSeedInCommonOfSeveralIsNamedAsSuch() {
    Finding finding =
        only(compare(new GateRows().quality("fid", 10), new GateRows().quality("fid", 10, 12)));
    assertThat(finding.verdict()).isEqualTo(Verdict.EQUIVALENT);
    assertThat(finding.reason()).isEqualTo("of the one seed in common: equal to the last digit");
  }

  @Test
  void repeatsWithoutCommonSeedsAreTwoGroups() {
    GateRows before = new GateRows().quality("fid", 10, 10.1, 9.9);
    GateRows after = new GateRows();
    for (int seed = 11; seed < 14; seed++) {
      after.value(seed, "fid", "sample", "lower", 12 + seed / 100.0, Double.NaN, Double.NaN);
    }
    Finding finding = only(compare(before, after));
    assertThat(finding.verdict()).isEqualTo(Verdict.REGRESSED);
    assertThat(finding.reason()).contains("Welch");
  }

  @Test
  void holmRaisesPWithTheNumberOfMetrics() {
    GateRows before = new GateRows().quality("fid", 10, 10, 10, 10);
    GateRows after = new GateRows().quality("fid", 11, 12, 11.5, 12.5);
    double alone = only(compare(before, after)).test().orElseThrow().p();
    for (int i = 0; i < 4; i++) {
      before.quality("other" + i, 1, 2, 3, 4);
      after.quality("other" + i, 1.1, 1.9, 3.1, 3.9);
    }
    double among =
        compare(before, after).findings().stream()
            .filter(finding -> finding.metric().equals("fid"))
            .mapToDouble(finding -> finding.test().orElseThrow().p())
            .findFirst()
            .orElseThrow();
    assertThat(among).isCloseTo(5 * alone, within(1e-12));
  }

  @Test
  void aFailedSeedCountsAsTheWorst() {
    GateRows before = new GateRows().quality("fid", 10, 11, 12);
    GateRows after = new GateRows().quality("fid", 10, 11).ended(3, RunStatus.DIVERGED);
    GateReport report = compare(before, after);
    assertThat(report.verdict()).isEqualTo(Verdict.REGRESSED);
    Finding finding = report.findings().getFirst();
    assertThat(finding.metric()).isEqualTo(Finding.RUN);
    assertThat(finding.reason()).contains("seed 3 is DIVERGED");
  }

  @Test
  void aFailureThatTheBaselineHadTooIsNoRegression() {
    GateRows before = new GateRows().quality("fid", 10, 11).ended(3, RunStatus.FAILED);
    GateRows after = new GateRows().quality("fid", 10, 11).ended(3, RunStatus.FAILED);
    assertThat(compare(before, after).verdict()).isEqualTo(Verdict.EQUIVALENT);
  }

  @Test
  void whatIsMissingIsInconclusiveWithAReason() {
    GateRows before = new GateRows().quality("fid", 10, 11).quality("kid", 1, 2).model("gan");
    before.quality("fid", 3, 4);
    GateReport report = compare(before, new GateRows().quality("fid", 10, 11));
    assertThat(report.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
    assertThat(report.findings())
        .extracting(Finding::reason)
        .contains("the candidate has no such run", "the candidate has no kid");
  }

  @Test
  void numbersOfAnotherMeaningAreNotComparable() {
    GateRows before = new GateRows().signature("v1|n:500").quality("fid", 10, 11);
    Finding other =
        only(compare(before, new GateRows().signature("v1|n:100").quality("fid", 10, 11)));
    assertThat(other.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
    assertThat(other.reason())
        .isEqualTo(
            "not comparable: the baseline's signature v1|n:500, the candidate's v1|n:100 in 1");
    GateRows exact = new GateRows().add("nll", "exact/mass", "lower", 1, 2);
    GateRows bound = new GateRows().add("nll", "lower_bound/mass", "lower", 1, 2);
    assertThat(only(compare(exact, bound)).reason())
        .isEqualTo(
            "not comparable: the baseline's kind exact/mass, the candidate's lower_bound/mass");
  }

  @Test
  void aCandidateWithoutANumberIsWorstAndABaselineWithoutOneTellsNothing() {
    GateRows good = new GateRows().quality("fid", 10, 11);
    GateRows broken = new GateRows().quality("fid", 10, Double.NaN);
    assertThat(only(compare(good, broken)).verdict()).isEqualTo(Verdict.REGRESSED);
    assertThat(only(compare(broken, good)).verdict()).isEqualTo(Verdict.INCONCLUSIVE);
  }

  @Test
  void operationsMayNotGrowAndParametersMayNotChange() {
    GateRows before = new GateRows().count("flops_per_step", 100, 100).count("parameters", 7, 7);
    GateRows more = new GateRows().count("flops_per_step", 101, 100).count("parameters", 6, 6);
    assertThat(compare(before, before).findings())
        .extracting(Finding::verdict)
        .containsOnly(Verdict.EQUIVALENT);
    assertThat(compare(before, more).findings())
        .extracting(Finding::verdict)
        .containsOnly(Verdict.REGRESSED);
    GateRows less = new GateRows().count("flops_per_step", 99, 99).count("parameters", 7, 7);
    assertThat(compare(before, less).verdict()).isEqualTo(Verdict.IMPROVED);
  }

  @Test
  void aMarginReplacesTheExactDemandOnOperations() {
    GateRows before = new GateRows().count("flops_per_step", 100, 100);
    GateRows more = new GateRows().count("flops_per_step", 101, 101);
    GateRules rules = GateRules.of(Map.of("flops_per_step", new Margin(0.02, true)));
    assertThat(only(compare(before, more, rules)).verdict()).isEqualTo(Verdict.EQUIVALENT);
  }

  @Test
  void equalBitsAreDemandedOnlyWhereAskedFor() {
    GateRows before = new GateRows().quality("fid", 1, 2).hash(1, "state", "aa11");
    GateRows after = new GateRows().quality("fid", 1, 2).hash(1, "state", "bb22");
    assertThat(compare(before, after).verdict()).isEqualTo(Verdict.EQUIVALENT);
    GateRules exact = new GateRules(Map.of(), GateRules.STANDARD, Set.of(), 0.05, true);
    GateReport report = compare(before, after, exact);
    assertThat(report.verdict()).isEqualTo(Verdict.REGRESSED);
    assertThat(report.findings().getFirst().reason())
        .isEqualTo("seed 1 gives other bits: bb22, not aa11");
    assertThat(compare(before, before, exact).verdict()).isEqualTo(Verdict.EQUIVALENT);
  }

  @Test
  void runsOnOtherDataAreNotComparable() {
    GateRows before = new GateRows().quality("fid", 1, 2).hash(1, "data", "aa");
    GateRows after = new GateRows().quality("fid", 1, 2).hash(1, "data", "bb");
    Finding finding = only(compare(before, after));
    assertThat(finding.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
    assertThat(finding.reason()).contains("the data are others");
  }

  @Test
  void onlyTheMetricsAskedForAreGated() {
    GateRows before = new GateRows().quality("fid", 1, 2).quality("kid", 1, 2);
    GateRows after = new GateRows().quality("fid", 1, 2).quality("kid", 9, 9.5);
    GateRules rules = new GateRules(Map.of(), GateRules.STANDARD, Set.of("fid"), 0.05, false);
    assertThat(compare(before, after, rules).verdict()).isEqualTo(Verdict.EQUIVALENT);
  }

  @Test
  void samplingSeedsOfOneTrainingAreNoRepeatsOfTheTraining() {
    // Six rows, but two trainings: one degree of freedom, not five.
    GateRows before = new GateRows();
    GateRows after = new GateRows();
    for (int i = 0; i < 6; i++) {
      before.value(i / 3, "fid", "sample", "lower", 10, Double.NaN, Double.NaN);
      after.value(i / 3, "fid", "sample", "lower", 11 + i, Double.NaN, Double.NaN);
    }
    assertThat(only(compare(before, after)).test().orElseThrow().repeats()).isEqualTo(2);
  }
}
