package dev.assay.plugins.gan.biggan;

import dev.assay.nn.Activation;
import dev.assay.nn.Initializer;
import dev.assay.nn.ParameterStore;
import dev.assay.plugins.gan.network.Critic;
import dev.assay.plugins.gan.network.ImageSizes;
import dev.assay.plugins.gan.network.Pass;
import dev.assay.plugins.gan.network.Resampling;
import dev.assay.plugins.gan.network.SpectralConv;
import dev.assay.plugins.gan.network.SpectralLinear;
import dev.assay.plugins.gan.network.Weight;
import dev.assay.spi.Modality;
import dev.assay.tensor.Shape;
import dev.assay.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/**
 * Residual blocks that halve the size and one that keeps it, then D(x, y) = ψ(φ(x)) + e(y) · φ(x),
 * φ the sum over places. Miyato and Koyama 2018, eq. 3; Brock et al. 2019, figure 15 (c).
 */
final class ProjectionCritic implements Critic {
  private final List<Block> blocks;
  private final SpectralLinear out;
  private final Weight classes;

  private record Block(
      boolean halves, boolean first, SpectralConv before, SpectralConv after, SpectralConv skip) {
    Tensor apply(Tensor x, Pass pass) {
      Tensor h = before.apply(first ? x : Activation.RELU.apply(x), pass);
      h = after.apply(Activation.RELU.apply(h), pass);
      Tensor y = h.add(skip.apply(x, pass));
      return halves ? Resampling.down(y) : y;
    }
  }

  ProjectionCritic(ParameterStore store, Modality.Image image, int classes, int width) {
    int halvings = ImageSizes.of(image).halvings();
    blocks = new ArrayList<>();
    int in = image.channels();
    int out = width;
    for (int i = 0; i <= halvings; i++) {
      ParameterStore scope = store.scope(i);
      blocks.add(
          new Block(
              i < halvings,
              i == 0,
              SpectralConv.create(scope.scope("conv1"), in, out, 3),
              SpectralConv.create(scope.scope("conv2"), out, out, 3),
              SpectralConv.create(scope.scope("skip"), in, out, 1)));
      in = out;
      out *= 2;
    }
    this.out = SpectralLinear.create(store.scope("out"), in, 1);
    this.classes =
        Weight.create(
            store.scope("classes"), Shape.of(classes, in), Initializer.glorotUniform(), true);
  }

  @Override
  public Tensor apply(Tensor x, Tensor label, Pass pass) {
    Tensor h = x;
    for (Block block : blocks) {
      h = block.apply(h, pass);
    }
    Tensor phi = Activation.RELU.apply(h).sum(1, 2);
    Tensor projection = classes.value(pass).gather(label).mul(phi).sum(1);
    return out.apply(phi, pass).reshape(x.dim(0)).add(projection);
  }
}
