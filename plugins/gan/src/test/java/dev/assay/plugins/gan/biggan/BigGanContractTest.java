package dev.assay.plugins.gan.biggan;

import dev.assay.plugins.gan.game.TruncationSampler;
import dev.assay.spi.Modality;
import dev.assay.spi.Values;
import dev.assay.tensor.Shape;
import dev.assay.testkit.ModelContract;
import dev.assay.testkit.Toy;

final class BigGanContractTest extends ModelContract<BigGanConfig, TruncationSampler> {
  BigGanContractTest() {
    super(
        "biggan",
        enlarged()
            .labelled(2)
            .with("latent", 4)
            .with("embedding", 4)
            .with("width", 8)
            .with("batch", 32)
            .with("critic_rate", 4e-3)
            .with("generator_rate", 2e-3)
            .with("averaging", 0.9)
            .updates(200));
  }

  /** 2×2 images with each pixel made 4×4. */
  private static Toy enlarged() {
    float[] small = Toy.images(5).train().dense().data();
    float[] large = new float[16 * small.length];
    for (int i = 0; i < large.length; i++) {
      int row = i / 8 % 8 / 4;
      int column = i % 8 / 4;
      large[i] = small[i / 64 * 4 + 2 * row + column];
    }
    Shape item = Shape.of(8, 8, 1);
    return Toy.of("enlarged images", new Modality.Image(8, 8, 1, 5), new Values.Dense(item, large));
  }

  @Override
  protected Progress progress() {
    return Progress.SAMPLES_APPROACH;
  }
}
