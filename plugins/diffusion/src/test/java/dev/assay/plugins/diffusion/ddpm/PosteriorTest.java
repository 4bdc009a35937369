package dev.assay.plugins.diffusion.ddpm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Percentage.withPercentage;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PosteriorTest {
  private final NoiseSchedule schedule = NoiseSchedule.of(NoiseSchedule.Kind.LINEAR, 1000);

  /**
   * Bayes: q(x_s | x₀) = N(√ᾱ_s x₀, 1 − ᾱ_s) is the prior of x_s, and x_t | x_s = N(√a x_s, 1 − a),
   * a = ᾱ_t / ᾱ_s, its likelihood; the precisions of two normals add up.
   */
  @ParameterizedTest
  @CsvSource({"1000, 999", "500, 499", "2, 1", "1000, 10", "700, 350"})
  void itIsBayesTheorem(int t, int s) {
    double kept = Math.pow(schedule.level(s).alpha(), 2);
    double a = Math.pow(schedule.level(t).alpha(), 2) / kept;
    double precision = 1 / (1 - kept) + a / (1 - a);
    Posterior q = Posterior.of(schedule.level(t), schedule.level(s));
    assertThat(q.variance()).isCloseTo(1 / precision, withPercentage(1e-6));
    assertThat(q.x0()).isCloseTo(Math.sqrt(kept) / (1 - kept) / precision, withPercentage(1e-6));
    assertThat(q.xt()).isCloseTo(Math.sqrt(a) / (1 - a) / precision, withPercentage(1e-6));
  }

  /** Eq. 7 in the paper's symbols, by products of the betas. */
  @Test
  void ofNeighboursItIsThePapersEquation() {
    double alphaBar = 1;
    for (int t = 1; t <= 1000; t++) {
      double before = alphaBar;
      double beta = 1e-4 + (0.02 - 1e-4) * (t - 1) / 999;
      alphaBar *= 1 - beta;
      Posterior q = Posterior.of(schedule.level(t), schedule.level(t - 1));
      if (t == 1) {
        assertThat(q).isEqualTo(new Posterior(q.x0(), 0, 0));
        assertThat(q.x0()).isCloseTo(1, withPercentage(1e-9));
        continue;
      }
      assertThat(q.variance())
          .isCloseTo((1 - before) / (1 - alphaBar) * beta, withPercentage(1e-6));
      assertThat(q.x0()).isCloseTo(Math.sqrt(before) * beta / (1 - alphaBar), withPercentage(1e-6));
      assertThat(q.xt())
          .isCloseTo(Math.sqrt(1 - beta) * (1 - before) / (1 - alphaBar), withPercentage(1e-6));
    }
  }
}
