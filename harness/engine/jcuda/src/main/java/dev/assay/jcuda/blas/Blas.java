package dev.assay.jcuda.blas;

import dev.assay.jcuda.driver.Driver;
import dev.assay.jcuda.driver.DriverException;
import dev.assay.jcuda.driver.Launch;
import dev.assay.jcuda.lower.Addresses;
import dev.assay.jcuda.lower.Call;
import dev.assay.jcuda.lower.Gemm;
import dev.assay.jcuda.lower.Library;
import dev.assay.jcuda.lower.Precision;
import dev.assay.jcuda.lower.Products;
import dev.assay.jcuda.lower.Work;
import dev.assay.tensor.DType;
import dev.assay.tensor.plan.Buffer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Gives matrix products to cuBLAS: all that it can describe, or those for which it is faster than
 * the backend's own kernels on this device. Which it is, is measured when a shape is first met, and
 * kept on the disk.
 */
public final class Blas implements Products {
  /** One measurement at a time: others would disturb it. */
  private static final Object MEASURING = new Object();

  /** Of the own kernels' time: they can take what follows a product into their tiles. */
  private static final double CLEARLY = 0.9;

  private final Cublas cublas;
  private final Library kernels;
  private final Driver driver;
  private final boolean always;
  private final String version;
  private final ChoiceTable table;
  private final Map<String, String> choices = new TreeMap<>();
  private final Set<String> warm = new HashSet<>();

  /**
   * @param kernels the backend's own
   * @param always whether to ask the library whatever the own kernels take
   * @throws DriverException if the library refuses
   */
  public Blas(
      CublasLibrary library, Driver driver, Library kernels, Precision precision, boolean always) {
    this(
        new Cublas(library, driver, precision),
        library.version(),
        driver,
        kernels,
        always,
        ChoiceTable.of(key(library, driver, kernels)));
  }

  Blas(
      Cublas cublas,
      String version,
      Driver driver,
      Library kernels,
      boolean always,
      ChoiceTable table) {
    this.cublas = cublas;
    this.version = version;
    this.driver = driver;
    this.kernels = kernels;
    this.always = always;
    this.table = table;
  }

  static String key(CublasLibrary library, Driver driver, Library kernels) {
    return "%s cuda%d cublas%s kernels%s"
        .formatted(
            driver.device().name(),
            driver.device().version(),
            library.version(),
            kernels.hash("matmul"));
  }

  @Override
  public Map<String, String> facts() {
    Map<String, String> facts = new TreeMap<>();
    facts.put("blas", (always ? "cublas " : "auto, cublas ") + version);
    if (!choices.isEmpty()) {
      facts.put(
          "blas_choices",
          choices.entrySet().stream()
              .map(entry -> entry.getKey() + " " + entry.getValue())
              .collect(Collectors.joining(", ")));
    }
    return facts;
  }

  @Override
  public Work work(Product product) {
    Gemm gemm = product.gemm();
    if (!isForLibrary(product, gemm)) {
      return product.own();
    }
    warmUp(product, gemm.shape());
    return _ -> calls(gemm);
  }

  @Override
  public boolean isOwn(Product product) {
    return !isForLibrary(product, product.gemm());
  }

  private boolean isForLibrary(Product product, Gemm gemm) {
    if (!Cublas.takes(gemm)) {
      return false;
    }
    boolean library = always || isFaster(product, gemm.shape());
    choices.put(gemm.shape(), library ? "cublas" : "own");
    return library;
  }

  private List<Call> calls(Gemm gemm) {
    List<Call> calls = new ArrayList<>();
    for (int first = 0; first < gemm.batch(); first += Cublas.LAYERS) {
      Gemm part = gemm.part(first, Math.min(Cublas.LAYERS, gemm.batch() - first));
      calls.add(Call.given((Driver.HostCall) () -> cublas.multiply(part)));
    }
    return calls;
  }

  private boolean isFaster(Product product, String shape) {
    String chosen = choices.get(shape);
    if (chosen != null) {
      return chosen.equals("cublas");
    }
    synchronized (MEASURING) {
      try {
        ChoiceTable.Choice choice = table.read().get(shape);
        return (choice == null ? table.add(shape, measured(product)) : choice).library();
      } catch (DriverException e) {
        if (e.kind() != DriverException.Kind.OUT_OF_MEMORY) {
          throw e;
        }
        return false;
      } catch (IOException e) {
        throw new IllegalStateException(
            "the table of the faster matrix products cannot be kept: " + e + "; use blas: own", e);
      }
    }
  }

  /**
   * Lets the library load what it needs for a product, which is better not done while launches are
   * recorded; without room for operands it must be.
   */
  private void warmUp(Product product, String shape) {
    if (warm.add(shape)) {
      try (Scratch scratch = new Scratch()) {
        multiply(product.at(scratch).gemm());
      } catch (DriverException e) {
        if (e.kind() != DriverException.Kind.OUT_OF_MEMORY) {
          throw e;
        }
      }
    }
  }

  private void multiply(Gemm gemm) {
    kernels.link(calls(gemm)).forEach(Blas::run);
    driver.synchronize();
  }

  private static void run(Launch launch) {
    if (launch.function() instanceof Driver.HostCall call) {
      call.run();
    }
  }

  private ChoiceTable.Choice measured(Product product) {
    try (Scratch scratch = new Scratch()) {
      Product elsewhere = product.at(scratch);
      Gemm gemm = elsewhere.gemm();
      multiply(gemm);
      warm.add(gemm.shape());
      Work own = elsewhere.own();
      long workspace = scratch.allocate(Math.max(1, own.workspaceBytes()));
      double ownSeconds = Laps.seconds(driver, kernels.link(own.calls(workspace)));
      double librarySeconds = Laps.seconds(driver, kernels.link(calls(gemm)));
      return new ChoiceTable.Choice(
          librarySeconds < CLEARLY * ownSeconds, ownSeconds, librarySeconds);
    }
  }

  /** Memory for operands that nobody else has, all zeros, until closed. */
  private final class Scratch implements Addresses, AutoCloseable {
    private final Map<Buffer, Long> places = new HashMap<>();
    private final List<Long> all = new ArrayList<>();

    @Override
    public long of(Buffer buffer) {
      return places.computeIfAbsent(
          buffer, one -> allocate(Math.max(1L, one.size()) * DType.BYTES));
    }

    long allocate(long bytes) {
      long address = driver.allocate(bytes);
      all.add(address);
      driver.clear(address, bytes);
      return address;
    }

    @Override
    public void close() {
      all.forEach(driver::free);
    }
  }

  @Override
  public void close() {
    cublas.close();
  }
}
