package dev.assay.jcuda;

import com.google.auto.service.AutoService;
import dev.assay.jcuda.driver.Driver;
import dev.assay.jcuda.driver.DriverProbe;
import dev.assay.jcuda.driver.JcudaDriver;
import dev.assay.jcuda.lower.Precision;
import dev.assay.tensor.Backend;
import dev.assay.tensor.BackendProvider;
import java.util.List;
import java.util.Optional;

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
  public Backend open(Settings settings) {
    unavailable()
        .ifPresent(reason -> {
          throw new IllegalStateException(reason);
        });
    Precision precision = precision(settings.precision());
    Driver driver = new JcudaDriver();
    try {
      return new JcudaBackend(driver, precision);
    } catch (RuntimeException e) {
      driver.close();
      throw e;
    }
  }

  private static Precision precision(String id) {
    for (Precision precision : Precision.values()) {
      if (precision.id().equals(id)) {
        return precision;
      }
    }
    throw new IllegalArgumentException(
        "precision '"
            + id
            + "' is not known to the jcuda backend; choices: "
            + String.join(", ", Precision.ids()));
  }
}
