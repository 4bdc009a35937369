package dev.assay.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.tensor.plan.Kernel;
import dev.assay.tensor.plan.Plan;
import dev.assay.tensor.plan.Planner;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** Gates are cut from sums that nobody writes, and what is joined is written where it belongs. */
class JoinedPartsTest {
  private static final int STEPS = 5;
  private static final int BATCH = 2;
  private static final int WIDTH = 16;

  /** Two gates of an input's product and the state's, and both sides' adjoints. */
  private static Plan plan() {
    Tensor x = Tensor.input("x", DType.F32, Shape.of(STEPS, BATCH, WIDTH));
    Tensor input = Tensor.input("input", DType.F32, Shape.of(WIDTH, 2 * WIDTH));
    Tensor recurrent = Tensor.input("recurrent", DType.F32, Shape.of(WIDTH, 2 * WIDTH));
    Tensor bias = Tensor.input("bias", DType.F32, Shape.of(2 * WIDTH));
    Tensor h = Tensor.input("h", DType.F32, Shape.of(BATCH, WIDTH));
    Tensor drive = x.matmul(input).add(bias);
    List<Tensor> outputs = new ArrayList<>();
    for (int t = 0; t < STEPS; t++) {
      Tensor sum = drive.slice(0, t, 1).reshape(BATCH, 2 * WIDTH).add(h.matmul(recurrent));
      List<Tensor> gates = sum.split(1, 2);
      h = gates.get(0).sigmoid().mul(gates.get(1).tanh());
      outputs.add(h.reshape(1, BATCH, WIDTH));
    }
    Tensor loss = Tensor.concat(0, outputs).square().sum();
    List<Tensor> adjoints = Gradients.of(loss, List.of(input, recurrent, bias));
    return Planner.plan(
        Graph.builder()
            .output("input", adjoints.get(0))
            .output("recurrent", adjoints.get(1))
            .output("bias", adjoints.get(2))
            .build());
  }

  private static long count(Predicate<Kernel> which) {
    return plan().phases().stream().flatMap(List::stream).filter(which).count();
  }

  private static boolean computes(Kernel kernel) {
    return kernel instanceof Kernel.Tile tile
        && tile.code().stream().anyMatch(instr -> instr instanceof Kernel.Instr.Apply);
  }

  @Test
  void aStepIsOneProductAndOneKernelEachWay() {
    // forward: a cell per step; back: a cell per step; and the loss's adjoint is a part of those
    assertThat(count(JoinedPartsTest::computes)).isEqualTo(2 * STEPS);
    // forward and back but for the first state's adjoint, one for the drive, two weights' adjoints
    assertThat(count(kernel -> kernel instanceof Kernel.MatMul)).isEqualTo(STEPS + STEPS - 1 + 3);
  }

  @Test
  void onlyStatesThatAreJoinedTwiceAreCopied() {
    // the weight's adjoint takes all states but the last, the first of which is an input
    assertThat(count(kernel -> kernel instanceof Kernel.Tile && !computes(kernel)))
        .isEqualTo(STEPS);
  }

  @Test
  void theBatchDoesNotDecideWhatIsCut() {
    for (int width : new int[] {5, 10, WIDTH}) {
      assertThat(states(1, width)).as("width %d", width).isEqualTo(states(BATCH, width));
    }
    // cut, the drive is computed in the only kernel
    assertThat(states(BATCH, WIDTH)).isEqualTo(1);
  }

  /** Kernels of states that add up what drives them. */
  private static int states(int batch, int width) {
    Tensor drive = Tensor.input("x", DType.F32, Shape.of(STEPS, batch, width)).exp();
    Tensor h = Tensor.input("h", DType.F32, Shape.of(batch, width));
    for (int t = 0; t < STEPS; t++) {
      h = drive.slice(0, t, 1).reshape(batch, width).add(h).tanh();
    }
    Plan plan = Planner.plan(Graph.builder().output("h", h).build());
    return plan.phases().stream().mapToInt(List::size).sum();
  }

  @Test
  void aLongChainBeforeACutIsPlanned() {
    Tensor x = Tensor.input("x", DType.F32, Shape.of(BATCH, 2 * WIDTH));
    for (int i = 0; i < 5_000; i++) {
      x = x.sin();
    }
    List<Tensor> halves = x.split(1, 2);
    Tensor y = halves.get(0).mul(halves.get(1));
    Plan plan = Planner.plan(Graph.builder().output("y", y).build());
    assertThat(plan.phases().stream().mapToInt(List::size).sum()).isPositive();
  }
}
