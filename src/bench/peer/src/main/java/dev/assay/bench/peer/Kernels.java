package dev.assay.bench.peer;

import static org.bytedeco.pytorch.global.torch.gelu;
import static org.bytedeco.pytorch.global.torch.layer_norm;
import static org.bytedeco.pytorch.global.torch.mm;
import static org.bytedeco.pytorch.global.torch.softmax;
import static org.bytedeco.pytorch.global.torch.torch_ones;
import static org.bytedeco.pytorch.global.torch.torch_randn;
import static org.bytedeco.pytorch.global.torch.torch_zeros;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.InferenceMode;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;

/** Single operations, each with a new result. */
final class Kernels {
  private static final long FOUR_MILLION = 1 << 22;

  private Kernels() {}

  /** How to make each one, by name. */
  static Map<String, Supplier<PeerStep>> all() {
    Map<String, Supplier<PeerStep>> all = new LinkedHashMap<>();
    for (long n : new long[] {256, 512, 1024, 2048}) {
      all.put("sgemm-" + n, () -> product(n));
    }
    all.put("softmax-4096x512", () -> softmaxOf(torch_randn(4096, 512)));
    all.put("layer-norm-4096x384", Kernels::layerNorm);
    all.put("gelu-4m", () -> geluOf(torch_randn(FOUR_MILLION)));
    all.put("exp-4m", () -> exponential(torch_randn(FOUR_MILLION)));
    all.put("chain-4m", Kernels::chain);
    return all;
  }

  private static PeerStep product(long n) {
    Tensor a = torch_randn(n, n);
    Tensor b = torch_randn(n, n);
    return repeated(() -> mm(a, b));
  }

  private static PeerStep softmaxOf(Tensor x) {
    return repeated(() -> softmax(x, 1));
  }

  private static PeerStep layerNorm() {
    Tensor x = torch_randn(4096, 384);
    TensorOptional gain = new TensorOptional(torch_ones(384));
    TensorOptional bias = new TensorOptional(torch_zeros(384));
    long[] shape = {384};
    return repeated(() -> layer_norm(x, shape, gain, bias, 1e-5, false));
  }

  private static PeerStep geluOf(Tensor x) {
    return repeated(() -> gelu(x));
  }

  private static PeerStep exponential(Tensor x) {
    return repeated(x::exp);
  }

  private static PeerStep chain() {
    Tensor x = torch_randn(FOUR_MILLION);
    Tensor y = torch_randn(FOUR_MILLION);
    Scalar one = new Scalar(1.0);
    Scalar two = new Scalar(2.0);
    return repeated(() -> x.mul(two).add(y).add(one).relu());
  }

  private static PeerStep repeated(Supplier<Tensor> operation) {
    return new PeerStep() {
      @Override
      public void run() {
        try (PointerScope _ = new PointerScope();
            InferenceMode _ = new InferenceMode(true)) {
          Tensor unused = operation.get();
        }
      }

      @Override
      public double loss() {
        return Double.NaN;
      }

      @Override
      public long parameters() {
        return 0;
      }
    };
  }
}
