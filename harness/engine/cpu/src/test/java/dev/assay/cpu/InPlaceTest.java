package dev.assay.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.tensor.DType;
import dev.assay.tensor.Graph;
import dev.assay.tensor.Program;
import dev.assay.tensor.Shape;
import dev.assay.tensor.Tensor;
import dev.assay.tensor.Variable;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Variables that a program assigns together are read as they were before it. */
final class InPlaceTest {
  /** p ← 3 x and x ← x + 3 x − p, from x = 1 and p = 0, by hand: (4, 3), (13, 12), (40, 39). */
  @ParameterizedTest
  @ValueSource(ints = {1, 16, 17, 40, 5_000})
  void anAssignedVariableIsStillReadByTheOthers(int size) {
    try (CpuBackend backend = new CpuBackend(2)) {
      Variable x = backend.variable("x", DType.F32, Shape.of(3, size));
      Variable p = backend.variable("p", DType.F32, Shape.of(3, size));
      Tensor tripled = x.tensor().mul(3);
      Graph graph =
          Graph.builder()
              .assign(p, tripled)
              .assign(x, x.tensor().add(tripled).sub(p.tensor()))
              .build();
      float[] values = new float[3 * size];
      p.write(values);
      Arrays.fill(values, 1);
      x.write(values);
      try (Program program = backend.compile(graph)) {
        assertRuns(program, x, p, values, 4, 3);
        assertRuns(program, x, p, values, 13, 12);
        assertRuns(program, x, p, values, 40, 39);
      }
    }
  }

  private static void assertRuns(
      Program program, Variable x, Variable p, float[] values, float nextX, float nextP) {
    program.run();
    x.read(values);
    assertThat(values).containsOnly(nextX);
    p.read(values);
    assertThat(values).containsOnly(nextP);
  }
}
