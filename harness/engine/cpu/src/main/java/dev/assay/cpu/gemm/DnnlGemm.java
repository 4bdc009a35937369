package dev.assay.cpu.gemm;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.assay.cpu.memory.Downcalls;
import dev.assay.cpu.x86.BlockKernels;
import java.lang.foreign.FunctionDescriptor;
import java.lang.invoke.MethodHandle;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** oneDNN's {@code dnnl_sgemm}, which is row-major. */
final class DnnlGemm implements Gemm {
  // Addresses travel as longs, which both C and Java pass in the same registers.
  private static final FunctionDescriptor TYPE =
      FunctionDescriptor.of(
          JAVA_INT,
          JAVA_BYTE,
          JAVA_BYTE,
          JAVA_LONG,
          JAVA_LONG,
          JAVA_LONG,
          JAVA_FLOAT,
          JAVA_LONG,
          JAVA_LONG,
          JAVA_LONG,
          JAVA_LONG,
          JAVA_FLOAT,
          JAVA_LONG,
          JAVA_LONG);

  /** The values of {@code dnnl_cpu_isa_t}. */
  private static final Map<Integer, String> CORES =
      Map.of(
          0x1, "sse41",
          0x3, "avx",
          0x7, "avx2",
          0xf, "avx2_vnni",
          0x27, "avx512_core",
          0x67, "avx512_core_vnni",
          0xe7, "avx512_core_bf16",
          0x1ef, "avx512_core_fp16",
          0xfef, "avx512_core_amx",
          0x1fef, "avx512_core_amx_fp16");

  private final MethodHandle sgemm;
  private final String core;

  /**
   * oneDNN uses as many threads as OpenMP says. OpenMP's default for all threads to come can only
   * be set in the environment, before its library loads.
   */
  DnnlGemm() throws NativeLibraryException {
    NativeLibrary library =
        NativeLibrary.load(
            "dnnl", List.of("libgomp.so.1", "libdnnl.so.3"), Map.of("OMP_NUM_THREADS", "1"));
    MethodHandle maxThreads =
        library.function("omp_get_max_threads", FunctionDescriptor.of(JAVA_INT));
    sgemm = library.function("dnnl_sgemm", TYPE);
    MethodHandle isa =
        library.function("dnnl_get_effective_cpu_isa", FunctionDescriptor.of(JAVA_INT));
    int threads;
    try {
      threads = (int) maxThreads.invokeExact();
      int set = (int) isa.invokeExact();
      core = CORES.getOrDefault(set, "0x" + Integer.toHexString(set));
    } catch (Throwable e) {
      throw Downcalls.failed(e);
    }
    if (threads != 1) {
      throw new NativeLibraryException(
          "libgomp was already loaded in this process, and set to "
              + threads
              + " threads; OMP_NUM_THREADS=1 in the environment helps");
    }
  }

  @Override
  public String name() {
    return "dnnl";
  }

  @Override
  public String core() {
    return core;
  }

  @Override
  public Optional<BlockKernels> blocks() {
    return BlockKernels.made();
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
    if (k == 0) { // oneDNN would leave C as it is
      FewRows.multiply(transA, transB, m, n, k, alpha, a, lda, b, ldb, beta, c, ldc);
      return;
    }
    int status;
    try {
      status =
          (int)
              sgemm.invokeExact(
                  (byte) (transA ? 'T' : 'N'),
                  (byte) (transB ? 'T' : 'N'),
                  (long) m,
                  (long) n,
                  (long) k,
                  alpha,
                  a,
                  (long) lda,
                  b,
                  (long) ldb,
                  beta,
                  c,
                  (long) ldc);
    } catch (Throwable e) {
      throw Downcalls.failed(e);
    }
    if (status != 0) {
      throw new IllegalArgumentException(
          "dnnl_sgemm gives status %d for m=%d n=%d k=%d lda=%d ldb=%d ldc=%d"
              .formatted(status, m, n, k, lda, ldb, ldc));
    }
  }
}
