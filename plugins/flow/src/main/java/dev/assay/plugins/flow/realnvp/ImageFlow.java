package dev.assay.plugins.flow.realnvp;

import dev.assay.nn.ParameterStore;
import dev.assay.plugins.flow.ActNorm;
import dev.assay.plugins.flow.Base;
import dev.assay.plugins.flow.Chain;
import dev.assay.plugins.flow.ChannelCoupling;
import dev.assay.plugins.flow.ConvolutionalNetwork;
import dev.assay.plugins.flow.Domain;
import dev.assay.plugins.flow.Flow;
import dev.assay.plugins.flow.MultiScale;
import dev.assay.plugins.flow.Squeeze;
import dev.assay.plugins.flow.Transform;
import dev.assay.tensor.Shape;
import java.util.ArrayList;
import java.util.List;

/**
 * RealNVP of images, §3.6: each scale has three checkerboard couplings, a squeeze and three
 * channel-wise couplings, then half of the channels leave; the last scale, which cannot be squeezed
 * or is the last one wanted, has four checkerboard couplings.
 */
final class ImageFlow {
  private static final int COUPLINGS = 3;
  private static final int LAST_COUPLINGS = 4;

  private final RealNvpConfig config;
  private final Domain domain;
  private final ParameterStore store;
  private int layers;

  private ImageFlow(RealNvpConfig config, Domain domain, ParameterStore store) {
    this.config = config;
    this.domain = domain;
    this.store = store;
  }

  static Flow create(RealNvpConfig config, Domain domain, ParameterStore store) {
    return new ImageFlow(config, domain, store).flow();
  }

  private Flow flow() {
    List<MultiScale.Scale> scales = new ArrayList<>();
    Shape shape = domain.item();
    while (scales.size() + 1 < config.scales() && Squeeze.fits(shape)) {
      List<Transform> steps = new ArrayList<>();
      checkerboards(steps, COUPLINGS, shape.dim(2));
      steps.add(new Squeeze());
      shape = Squeeze.of(shape);
      channels(steps, COUPLINGS, shape.dim(2));
      scales.add(new MultiScale.Scale(new Chain(steps), true, new MultiScale.Unchanged()));
      shape = shape.with(-1, shape.dim(2) / 2);
    }
    List<Transform> steps = new ArrayList<>();
    checkerboards(steps, LAST_COUPLINGS, shape.dim(2));
    scales.add(new MultiScale.Scale(new Chain(steps), false, new MultiScale.Unchanged()));
    return new Flow(domain, new MultiScale(domain.item(), scales), Base.GAUSSIAN);
  }

  private void checkerboards(List<Transform> steps, int count, int channels) {
    for (int i = 0; i < count; i++) {
      ParameterStore layer = store.scope(layers++);
      Affine affine = Affine.create(layer, channels);
      steps.add(ActNorm.create(layer.scope("norm"), channels));
      ConvolutionalNetwork network = network(layer, channels, channels * affine.parameters());
      steps.add(new CheckerboardCoupling(network, affine, i % 2 == 1));
    }
  }

  private void channels(List<Transform> steps, int count, int channels) {
    for (int i = 0; i < count; i++) {
      ParameterStore layer = store.scope(layers++);
      Affine affine = Affine.create(layer, channels / 2);
      steps.add(ActNorm.create(layer.scope("norm"), channels));
      ConvolutionalNetwork network =
          network(layer, channels / 2, channels / 2 * affine.parameters());
      steps.add(new ChannelCoupling(network, affine, i % 2 == 1));
    }
  }

  private ConvolutionalNetwork network(ParameterStore store, int in, int out) {
    return ConvolutionalNetwork.create(
        store, in + domain.classes(), config.channels(), config.blocks(), out, config.activation());
  }
}
