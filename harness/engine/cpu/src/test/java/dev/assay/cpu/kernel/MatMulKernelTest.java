package dev.assay.cpu.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.assay.cpu.gemm.Gemm;
import dev.assay.cpu.gemm.Gemms;
import dev.assay.cpu.testing.Floats;
import dev.assay.cpu.testing.Kernels;
import java.lang.foreign.Arena;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class MatMulKernelTest {
  private static final Gemm GEMM = Gemms.select().gemm();

  /** Thin, wide, deep, tiny and many, padded, shared. */
  static Stream<MatMulShape> shapes() {
    return Stream.of(
        MatMulShape.packed(1, 1, 1, 1, false, false),
        MatMulShape.packed(1, 100, 70, 33, false, false),
        MatMulShape.packed(1, 300, 130, 128, false, true),
        MatMulShape.packed(1, 130, 200, 300, true, false),
        MatMulShape.packed(1, 65, 97, 50, true, true),
        MatMulShape.packed(1, 1, 1000, 200, false, false),
        MatMulShape.packed(1, 1, 1000, 200, false, true),
        MatMulShape.packed(1, 5, 700, 300, false, false),
        MatMulShape.packed(1, 7, 9, 20_000, true, false),
        MatMulShape.packed(1, 40, 24, 5000, false, true),
        MatMulShape.packed(2, 20, 24, 9000, true, false),
        MatMulShape.packed(1000, 3, 5, 4, false, false),
        MatMulShape.packed(37, 17, 19, 23, false, true),
        MatMulShape.packed(3, 150, 80, 64, false, false),
        MatMulShape.packed(2, 9, 7, 0, false, false),
        MatMulShape.packed(0, 3, 4, 5, false, false),
        MatMulShape.packed(1, 0, 4, 5, false, false),
        new MatMulShape(4, 30, 20, 10, false, 12, 30 * 12, false, 25, 0, 22, 30 * 22),
        new MatMulShape(4, 30, 20, 10, false, 12, 0, true, 15, 20 * 15, 22, 30 * 22 + 3),
        new MatMulShape(3, 8, 16, 2000, true, 9, 2000 * 9 + 1, false, 18, 2000 * 18, 16, 8 * 16));
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void everyMatrixIsTheProductAtAnyNumberOfThreads(MatMulShape s) {
    try (Arena arena = Arena.ofShared()) {
      int sizeA = extent(s.batch(), s.strideA(), s.transA() ? s.k() : s.m(), s.lda());
      int sizeB = extent(s.batch(), s.strideB(), s.transB() ? s.n() : s.k(), s.ldb());
      Floats a = Floats.random(arena, sizeA, "a");
      Floats b = Floats.random(arena, sizeB, "b");
      Floats c = Floats.empty(arena, extent(s.batch(), s.strideC(), s.m(), s.ldc()));
      MatMulKernel kernel = new MatMulKernel(GEMM, s);
      float[] actual = Kernels.runSameBits(kernel, c, a.address(), b.address(), c.address());
      double[] expected = new double[actual.length];
      for (int i = 0; i < expected.length; i++) {
        expected[i] = Double.NaN; // gaps between rows stay as they were
      }
      for (int batch = 0; batch < s.batch(); batch++) {
        for (int i = 0; i < s.m(); i++) {
          for (int j = 0; j < s.n(); j++) {
            double sum = 0;
            for (int p = 0; p < s.k(); p++) {
              int atA = s.transA() ? p * s.lda() + i : i * s.lda() + p;
              int atB = s.transB() ? j * s.ldb() + p : p * s.ldb() + j;
              sum +=
                  (double) a.get((int) (batch * s.strideA()) + atA)
                      * b.get((int) (batch * s.strideB()) + atB);
            }
            expected[(int) (batch * s.strideC()) + i * s.ldc() + j] = sum;
          }
        }
      }
      Floats.assertClose(actual, expected, 2e-6 * (s.k() + 4));
    }
  }

  private static int extent(int batch, long stride, int rows, int ld) {
    return batch == 0 ? 0 : (int) ((batch - 1) * stride) + rows * ld;
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void theTilesOfTheLastPhaseCoverEachElementOnce(MatMulShape given) {
    MatMulKernel kernel = new MatMulKernel(GEMM, given);
    MatMulShape s = kernel.shape();
    int[] count = new int[s.batch() * s.m() * s.n()];
    for (int tile = 0; tile < kernel.tiles(kernel.phases() - 1); tile++) {
      for (int batch = kernel.firstBatch(tile); batch < kernel.endBatch(tile); batch++) {
        for (int i = kernel.firstRow(tile); i < kernel.endRow(tile); i++) {
          for (int j = kernel.firstColumn(tile); j < kernel.endColumn(tile); j++) {
            count[(batch * s.m() + i) * s.n() + j]++;
          }
        }
      }
    }
    assertThat(count)
        .containsOnly(java.util.stream.IntStream.generate(() -> 1).limit(count.length).toArray());
  }

  @Test
  void aBatchThatSharesBIsOneTallProduct() {
    MatMulShape shared = new MatMulShape(4, 30, 20, 10, false, 10, 300, false, 20, 0, 20, 600);
    assertThat(new MatMulKernel(GEMM, shared).shape())
        .isEqualTo(new MatMulShape(1, 120, 20, 10, false, 10, 0, false, 20, 0, 20, 0));
  }

  @Test
  void workIsCutForManyThreadsAndSmallWorkIsNot() {
    assertThat(tiles(MatMulShape.packed(1, 768, 384, 128, false, false))).isEqualTo(8);
    assertThat(tiles(MatMulShape.packed(1, 128, 384, 768, true, false))).isEqualTo(8);
    assertThat(tiles(MatMulShape.packed(1, 1024, 1024, 1024, false, false))).isEqualTo(32);
    assertThat(tiles(MatMulShape.packed(1, 32, 32, 32, false, false))).isEqualTo(1);
    assertThat(tiles(MatMulShape.packed(10_000, 4, 4, 4, false, false))).isBetween(2, 20);
    assertThat(tiles(MatMulShape.packed(1, 8, 8, 100_000, true, false))).isGreaterThanOrEqualTo(4);
  }

  private static int tiles(MatMulShape shape) {
    return new MatMulKernel(GEMM, shape).tiles(0);
  }

  @Test
  void aWarmProductAllocatesNothing() {
    try (Arena arena = Arena.ofShared()) {
      MatMulShape s = MatMulShape.packed(1, 8, 8, 10_000, true, false);
      Floats a = Floats.random(arena, 80_000, "a");
      Floats b = Floats.random(arena, 80_000, "b");
      Floats c = Floats.empty(arena, 64);
      Kernels.assertAllocatesNothing(
          new MatMulKernel(GEMM, s), a.address(), b.address(), c.address());
    }
  }

  @Test
  void rowsThatOverlapAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new MatMulShape(1, 3, 5, 4, false, 3, 0, false, 5, 0, 5, 0))
        .withMessageContaining("lda=3");
  }
}
