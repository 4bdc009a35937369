package dev.assay.plugins.statistical.ngram;

import dev.assay.testkit.ModelContract;
import dev.assay.testkit.Toy;

final class NgramContractTest extends ModelContract<NgramConfig, NgramSampler> {
  NgramContractTest() {
    super(
        "ngram",
        Toy.documents().with("order", 3),
        Toy.documents().with("order", 2).with("smoothing", "add_k").named("add-k documents"),
        Toy.documents().with("order", 2).with("discount", 0.75).labelled(2),
        Toy.stream().with("order", 4).sampling("length", 3),
        Toy.stream().with("smoothing", "add_k").sampling("length", 3).named("add-k stream"));
  }
}
