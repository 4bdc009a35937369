package dev.assay.plugins.statistical.bernoullimixture;

import dev.assay.testkit.ModelContract;
import dev.assay.testkit.Toy;

final class BernoulliMixtureContractTest
    extends ModelContract<BernoulliMixtureConfig, BernoulliMixtureSampler> {
  BernoulliMixtureContractTest() {
    super(
        "bernoulli-mixture",
        Toy.binaryImages().with("components", 3),
        Toy.binaryImages().with("components", 2).labelled(2));
  }
}
