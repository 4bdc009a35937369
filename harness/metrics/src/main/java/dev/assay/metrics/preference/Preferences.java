package dev.assay.metrics.preference;

import dev.assay.metrics.likelihood.Units;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/** Losses of learning from pairs of which one was preferred. */
public final class Preferences {
  private Preferences() {}

  /** mean −ln σ(r_w − r_l) of rewards of chosen and rejected answers (Bradley and Terry 1952). */
  public static double bradleyTerry(double[] chosen, double[] rejected) {
    return mean(chosen.length, i -> Units.softplus(rejected[i] - chosen[i]));
  }

  /** Share of pairs whose chosen answer has the larger reward. */
  public static double accuracy(double[] chosen, double[] rejected) {
    return mean(chosen.length, i -> chosen[i] > rejected[i] ? 1 : 0);
  }

  /**
   * Log-likelihoods of whole answers.
   *
   * @param chosen under the policy
   * @param rejected under the policy
   * @param referenceChosen under the frozen reference
   * @param referenceRejected under the frozen reference
   */
  public record Pairs(
      double[] chosen, double[] rejected, double[] referenceChosen, double[] referenceRejected) {
    /** mean −ln σ of the margin (Rafailov et al. 2023, eq. 7). */
    public double dpoLoss(double beta) {
      return mean(chosen.length, i -> Units.softplus(-margin(i, beta)));
    }

    /** Mean difference of the implicit rewards β ln (policy / reference). */
    public double meanMargin(double beta) {
      return mean(chosen.length, i -> margin(i, beta));
    }

    private double margin(int i, double beta) {
      return beta * ((chosen[i] - referenceChosen[i]) - (rejected[i] - referenceRejected[i]));
    }
  }

  /**
   * Estimators of KL(policy‖reference) from samples of the policy (Schulman 2020), d = ln p − ln r.
   *
   * @param k1 mean d: unbiased, may be negative
   * @param k2 mean d²/2: biased, never negative
   * @param k3 mean exp(−d) − 1 + d: unbiased, never negative
   */
  public record Divergence(double k1, double k2, double k3) {
    /** From log-likelihoods of samples of the policy under both. */
    public static Divergence of(double[] policy, double[] reference) {
      int n = policy.length;
      IntToDoubleFunction d = i -> policy[i] - reference[i];
      return new Divergence(
          mean(n, d),
          mean(n, i -> d.applyAsDouble(i) * d.applyAsDouble(i) / 2),
          mean(n, i -> Math.expm1(-d.applyAsDouble(i)) + d.applyAsDouble(i)));
    }
  }

  /**
   * Wins over games.
   *
   * @param rate (wins + ½ ties) / games
   * @param low of Wilson's interval (1927) around the rate
   * @param high of Wilson's interval
   */
  public record WinRate(double rate, double low, double high) {
    /**
     * The rate with its interval.
     *
     * @param z quantile of the normal distribution, 1.959964 for 95 %
     */
    public static WinRate of(int wins, int ties, int losses, double z) {
      double n = (double) wins + ties + losses;
      double rate = (wins + ties / 2.0) / n;
      double below = 1 + z * z / n;
      double centre = (rate + z * z / (2 * n)) / below;
      double half = z / below * Math.sqrt(rate * (1 - rate) / n + z * z / (4 * n * n));
      return new WinRate(rate, centre - half, centre + half);
    }
  }

  static double mean(int n, IntToDoubleFunction term) {
    return IntStream.range(0, n).mapToDouble(term).average().orElse(Double.NaN);
  }
}
