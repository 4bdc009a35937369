package dev.assay.cpu;

import com.google.auto.service.AutoService;
import dev.assay.tensor.Backend;
import dev.assay.tensor.BackendProvider;
import java.util.Optional;

/** Opens the {@code cpu} backend. */
@AutoService(BackendProvider.class)
public final class CpuProvider implements BackendProvider {
  /** The id in experiment files. */
  public static final String ID = "cpu";

  @Override
  public String id() {
    return ID;
  }

  @Override
  public Optional<String> unavailable() {
    return ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent()
        ? Optional.empty()
        : Optional.of(
            "the JVM runs without the Vector API; start it with --add-modules jdk.incubator.vector");
  }

  @Override
  public Backend open(Settings settings) {
    unavailable()
        .ifPresent(reason -> {
          throw new IllegalStateException(reason);
        });
    if (!settings.precision().equals("fp32")) {
      throw new IllegalArgumentException(
          "precision '"
              + settings.precision()
              + "' is not known to the cpu backend; choices: fp32");
    }
    return new CpuBackend(settings.threads());
  }
}
