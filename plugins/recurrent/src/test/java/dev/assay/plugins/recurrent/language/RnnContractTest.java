package dev.assay.plugins.recurrent.language;

import dev.assay.spi.text.TextSampler;
import dev.assay.testkit.ModelContract;

final class RnnContractTest extends ModelContract<LanguageConfig, TextSampler> {
  RnnContractTest() {
    super("rnn", Toys.all());
  }
}
