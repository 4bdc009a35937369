package dev.assay.plugins.recurrent.language;

import dev.assay.spi.text.TextSampler;
import dev.assay.testkit.ModelContract;

final class LstmContractTest extends ModelContract<LanguageConfig, TextSampler> {
  LstmContractTest() {
    super("lstm", Toys.all());
  }
}
