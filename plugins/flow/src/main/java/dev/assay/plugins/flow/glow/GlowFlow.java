package dev.assay.plugins.flow.glow;

import dev.assay.nn.ParameterStore;
import dev.assay.plugins.flow.ActNorm;
import dev.assay.plugins.flow.Base;
import dev.assay.plugins.flow.Chain;
import dev.assay.plugins.flow.ChannelCoupling;
import dev.assay.plugins.flow.ConvolutionalNetwork;
import dev.assay.plugins.flow.Domain;
import dev.assay.plugins.flow.Flow;
import dev.assay.plugins.flow.InvertibleLinear;
import dev.assay.plugins.flow.MultiScale;
import dev.assay.plugins.flow.Squeeze;
import dev.assay.plugins.flow.Transform;
import dev.assay.tensor.RandomStream;
import dev.assay.tensor.Shape;
import java.util.ArrayList;
import java.util.List;

/** L levels of a squeeze and K steps of flow: actnorm, 1×1 convolution, coupling; figure 2. */
final class GlowFlow {
  private GlowFlow() {}

  /**
   * @param random decides the rotations that the 1×1 convolutions begin with
   */
  static Flow create(GlowConfig config, Domain domain, ParameterStore store, RandomStream random) {
    int levels = levels(config, domain.item());
    List<MultiScale.Scale> scales = new ArrayList<>();
    Shape shape = domain.item();
    for (int level = 0; level < levels; level++) {
      ParameterStore scope = store.scope(level);
      shape = Squeeze.of(shape);
      List<Transform> steps = new ArrayList<>(List.of(new Squeeze()));
      for (int i = 0; i < config.depth(); i++) {
        step(steps, config, shape.dim(2), scope.scope(i), random.child(level).child(i));
      }
      boolean last = level + 1 == levels;
      shape = last ? shape : shape.with(-1, shape.dim(2) / 2);
      MultiScale.Leaving leaving =
          last
              ? new MultiScale.Unchanged()
              : LearnedPrior.create(scope.scope("prior"), shape.dim(2));
      scales.add(new MultiScale.Scale(new Chain(steps), true, leaving));
    }
    return new Flow(domain, new MultiScale(domain.item(), scales), Base.GAUSSIAN);
  }

  /** As many as wanted, while sides are even. */
  private static int levels(GlowConfig config, Shape item) {
    int levels = 0;
    for (Shape s = item; levels < config.levels() && Squeeze.fits(s); s = Squeeze.of(s)) {
      levels++;
    }
    return levels;
  }

  private static void step(
      List<Transform> steps,
      GlowConfig config,
      int channels,
      ParameterStore store,
      RandomStream random) {
    GlowAffine affine = new GlowAffine();
    steps.add(ActNorm.create(store.scope("norm"), channels));
    steps.add(InvertibleLinear.rotation(store.scope("convolution"), channels, random));
    steps.add(
        new ChannelCoupling(
            ConvolutionalNetwork.create(
                store.scope("coupling"),
                channels / 2,
                config.channels(),
                1,
                channels / 2 * affine.parameters(),
                config.activation()),
            affine,
            false));
  }
}
