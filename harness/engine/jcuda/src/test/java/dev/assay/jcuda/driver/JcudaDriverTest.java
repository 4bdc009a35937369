package dev.assay.jcuda.driver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.jcuda.JcudaProvider;
import dev.assay.jcuda.Stubs;
import dev.assay.tensor.Backend;
import dev.assay.tensor.BackendProvider;
import dev.assay.tensor.DType;
import dev.assay.tensor.DeviceClock;
import dev.assay.tensor.DeviceLostException;
import dev.assay.tensor.Graph;
import dev.assay.tensor.Program;
import dev.assay.tensor.Shape;
import dev.assay.tensor.Tensor;
import dev.assay.tensor.Variable;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The driver behind JCuda and its natives, on a libcuda that gcc builds: what is asked of it, in
 * which order, and what its errors become. In a process of its own, whose loader finds the stub.
 */
final class JcudaDriverTest {
  private static final int QUEUE = 4321;
  private static final int FAULT = 5;

  @TempDir private Path folder;

  /** Prints a line for each thing that it did. */
  public static final class Main {
    private Main() {}

    public static void main(String[] arguments) {
      System.out.println(new JcudaProvider().unavailable());
      BackendProvider.Settings settings = new BackendProvider.Settings(1, "fp32", arguments[0]);
      Backend backend = new JcudaProvider().open(settings);
      System.out.println(backend.facts());
      variable(backend);
      Tensor x = Tensor.input("x", DType.F32, Shape.of(3, 3));
      Graph graph = Graph.builder().output("y", x.matmul(x)).build();
      Program program = backend.compile(graph);
      program.set("x", new float[9]);
      program.run();
      program.run();
      System.out.println("device " + ((DeviceClock) backend).deviceSeconds());
      System.out.println(backend.facts().get("blas_choices"));
      try {
        for (int i = 0; i < 2 * FAULT; i++) {
          program.run();
        }
      } catch (DeviceLostException e) {
        System.out.println("lost " + e.getMessage());
      }
      try {
        backend.compile(graph);
      } catch (DeviceLostException e) {
        System.out.println("still lost");
      }
      backend.close();
      System.out.println("closed");
    }

    private static void variable(Backend backend) {
      // more than fits into pinned memory at once
      float[] values = new float[3_000_001];
      for (int i = 0; i < values.length; i++) {
        values[i] = i;
      }
      Variable variable = backend.variable("v", DType.F32, Shape.of(values.length));
      variable.write(values);
      float[] back = new float[values.length];
      variable.read(back);
      System.out.println("read as written " + Arrays.equals(values, back));
      try {
        backend.variable("large", DType.F32, Shape.of(1 << 26));
      } catch (DriverException e) {
        System.out.println(e.kind() + " " + e.getMessage());
      }
    }
  }

  private String run(String blas) throws Exception {
    Map<String, Integer> probe =
        Map.of("INIT", 0, "VERSION", 13000, "COUNT", 1, "MAJOR", 9, "MINOR", 0);
    Map<String, Integer> device = new HashMap<>(probe);
    device.putAll(Map.of("MEMORY", 1 << 27, "FAULT", FAULT, "QUEUE", QUEUE));
    Stubs.build("libcuda-device.c", folder.resolve("libcuda.so.1"), device);
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            Main.class.getName(),
            blas);
    builder.environment().put("LD_LIBRARY_PATH", folder.toString());
    builder.environment().put("XDG_CACHE_HOME", folder.resolve("cache").toString());
    Process process = builder.redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    return output;
  }

  @Test
  void memoryGraphsEventsAndErrorsAreWhatTheBackendTakesThemFor() throws Exception {
    assertThat(run("own").lines())
        .contains(
            "Optional.empty",
            "read as written true",
            "device 0.5",
            "lost cuGraphLaunch failed: CUDA_ERROR_ILLEGAL_ADDRESS; the device is lost to this"
                + " process",
            "still lost",
            "closed")
        .anySatisfy(line -> assertThat(line).contains("device=Stub GPU", "blas=own"))
        .anySatisfy(line ->
            assertThat(line).startsWith("OUT_OF_MEMORY the GPU has no room for variable 'large'"));
  }

  @Test
  void cublasIsCalledOnTheSameStreamWhileAGraphIsRecorded() throws Exception {
    Stubs.build(
        "libcublas.c",
        folder.resolve("libcublas.so.13"),
        Map.of("MAJOR", 13, "CREATE", 0, "QUEUE", QUEUE, "SMALLEST", 32 << 20));
    assertThat(run("cublas").lines())
        .contains("fp32:3x3x3*1:n3:n3 cublas", "device 0.0", "still lost", "closed")
        .anySatisfy(line -> assertThat(line).contains("blas=cublas 13.4.2"));
  }
}
