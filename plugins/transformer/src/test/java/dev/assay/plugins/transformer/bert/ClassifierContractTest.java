package dev.assay.plugins.transformer.bert;

import dev.assay.spi.BatchSource;
import dev.assay.spi.Configs;
import dev.assay.spi.GenerativeModel;
import dev.assay.spi.ModelContext;
import dev.assay.testkit.ModelContract;
import dev.assay.testkit.TestContext;
import dev.assay.testkit.Toy;
import java.util.Map;

final class ClassifierContractTest extends ModelContract<ClassifierConfig, ClassifierSampler> {
  private static final Toy SMALL =
      Toy.opinions().with("batch", 16).with("warmup", 3).with("learning_rate", 0.02);

  ClassifierContractTest() {
    super("bert-classifier", SMALL, SMALL.with("rank", 2).with("bits", 8).named("adapters"));
  }

  /** A BERT of other data, as is usual. */
  @Override
  protected Map<String, GenerativeModel<?>> parents(ModelContext context, BatchSource batches) {
    Map<String, Object> params =
        Map.of("tokenizer", "char", "block", 5, "layers", 1, "heads", 2, "width", 8);
    Toy texts = Toy.documents();
    return Map.of(
        "encoder",
        new BertProvider()
            .create(
                Configs.bind(BertConfig.class, params),
                TestContext.of(context.backend(), 5, texts.spec(), texts.train())));
  }
}
