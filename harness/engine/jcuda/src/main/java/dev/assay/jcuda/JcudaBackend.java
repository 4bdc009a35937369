package dev.assay.jcuda;

import dev.assay.jcuda.driver.Driver;
import dev.assay.jcuda.driver.DriverException;
import dev.assay.jcuda.lower.Library;
import dev.assay.jcuda.lower.Precision;
import dev.assay.jcuda.lower.Products;
import dev.assay.tensor.Backend;
import dev.assay.tensor.DType;
import dev.assay.tensor.DeviceClock;
import dev.assay.tensor.Graph;
import dev.assay.tensor.Program;
import dev.assay.tensor.Shape;
import dev.assay.tensor.Variable;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/** Runs plans on one GPU. */
public final class JcudaBackend implements Backend, DeviceClock {
  private static final int TENSOR_CORES = 80;
  private static final long MIB = 1 << 20;

  private final Driver driver;
  private final Precision precision;
  private final Library library;
  private final Products products;
  private final Staging staging;
  private final Stopwatch stopwatch;
  private boolean closed;

  /**
   * Takes over the driver.
   *
   * @throws IllegalStateException if the device has no tensor cores for the precision
   */
  public JcudaBackend(Driver driver, Precision precision) {
    this(driver, precision, _ -> Products.OWN);
  }

  /**
   * As above.
   *
   * @param products opens who multiplies matrices, beside the kernels given; it is closed with the
   *     backend
   */
  public JcudaBackend(Driver driver, Precision precision, Function<Library, Products> products) {
    Driver.Device device = driver.device();
    if (precision.tensorCores() && device.capability() < TENSOR_CORES) {
      throw new IllegalStateException(
          "precision %s needs compute capability 8.0 (Ampere, 2020), and %s has %s; use fp32"
              .formatted(precision.id(), device.name(), version(device.capability())));
    }
    this.driver = driver;
    this.precision = precision;
    library = new Library(driver);
    this.products = products.apply(library);
    staging = new Staging(driver);
    stopwatch = new Stopwatch(driver);
  }

  @Override
  public String id() {
    return JcudaProvider.ID;
  }

  @Override
  public Map<String, String> facts() {
    Driver.Device device = driver.device();
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("device", device.name());
    facts.put("precision", precision.id());
    facts.put("compute_capability", version(device.capability()));
    facts.put("multiprocessors", String.valueOf(device.processors()));
    facts.put("memory", device.memoryBytes() / MIB + " MiB");
    facts.put("driver_cuda", device.version() / 1000 + "." + device.version() % 1000 / 10);
    facts.putAll(products.facts());
    facts.put("determinism", "same bits on the same kind of device");
    return Collections.unmodifiableMap(facts);
  }

  private static String version(int capability) {
    return capability / 10 + "." + capability % 10;
  }

  @Override
  public Variable variable(String name, DType dtype, Shape shape) {
    requireOpen();
    long bytes = Math.max(1L, shape.size()) * DType.BYTES;
    long address;
    try {
      address = driver.allocate(bytes);
    } catch (DriverException e) {
      if (e.kind() != DriverException.Kind.OUT_OF_MEMORY) {
        throw e;
      }
      throw new DriverException(
          e.kind(),
          "the GPU has no room for variable '%s' %s %s of %s: %s are free"
              .formatted(name, dtype, shape, size(bytes), size(driver.freeBytes())));
    }
    driver.clear(address, bytes);
    return new JcudaVariable(this, name, dtype, shape, address);
  }

  @Override
  public Program compile(Graph graph) {
    requireOpen();
    return new JcudaProgram(this, graph);
  }

  Driver driver() {
    return driver;
  }

  Library library() {
    return library;
  }

  Products products() {
    return products;
  }

  Precision precision() {
    return precision;
  }

  Staging staging() {
    return staging;
  }

  Stopwatch stopwatch() {
    return stopwatch;
  }

  @Override
  public double deviceSeconds() {
    requireOpen();
    return stopwatch.seconds();
  }

  /** A number of bytes, for people. */
  static String size(long bytes) {
    return bytes < MIB
        ? bytes + " bytes"
        : String.format(Locale.ROOT, "%.1f MiB", (double) bytes / MIB);
  }

  boolean isOpen() {
    return !closed;
  }

  void requireOpen() {
    if (closed) {
      throw new IllegalStateException("the jcuda backend is closed");
    }
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      products.close();
      // frees pinned memory too, and does not fail where the device is lost
      driver.close();
    }
  }
}
