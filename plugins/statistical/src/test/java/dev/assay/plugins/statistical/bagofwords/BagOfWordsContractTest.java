package dev.assay.plugins.statistical.bagofwords;

import dev.assay.testkit.ModelContract;
import dev.assay.testkit.Toy;

final class BagOfWordsContractTest extends ModelContract<BagOfWordsConfig, BagOfWordsSampler> {
  BagOfWordsContractTest() {
    super("bag-of-words", Toy.opinions());
  }
}
