package dev.assay.jcuda.blas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.assay.jcuda.JcudaBackend;
import dev.assay.jcuda.Stubs;
import dev.assay.jcuda.driver.DriverException;
import dev.assay.jcuda.lower.Library;
import dev.assay.jcuda.lower.Precision;
import dev.assay.jcuda.lower.Products;
import dev.assay.tensor.Backend;
import dev.assay.tensor.BackendProvider;
import dev.assay.tensor.DType;
import dev.assay.tensor.Graph;
import dev.assay.tensor.Program;
import dev.assay.tensor.RandomStream;
import dev.assay.tensor.Shape;
import dev.assay.tensor.Tensor;
import dev.assay.tensor.Tensors;
import dev.assay.tensor.Variable;
import dev.assay.tensor.reference.ReferenceProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.BinaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Matrix products by cuBLAS, which a library that gcc builds plays, and the choice of it. */
final class BlasTest {
  private static final int HOPPER = 90;
  private static final int LARGE = 32 << 20;

  @TempDir private static Path shared;
  private static CublasLibrary library;

  @TempDir private Path folder;

  @BeforeAll
  static void aLibraryIsBuilt() throws Exception {
    library = CublasLibrary.open(stub(shared, 13, 0).toString()).orElseThrow();
  }

  private static Path stub(Path folder, int major, int create) throws Exception {
    return Stubs.build(
        "libcublas.c",
        folder.resolve("libcublas.so." + major),
        Map.of("MAJOR", major, "CREATE", create, "QUEUE", HostDriver.QUEUE, "SMALLEST", LARGE));
  }

  private Products blas(HostDriver driver, Library kernels, Precision precision, boolean always) {
    return new Blas(
        new Cublas(library, driver, precision),
        library.version(),
        driver,
        kernels,
        always,
        ChoiceTable.in(folder, Blas.key(library, driver, kernels)));
  }

  private JcudaBackend backend(HostDriver driver, Precision precision, boolean always) {
    return new JcudaBackend(driver, precision, kernels -> blas(driver, kernels, precision, always));
  }

  /** A product of two variables. */
  private record Case(String name, Shape a, Shape b, BinaryOperator<Tensor> product) {
    float[] run(Backend backend) {
      Variable left = filled(backend, "a", a);
      Variable right = filled(backend, "b", b);
      Tensor y = product.apply(left.tensor(), right.tensor());
      float[] values = new float[y.shape().size()];
      try (Program program = backend.compile(Graph.builder().output("y", y).build())) {
        program.run();
        program.get("y", values);
      }
      return values;
    }

