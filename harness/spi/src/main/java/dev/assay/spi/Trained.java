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
}
