package dev.assay.plugins.transformer.gpt;

import dev.assay.nn.LowRank;
import dev.assay.spi.Param;
import dev.assay.spi.text.Tuning;

/** Configuration of a fine-tuning by low-rank matrices; sizes are those of the base. */
public record LoraConfig(
    @Param(
            doc =
                "Rank of what is added to each matrix of a layer; with 0 nothing is added, nor"
                    + " trained.",
            value = "8",
            min = 0,
            max = 65536)
        int rank,
    @Param(
            doc = "What is added is scaled by this over the rank.",
            value = "16",
            min = 1e-6,
            max = 1e6)
        double alpha,
    @Param(
            doc =
                "Bits that each number of the base's matrices and tables is rounded to, 8 for int8;"
                    + " 0 leaves them as they are.",
            value = "0",
            min = 0,
            max = 16)
        int bits,
    @Param(doc = "Windows per update.", value = "12", min = 1, max = 65536) int batch,
    @Param(
            doc = "Dropout rate of embeddings and of what each block adds.",
            value = "0",
            min = 0,
            max = 0.95)
        double dropout,
    Tuning tuning) {
  public LoraConfig {
    if (bits == 1) {
      throw new IllegalArgumentException("'bits' is 1, but must be 0 or at least 2");
    }
  }

  LowRank adapters() {
    return new LowRank(rank, alpha);
  }
}
