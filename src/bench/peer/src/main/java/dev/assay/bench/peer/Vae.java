package dev.assay.bench.peer;

import static org.bytedeco.pytorch.global.torch.binary_cross_entropy_with_logits;
import static org.bytedeco.pytorch.global.torch.randn_like;
import static org.bytedeco.pytorch.global.torch.relu;

import dev.assay.bench.data.SyntheticData;
import dev.assay.bench.peer.Layers.Linear;
import dev.assay.tensor.RandomStream;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;

/** The autoencoder that {@code dev.assay.bench.steps.Vae} trains. */
final class Vae {
  private static final int PIXELS = SyntheticData.SIDE * SyntheticData.SIDE;
  private static final int EXAMPLES = 10_000;
  private static final long SUM = 2;

  private final Weights weights = new Weights();
  private final Linear encoder0 = Linear.create(weights, PIXELS, 400);
  private final Linear encoder1 = Linear.create(weights, 400, 40);
  private final Linear decoder0 = Linear.create(weights, 20, 400);
  private final Linear decoder1 = Linear.create(weights, 400, PIXELS);
  private final Scalar half = new Scalar(0.5);
  private final Scalar one = new Scalar(1.0);

  private Vae() {}

  static PeerStep training(RandomStream random, int batch) {
    Vae vae = new Vae();
    float[] pictures = SyntheticData.pictures(EXAMPLES, random.child("pictures"));
    Data data = new Data(Data.tensor(pictures, EXAMPLES, PIXELS), batch, random.child("steps"));
    return new Training(
        vae.weights, () -> vae.loss(data.next()), FusedAdam.adam(vae.weights, 1e-3, 0.9, 0.999));
  }

  private Tensor loss(Tensor x) {
    TensorVector posterior = encoder1.apply(relu(encoder0.apply(x))).chunk(2, 1);
    Tensor mean = posterior.get(0);
    Tensor logVariance = posterior.get(1);
    Tensor z = mean.add(logVariance.mul(half).exp().mul(randn_like(mean)));
    Tensor logits = decoder1.apply(relu(decoder0.apply(z)));
    Tensor reconstruction =
        binary_cross_entropy_with_logits(logits, x, Layers.NONE, Layers.NONE, SUM);
    Tensor divergence =
        mean.square().add(logVariance.exp()).sub(logVariance).sub(one).sum().mul(half);
    return reconstruction.add(divergence).div(new Scalar((double) x.size(0)));
  }
}
