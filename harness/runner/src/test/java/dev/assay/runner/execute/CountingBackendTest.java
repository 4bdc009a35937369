package dev.assay.runner.execute;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.tensor.BackendProvider;
import dev.assay.tensor.DType;
import dev.assay.tensor.Draws;
import dev.assay.tensor.Graph;
import dev.assay.tensor.Program;
import dev.assay.tensor.RandomStream;
import dev.assay.tensor.Shape;
import dev.assay.tensor.Tensor;
import dev.assay.tensor.reference.ReferenceProvider;
import org.junit.jupiter.api.Test;

final class CountingBackendTest {
  private final CountingBackend backend =
      new CountingBackend(new ReferenceProvider().open(new BackendProvider.Settings(1, "fp32")));

  @Test
  void eachReplayOfEachProgramCounts() {
    try (backend;
        Program small = product(2, 3, 4);
        Program large = product(5, 6, 7)) {
      small.set("a", new float[6]);
      small.set("b", new float[12]);
      large.set("a", new float[30]);
      large.set("b", new float[42]);
      assertThat(backend.flops()).isZero();
      small.run();
      small.run();
      large.run();
      assertThat(backend.flops()).isEqualTo(2 * (2 * 2 * 3 * 4) + 2 * 5 * 6 * 7);
    }
  }

  @Test
  void programsComputeWhatTheyWouldWithoutIt() {
    Tensor noise = Draws.root().child("x").normal(Shape.of(3));
    Graph graph =
        Graph.builder().output("x", noise.add(Tensor.input("a", DType.F32, Shape.of(3)))).build();
    float[] counted = new float[3];
    float[] plain = new float[3];
    try (backend;
        Program program = backend.compile(graph)) {
      run(program, counted);
    }
    try (var reference = new ReferenceProvider().open(new BackendProvider.Settings(1, "fp32"));
        Program program = reference.compile(graph)) {
      run(program, plain);
    }
    assertThat(counted).isEqualTo(plain);
  }

  private static void run(Program program, float[] x) {
    program.set("a", new float[] {1, 2, 3});
    program.seed(RandomStream.root(5));
    program.run();
    program.get("x", x);
  }

  private Program product(int rows, int inner, int columns) {
    Tensor a = Tensor.input("a", DType.F32, Shape.of(rows, inner));
    Tensor b = Tensor.input("b", DType.F32, Shape.of(inner, columns));
    return backend.compile(Graph.builder().output("c", a.matmul(b)).build());
  }
}
