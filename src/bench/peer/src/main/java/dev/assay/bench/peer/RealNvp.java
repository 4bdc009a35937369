package dev.assay.bench.peer;

import static org.bytedeco.pytorch.global.torch.relu;
import static org.bytedeco.pytorch.global.torch.torch_zeros;

import dev.assay.bench.data.SyntheticData;
import dev.assay.bench.peer.Layers.Linear;
import dev.assay.tensor.RandomStream;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;

/** The flow that {@code dev.assay.bench.steps.RealNvp} trains. */
final class RealNvp {
  private static final int COUPLINGS = 8;
  private static final int HIDDEN = 128;
  private static final int POINTS = 20_000;

  private final Weights weights = new Weights();
  private final List<Coupling> couplings = new ArrayList<>();
  private final Scalar half = new Scalar(0.5);
  private final Scalar constant;

  private record Coupling(Linear first, Linear second, Linear last) {
    TensorVector apply(Tensor x) {
      return last.apply(relu(second.apply(relu(first.apply(x))))).chunk(2, 1);
    }
  }

  private RealNvp(int width) {
    constant = new Scalar(0.5 * width * Math.log(2 * Math.PI));
    for (int i = 0; i < COUPLINGS; i++) {
      couplings.add(
          new Coupling(
              Linear.create(weights, width / 2, HIDDEN),
              Linear.create(weights, HIDDEN, HIDDEN),
              Linear.create(weights, HIDDEN, width)));
    }
  }

  static PeerStep training(RandomStream random, int width, int batch) {
    RealNvp flow = new RealNvp(width);
    float[] points = SyntheticData.moons(POINTS, width, random.child("points"));
    Data data = new Data(Data.tensor(points, POINTS, width), batch, random.child("steps"));
    return new Training(
        flow.weights, () -> flow.loss(data.next()), FusedAdam.adam(flow.weights, 1e-3, 0.9, 0.999));
  }

  private Tensor loss(Tensor x) {
    TensorVector halves = x.chunk(2, 1);
    Tensor kept = halves.get(0);
    Tensor moved = halves.get(1);
    Tensor logDeterminant = torch_zeros(x.size(0));
    for (Coupling coupling : couplings) {
      TensorVector parts = coupling.apply(kept);
      Tensor s = parts.get(0).tanh();
      Tensor next = moved.mul(s.exp()).add(parts.get(1));
      logDeterminant = logDeterminant.add(s.sum(1));
      moved = kept;
      kept = next;
    }
    Tensor square = kept.square().sum(1).add(moved.square().sum(1));
    return square.mul(half).add(constant).sub(logDeterminant).mean();
  }
}
