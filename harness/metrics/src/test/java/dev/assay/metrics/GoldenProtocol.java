package dev.assay.metrics;

import static dev.assay.metrics.GoldenInputs.number;
import static dev.assay.metrics.GoldenInputs.row;
import static dev.assay.metrics.GoldenInputs.rows;

import dev.assay.metrics.preference.PolicyGradient;
import dev.assay.metrics.preference.Preferences;
import dev.assay.statistics.Comparisons;
import dev.assay.statistics.Descriptive;
import dev.assay.statistics.Holm;
import dev.assay.statistics.Interval;
import dev.assay.statistics.PairedTests;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Golden cases of comparisons: of runs, and by preference. */
final class GoldenProtocol {
  /** As the case states it. */
  private static final double Z = 1.959964;

  private GoldenProtocol() {}

  static Map<String, Object> statistics(JsonNode in) {
    double[] x = row(in, "x");
    double[] y = row(in, "y");
    double[] differences = PairedTests.differences(x, y);
    double[] means =
        Arrays.stream(rows(in, "boot_idx"))
            .mapToDouble(draw -> Arrays.stream(draw).map(i -> x[(int) i]).average().orElseThrow())
            .toArray();
    Interval interval = Interval.percentile(0.95, means);
    PairedTests.T t = PairedTests.t(differences);
    Map<String, Object> got = new LinkedHashMap<>();
    got.put("iqm", Descriptive.iqm(x));
    got.put("prob_improvement", Comparisons.probabilityOfImprovement(x, y));
    got.put("t", t.statistic());
    got.put("t_p", t.p());
    got.put("signflip_p", PairedTests.signFlip(differences));
    got.put("wilcoxon_p", PairedTests.wilcoxon(differences));
    got.put("holm", Holm.adjust(row(in, "pvals")));
    got.put("boot_ci", new double[] {interval.low(), interval.high()});
    got.put("friedman_chi2", Comparisons.friedman(rows(in, "table")));
    got.put("avg_ranks", Comparisons.averageRanks(rows(in, "table")));
    return got;
  }

  static Map<String, Object> preferences(JsonNode in) {
    double[] chosen = row(in, "r_w");
    double[] rejected = row(in, "r_l");
    double beta = number(in, "beta");
    Preferences.Pairs pairs =
        new Preferences.Pairs(
            row(in, "pol_w"), row(in, "pol_l"), row(in, "ref_w"), row(in, "ref_l"));
    Preferences.Divergence kl = Preferences.Divergence.of(row(in, "logp"), row(in, "logr"));
    Preferences.WinRate wins =
        Preferences.WinRate.of(
            in.get("wins").asInt(), in.get("ties").asInt(), in.get("losses").asInt(), Z);
    Map<String, Object> got = new LinkedHashMap<>();
    got.put("bt_loss", Preferences.bradleyTerry(chosen, rejected));
    got.put("bt_accuracy", Preferences.accuracy(chosen, rejected));
    got.put("dpo_loss", pairs.dpoLoss(beta));
    got.put("dpo_margin", pairs.meanMargin(beta));
    got.put("kl_k1", kl.k1());
    got.put("kl_k2", kl.k2());
    got.put("kl_k3", kl.k3());
    got.put(
        "gae",
        PolicyGradient.advantages(
            row(in, "rewards"), row(in, "values"), number(in, "gamma"), number(in, "lam")));
    got.put(
        "ppo_loss",
        PolicyGradient.clippedLoss(
            row(in, "new_logp"), row(in, "old_logp"), row(in, "adv"), number(in, "clip")));
    got.put("win_rate", wins.rate());
    got.put("wilson", new double[] {wins.low(), wins.high()});
    return got;
  }
}
