package dev.assay.spi;

import java.util.Optional;

/**
 * What a metric may ask of a trained model, all in raw data form. Answers are computed when asked
 * for, so a metric asks for no more examples than it needs.
 */
public interface Trained {
  /**
   * Scores of examples in raw units, in the model's first way of scoring; infinite where it gives
   * them no probability. Empty if it cannot score, or scores what is no number.
   *
   * @param part what the examples are, such as {@code train}: noise of dequantisation and of
   *     stochastic bounds is drawn under that name
   */
  Optional<Evaluation.Likelihood> score(Batch raw, String part);

  /**
   * Codes of examples, one row each; empty if the model is no {@link LatentCodec}.
   *
   * @param part as in {@link #score}
   */
  Optional<Values.Dense> codes(Batch raw, String part);

  /**
   * What is left of examples once they are encoded and decoded; empty if the model is no {@link
   * LatentCodec}, or an exact one.
   *
   * @param part as in {@link #score}
   */
  Optional<Values> reconstructions(Batch raw, String part);

  /**
   * Examples as functions of codes; empty if the model is no {@link LatentLikelihood}, or the
   * settings ask for no annealing.
   *
   * @param part as in {@link #score}
   */
  default Optional<Latent> latent(Batch raw, String part) {
    return Optional.empty();
  }

  /**
   * p(x | z) of some examples.
   *
   * @param method of a likelihood that annealed importance sampling gives, in raw units
   * @param temperatures of each chain that the settings ask for
   * @param width numbers of a code
   * @param logDeterminants of each example: −ln p of the raw one is −ln p of the function less this
   */
  record Latent(
      ScoreMethod method, int temperatures, int width, double[] logDeterminants, Slopes slopes) {
    /** ln p(x | z) and its gradient in z. */
    @FunctionalInterface
    public interface Slopes {
      /**
       * @param examples which example each code belongs to
       * @param codes [examples, width]
       */
      LatentLikelihood.Slope of(int[] examples, float[] codes);
    }
  }
}
