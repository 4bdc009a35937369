package dev.assay.plugins.transformer.bert;

import dev.assay.nn.decoding.TokenChoice;
import dev.assay.spi.Param;

/** Gibbs sampling from BERT. */
public record BertSampler(
    @Param(
            doc = "Tokens of a sample; of documents one that ends sooner is cut there.",
            value = "20",
            min = 1,
            max = 65535)
        int length,
    @Param(
            doc =
                "How often each token is drawn given all others; the first time from hidden ones.",
            value = "5",
            min = 1,
            max = 1e6)
        int sweeps,
    @Param(
            doc = "Divides the logits; 1 is the model itself, less is bolder.",
            value = "1",
            min = 0.01,
            max = 100)
        double temperature) {
  TokenChoice choice() {
    return new TokenChoice(false, temperature, 0, 1, 0, 1, 1);
  }
}
