package dev.assay.cpu.gemm;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.assay.cpu.memory.Downcalls;
import dev.assay.cpu.memory.Memory;
import java.lang.foreign.FunctionDescriptor;
import java.lang.invoke.MethodHandle;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** OpenBLAS's {@code cblas_sgemm}. */
final class OpenBlasGemm implements Gemm {
  private static final FunctionDescriptor TYPE =
      FunctionDescriptor.ofVoid(
          JAVA_INT,
          JAVA_INT,
          JAVA_INT,
          JAVA_INT,
          JAVA_INT,
          JAVA_INT,
          JAVA_FLOAT,
          JAVA_LONG,
          JAVA_INT,
          JAVA_LONG,
          JAVA_INT,
          JAVA_FLOAT,
          JAVA_LONG,
          JAVA_INT);

  // enum values of cblas.h
  private static final int ROW_MAJOR = 101;
  private static final int NO_TRANS = 111;
  private static final int TRANS = 112;

  private final MethodHandle sgemm;
  private final String core;

  OpenBlasGemm() throws NativeLibraryException {
    NativeLibrary library =
        NativeLibrary.load(
            "openblas",
            List.of("libquadmath.so.0", "libgfortran.so.5", "libopenblas.so.0"),
            environment());
    sgemm = library.function("cblas_sgemm", TYPE);
    MethodHandle name = library.function("openblas_get_corename", FunctionDescriptor.of(JAVA_LONG));
    try {
      core = Memory.ALL.getString((long) name.invokeExact());
    } catch (Throwable e) {
      throw Downcalls.failed(e);
    }
  }

  /**
   * One thread; and kernels as wide as this JVM's vectors where OpenBLAS, which knows processors by
   * model, would take an AVX-512 processor that is newer than itself for a Haswell.
   */
  private static Map<String, String> environment() {
    Map<String, String> environment = new HashMap<>();
    environment.put("OPENBLAS_NUM_THREADS", "1");
    if (Memory.FLOATS.vectorBitSize() == 512 && System.getenv("OPENBLAS_CORETYPE") == null) {
      environment.put("OPENBLAS_CORETYPE", "SkylakeX");
    }
    return environment;
  }

  @Override
  public String name() {
    return "openblas";
  }

  @Override
  public String core() {
    return core;
  }

  @Override
  public void multiply(
      boolean transA,
      boolean transB,
      int m,
      int n,
      int k,
      float alpha,
      long a,
      int lda,
      long b,
      int ldb,
      float beta,
      long c,
      int ldc) {
    try {
      sgemm.invokeExact(
          ROW_MAJOR,
          transA ? TRANS : NO_TRANS,
          transB ? TRANS : NO_TRANS,
          m,
          n,
          k,
          alpha,
          a,
          lda,
          b,
          ldb,
          beta,
          c,
          ldc);
    } catch (Throwable e) {
      throw Downcalls.failed(e);
    }
  }
}
