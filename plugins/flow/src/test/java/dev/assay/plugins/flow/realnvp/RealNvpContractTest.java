package dev.assay.plugins.flow.realnvp;

import dev.assay.plugins.flow.FlowSampler;
import dev.assay.spi.Modality;
import dev.assay.spi.Values;
import dev.assay.tensor.RandomStream;
import dev.assay.tensor.Shape;
import dev.assay.testkit.ModelContract;
import dev.assay.testkit.Toy;
import java.util.List;

final class RealNvpContractTest extends ModelContract<RealNvpConfig, FlowSampler> {
  RealNvpContractTest() {
    super(
        "realnvp",
        small(Toy.table()),
        small(Toy.table().labelled(2)).with("conditional", true),
        small(Toy.images(3)),
        small(pairs()),
        small(Toy.images(3))
            .named("images with learned noise")
            .with("dequantization", "variational"));
  }

  private static Toy small(Toy toy) {
    return toy.with("couplings", 3)
        .with("hidden", List.of(16))
        .with("channels", 8)
        .with("blocks", 1)
        .with("batch", 64)
        .with("learning_rate", 0.01)
        .sampling("steps", 20);
  }

  /** Images of two pixels, the second mostly as bright as the first: points of the plane. */
  private static Toy pairs() {
    RandomStream random = RandomStream.root(6).child("pairs");
    float[] data = new float[2 * 120];
    for (int i = 0; i < data.length; i += 2) {
      data[i] = random.nextInt(4);
      data[i + 1] = random.nextInt(4) == 0 ? random.nextInt(4) : data[i];
    }
    return Toy.of(
        "images of two pixels",
        new Modality.Image(1, 2, 1, 4),
        new Values.Dense(Shape.of(1, 2, 1), data));
  }
}
