package dev.assay.jcuda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.jcuda.driver.DriverException;
import dev.assay.jcuda.emulator.EmulatedDriver;
import dev.assay.jcuda.lower.Precision;
import dev.assay.tensor.DType;
import dev.assay.tensor.DeviceLostException;
import dev.assay.tensor.Gradients;
import dev.assay.tensor.Graph;
import dev.assay.tensor.Op.Window;
import dev.assay.tensor.Program;
import dev.assay.tensor.RandomStream;
import dev.assay.tensor.Shape;
import dev.assay.tensor.Tensor;
import dev.assay.tensor.Variable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the backend does beside computing: precision, memory that runs out, foreign variables. */
final class JcudaBackendTest {
  private static JcudaBackend backend(int capability, long bytes, Precision precision) {
    return new JcudaBackend(new EmulatedDriver(capability, bytes), precision);
  }

  private static float[] normals(String name, int size) {
    RandomStream stream = RandomStream.root(7).child(name);
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] = (float) stream.nextGaussian();
    }
    return values;
  }

  /** ‖y − truth‖ / ‖truth‖ of a product in a precision. */
  private static double error(Precision precision, int m, int k, int n) {
    float[] a = normals("a", m * k);
    float[] b = normals("b", k * n);
    float[] y = new float[m * n];
    try (JcudaBackend backend = backend(80, 1 << 28, precision)) {
      Tensor left = Tensor.input("a", DType.F32, Shape.of(m, k));
      Tensor right = Tensor.input("b", DType.F32, Shape.of(k, n));
      try (Program program =
          backend.compile(Graph.builder().output("y", left.matmul(right)).build())) {
        program.set("a", a);
        program.set("b", b);
        program.run();
        program.get("y", y);
      }
    }
    double error = 0;
    double size = 0;
    for (int i = 0; i < m; i++) {
      for (int j = 0; j < n; j++) {
        double sum = 0;
        for (int p = 0; p < k; p++) {
          sum += (double) a[i * k + p] * b[p * n + j];
        }
        error += (y[i * n + j] - sum) * (y[i * n + j] - sum);
        size += sum * sum;
      }
    }
    return Math.sqrt(error / size);
  }

  @ParameterizedTest
  @CsvSource({"FP32, 0, 1e-6", "TF32, 1e-5, 6e-4", "BF16, 5e-4, 5e-3"})
  void aProductIsAsExactAsItsPrecision(Precision precision, double least, double most) {
    assertThat(error(precision, 70, 90, 130)).isBetween(least, most);
    assertThat(error(precision, 17, 2049, 5)).isBetween(least, most);
    assertThat(error(precision, 1300, 33, 1290)).isBetween(least, most);
    // through panels, as a whole and in parts
    assertThat(error(precision, 300, 131, 270)).isBetween(least, most);
    assertThat(error(precision, 257, 1100, 258)).isBetween(least, most);
  }

  /** The wider of the kernels that read panels. */
  @Tag("slow")
  @ParameterizedTest
  @CsvSource({"TF32, 1e-5, 6e-4", "BF16, 5e-4, 5e-3"})
  void aVeryLargeProductIsAsExactAsItsPrecision(Precision precision, double least, double most) {
    assertThat(error(precision, 16300, 140, 250)).isBetween(least, most);
  }

  @ParameterizedTest
  @CsvSource({"TF32, 2e-3", "BF16, 2e-2"})
  void convolutionsOnTensorCoresAreThoseOfFp32(Precision precision, double most) {
    float[] exact = convolution(Precision.FP32);
    float[] rounded = convolution(precision);
    double error = 0;
    double size = 0;
    for (int i = 0; i < exact.length; i++) {
      error += Math.pow(exact[i] - rounded[i], 2);
      size += Math.pow(exact[i], 2);
    }
    assertThat(Math.sqrt(error / size)).isBetween(1e-5, most);
  }

  private static float[] convolution(Precision precision) {
    try (JcudaBackend backend = backend(90, 1 << 28, precision)) {
      Tensor x = Tensor.input("x", DType.F32, Shape.of(2, 9, 9, 6));
      Tensor f = Tensor.input("f", DType.F32, Shape.of(3, 3, 3, 10));
      Window window = new Window(2, 1, 1, 1, 1, 1, 1, 1, 2);
      Tensor y = x.conv2d(f, window);
      Tensor back = y.conv2dTranspose(f, window, 9, 9);
      Tensor filter = Gradients.of(y.square().sum(), f);
      Tensor all =
          Tensor.concat(
              0,
              y.reshape(y.shape().size()),
              back.reshape(back.shape().size()),
              filter.reshape(filter.shape().size()));
      float[] values = new float[all.shape().size()];
      try (Program program = backend.compile(Graph.builder().output("y", all).build())) {
        program.set("x", normals("x", 2 * 9 * 9 * 6));
        program.set("f", normals("f", 3 * 3 * 3 * 10));
        program.run();
        program.get("y", values);
      }
      return values;
    }
  }

  @Test
  void aDeviceWithoutTensorCoresForItRefusesAPrecision() {
    assertThatThrownBy(() -> backend(75, 1 << 20, Precision.BF16))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContainingAll("bf16", "8.0", "emulator", "7.5", "fp32");
  }

  @Test
  void aVariableThatDoesNotFitIsNamed() {
    try (JcudaBackend backend = backend(75, 1 << 20, Precision.FP32)) {
      assertThatThrownBy(() -> backend.variable("encoder.weight", DType.F32, Shape.of(1000, 1000)))
          .isInstanceOf(DriverException.class)
          .hasMessageContainingAll("encoder.weight", "[1000, 1000]", "3.8 MiB", "free");
    }
  }

  @Test
  void aProgramThatDoesNotFitNamesItsLargestTensorAndItsSize() {
    Tensor x = Tensor.input("x", DType.F32, Shape.of(700, 1));
    Graph graph = Graph.builder().output("y", x.matmul(x.transpose(0, 1)).tanh().matmul(x)).build();
    try (JcudaBackend backend = backend(75, 1 << 20, Precision.FP32)) {
      assertThatThrownBy(() -> backend.compile(graph))
          .isInstanceOf(DriverException.class)
          .hasMessageContainingAll("out of memory", "F32 [700, 700]", "1.9 MiB", "free", "batches");
      assertThat(backend.variable("small", DType.F32, Shape.of(3)).shape().size()).isEqualTo(3);
    }
  }

  @Test
  void aTensorThatIsWrittenInPartsIsNotNamedAsOneOfThem() {
    Tensor x = Tensor.input("x", DType.F32, Shape.of(700, 100));
    Tensor joined = Tensor.concat(0, x.tanh(), x.sin(), x.exp(), x.neg());
    Tensor ones = Tensor.input("w", DType.F32, Shape.of(100, 1));
    Graph graph = Graph.builder().output("y", joined.matmul(ones)).build();
    try (JcudaBackend backend = backend(75, 1 << 20, Precision.FP32)) {
      assertThatThrownBy(() -> backend.compile(graph))
          .isInstanceOf(DriverException.class)
          .hasMessageContainingAll("out of memory", "F32 [280000]", "1.1 MiB");
    }
  }

  @Test
  void theDevicesTimeIsThatOfAllReplaysAndOfNothingElse() {
    Tensor x = Tensor.input("x", DType.F32, Shape.of(3));
    Graph graph = Graph.builder().output("y", x.exp()).build();
    try (JcudaBackend backend = backend(75, 1 << 20, Precision.FP32)) {
      Program program = backend.compile(graph);
      program.set("x", new float[] {0, 1, 2});
      assertThat(backend.deviceSeconds()).isZero();
      // more than are kept under way at once
      for (int i = 0; i < 150; i++) {
        program.run();
      }
      assertThat(backend.deviceSeconds()).isEqualTo(150 * EmulatedDriver.LAUNCH_SECONDS);
      program.get("y", new float[3]);
      program.run();
      assertThat(backend.deviceSeconds()).isEqualTo(151 * EmulatedDriver.LAUNCH_SECONDS);
    }
  }

  @Test
  void aLostDeviceIsNamedAsSuchEverAfterAndTheBackendStillCloses() {
    Tensor x = Tensor.input("x", DType.F32, Shape.of(3));
    Graph graph = Graph.builder().output("y", x.exp()).build();
    JcudaBackend backend = new JcudaBackend(new EmulatedDriver(75, 1 << 20, 3), Precision.FP32);
    Program program = backend.compile(graph);
    program.set("x", new float[] {0, 1, 2});
    program.run();
    program.run();
    assertThatThrownBy(program::run)
        .isInstanceOf(DeviceLostException.class)
        .hasMessageContaining("launch 3");
    assertThatThrownBy(program::run).isInstanceOf(DeviceLostException.class);
    assertThatThrownBy(() -> backend.compile(graph)).isInstanceOf(DeviceLostException.class);
    assertThatThrownBy(() -> backend.variable("v", DType.F32, Shape.of(2)))
        .isInstanceOf(DeviceLostException.class);
    backend.close();
    program.close();
  }

  @Test
  void aVariableOfAnotherBackendIsRefused() {
    try (JcudaBackend backend = backend(75, 1 << 20, Precision.FP32);
        JcudaBackend other = backend(75, 1 << 20, Precision.FP32)) {
      Variable v = other.variable("foreign", DType.F32, Shape.of(2));
      Graph graph = Graph.builder().output("y", v.tensor().mul(2)).build();
      assertThatThrownBy(() -> backend.compile(graph))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("foreign");
    }
  }

  @Test
  void attentionOverTooWideHeadsSaysWhatIsPossible() {
    Tensor x = Tensor.input("x", DType.F32, Shape.of(1, 1, 2, 300));
    Graph graph =
        Graph.builder()
            .output("y", dev.assay.tensor.Tensors.attention(x, x, x, null, 1, false))
            .build();
    try (JcudaBackend backend = backend(75, 1 << 20, Precision.FP32)) {
      assertThatThrownBy(() -> backend.compile(graph))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContainingAll("300", "256");
    }
  }

  @Test
  void aClosedBackendFreesEverythingAndSaysThatItIsClosed() {
    JcudaBackend backend = backend(75, 1 << 20, Precision.FP32);
    Program program = backend.compile(Graph.builder().output("y", Tensor.scalar(1).exp()).build());
    backend.close();
    backend.close();
    program.close();
    assertThatThrownBy(program::run)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("closed");
  }

  @Test
  void theFactsSayWhatResultsDependOn() {
    try (JcudaBackend backend = backend(90, 1 << 20, Precision.TF32)) {
      assertThat(backend.facts())
          .containsEntry("device", "emulator")
          .containsEntry("precision", "tf32")
          .containsEntry("compute_capability", "9.0")
          .containsKeys("determinism", "driver_cuda");
    }
  }
}
