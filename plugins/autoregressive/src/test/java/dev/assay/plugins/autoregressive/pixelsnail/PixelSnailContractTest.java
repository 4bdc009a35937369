package dev.assay.plugins.autoregressive.pixelsnail;

import dev.assay.plugins.autoregressive.pixels.PixelSampler;
import dev.assay.testkit.ModelContract;
import dev.assay.testkit.Toy;

final class PixelSnailContractTest extends ModelContract<PixelSnailConfig, PixelSampler> {
  PixelSnailContractTest() {
    super(
        "pixelsnail",
        small(Toy.binaryImages()),
        small(Toy.binaryImages().labelled(2)).with("conditional", true).with("average", 0.5),
        small(Toy.images(5)).with("dropout", 0.1).with("average", 0));
  }

  private static Toy small(Toy toy) {
    return toy.with("width", 6).with("blocks", 1).with("depth", 4).with("learning_rate", 0.01);
  }
}
