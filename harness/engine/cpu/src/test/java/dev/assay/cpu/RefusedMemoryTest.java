package dev.assay.cpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.cpu.gemm.Gemm;
import dev.assay.cpu.gemm.Gemms;
import dev.assay.cpu.testing.Floats;
import dev.assay.cpu.testing.Refusal;
import dev.assay.cpu.x86.BlockKernels;
import dev.assay.cpu.x86.MachineCode;
import dev.assay.tensor.Backend;
import dev.assay.tensor.DType;
import dev.assay.tensor.Graph;
import dev.assay.tensor.Op;
import dev.assay.tensor.Program;
import dev.assay.tensor.Shape;
import dev.assay.tensor.Tensor;
import dev.assay.tensor.Tensors;
import dev.assay.tensor.reference.ReferenceBackend;
import java.lang.foreign.Arena;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Where the system refuses memory that can be executed, libraries and plain loops compute what
 * machine code does elsewhere. This class has a process of its own, in which nothing was made yet.
 */
final class RefusedMemoryTest {
  private static final Shape IMAGES = Shape.of(3, 9, 7, 5);
  private final String before = System.getProperty(Gemms.PROPERTY, "");

  @AfterEach
  void restore() {
    System.setProperty(Gemms.PROPERTY, before);
  }

  /** Products with B as it is and turned, a convolution, attention, and tiles fused with them. */
  private static Graph graph() {
    Tensor x = input("x", 70, 48);
    Tensor w = input("w", 48, 33);
    Tensor turned = input("turned", 33, 48).permute(1, 0);
    Tensor images = Tensor.input("images", DType.F32, IMAGES);
    Tensor filter = input("filter", 3, 3, 5, 6);
    return Graph.builder()
        .output("softmax", Tensors.softmax(x.matmul(w), 1))
        .output("gelu", x.matmul(turned).erf().mul(x.matmul(turned)).add(1))
        .output("convolution", images.conv2d(filter, Op.Window.padded(1)).tanh())
        .output("rows", x.mul(x).sum(1))
        .build();
  }

  private static Tensor input(String name, int... dims) {
    return Tensor.input(name, DType.F32, Shape.of(dims));
  }

  private static Map<String, float[]> results(Backend backend) {
    Graph graph = graph();
    Map<String, float[]> results = new LinkedHashMap<>();
    try (Program program = backend.compile(graph)) {
      Map.of("x", 70 * 48, "w", 48 * 33, "turned", 48 * 33, "filter", 3 * 3 * 5 * 6)
          .forEach((name, size) -> program.set(name, Floats.random(size, name)));
      program.set("images", Floats.random(IMAGES.size(), "images"));
      program.run();
      graph
          .outputs()
          .forEach((name, t) -> {
            float[] values = new float[t.shape().size()];
            program.get(name, values);
            results.put(name, values);
          });
    }
    return results;
  }

  @Test
  void productsAndTilesAreComputedAllTheSame() throws InterruptedException {
    Map<String, float[]> expected;
    try (Backend reference = new ReferenceBackend()) {
      expected = results(reference);
    }
    Refusal.run(() -> {
      assertThatThrownBy(() -> MachineCode.function(Arena.ofAuto(), new byte[] {(byte) 0xC3}))
          .isInstanceOf(UnsupportedOperationException.class);
      assertThat(MachineCode.isPossible()).isFalse();
      assertThat(BlockKernels.made()).isEmpty();
      assertThat(Gemms.available())
          .extracting(Gemm::name)
          .contains("java")
          .doesNotContain("avx512");
      for (Gemm gemm : Gemms.available()) {
        System.setProperty(Gemms.PROPERTY, gemm.name());
        try (Backend cpu = new CpuBackend(2)) {
          results(cpu).forEach((name, values) -> assertClose(gemm, name, values, expected));
        }
      }
    });
  }

  private static void assertClose(
      Gemm gemm, String name, float[] values, Map<String, float[]> expected) {
    assertThat(values)
        .as("%s, by %s", name, gemm.name())
        .usingComparatorWithPrecision(1e-4f)
        .containsExactly(expected.get(name));
  }
}
