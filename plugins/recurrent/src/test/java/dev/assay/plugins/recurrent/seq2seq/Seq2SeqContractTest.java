package dev.assay.plugins.recurrent.seq2seq;

import dev.assay.spi.text.TextSampler;
import dev.assay.testkit.ModelContract;
import dev.assay.testkit.Toy;

final class Seq2SeqContractTest extends ModelContract<Seq2SeqConfig, TextSampler> {
  Seq2SeqContractTest() {
    super(
        "seq2seq",
        Toy.translations()
            .with("tokenizer", "char")
            .with("source_tokenizer", "char")
            .with("width", 12)
            .with("embedding", 6)
            .with("batch", 16)
            .with("longest", 8)
            .with("warmup", 5)
            .with("learning_rate", 0.02));
  }
}
