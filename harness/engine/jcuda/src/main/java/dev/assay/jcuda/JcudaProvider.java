package dev.assay.jcuda;

import com.google.auto.service.AutoService;
import dev.assay.jcuda.blas.BlasMode;
import dev.assay.jcuda.driver.Driver;
import dev.assay.jcuda.driver.DriverProbe;
import dev.assay.jcuda.driver.JcudaDriver;
import dev.assay.jcuda.lower.Precision;
import dev.assay.tensor.Backend;
import dev.assay.tensor.BackendProvider;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Opens the {@code jcuda} backend on the first NVIDIA GPU. */
@AutoService(BackendProvider.class)
public final class JcudaProvider implements BackendProvider {
  /** The id in experiment files. */
  public static final String ID = "jcuda";

  /** Asked once: a driver starts slowly, and does not change. */
  private static final class Probed {
    private static final Optional<String> REASON = DriverProbe.unavailable(DriverProbe.LIBRARY);
  }

  @Override
  public String id() {
    return ID;
  }

  @Override
  public Optional<String> unavailable() {
    return Probed.REASON;
  }

  @Override
  public List<String> precisions() {
    return Precision.ids();
  }

  @Override
  public List<String> blas() {
    return BlasMode.ids();
  }

  @Override
  public Backend open(Settings settings) {
    unavailable()
        .ifPresent(reason -> {
          throw new IllegalStateException(reason);
        });
    Precision precision =
        choice("precision", settings.precision(), Precision.values(), Precision::id);
    BlasMode blas = choice("blas", settings.blas(), BlasMode.values(), BlasMode::id);
    Driver driver = new JcudaDriver();
    try {
      return new JcudaBackend(driver, precision, kernels -> blas.open(driver, kernels, precision));
    } catch (RuntimeException e) {
      driver.close();
      throw e;
    }
  }

  private static <T> T choice(String what, String id, T[] all, Function<T, String> ids) {
    return Arrays.stream(all)
        .filter(one -> ids.apply(one).equals(id))
        .findFirst()
        .orElseThrow(() ->
            new IllegalArgumentException(
                "%s '%s' is not known to the jcuda backend; choices: %s"
                    .formatted(
                        what, id, Arrays.stream(all).map(ids).collect(Collectors.joining(", ")))));
  }
}
