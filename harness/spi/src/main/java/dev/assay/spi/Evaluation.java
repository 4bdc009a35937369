package dev.assay.spi;

import dev.assay.tensor.RandomStream;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What a metric may look at. Values are in raw data form.
 *
 * @param spec what x is, after preprocessing
 * @param samples the model's samples; empty if it drew none
 * @param conditions what each sample was drawn under: sample i under the condition of test example
 *     i modulo their number; {@link Values.Nothing} where they were drawn under nothing
 * @param train training examples
 * @param test held-out examples
 * @param scores computes {@link #likelihoods} when first asked
 * @param trained the model, for metrics that look beyond its samples; empty where samples are
 *     measured
 * @param outliers examples of other datasets
 * @param features the sets as a frozen network sees them; empty without samples, and where there is
 *     no network for such data
 * @param density the true density, where it is known
 * @param factors what the test examples were made of, where it is known
 * @param canaries secrets among the training examples, where there are some
 * @param random the metric's own stream
 */
public record Evaluation(
    DataSpec.Conditional spec,
    Optional<Values> samples,
    Values conditions,
    Batch train,
    Batch test,
    Supplier<List<Likelihood>> scores,
    Optional<Trained> trained,
    List<Outliers> outliers,
    Optional<FeatureSpace> features,
    Optional<Dataset.KnownDensity> density,
    Optional<Dataset.Factors> factors,
    Optional<Canaries> canaries,
    RandomStream random) {
  public Evaluation {
    outliers = List.copyOf(outliers);
  }

  /**
   * Scores of the test examples, one entry per method; none if the model cannot score. They may be
   * costly, so a metric asks only if it needs them.
   */
  public List<Likelihood> likelihoods() {
    return scores.get();
  }

  /**
   * Test examples of another dataset, of the same form as these.
   *
   * @param dataset its id
   * @param hash of the examples, hexadecimal
   */
  public record Outliers(String dataset, String hash, Batch examples) {}

  /**
   * Scores of the test split in raw data units.
   *
   * @param method how; a density over dequantised levels is already turned into a bound on mass
   * @param nats −ln p of each test example
   */
  public record Likelihood(ScoreMethod method, double[] nats) {}
}
