package dev.assay.bench.steps;

import dev.assay.bench.data.Rows;
import dev.assay.bench.data.SyntheticData;
import dev.assay.nn.Adam;
import dev.assay.nn.Conv2d;
import dev.assay.nn.Parameter;
import dev.assay.nn.ParameterStore;
import dev.assay.nn.TrainStep;
import dev.assay.tensor.Backend;
import dev.assay.tensor.DType;
import dev.assay.tensor.Op.Window;
import dev.assay.tensor.RandomStream;
import dev.assay.tensor.Shape;
import dev.assay.tensor.Tensor;
import dev.assay.tensor.Tensors;

/** Masked convolutions over binary pictures, Adam. Van den Oord et al. 2016, §3.4 and figure 5. */
final class PixelCnn {
  private static final int SIDE = SyntheticData.SIDE;
  private static final int CHANNELS = 64;
  private static final int BLOCKS = 7;
  private static final int EXAMPLES = 5_000;

  private PixelCnn() {}

  /** A training step; its loss is nats per example. */
  static Workload training(Backend backend, RandomStream random, int batch) {
    ParameterStore store = new ParameterStore(backend, random.child("weights"));
    Tensor loss = loss(store, Tensor.input("x", DType.F32, Shape.of(batch, SIDE, SIDE, 1)));
    float[] pictures = SyntheticData.pictures(EXAMPLES, random.child("pictures"));
    Rows rows = new Rows(SyntheticData.binary(pictures), SIDE * SIDE, batch);
    return new CompiledStep(
        backend,
        new TrainStep(loss, store.parameters(), Adam.standard(store.scope("adam"))).build(),
        (program, stream) -> {
          program.set("x", rows.next(stream));
          program.set(TrainStep.LEARNING_RATE, new float[] {1e-3f});
        },
        random.child("steps"),
        store.count(),
        batch);
  }

  private static Tensor loss(ParameterStore store, Tensor x) {
    Tensor h = masked(convolution(store.scope("first"), 1, CHANNELS, 7), false).apply(x);
    for (int i = 0; i < BLOCKS; i++) {
      Conv2d block = convolution(store.scope("blocks").scope(i), CHANNELS, CHANNELS, 3);
      h = h.add(masked(block, true).apply(Tensors.relu(h)));
    }
    h = convolution(store.scope("head0"), CHANNELS, CHANNELS, 1).apply(Tensors.relu(h));
    Tensor logits = convolution(store.scope("head1"), CHANNELS, 1, 1).apply(Tensors.relu(h));
    return Tensors.bernoulliNll(logits, x).sum().mul(1f / x.dim(0));
  }

  private static Conv2d convolution(ParameterStore store, int in, int out, int kernel) {
    return Conv2d.create(store, in, out, kernel, Window.padded(kernel / 2));
  }

  /**
   * A pixel sees those above it and those to its left.
   *
   * @param itself whether it sees its own place too (mask B)
   */
  private static Conv2d masked(Conv2d convolution, boolean itself) {
    Parameter filter = convolution.filter();
    int kernel = filter.shape().dim(0);
    int centre = kernel * kernel / 2;
    float[] mask = new float[kernel * kernel];
    for (int i = 0; i < centre + (itself ? 1 : 0); i++) {
      mask[i] = 1;
    }
    Tensor seen = filter.value().mul(Tensor.constant(mask, Shape.of(kernel, kernel, 1, 1)));
    return new Conv2d(
        new Parameter(filter.variable(), seen), convolution.bias(), convolution.window());
  }
}
