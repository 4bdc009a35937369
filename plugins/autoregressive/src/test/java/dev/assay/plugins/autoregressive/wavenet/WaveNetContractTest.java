package dev.assay.plugins.autoregressive.wavenet;

import dev.assay.spi.text.TextSampler;
import dev.assay.testkit.ModelContract;
import dev.assay.testkit.Toy;

final class WaveNetContractTest extends ModelContract<WaveNetConfig, TextSampler> {
  WaveNetContractTest() {
    super(
        "wavenet",
        small(Toy.documents()).with("block", 8),
        small(Toy.documents().labelled(2)).with("block", 3).with("conditional", true),
        small(Toy.stream()).with("block", 6).sampling("max_length", 3));
  }

  private static Toy small(Toy toy) {
    return toy.with("layers", 2)
        .with("cycles", 2)
        .with("width", 6)
        .with("skip", 8)
        .with("warmup", 3)
        .with("learning_rate", 0.02);
  }
}
