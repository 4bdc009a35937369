package dev.assay.jcuda.blas;

import dev.assay.jcuda.driver.Driver;
import dev.assay.jcuda.driver.DriverException;
import dev.assay.jcuda.lower.Library;
import dev.assay.jcuda.lower.Precision;
import dev.assay.jcuda.lower.Products;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Whose matrix products an experiment asks for. */
public enum BlasMode {
  /** The faster of both for each shape, where cuBLAS is installed. */
  AUTO,
  /** The backend's own. */
  OWN,
  /** Those of cuBLAS wherever it can describe the operands. */
  CUBLAS;

  /** The ids in experiment files, the default first. */
  public static List<String> ids() {
    return Arrays.stream(values()).map(BlasMode::id).toList();
  }

  /** The id in experiment files. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Opens what is asked for.
   *
   * @throws IllegalStateException if cuBLAS is asked for by name and is not there or does not start
   */
  public Products open(Driver driver, Library kernels, Precision precision) {
    if (this == OWN) {
      return Products.OWN;
    }
    int version = driver.device().version();
    Optional<CublasLibrary> library = CublasLibrary.find(version);
    if (library.isEmpty()) {
      return without("no " + CublasLibrary.wanted(version) + " is found");
    }
    try {
      return new Blas(library.get(), driver, kernels, precision, this == CUBLAS);
    } catch (DriverException e) {
      return without("cublas " + library.get().version() + " does not start: " + e.getMessage());
    }
  }

  private Products without(String reason) {
    if (this == CUBLAS) {
      throw new IllegalStateException(reason + "; install cuBLAS, or set blas to own or auto");
    }
    return new Products.Own(reason);
  }
}
