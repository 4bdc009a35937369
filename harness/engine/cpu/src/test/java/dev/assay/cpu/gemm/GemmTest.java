package dev.assay.cpu.gemm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.sun.management.ThreadMXBean;
import dev.assay.cpu.testing.Floats;
import java.lang.foreign.Arena;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class GemmTest {
  /** m, n, k: around the extents of registers, panels and blocks, and the thin ones. */
  private static final int[][] SIZES = {
    {1, 1, 1},
    {1, 7, 5},
    {2, 65, 33},
    {3, 100, 300},
    {4, 3, 2},
    {5, 31, 64},
    {6, 32, 8},
    {7, 33, 9},
    {13, 48, 257},
    {64, 64, 32},
    {97, 130, 70},
    {100, 513, 19},
    {193, 17, 511},
    {1, 600, 40},
    {50, 1, 50},
    {0, 3, 4},
    {3, 0, 4},
    {5, 6, 0}
  };

  static List<Gemm> implementations() {
    return Gemms.available();
  }

  @Test
  void allThreeImplementationsLoadHere() {
    assertThat(implementations()).extracting(Gemm::name).contains("java");
    if (System.getProperty("os.name").equals("Linux")
        && System.getProperty("os.arch").equals("amd64")) {
      assertThat(implementations())
          .extracting(Gemm::name)
          .containsSubsequence("dnnl", "openblas", "java");
    }
  }

  @ParameterizedTest
  @MethodSource("implementations")
  void theProductIsTheSumOfProductsForEveryTranspositionAndPadding(Gemm gemm) {
    for (int[] size : SIZES) {
      for (int form = 0; form < 4; form++) {
        check(gemm, (form & 1) != 0, (form & 2) != 0, size, 0, 1, 0);
        check(gemm, (form & 1) != 0, (form & 2) != 0, size, 3, 0.5f, 0);
        check(gemm, (form & 1) != 0, (form & 2) != 0, size, 5, -2, 1);
        check(gemm, (form & 1) != 0, (form & 2) != 0, size, 1, 1, 0.25f);
      }
    }
  }

  private static void check(
      Gemm gemm, boolean transA, boolean transB, int[] size, int pad, float alpha, float beta) {
    int m = size[0];
    int n = size[1];
    int k = size[2];
    int lda = Math.max(1, transA ? m : k) + pad;
    int ldb = Math.max(1, transB ? k : n) + pad;
    int ldc = Math.max(1, n) + pad;
    try (Arena arena = Arena.ofConfined()) {
      Floats a = Floats.random(arena, (transA ? k : m) * lda, "a");
      Floats b = Floats.random(arena, (transB ? n : k) * ldb, "b");
      Floats c = beta == 0 ? Floats.empty(arena, m * ldc) : Floats.random(arena, m * ldc, "c");
      float[] before = c.values();
      gemm.multiply(
          transA,
          transB,
          m,
          n,
          k,
          alpha,
          a.address(),
          lda,
          b.address(),
          ldb,
          beta,
          c.address(),
          ldc);
      float[] after = c.values();
      for (int i = 0; i < m; i++) {
        for (int j = 0; j < n; j++) {
          double sum = 0;
          for (int p = 0; p < k; p++) {
            sum +=
                (double) a.get(transA ? p * lda + i : i * lda + p)
                    * b.get(transB ? j * ldb + p : p * ldb + j);
          }
          double expected = alpha * sum + (beta == 0 ? 0 : beta * before[i * ldc + j]);
          if (!(Math.abs(after[i * ldc + j] - expected) <= 1e-6 * (k + 4))) {
            fail(
                "%s C[%d, %d] of %d x %d x %d is %s, expected %s",
                gemm.name(), i, j, m, n, k, after[i * ldc + j], expected);
          }
        }
        for (int j = n; j < ldc; j++) {
          assertThat(Float.floatToRawIntBits(after[i * ldc + j]))
              .as("padding")
              .isEqualTo(Float.floatToRawIntBits(before[i * ldc + j]));
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("implementations")
  void aProductAllocatesNothing(Gemm gemm) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    try (Arena arena = Arena.ofConfined()) {
      Floats a = Floats.random(arena, 100 * 100, "a");
      Floats b = Floats.random(arena, 100 * 100, "b");
      Floats c = Floats.empty(arena, 100 * 100);
      // The Vector API allocates until it is compiled.
      for (int i = 0; i < 20_000; i++) {
        small(gemm, a, b, c);
      }
      long least = Long.MAX_VALUE;
      for (int attempt = 0; attempt < 5_000 && least > 0; attempt++) {
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < 100; i++) {
          small(gemm, a, b, c);
        }
        least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
      }
      assertThat(least).isZero();
    }
  }

  private static void small(Gemm gemm, Floats a, Floats b, Floats c) {
    gemm.multiply(
        false, true, 13, 40, 10, 1, a.address(), 100, b.address(), 100, 1, c.address(), 100);
    gemm.multiply(
        true, false, 2, 70, 10, 1, a.address(), 100, b.address(), 100, 0, c.address(), 100);
    gemm.multiply(
        false, true, 2, 7, 40, 1, a.address(), 100, b.address(), 100, 0, c.address(), 100);
  }

  @ParameterizedTest
  @MethodSource("implementations")
  void threadsAtOnceGetTheBitsOfOneAlone(Gemm gemm) throws InterruptedException {
    int n = 150;
    try (Arena arena = Arena.ofShared()) {
      Floats a = Floats.random(arena, n * n, "a");
      Floats b = Floats.random(arena, n * n, "b");
      List<Floats> results = Stream.generate(() -> Floats.empty(arena, n * n)).limit(4).toList();
      List<Thread> threads =
          results.stream()
              .map(c ->
                  Thread.ofPlatform()
                      .start(() -> {
                        for (int i = 0; i < 20; i++) {
                          gemm.multiply(
                              false,
                              false,
                              n,
                              n,
                              n,
                              1,
                              a.address(),
                              n,
                              b.address(),
                              n,
                              0,
                              c.address(),
                              n);
                        }
                      }))
              .toList();
      for (Thread thread : threads) {
        thread.join();
      }
      float[] first = results.getFirst().values();
      assertThat(results).allSatisfy(c -> assertThat(c.values()).isEqualTo(first));
    }
  }
}
