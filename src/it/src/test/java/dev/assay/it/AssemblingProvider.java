package dev.assay.it;

import dev.assay.jcuda.JcudaBackend;
import dev.assay.jcuda.lower.Precision;
import dev.assay.tensor.Backend;
import dev.assay.tensor.BackendProvider;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/** The jcuda backend on an {@link AssemblingDriver}: programs are made and assembled, never run. */
public final class AssemblingProvider implements BackendProvider {
  static final String ID = "assembling";

  @Override
  public String id() {
    return ID;
  }

  @Override
  public Optional<String> unavailable() {
    boolean found =
        Arrays.stream(System.getenv().getOrDefault("PATH", "").split(":"))
            .anyMatch(folder -> Files.isExecutable(Path.of(folder, "ptxas")));
    return found ? Optional.empty() : Optional.of("no ptxas on the PATH");
  }

  @Override
  public Backend open(Settings settings) {
    return new JcudaBackend(new AssemblingDriver(), Precision.FP32);
  }
}
