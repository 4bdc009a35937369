package dev.assay.spi;

import dev.assay.tensor.RandomStream;
import java.util.List;

/** Capability: the model can tell how likely data is under it. No likelihood, no scorer. */
public interface Scorer {
  /**
   * The ways it can score, the best comparable first.
   *
   * @param importanceSamples K of importance-weighted bounds
   */
  List<ScoreMethod> methods(int importanceSamples);

  /**
   * −ln p(x | condition) of each example, in nats, under the model's encoding of x. A text's value
   * is the sum over its tokens (and the end of a document).
   *
   * @param random stream for stochastic bounds and estimates; example i uses {@code
   *     random.child(first + i)}
   * @param first index of the first example of the batch within the split
   */
  double[] score(Batch batch, ScoreMethod method, RandomStream random, long first);
}
