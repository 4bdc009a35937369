package dev.assay.bench.peer;

import static org.bytedeco.pytorch.global.torch.binary_cross_entropy_with_logits;
import static org.bytedeco.pytorch.global.torch.leaky_relu;
import static org.bytedeco.pytorch.global.torch.relu;
import static org.bytedeco.pytorch.global.torch.torch_ones;
import static org.bytedeco.pytorch.global.torch.torch_randn;
import static org.bytedeco.pytorch.global.torch.torch_zeros;

import dev.assay.bench.data.SyntheticData;
import dev.assay.bench.peer.Layers.BatchNorm;
import dev.assay.bench.peer.Layers.Convolution;
import dev.assay.bench.peer.Layers.Linear;
import dev.assay.bench.peer.Layers.Transposed;
import dev.assay.tensor.RandomStream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/** The generator and the critic that {@code dev.assay.bench.steps.Dcgan} trains. */
final class Dcgan implements PeerStep {
  private static final int EXAMPLES = 5_000;
  private static final int LATENT = 100;
  private static final int FEATURES = 128 * 49;

  private final Weights ofGenerator = new Weights();
  private final Transposed up0 = Transposed.create(ofGenerator, LATENT, 128, 7, 1, 0, false);
  private final BatchNorm norm0 = BatchNorm.create(ofGenerator, 128);
  private final Transposed up1 = Transposed.create(ofGenerator, 128, 64, 4, 2, 1, false);
  private final BatchNorm norm1 = BatchNorm.create(ofGenerator, 64);
  private final Transposed up2 = Transposed.create(ofGenerator, 64, 1, 4, 2, 1, true);

  private final Weights ofCritic = new Weights();
  private final Convolution down0 = Convolution.create(ofCritic, 1, 64, 4, 2, 1);
  private final Convolution down1 = Convolution.create(ofCritic, 64, 128, 4, 2, 1);
  private final Linear last = Linear.create(ofCritic, FEATURES, 1);

  private final FusedAdam generatorAdam = FusedAdam.adam(ofGenerator, 2e-4, 0.5, 0.999);
  private final FusedAdam criticAdam = FusedAdam.adam(ofCritic, 2e-4, 0.5, 0.999);
  private final Scalar slope = new Scalar(0.2);
  private final Data data;
  private final int batch;
  private final Tensor real;
  private final Tensor fake;
  private double loss = Double.NaN;

  Dcgan(RandomStream random, int batch) {
    this.batch = batch;
    float[] pictures = SyntheticData.pictures(EXAMPLES, random.child("pictures"));
    int side = SyntheticData.SIDE;
    Tensor all = Data.tensor(pictures, EXAMPLES, 1, side, side);
    Tensor signed = all.mul(new Scalar(2.0)).sub(new Scalar(1.0));
    data = new Data(signed, batch, random.child("steps"));
    real = torch_ones(batch);
    fake = torch_zeros(batch);
  }

  @Override
  public void run() {
    try (PointerScope _ = new PointerScope()) {
      Tensor x = data.next();
      Tensor made = Local.of(() -> generate(torch_randn(batch, LATENT, 1, 1)));
      Tensor wrong = binary_cross_entropy_with_logits(judge(made.detach()), fake);
      Tensor critic = binary_cross_entropy_with_logits(judge(x), real).add(wrong);
      critic.backward();
      criticAdam.step();
      criticAdam.zero();
      binary_cross_entropy_with_logits(judge(made), real).backward();
      generatorAdam.step();
      generatorAdam.zero();
      criticAdam.zero();
      loss = critic.item_float();
    }
  }

  private Tensor generate(Tensor z) {
    Tensor h = relu(norm0.apply(up0.apply(z)));
    return up2.apply(relu(norm1.apply(up1.apply(h)))).tanh();
  }

  private Tensor judge(Tensor x) {
    return Local.of(() -> {
      Tensor h = leaky_relu(down1.apply(leaky_relu(down0.apply(x), slope)), slope);
      return last.apply(h.reshape(batch, FEATURES)).view(batch);
    });
  }

  @Override
  public double loss() {
    return loss;
  }

  @Override
  public long parameters() {
    return ofGenerator.count() + ofCritic.count();
  }
}
