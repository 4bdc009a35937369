package dev.assay.jcuda.blas;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.assay.jcuda.driver.Driver;
import dev.assay.jcuda.driver.DriverException;
import dev.assay.jcuda.lower.Gemm;
import dev.assay.jcuda.lower.Precision;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/**
 * A handle of cuBLAS on a driver's queue. Its workspace is given once and its sums follow no
 * atomics, so that the same product gives the same bits on the same kind of device.
 */
final class Cublas implements AutoCloseable {
  /** Matrices of a batch at most. */
  static final int LAYERS = 65535;

  private static final int ALLOC_FAILED = 3;
  private static final int FLOAT = 0;
  private static final int DEFAULT_ALGORITHM = -1;
  private static final int HOPPER = 90;

  /** As NVIDIA's manual advises, from Hopper on and before. */
  private static final long LARGE_WORKSPACE = 32L << 20;

  private static final long SMALL_WORKSPACE = 4L << 20;

  private final Arena arena = Arena.ofShared();
  private final MethodHandle single;
  private final MethodHandle batched;
  private final MethodHandle destroy;
  private final MemorySegment handle;
  private final MemorySegment one = arena.allocateFrom(ValueLayout.JAVA_FLOAT, 1f);
  private final MemorySegment zero = arena.allocateFrom(ValueLayout.JAVA_FLOAT, 0f);

  /**
   * Opens a handle.
   *
   * @throws DriverException if the library refuses
   * @throws IllegalStateException if it lacks a function
   */
  Cublas(CublasLibrary library, Driver driver, Precision precision) {
    single =
        library.function(
            "cublasGemmEx",
            ADDRESS, // handle
            JAVA_INT, // transposition of the first
            JAVA_INT, // and of the second factor
            JAVA_INT, // rows
            JAVA_INT, // columns
            JAVA_INT, // depth
            ADDRESS, // alpha
            JAVA_LONG, // first factor
            JAVA_INT, // its type
            JAVA_INT, // its leading dimension
            JAVA_LONG, // second factor
            JAVA_INT,
            JAVA_INT,
            ADDRESS, // beta
            JAVA_LONG, // product
            JAVA_INT,
            JAVA_INT,
            JAVA_INT, // compute type
            JAVA_INT); // algorithm
    batched =
        library.function(
            "cublasGemmStridedBatchedEx",
            ADDRESS,
            JAVA_INT,
            JAVA_INT,
            JAVA_INT,
            JAVA_INT,
            JAVA_INT,
            ADDRESS,
            JAVA_LONG,
            JAVA_INT,
            JAVA_INT,
            JAVA_LONG, // stride of the first factor
            JAVA_LONG,
            JAVA_INT,
            JAVA_INT,
            JAVA_LONG, // of the second
            ADDRESS,
            JAVA_LONG,
            JAVA_INT,
            JAVA_INT,
            JAVA_LONG, // of the product
            JAVA_INT, // count
            JAVA_INT,
            JAVA_INT);
    destroy = library.function("cublasDestroy_v2", ADDRESS);
    long bytes = driver.device().capability() >= HOPPER ? LARGE_WORKSPACE : SMALL_WORKSPACE;
    long workspace = driver.allocate(bytes);
    MemorySegment place = arena.allocate(ADDRESS);
    // the device's context belongs to the thread from here on
    long queue = driver.queue();
    call("cublasCreate_v2", library.function("cublasCreate_v2", ADDRESS), place);
    handle = place.get(ADDRESS, 0);
    // a change of the stream takes the workspace away
    call(
        "cublasSetStream_v2",
        library.function("cublasSetStream_v2", ADDRESS, JAVA_LONG),
        handle,
        queue);
    call(
        "cublasSetWorkspace_v2",
        library.function("cublasSetWorkspace_v2", ADDRESS, JAVA_LONG, JAVA_LONG),
        handle,
        workspace,
        bytes);
    int pedantic = 2;
    call(
        "cublasSetMathMode",
        library.function("cublasSetMathMode", ADDRESS, JAVA_INT),
        handle,
        precision == Precision.FP32 ? pedantic : 0);
  }

  /** CUBLAS_COMPUTE_32F_PEDANTIC, _FAST_TF32, _FAST_16BF: factors in fp32 are rounded inside. */
  private static int computeType(Precision precision) {
    return switch (precision) {
      case FP32 -> 69;
      case TF32 -> 77;
      case BF16 -> 75;
    };
  }

  /** Whether the library's way to lay out matrices can describe the factors. */
  static boolean takes(Gemm gemm) {
    return gemm.m() > 0
        && gemm.n() > 0
        && gemm.k() > 0
        && leading(gemm.a(), gemm.m(), gemm.k()) > 0
        && leading(gemm.b(), gemm.k(), gemm.n()) > 0;
  }

  /** Distance between rows as stored, or 0 if these overlap. */
  private static int leading(Gemm.Factor factor, int rows, int columns) {
    int stored = factor.transposed() ? columns : rows;
    int width = factor.transposed() ? rows : columns;
    if (factor.leading() >= width) {
      return factor.leading();
    }
    return stored == 1 ? width : 0;
  }

  /**
   * Puts a product into the queue. The library counts columns first, so that what it is asked for
   * is the transposed product of the factors in reverse order.
   */
  void multiply(Gemm gemm) {
    int type = computeType(gemm.precision());
    Gemm.Factor a = gemm.a();
    Gemm.Factor b = gemm.b();
    int ofB = b.transposed() ? 1 : 0;
    int ofA = a.transposed() ? 1 : 0;
    int ldb = leading(b, gemm.k(), gemm.n());
    int lda = leading(a, gemm.m(), gemm.k());
    if (gemm.batch() == 1) {
      call(
          "cublasGemmEx",
          single,
          handle,
          ofB,
          ofA,
          gemm.n(),
          gemm.m(),
          gemm.k(),
          one,
          b.address(),
          FLOAT,
          ldb,
          a.address(),
          FLOAT,
          lda,
          zero,
          gemm.out(),
          FLOAT,
          gemm.n(),
          type,
          DEFAULT_ALGORITHM);
      return;
    }
    call(
        "cublasGemmStridedBatchedEx",
        batched,
        handle,
        ofB,
        ofA,
        gemm.n(),
        gemm.m(),
        gemm.k(),
        one,
        b.address(),
        FLOAT,
        ldb,
        b.stride(),
        a.address(),
        FLOAT,
        lda,
        a.stride(),
        zero,
        gemm.out(),
        FLOAT,
        gemm.n(),
        (long) gemm.m() * gemm.n(),
        gemm.batch(),
        type,
        DEFAULT_ALGORITHM);
  }

  private static void call(String name, MethodHandle function, Object... arguments) {
    int status;
    try {
      status = (int) function.invokeWithArguments(arguments);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(name, e);
    }
    if (status != 0) {
      throw new DriverException(
          status == ALLOC_FAILED
              ? DriverException.Kind.OUT_OF_MEMORY
              : DriverException.Kind.REQUEST,
          name + " failed: status " + status + " of cuBLAS");
    }
  }

  /** Frees the handle; the workspace is the driver's to free. Does not fail. */
  @Override
  public void close() {
    try {
      destroy.invokeWithArguments(handle);
    } catch (Throwable e) {
      // a downcall may throw anything, and there is nothing left to save
      System.getLogger(Cublas.class.getName()).log(System.Logger.Level.DEBUG, "close", e);
    }
    arena.close();
  }
}
