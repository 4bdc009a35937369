package dev.assay.jcuda;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.jcuda.driver.Driver;
import dev.assay.jcuda.emulator.EmulatedDriver;
import dev.assay.jcuda.lower.Precision;
import dev.assay.tensor.DType;
import dev.assay.tensor.Graph;
import dev.assay.tensor.Ports;
import dev.assay.tensor.Program;
import dev.assay.tensor.RandomStream;
import dev.assay.tensor.Shape;
import dev.assay.tensor.Tensor;
import dev.assay.tensor.Tensors;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What follows a product is done in the product's kernel, by the same bits as in its own. */
final class EpilogueTest {
  @TempDir private Path folder;

  private static final Map<String, UnaryOperator<Tensor>> CHAINS = new LinkedHashMap<>();

  static {
    CHAINS.put("bias", x -> x.add(bias(x)));
    CHAINS.put("relu", x -> Tensors.relu(x.add(bias(x))));
    CHAINS.put("gelu", x -> Tensors.gelu(x.add(bias(x))));
    CHAINS.put("silu", x -> Tensors.silu(x.add(bias(x))));
    CHAINS.put("tanh", x -> x.add(bias(x)).tanh());
    CHAINS.put("sigmoid", x -> x.add(bias(x)).sigmoid());
    CHAINS.put("residual", x -> x.add(bias(x)).add(Tensor.input("r", DType.F32, x.shape())));
    CHAINS.put("scale", x -> x.mul(0.125f));
  }

  private static Tensor bias(Tensor x) {
    return Tensor.input("bias", DType.F32, Shape.of(x.dim(-1)));
  }

  private static JcudaBackend backend(Precision precision) {
    return new JcudaBackend(new EmulatedDriver(80, 1 << 28), precision);
  }

  private static void set(Program program, Graph graph) {
    new Ports(graph)
        .inputs()
        .forEach((name, input) -> {
          RandomStream stream = RandomStream.root(5).child(name);
          float[] values = new float[input.shape().size()];
          for (int i = 0; i < values.length; i++) {
            values[i] = (float) stream.nextGaussian();
          }
          program.set(name, values);
        });
  }

  /** y, where the product is asked for too or not. */
  private static float[] run(
      JcudaBackend backend, int[] dims, UnaryOperator<Tensor> chain, boolean kept) {
    Tensor a = Tensor.input("a", DType.F32, Shape.of(dims[0], dims[1], dims[2]));
    Tensor b = Tensor.input("b", DType.F32, Shape.of(dims[0], dims[2], dims[3]));
    Tensor product = a.matmul(b);
    Tensor y = chain.apply(product);
    Graph.Builder builder = Graph.builder().output("y", y);
    Graph graph = (kept ? builder.output("product", product) : builder).build();
    float[] values = new float[y.shape().size()];
    try (Program program = backend.compile(graph)) {
      assertThat(program.explain().contains("MatMulTile")).isEqualTo(!kept);
      int packs = dims[1] > 256 ? 2 : 0;
      assertThat(program.explain()).contains(packs + (kept ? 2 : 1) + " launches");
      set(program, graph);
      program.run();
      program.get("y", values);
    }
    return values;
  }

  @ParameterizedTest
  @CsvSource({"FP32", "TF32", "BF16"})
  void everyChainGivesTheBitsOfAKernelOfItsOwn(Precision precision) {
    try (JcudaBackend backend = backend(precision)) {
      CHAINS.forEach((name, chain) -> {
        // on tensor cores the chain that has a bit of everything
        if (precision.tensorCores() && !name.equals("gelu")) {
          return;
        }
        for (int[] dims : new int[][] {{1, 70, 20, 36}, {2, 5, 7, 67}, {1, 260, 130, 257}}) {
          boolean panels = dims[1] > 256;
          if (panels ? !precision.tensorCores() : dims[0] > 1 && !name.equals("gelu")) {
            continue;
          }
          assertThat(run(backend, dims, chain, false))
              .as(name)
              .isEqualTo(run(backend, dims, chain, true));
        }
      });
    }
  }

  @Test
  void aProductThatIsCutAlongItsDepthIsNotFused() {
    Tensor a = Tensor.input("a", DType.F32, Shape.of(8, 4000));
    Tensor b = Tensor.input("b", DType.F32, Shape.of(4000, 8));
    try (JcudaBackend backend = backend(Precision.FP32);
        Program program =
            backend.compile(Graph.builder().output("y", a.matmul(b).tanh()).build())) {
      assertThat(program.explain()).contains("3 launches").doesNotContain("MatMulTile");
    }
  }

  @Test
  void aProductWithAnotherReaderIsNotFused() {
    Tensor a = Tensor.input("a", DType.F32, Shape.of(8, 8));
    Tensor product = a.matmul(a);
    try (JcudaBackend backend = backend(Precision.FP32);
        Program program =
            backend.compile(Graph.builder().output("y", product.tanh().matmul(product)).build())) {
      assertThat(program.explain()).contains("3 launches").doesNotContain("MatMulTile");
    }
  }

  /** Every kernel that products are made by takes the longest chain without spilling registers. */
  @Tag("slow")
  @ParameterizedTest
  @CsvSource({
    "FP32, 75, 1300, 1290",
    "FP32, 90, 200, 200",
    "TF32, 80, 300, 270",
    "BF16, 80, 300, 270",
    "BF16, 90, 16300, 256",
    "BF16, 90, 200, 203"
  })
  void aKernelWithAnEpilogueAssembles(Precision precision, int processor, int m, int n)
      throws Exception {
    Toolkit.assume("ptxas");
    List<String> loaded = new ArrayList<>();
    Driver device = new EmulatedDriver(processor, 1L << 30);
    Driver recording =
        (Driver)
            Proxy.newProxyInstance(
                Driver.class.getClassLoader(),
                new Class<?>[] {Driver.class},
                (_, method, arguments) -> {
                  if (method.getName().equals("load")) {
                    loaded.add((String) arguments[0]);
                  }
                  return method.invoke(device, arguments);
                });
    Tensor a = Tensor.input("a", DType.F32, Shape.of(m, 160));
    Tensor b = Tensor.input("b", DType.F32, Shape.of(160, n));
    Graph graph = Graph.builder().output("y", CHAINS.get("gelu").apply(a.matmul(b))).build();
    try (JcudaBackend backend = new JcudaBackend(recording, precision)) {
      backend.compile(graph).close();
    }
    for (String ptx : loaded) {
      if (ptx.contains(".visible .entry k")) {
        String report = Toolkit.assemble("epilogue-" + m + precision.id(), ptx, processor, folder);
        assertThat(report)
            .contains("0 bytes spill stores")
            .doesNotContainPattern("[1-9]\\d* bytes spill");
      }
    }
    assertThat(loaded).anyMatch(ptx -> ptx.contains(".visible .entry k"));
  }
}
