package dev.assay.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.tensor.DType;
import dev.assay.tensor.Graph;
import dev.assay.tensor.Program;
import dev.assay.tensor.Shape;
import dev.assay.tensor.Tensor;
import dev.assay.tensor.Variable;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Products keep copies of weights in another order: they must never be old ones. */
final class ChangedWeightsTest {
  private static final int DEPTH = 40;
  private static final int WIDTH = 70;
  private static final int RUNS = 3;

  @Test
  void aProductOfFewRowsFollowsItsWeightsWhoeverChangesThem() {
    try (CpuBackend backend = new CpuBackend(2)) {
      Variable weights = backend.variable("w", DType.F32, Shape.of(DEPTH, WIDTH));
      Tensor x = Tensor.input("x", DType.F32, Shape.of(2, DEPTH));
      Graph product = Graph.builder().output("y", x.matmul(weights.tensor())).build();
      Graph doubling = Graph.builder().assign(weights, weights.tensor().mul(2)).build();
      try (Program reader = backend.compile(product);
          Program writer = backend.compile(doubling)) {
        reader.set("x", filled(2 * DEPTH, 1));
        weights.write(filled(DEPTH * WIDTH, 1));
        assertReads(reader, DEPTH);
        writer.run();
        assertReads(reader, 2 * DEPTH);
        weights.write(filled(DEPTH * WIDTH, 3));
        assertReads(reader, 3 * DEPTH);
      }
    }
  }

  /**
   * h ← h W six times, W all 1/64 at first; then W doubles, and one more product reads the new W.
   */
  @Test
  void recurrentProductsReadTheWeightsOfTheirRunAndALaterOneTheNewWeights() {
    int width = 64;
    try (CpuBackend backend = new CpuBackend(2)) {
      Variable weights = backend.variable("w", DType.F32, Shape.of(width, width));
      Tensor x = Tensor.input("x", DType.F32, Shape.of(2, width));
      Tensor h = x;
      for (int step = 0; step < 6; step++) {
        h = h.matmul(weights.tensor());
      }
      Tensor doubled = weights.tensor().mul(2);
      Graph graph =
          Graph.builder()
              .output("before", h)
              .output("after", x.matmul(doubled))
              .assign(weights, doubled)
              .build();
      weights.write(filled(width * width, 1f / width));
      try (Program program = backend.compile(graph)) {
        program.set("x", filled(2 * width, 1));
        float[] y = new float[2 * width];
        for (float factor = 1; factor <= 8; factor *= 2) {
          program.run();
          program.get("before", y);
          assertThat(y).containsOnly((float) Math.pow(factor, 6));
          program.get("after", y);
          assertThat(y).containsOnly(2 * factor);
        }
      }
    }
  }

  /** As often as it takes to pack, and once more. */
  private static void assertReads(Program reader, float expected) {
    float[] y = new float[2 * WIDTH];
    for (int run = 0; run < RUNS; run++) {
      reader.run();
      reader.get("y", y);
      assertThat(y).containsOnly(expected);
    }
  }

  private static float[] filled(int size, float value) {
    float[] values = new float[size];
    Arrays.fill(values, value);
    return values;
  }
}