    private static Variable filled(Backend backend, String name, Shape shape) {
      RandomStream stream = RandomStream.root(3).child(name);
      float[] values = new float[shape.size()];
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) stream.nextGaussian();
      }
      Variable variable = backend.variable(name, DType.F32, shape);
      variable.write(values);
      return variable;
    }

    @Override
    public String toString() {
      return name;
    }
  }

  private static Case of(String name, Shape a, Shape b, BinaryOperator<Tensor> product) {
    return new Case(name, a, b, product);
  }

  static Stream<Case> products() {
    return Stream.of(
        of("plain", Shape.of(5, 7), Shape.of(7, 3), Tensor::matmul),
        of(
            "first transposed",
            Shape.of(7, 5),
            Shape.of(7, 3),
            (a, b) -> a.transpose(0, 1).matmul(b)),
        of(
            "second transposed",
            Shape.of(5, 7),
            Shape.of(3, 7),
            (a, b) -> a.matmul(b.transpose(0, 1))),
        of(
            "both transposed",
            Shape.of(7, 5),
            Shape.of(3, 7),
            (a, b) -> a.transpose(0, 1).matmul(b.transpose(0, 1))),
        of("a row", Shape.of(1, 9), Shape.of(9, 4), Tensor::matmul),
        of("a column", Shape.of(6, 9), Shape.of(9, 1), Tensor::matmul),
        of("an outer product", Shape.of(6, 1), Shape.of(1, 4), Tensor::matmul),
        of("a batch", Shape.of(4, 5, 7), Shape.of(4, 7, 3), Tensor::matmul),
        of(
            "a batch of transposed",
            Shape.of(4, 7, 5),
            Shape.of(4, 3, 7),
            (a, b) -> a.transpose(1, 2).matmul(b.transpose(1, 2))),
        of(
            "a batch of heads that lie between each other",
            Shape.of(6, 4, 5),
            Shape.of(6, 4, 5),
            (a, b) -> a.transpose(0, 1).matmul(b.transpose(0, 1).transpose(1, 2))),
        of(
            "a part of longer rows",
            Shape.of(5, 12),
            Shape.of(7, 9),
            (a, b) -> a.slice(1, 2, 7).matmul(b.slice(1, 4, 4))),
        of("one after the other", Shape.of(5, 5), Shape.of(5, 5), (a, b) -> a.matmul(b).matmul(a)));
  }

  @ParameterizedTest
  @MethodSource("products")
  void aProductIsThatOfTheReference(Case product) {
    HostDriver driver = new HostDriver(HOPPER, 1, 1);
    float[] actual;
    try (JcudaBackend backend = backend(driver, Precision.FP32, true)) {
      actual = product.run(backend);
      assertThat(driver.calls()).isPositive();
      assertThat(driver.kernels()).isZero();
      assertThat(backend.facts()).containsEntry("blas", "cublas 13.4.2");
      assertThat(backend.facts().get("blas_choices")).contains("fp32:").endsWith(" cublas");
    }
    assertThat(driver.held()).isZero();
    float[] expected;
    try (Backend reference = new ReferenceProvider().open(BackendProvider.Settings.standard())) {
      expected = product.run(reference);
    }
    assertThat(actual).hasSameSizeAs(expected);
    for (int i = 0; i < actual.length; i++) {
      assertThat(actual[i]).isCloseTo(expected[i], within(1e-5f));
    }
  }

  @ParameterizedTest
  @CsvSource({"FP32, 0, 1e-6", "TF32, 1e-5, 6e-4", "BF16, 5e-4, 5e-3"})
  void factorsAreRoundedAsThePrecisionSays(Precision precision, double least, double most) {
    Case product = of("plain", Shape.of(20, 40), Shape.of(40, 30), Tensor::matmul);
    float[] actual;
    try (JcudaBackend backend = backend(new HostDriver(HOPPER, 1, 1), precision, true)) {
      actual = product.run(backend);
    }
    float[] expected;
    try (Backend reference = new ReferenceProvider().open(BackendProvider.Settings.standard())) {
      expected = product.run(reference);
    }
    double error = 0;
    double size = 0;
    for (int i = 0; i < actual.length; i++) {
      error += Math.pow(actual[i] - expected[i], 2);
      size += Math.pow(expected[i], 2);
    }
    assertThat(Math.sqrt(error / size)).isBetween(least, most);
  }

  @ParameterizedTest
  @CsvSource({"2e-3, 1e-3, cublas", "1e-3, 2e-3, own"})
  void theFasterIsMeasuredOnceAndTakenEverAfter(double own, double others, String winner)
      throws IOException {
    Case product = of("plain", Shape.of(5, 7), Shape.of(7, 3), Tensor::matmul);
    HostDriver first = new HostDriver(HOPPER, own, others);
    try (JcudaBackend backend = backend(first, Precision.FP32, false)) {
      product.run(backend);
      assertThat(backend.facts())
          .containsEntry("blas", "auto, cublas 13.4.2")
          .containsEntry("blas_choices", "fp32:5x3x7*1:n7:n3 " + winner);
      assertThat(first.kernels()).isPositive();
      assertThat(first.calls()).isPositive();
    }
    try (Stream<Path> files = Files.list(folder)) {
      List<Path> tables = files.toList();
      assertThat(tables).hasSize(1);
      assertThat(tables.getFirst().getFileName().toString())
          .startsWith("host-90-cuda13000-cublas13.4.2-kernels");
      assertThat(Files.readAllLines(tables.getFirst()))
          .containsExactly(
              String.join(
                  "\t",
                  "fp32:5x3x7*1:n7:n3",
                  winner,
                  own == 2e-3 ? "2000.00" : "1000.00",
                  own == 2e-3 ? "1000.00" : "2000.00"));
    }
    // a clock that says otherwise now changes nothing
    HostDriver second = new HostDriver(HOPPER, others, own);
    try (JcudaBackend backend = backend(second, Precision.FP32, false)) {
      product.run(backend);
      assertThat(backend.facts().get("blas_choices")).endsWith(winner);
      assertThat(winner.equals("own") ? second.kernels() : second.calls()).isEqualTo(1);
      assertThat(winner.equals("own") ? second.calls() : second.kernels()).isZero();
    }
  }

  @ParameterizedTest
  @CsvSource({"true, 1, 1", "false, 2e-3, 1e-3", "false, 1e-3, 2e-3"})
  void aProductOfTheLibrarysKeepsToItselfWhatFollowsIt(boolean always, double own, double others) {
    HostDriver driver = new HostDriver(HOPPER, own, others);
    try (JcudaBackend backend = backend(driver, Precision.FP32, always)) {
      Variable a = Case.filled(backend, "a", Shape.of(3, 3));
      Tensor y = Tensors.gelu(a.tensor().matmul(a.tensor()));
      boolean library = always || others < own;
      try (Program program = backend.compile(Graph.builder().output("y", y).build())) {
        assertThat(program.explain()).contains(library ? " 2 launches" : " 1 launches");
      }
      assertThat(backend.facts().get("blas_choices")).endsWith(library ? " cublas" : " own");
    }
  }

  @Test
  void whatIsMeasuredTouchesNoVariable() {
    HostDriver driver = new HostDriver(HOPPER, 1e-3, 2e-3);
    try (JcudaBackend backend = backend(driver, Precision.FP32, false)) {
      Variable a = Case.filled(backend, "a", Shape.of(3, 3));
      float[] before = new float[9];
      a.read(before);
      Graph graph = Graph.builder().assign(a, a.tensor().matmul(a.tensor())).build();
      backend.compile(graph).close();
      float[] after = new float[9];
      a.read(after);
      assertThat(after).isEqualTo(before);
    }
  }

  @Test
  void aChoiceOfAnotherProcessStands() throws IOException {
    ChoiceTable table = ChoiceTable.in(folder, "some GPU");
    ChoiceTable.Choice own = new ChoiceTable.Choice(false, 1e-3, 2e-3);
    assertThat(table.add("x", own)).isEqualTo(own);
    ChoiceTable other = ChoiceTable.in(folder, "some GPU");
    assertThat(other.add("x", new ChoiceTable.Choice(true, 2e-3, 1e-3))).isEqualTo(own);
    other.add("y", new ChoiceTable.Choice(true, 2e-3, 1e-3));
    assertThat(table.read()).containsOnlyKeys("x", "y");
    Files.writeString(folder.resolve("some-gpu.tsv"), "x\tneither\t1\t2\nz\town\t1\n");
    assertThat(table.read()).isEmpty();
  }

  @Test
  void theNewestLibraryThatTheDriverKnowsIsFound() throws Exception {
    Path newest = Files.createDirectories(folder.resolve("cuda-13.0/lib64"));
    Path older = Files.createDirectories(folder.resolve("cuda-12.6/lib64"));
    stub(newest, 13, 0);
    stub(older, 12, 0);
    List<Path> folders =
        CublasLibrary.folders(Map.of("CUDA_HOME", folder.resolve("home").toString()), folder);
    assertThat(folders).containsExactly(folder.resolve("home/lib64"), newest, older);
    assertThat(CublasLibrary.find(13000, folders).orElseThrow().version()).startsWith("13.");
    assertThat(CublasLibrary.find(12080, folders).orElseThrow().version()).startsWith("12.");
    assertThat(CublasLibrary.wanted(13000)).isEqualTo("libcublas.so.13 or libcublas.so.12");
  }

  @Test
  void whatIsNoLibraryIsPassedOver() throws Exception {
    assertThat(CublasLibrary.open("libcublas-of-nobody.so.13")).isEmpty();
    Path driver =
        Stubs.build(
            "libcuda.c",
            folder.resolve("other.so"),
            Map.of("INIT", 0, "VERSION", 0, "COUNT", 0, "MAJOR", 0, "MINOR", 0));
    assertThat(CublasLibrary.open(driver.toString())).isEmpty();
  }

  @Test
  void aLibraryThatDoesNotStartSaysSo() throws Exception {
    CublasLibrary broken = CublasLibrary.open(stub(folder, 12, 1).toString()).orElseThrow();
    assertThatThrownBy(() -> new Cublas(broken, new HostDriver(HOPPER, 1, 1), Precision.FP32))
        .isInstanceOf(DriverException.class)
        .hasMessageContainingAll("cublasCreate_v2", "status 1");
  }
}
