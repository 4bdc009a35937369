package dev.assay.bench.steps;

import dev.assay.bench.data.Rows;
import dev.assay.bench.data.SyntheticData;
import dev.assay.nn.Adam;
import dev.assay.nn.ParameterStore;
import dev.assay.nn.TrainStep;
import dev.assay.tensor.Backend;
import dev.assay.tensor.DType;
import dev.assay.tensor.Draws;
import dev.assay.tensor.Graph;
import dev.assay.tensor.RandomStream;
import dev.assay.tensor.Shape;
import dev.assay.tensor.Tensor;
import dev.assay.tensor.Variable;
import java.util.Arrays;

/** Denoising diffusion of 28×28 pictures in a frame of 32×32, Adam. Ho et al. 2020. */
final class Ddpm {
  private static final int SIDE = 32;
  private static final int PIXELS = SIDE * SIDE;
  private static final int EXAMPLES = 5_000;
  private static final int TIMES = 1_000;
  private static final double FIRST_BETA = 1e-4;
  private static final double LAST_BETA = 0.02;

  private Ddpm() {}

  /** A training step; its loss is the mean square of the missing noise. Algorithm 1. */
  static Workload training(Backend backend, RandomStream random, int batch) {
    ParameterStore store = new ParameterStore(backend, random.child("weights"));
    Tensor x = Tensor.input("x", DType.F32, Shape.of(batch, SIDE, SIDE, 1));
    Tensor t = Tensor.input("t", DType.I32, Shape.of(batch));
    Tensor noise = Draws.root().child("noise").normal(x.shape());
    Tensor noised = at(t, i -> Math.sqrt(kept(i))).mul(x);
    noised = noised.add(at(t, i -> Math.sqrt(1 - kept(i))).mul(noise));
    Tensor predicted = new UNet(store).apply(noised, t.toFloat());
    Tensor loss = predicted.sub(noise).square().mean();
    Rows rows = new Rows(framed(random.child("pictures")), PIXELS, batch);
    int[] times = new int[batch];
    return new CompiledStep(
        backend,
        new TrainStep(loss, store.parameters(), Adam.standard(store.scope("adam"))).build(),
        (program, stream) -> {
          program.set("x", rows.next(stream));
          Arrays.setAll(times, _ -> stream.nextInt(TIMES));
          program.set("t", times);
          program.set(TrainStep.LEARNING_RATE, new float[] {2e-4f});
        },
        random.child("steps"),
        store.count(),
        batch);
  }

  /** A step of ancestral sampling, from t = 999 down and then again. Algorithm 2. */
  static Workload reverse(Backend backend, RandomStream random, int batch) {
    ParameterStore store = new ParameterStore(backend, random.child("weights"));
    Variable x = backend.variable("x", DType.F32, Shape.of(batch, SIDE, SIDE, 1));
    Tensor t = Tensor.input("t", DType.I32, Shape.of(batch));
    Tensor epsilon = new UNet(store).apply(x.tensor(), t.toFloat());
    Tensor noise = Draws.root().child("noise").normal(x.shape());
    Tensor mean =
        x.tensor()
            .sub(at(t, i -> beta(i) / Math.sqrt(1 - kept(i))).mul(epsilon))
            .mul(at(t, i -> 1 / Math.sqrt(1 - beta(i))));
    Tensor next = mean.add(at(t, i -> i == 0 ? 0 : Math.sqrt(beta(i))).mul(noise));
    float[] start = new float[batch * PIXELS];
    int[] times = new int[batch];
    return new CompiledStep(
        backend,
        Graph.builder().assign(x, next).build(),
        (program, stream) -> {
          if (times[0] == 0) {
            for (int i = 0; i < start.length; i++) {
              start[i] = (float) stream.nextGaussian();
            }
            x.write(start);
          }
          Arrays.fill(times, times[0] == 0 ? TIMES - 1 : times[0] - 1);
          program.set("t", times);
        },
        random.child("steps"),
        store.count(),
        batch);
  }

  private static float[] framed(RandomStream random) {
    int side = SyntheticData.SIDE;
    int edge = (SIDE - side) / 2;
    float[] pictures = SyntheticData.pictures(EXAMPLES, random);
    float[] framed = new float[EXAMPLES * PIXELS];
    Arrays.fill(framed, -1);
    for (int row = 0; row < EXAMPLES * side; row++) {
      int to = row / side * PIXELS + (row % side + edge) * SIDE + edge;
      for (int i = 0; i < side; i++) {
        framed[to + i] = 2 * pictures[row * side + i] - 1;
      }
    }
    return framed;
  }

  @FunctionalInterface
  private interface OfTime {
    double at(int t);
  }

  /** A coefficient's values at t [n] → [n, 1, 1, 1]. */
  private static Tensor at(Tensor t, OfTime coefficient) {
    float[] table = new float[TIMES];
    for (int i = 0; i < TIMES; i++) {
      table[i] = (float) coefficient.at(i);
    }
    return Tensor.constant(table, Shape.of(TIMES, 1)).gather(t).reshape(t.dim(0), 1, 1, 1);
  }

  private static double beta(int t) {
    return FIRST_BETA + (LAST_BETA - FIRST_BETA) * t / (TIMES - 1);
  }

  /** ᾱ of t. */
  private static double kept(int t) {
    double product = 1;
    for (int i = 0; i <= t; i++) {
      product *= 1 - beta(i);
    }
    return product;
  }
}
