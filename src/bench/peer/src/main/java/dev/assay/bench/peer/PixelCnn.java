package dev.assay.bench.peer;

import static org.bytedeco.pytorch.global.torch.binary_cross_entropy_with_logits;
import static org.bytedeco.pytorch.global.torch.relu;

import dev.assay.bench.data.SyntheticData;
import dev.assay.bench.peer.Layers.Convolution;
import dev.assay.tensor.RandomStream;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/** The network that {@code dev.assay.bench.steps.PixelCnn} trains. */
final class PixelCnn {
  private static final int SIDE = SyntheticData.SIDE;
  private static final int CHANNELS = 64;
  private static final int EXAMPLES = 5_000;

  private final Weights weights = new Weights();
  private final Convolution first = Convolution.create(weights, 1, CHANNELS, 7, 1, 3);
  private final List<Convolution> blocks = new ArrayList<>();
  private final Convolution head0;
  private final Convolution head1;
  private final Tensor before = mask(7, 24);
  private final Tensor upTo = mask(3, 5);

  private PixelCnn() {
    for (int i = 0; i < 7; i++) {
      blocks.add(Convolution.create(weights, CHANNELS, CHANNELS, 3, 1, 1));
    }
    head0 = Convolution.create(weights, CHANNELS, CHANNELS, 1, 1, 0);
    head1 = Convolution.create(weights, CHANNELS, 1, 1, 1, 0);
  }

  static PeerStep training(RandomStream random, int batch) {
    PixelCnn model = new PixelCnn();
    float[] pictures = SyntheticData.pictures(EXAMPLES, random.child("pictures"));
    Tensor bits = Data.tensor(SyntheticData.binary(pictures), EXAMPLES, 1, SIDE, SIDE);
    Data data = new Data(bits, batch, random.child("steps"));
    return new Training(
        model.weights,
        () -> model.loss(data.next()),
        FusedAdam.adam(model.weights, 1e-3, 0.9, 0.999));
  }

  private Tensor loss(Tensor x) {
    Tensor h = first.apply(x, first.weight().mul(before));
    for (Convolution block : blocks) {
      Tensor stream = h;
      h = Local.of(() -> stream.add(block.apply(relu(stream), block.weight().mul(upTo))));
    }
    Tensor logits = head1.apply(relu(head0.apply(relu(h))));
    return binary_cross_entropy_with_logits(logits, x).mul(new Scalar((double) SIDE * SIDE));
  }

  /**
   * 1 at the first places of a square kernel.
   *
   * @param seen how many
   */
  private static Tensor mask(int kernel, int seen) {
    float[] values = new float[kernel * kernel];
    for (int i = 0; i < seen; i++) {
      values[i] = 1;
    }
    return Data.tensor(values, 1, 1, kernel, kernel);
  }
}
