package dev.assay.bench.peer;

import static org.bytedeco.pytorch.global.torch.full;
import static org.bytedeco.pytorch.global.torch.mse_loss;
import static org.bytedeco.pytorch.global.torch.pad;
import static org.bytedeco.pytorch.global.torch.randn_like;
import static org.bytedeco.pytorch.global.torch.torch_randint;
import static org.bytedeco.pytorch.global.torch.torch_randn;

import dev.assay.bench.data.SyntheticData;
import dev.assay.tensor.RandomStream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.DoubleOptional;
import org.bytedeco.pytorch.GeneratorOptional;
import org.bytedeco.pytorch.InferenceMode;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** Training of the diffusion model of {@code dev.assay.bench.steps.Ddpm}, and its reverse steps. */
final class Ddpm {
  private static final int EXAMPLES = 5_000;
  private static final int TIMES = 1_000;
  private static final int SIDE = 32;
  private static final double FIRST_BETA = 1e-4;
  private static final double LAST_BETA = 0.02;

  private Ddpm() {}

  static PeerStep training(RandomStream random, int batch) {
    UNet network = new UNet();
    float[] pictures = SyntheticData.pictures(EXAMPLES, random.child("pictures"));
    int side = SyntheticData.SIDE;
    Tensor signed =
        Data.tensor(pictures, EXAMPLES, 1, side, side).mul(new Scalar(2.0)).sub(new Scalar(1.0));
    Tensor framed = pad(signed, new long[] {2, 2, 2, 2}, "constant", new DoubleOptional(-1.0));
    Data data = new Data(framed, batch, random.child("steps"));
    double[] kept = kept();
    float[] signal = new float[TIMES];
    float[] noise = new float[TIMES];
    for (int t = 0; t < TIMES; t++) {
      signal[t] = (float) Math.sqrt(kept[t]);
      noise[t] = (float) Math.sqrt(1 - kept[t]);
    }
    Tensor signals = Data.tensor(signal, TIMES, 1, 1, 1);
    Tensor noises = Data.tensor(noise, TIMES, 1, 1, 1);
    return new Training(
        network.weights,
        () -> {
          Tensor x = data.next();
          TensorOptions integers = new TensorOptions(ScalarType.Long);
          Tensor t = torch_randint(TIMES, new long[] {batch}, integers);
          Tensor epsilon = randn_like(x);
          Tensor noised =
              signals.index_select(0, t).mul(x).add(noises.index_select(0, t).mul(epsilon));
          return mse_loss(network.apply(noised, t), epsilon);
        },
        FusedAdam.adam(network.weights, 2e-4, 0.9, 0.999));
  }

  static PeerStep reverse(int batch) {
    UNet network = new UNet();
    double[] kept = kept();
    Tensor x = torch_randn(batch, 1, SIDE, SIDE);
    return new PeerStep() {
      private int time;

      @Override
      public void run() {
        try (PointerScope _ = new PointerScope();
            InferenceMode _ = new InferenceMode(true)) {
          if (time == 0) {
            x.normal_(0, 1, new GeneratorOptional());
            time = TIMES;
          }
          time--;
          TensorOptions integers = new TensorOptions(ScalarType.Long);
          Tensor t = full(new long[] {batch}, new Scalar((long) time), integers);
          double share = beta(time) / Math.sqrt(1 - kept[time]);
          Tensor mean =
              x.sub(network.apply(x, t), new Scalar(share))
                  .mul_(new Scalar(1 / Math.sqrt(1 - beta(time))));
          if (time > 0) {
            mean.add_(randn_like(mean), new Scalar(Math.sqrt(beta(time))));
          }
          x.copy_(mean);
        }
      }

      @Override
      public double loss() {
        return Double.NaN;
      }

      @Override
      public long parameters() {
        return network.weights.count();
      }
    };
  }

  private static double beta(int t) {
    return FIRST_BETA + (LAST_BETA - FIRST_BETA) * t / (TIMES - 1);
  }

  /** ᾱ. */
  private static double[] kept() {
    double[] kept = new double[TIMES];
    double product = 1;
    for (int t = 0; t < TIMES; t++) {
      product *= 1 - beta(t);
      kept[t] = product;
    }
    return kept;
  }
}
