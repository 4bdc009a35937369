package dev.assay.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.assay.tensor.BackendProvider;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The kernels that the jcuda backend generates for the shipped experiments assemble, and do not
 * spill.
 */
@Tag("slow")
final class GeneratedKernelsTest {
  private static final Path EXPERIMENTS = Path.of("..", "..", "experiments");

  @TempDir private Path folder;
  private ClassLoader before;
  private URLClassLoader services;

  /** The backend is found in this test alone. */
  @BeforeEach
  void addTheBackend() throws IOException {
    Path list = folder.resolve("META-INF/services").resolve(BackendProvider.class.getName());
    Files.createDirectories(list.getParent());
    Files.writeString(list, AssemblingProvider.class.getName());
    before = Thread.currentThread().getContextClassLoader();
    services = new URLClassLoader(new URL[] {folder.toUri().toURL()}, before);
    Thread.currentThread().setContextClassLoader(services);
  }

  @AfterEach
  void removeTheBackend() throws IOException {
    Thread.currentThread().setContextClassLoader(before);
    services.close();
  }

  static Stream<Path> experiments() throws IOException {
    try (Stream<Path> files = Files.list(EXPERIMENTS)) {
      return files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList().stream();
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("experiments")
  void kernelsOfAnExperimentAssembleForEveryProcessor(Path experiment) {
    assumeTrue(new AssemblingProvider().unavailable().isEmpty(), "skipped: no ptxas on the PATH");
    Assay.Result ran =
        Assay.run(
            "run",
            experiment.toString(),
            "--out",
            folder.resolve("results").toString(),
            "--set",
            "backends=[assembling]",
            "--set",
            "budget={steps: 1}");
    assertThat(AssemblingDriver.kernels()).as(ran.out() + ran.err()).isPositive();
    assertThat(AssemblingDriver.refused()).isEmpty();
    assertThat(AssemblingDriver.spilled()).as("spilling kernels").isZero();
  }
}
