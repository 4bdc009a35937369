package dev.assay.plugins.transformer.gpt;

import dev.assay.spi.BatchSource;
import dev.assay.spi.Configs;
import dev.assay.spi.GenerativeModel;
import dev.assay.spi.ModelContext;
import dev.assay.spi.text.TextSampler;
import dev.assay.testkit.ModelContract;
import dev.assay.testkit.Toy;
import java.util.Map;

final class LoraContractTest extends ModelContract<LoraConfig, TextSampler> {
  LoraContractTest() {
    super(
        "gpt-lora",
        small(Toy.documents()),
        small(Toy.stream()).with("bits", 8).sampling("max_length", 3));
  }

  private static Toy small(Toy toy) {
    return toy.with("rank", 2).with("batch", 8).with("warmup", 3).with("learning_rate", 0.05);
  }

  @Override
  protected Map<String, GenerativeModel<?>> parents(ModelContext context, BatchSource batches) {
    return Map.of("base", base(context));
  }

  static GenerativeModel<TextSampler> base(ModelContext context) {
    Map<String, Object> params = Map.of("layers", 1, "heads", 2, "width", 8, "block", 8);
    return new GptProvider().create(Configs.bind(GptConfig.class, params), context);
  }
}
