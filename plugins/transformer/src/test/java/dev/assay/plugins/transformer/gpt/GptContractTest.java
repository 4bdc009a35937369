package dev.assay.plugins.transformer.gpt;

import dev.assay.spi.text.TextSampler;
import dev.assay.testkit.ModelContract;
import dev.assay.testkit.Toy;

final class GptContractTest extends ModelContract<GptConfig, TextSampler> {
  GptContractTest() {
    super(
        "gpt",
        small(Toy.documents()).with("block", 8),
        llama(small(Toy.documents()))
            .with("block", 8)
            .with("packed", true)
            .named("packed documents by llama"),
        small(Toy.translations()).with("block", 16).with("packed", true),
        small(Toy.stream())
            .with("block", 6)
            .with("positions", "sinusoidal")
            .sampling("max_length", 3)
            .named("stream by sines"),
        small(Toy.stream()).with("block", 6).with("stride", 2).sampling("max_length", 3),
        small(Toy.binaryImages()),
        small(Toy.images(5)).with("bias", true).with("dropout", 0.1));
  }

  private static Toy llama(Toy toy) {
    return toy.with("groups", 1)
        .with("positions", "rotary")
        .with("norm", "rms")
        .with("network", "swiglu")
        .with("tied", false);
  }

  private static Toy small(Toy toy) {
    return toy.with("layers", 1).with("heads", 2).with("width", 8).with("warmup", 5);
  }
}
