package dev.assay.plugins.statistical.copula;

import dev.assay.testkit.ModelContract;
import dev.assay.testkit.Toy;
import java.util.List;

final class CopulaContractTest extends ModelContract<CopulaConfig, CopulaSampler> {
  CopulaContractTest() {
    super(
        "gaussian-copula",
        Toy.table().with("quantiles", 16),
        Toy.images(9).labelled(2),
        Toy.table().with("discrete", List.of(1)).with("sweeps", 20).named("discrete column"));
  }
}
