package dev.assay.testkit;

import dev.assay.spi.Batch;
import dev.assay.spi.GenerativeModel;
import dev.assay.spi.ScoreMethod;
import dev.assay.spi.Scorer;
import dev.assay.tensor.RandomStream;
import java.util.Optional;

/** A right model keeps the contract. */
final class CoinContractTest extends ModelContract<CoinConfig, CoinSampler> {
  CoinContractTest() {
    super("coin", Toy.binaryImages(), Toy.binaryImages().labelled(2));
  }

  @Override
  protected Optional<double[]> knownNll(GenerativeModel<CoinSampler> model, Batch batch) {
    Scorer scorer = (Scorer) model;
    ScoreMethod exact = scorer.methods(0).get(0);
    return Optional.of(scorer.score(batch, exact, RandomStream.root(0), 0));
  }
}
