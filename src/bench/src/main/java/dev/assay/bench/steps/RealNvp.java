package dev.assay.bench.steps;

import dev.assay.bench.data.Rows;
import dev.assay.bench.data.SyntheticData;
import dev.assay.nn.Activation;
import dev.assay.nn.Adam;
import dev.assay.nn.Initializer;
import dev.assay.nn.Mlp;
import dev.assay.nn.ParameterStore;
import dev.assay.nn.TrainStep;
import dev.assay.tensor.Backend;
import dev.assay.tensor.DType;
import dev.assay.tensor.RandomStream;
import dev.assay.tensor.Shape;
import dev.assay.tensor.Tensor;
import java.util.List;

/** Eight affine couplings that swap halves, Adam. Dinh et al. 2017, eq. 4–8. */
final class RealNvp {
  private static final int COUPLINGS = 8;
  private static final int HIDDEN = 128;
  private static final int POINTS = 20_000;

  private RealNvp() {}

  /**
   * A training step; its loss is nats per example.
   *
   * @param width columns, even
   */
  static Workload training(Backend backend, RandomStream random, int width, int batch) {
    ParameterStore store = new ParameterStore(backend, random.child("weights"));
    Tensor loss = loss(store, Tensor.input("x", DType.F32, Shape.of(batch, width)));
    float[] points = SyntheticData.moons(POINTS, width, random.child("points"));
    Rows rows = new Rows(points, width, batch);
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
    int width = x.dim(1);
    List<Tensor> halves = x.split(1, 2);
    Tensor kept = halves.get(0);
    Tensor moved = halves.get(1);
    Tensor logDeterminant = Tensor.fill(0, Shape.of(x.dim(0)));
    for (int k = 0; k < COUPLINGS; k++) {
      List<Integer> widths = List.of(width / 2, HIDDEN, HIDDEN, width);
      Mlp network = Mlp.create(store.scope(k), widths, Activation.RELU, Initializer.torch());
      List<Tensor> coupling = network.apply(kept).split(1, 2);
      Tensor s = coupling.get(0).tanh();
      Tensor next = moved.mul(s.exp()).add(coupling.get(1));
      logDeterminant = logDeterminant.add(s.sum(1));
      moved = kept;
      kept = next;
    }
    Tensor square = kept.square().sum(1).add(moved.square().sum(1));
    float constant = (float) (0.5 * width * Math.log(2 * Math.PI));
    return square.mul(0.5f).add(constant).sub(logDeterminant).mean();
  }
}
