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

/** Products of few rows keep a packed copy of weights: it must never be an old one. */
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
