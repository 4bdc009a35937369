package dev.assay.plugins.recurrent.language;

import dev.assay.spi.text.TextSampler;
import dev.assay.testkit.ModelContract;

final class GruContractTest extends ModelContract<LanguageConfig, TextSampler> {
  GruContractTest() {
    super("gru", Toys.all());
  }
}
