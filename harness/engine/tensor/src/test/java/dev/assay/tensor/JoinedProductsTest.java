package dev.assay.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.assay.tensor.plan.Kernel;
import dev.assay.tensor.plan.Plan;
import dev.assay.tensor.plan.Planner;
import dev.assay.tensor.reference.ReferenceBackend;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A weight used at every time step gets its adjoint by one product. */
class JoinedProductsTest {
  private static final int STEPS = 5;
  private static final int BATCH = 2;
  private static final int IN = 7;
  private static final int OUT = 9;

  private static Graph adjoint() {
    Tensor w = Tensor.input("w", DType.F32, Shape.of(IN, OUT));
    List<Tensor> losses = new ArrayList<>();
    for (int t = 0; t < STEPS; t++) {
      Tensor x = Tensor.input("x" + t, DType.F32, Shape.of(BATCH, IN));
      losses.add(x.matmul(w).square().sum());
    }
    Tensor loss = losses.stream().reduce(Tensor::add).orElseThrow();
    return Graph.builder().output("dw", Gradients.of(loss, w)).build();
  }

  private static long products(Plan plan) {
    return plan.phases().stream()
        .flatMap(List::stream)
        .filter(kernel -> kernel instanceof Kernel.MatMul)
        .count();
  }

  @Test
  void theSumOfThinProductsIsOneProduct() {
    // one x W per step, and one product for the adjoint of W
    assertThat(products(Planner.plan(adjoint()))).isEqualTo(STEPS + 1);
  }

  @Test
  void itsValueIsThatOfTheSum() {
    float[] joined = run(new PlanBackend());
    float[] apart = run(new ReferenceBackend());
    for (int i = 0; i < joined.length; i++) {
      assertThat(joined[i]).isCloseTo(apart[i], within(1e-5f * Math.max(1, Math.abs(apart[i]))));
    }
  }

  private static float[] run(Backend backend) {
    try (backend;
        Program program = backend.compile(adjoint())) {
      program.set("w", values(0, IN * OUT));
      for (int t = 0; t < STEPS; t++) {
        program.set("x" + t, values(t + 1, BATCH * IN));
      }
      program.run();
      float[] dw = new float[IN * OUT];
      program.get("dw", dw);
      return dw;
    }
  }

  private static float[] values(int seed, int count) {
    RandomStream random = RandomStream.root(seed);
    float[] values = new float[count];
    IntStream.range(0, count).forEach(i -> values[i] = (float) random.nextGaussian());
    return values;
  }
}
