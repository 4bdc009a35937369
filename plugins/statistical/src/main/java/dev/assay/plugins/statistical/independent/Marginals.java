package dev.assay.plugins.statistical.independent;

import dev.assay.spi.SampleRequest;
import dev.assay.spi.ScoreMethod;
import dev.assay.spi.StateStore;
import dev.assay.spi.Values;

/** Independent distributions of the parts of x. */
sealed interface Marginals permits ColumnMarginals, LevelMarginals, TokenMarginals {
  /** Counts the training examples; what was counted before is forgotten. */
  void fit(Values x);

  /** −ln p of each value, in nats. */
  double[] nats(Values x);

  Values sample(SampleRequest request, IndependentSampler sampler);

  ScoreMethod.Measure measure();

  /** Free numbers. */
  long parameters();

  void save(StateStore store);

  void restore(StateStore store);
}
