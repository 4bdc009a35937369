package dev.assay.bench.peer;

import static org.bytedeco.pytorch.global.torch.linalg_cholesky;
import static org.bytedeco.pytorch.global.torch.linalg_solve_triangular;
import static org.bytedeco.pytorch.global.torch.logsumexp;
import static org.bytedeco.pytorch.global.torch.mm;
import static org.bytedeco.pytorch.global.torch.torch_eye;

import dev.assay.bench.data.SyntheticData;
import dev.assay.tensor.RandomStream;
import java.util.Arrays;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.InferenceMode;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * The sweeps of {@code dev.assay.bench.steps.GmmEm} as a user of NumPy writes them: a product of
 * matrices whitens all points for a component, log-sum-exp and the rest are passes of their own.
 */
final class GmmEm implements PeerStep {
  private static final int POINTS = 60_000;
  private static final int COLUMNS = 64;
  private static final int COMPONENTS = 16;
  private static final double FLOOR = 1e-6;

  private final Tensor points;
  private final Tensor identity;
  private final Tensor means;
  private final Tensor weights;
  private final Tensor logs;

  /** Inverse Cholesky factors, transposed: a point less its mean, times this, is white. */
  private final Tensor[] whiteners = new Tensor[COMPONENTS];

  private double loss = Double.NaN;

  GmmEm(RandomStream random) {
    float[] data = SyntheticData.mixture(POINTS, COLUMNS, COMPONENTS, random.child("points"));
    points = Data.tensor(data, POINTS, COLUMNS).to(ScalarType.Double);
    identity = torch_eye(COLUMNS).to(ScalarType.Double);
    means = points.narrow(0, 0, COMPONENTS).clone();
    weights = Data.tensor(uniform(), COMPONENTS).to(ScalarType.Double);
    logs = Data.tensor(new float[POINTS * COMPONENTS], POINTS, COMPONENTS).to(ScalarType.Double);
    for (int k = 0; k < COMPONENTS; k++) {
      whiteners[k] = identity.clone();
    }
  }

  private static float[] uniform() {
    float[] shares = new float[COMPONENTS];
    Arrays.fill(shares, 1f / COMPONENTS);
    return shares;
  }

  @Override
  public void run() {
    try (PointerScope _ = new PointerScope();
        InferenceMode _ = new InferenceMode(true)) {
      Tensor shares = expect();
      maximise(shares);
    }
  }

  private Tensor expect() {
    for (int k = 0; k < COMPONENTS; k++) {
      try (PointerScope _ = new PointerScope()) {
        Tensor mean = mm(means.narrow(0, k, 1), whiteners[k]);
        Tensor squares = mm(points, whiteners[k]).sub_(mean).square_().sum(1);
        double determinant = whiteners[k].diagonal().log().sum().item_double();
        double constant = determinant - 0.5 * COLUMNS * Math.log(2 * Math.PI);
        double weight = Math.log(weights.select(0, k).item_double());
        logs.select(1, k).copy_(squares.mul_(new Scalar(-0.5)).add_(new Scalar(constant + weight)));
      }
    }
    Tensor totals = logsumexp(logs, new long[] {1}, true);
    loss = -totals.mean().item_double();
    return logs.sub_(totals).exp_();
  }

  private void maximise(Tensor shares) {
    Tensor sums = shares.sum(0);
    means.copy_(mm(shares.t(), points).div_(sums.unsqueeze(1)));
    weights.copy_(sums.div(new Scalar((double) POINTS)));
    for (int k = 0; k < COMPONENTS; k++) {
      try (PointerScope _ = new PointerScope()) {
        Tensor centred = points.sub(means.narrow(0, k, 1));
        Tensor weighted = centred.mul(shares.narrow(1, k, 1));
        Tensor covariance = mm(weighted.t(), centred).div_(sums.select(0, k));
        covariance.diagonal().add_(new Scalar(FLOOR));
        Tensor inverse = linalg_solve_triangular(linalg_cholesky(covariance), identity, false);
        whiteners[k].copy_(inverse.t());
      }
    }
  }

  @Override
  public double loss() {
    return loss;
  }

  @Override
  public long parameters() {
    return COMPONENTS - 1 + COMPONENTS * (COLUMNS + COLUMNS * (COLUMNS + 1L) / 2);
  }
}
