package dev.assay.plugins.transformer.t5;

import dev.assay.spi.BatchSource;
import dev.assay.spi.Configs;
import dev.assay.spi.GenerativeModel;
import dev.assay.spi.ModelContext;
import dev.assay.spi.text.TextSampler;
import dev.assay.testkit.ModelContract;
import dev.assay.testkit.TestContext;
import dev.assay.testkit.Toy;
import java.util.Map;

final class T5TunedContractTest extends ModelContract<T5TunedConfig, TextSampler> {
  T5TunedContractTest() {
    super(
        "t5-tuned",
        small(Toy.translations()),
        small(Toy.documents()).with("rank", 2).with("bits", 8).named("adapters"));
  }

  private static Toy small(Toy toy) {
    return toy.with("batch", 16).with("warmup", 3).with("learning_rate", 0.02);
  }

  /** A T5 of other data, as is usual. */
  @Override
  protected Map<String, GenerativeModel<?>> parents(ModelContext context, BatchSource batches) {
    Toy texts = T5ContractTest.small(Toy.documents()).with("denoising", 1);
    return Map.of(
        "pretrained",
        new T5Provider()
            .create(
                Configs.bind(T5Config.class, texts.params()),
                TestContext.of(context.backend(), 5, texts.spec(), texts.train())));
  }
}
