package dev.assay.plugins.transformer.translation;

import dev.assay.spi.BatchSource;
import dev.assay.spi.Configs;
import dev.assay.spi.GenerativeModel;
import dev.assay.spi.ModelContext;
import dev.assay.spi.text.TextSampler;
import dev.assay.testkit.ModelContract;
import dev.assay.testkit.Toy;
import java.util.Map;

final class TransformerTunedContractTest
    extends ModelContract<TransformerTunedConfig, TextSampler> {
  private static final Toy SMALL =
      Toy.translations().with("batch", 16).with("warmup", 3).with("learning_rate", 0.02);

  TransformerTunedContractTest() {
    super("transformer-tuned", SMALL, SMALL.with("rank", 2).with("bits", 8).named("adapters"));
  }

  @Override
  protected Map<String, GenerativeModel<?>> parents(ModelContext context, BatchSource batches) {
    Map<String, Object> params = TransformerContractTest.small(Toy.translations()).params();
    TransformerConfig config = Configs.bind(TransformerConfig.class, params);
    return Map.of("pretrained", new TransformerProvider().create(config, context));
  }
}
