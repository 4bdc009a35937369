package dev.assay.cpu.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.assay.cpu.kernel.PackedMatMulKernel.Panels;
import dev.assay.cpu.testing.Floats;
import dev.assay.cpu.testing.Kernels;
import dev.assay.cpu.x86.BlockKernels;
import java.lang.foreign.Arena;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class PackedMatMulKernelTest {
  @BeforeEach
  void machineCodeRunsHere() {
    assumeTrue(BlockKernels.made().isPresent(), "no AVX-512, or no memory that can be executed");
  }

  /** Extents around those of blocks, panels and blocks of k; rows of A, B and C are padded. */
  static Stream<MatMulShape> shapes() {
    return Stream.of(
            new int[] {1, 1, 1},
            new int[] {5, 31, 17},
            new int[] {13, 33, 16},
            new int[] {50, 128, 511},
            new int[] {97, 130, 513},
            new int[] {60, 130, 1030})
        .flatMap(s -> Stream.of(shape(s[0], s[1], s[2], false), shape(s[0], s[1], s[2], true)));
  }

  private static MatMulShape shape(int m, int n, int k, boolean transB) {
    return new MatMulShape(
        1, m, n, k, false, k + 3, 0, transB, (transB ? k : n) + 5, 0, n, (long) m * n);
  }

  private static Floats matrix(Arena arena, int rows, int stride, String name) {
    return Floats.random(arena, rows * stride, name);
  }

  private static int rowsOfB(MatMulShape s) {
    return s.transB() ? s.n() : s.k();
  }

  private static PackedMatMulKernel kernel(MatMulShape shape, Panels source, long panels) {
    return new PackedMatMulKernel(BlockKernels.made().orElseThrow(), shape, source, panels);
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void theProductIsThatOfTheDefinitionAtAnyNumberOfThreads(MatMulShape s) {
    try (Arena arena = Arena.ofShared()) {
      Floats a = matrix(arena, s.m(), s.lda(), "a");
      Floats b = matrix(arena, rowsOfB(s), s.ldb(), "b");
      Floats c = Floats.empty(arena, s.m() * s.n());
      double[] expected = new double[s.m() * s.n()];
      for (int i = 0; i < expected.length; i++) {
        int row = i / s.n() * s.lda();
        int column = i % s.n();
        expected[i] =
            IntStream.range(0, s.k())
                .mapToDouble(p ->
                    (double) a.get(row + p)
                        * b.get(s.transB() ? column * s.ldb() + p : p * s.ldb() + column))
                .sum();
      }
      float[] product =
          Kernels.runSameBits(kernel(s, Panels.OWN, 0), c, a.address(), b.address(), c.address());
      Floats.assertClose(product, expected, 2e-6 * (s.k() + 4));
    }
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void productsThatShareTheirPanelsHaveTheBitsOfOneAlone(MatMulShape s) {
    try (Arena arena = Arena.ofShared()) {
      Floats a = matrix(arena, s.m(), s.lda(), "a");
      Floats b = matrix(arena, rowsOfB(s), s.ldb(), "b");
      Floats panels = Floats.empty(arena, (int) (PackedMatMulKernel.panelBytes(s) / Float.BYTES));
      Floats alone = Floats.empty(arena, s.m() * s.n());
      Floats first = Floats.empty(arena, s.m() * s.n());
      Floats second = Floats.empty(arena, s.m() * s.n());
      Kernels.run(kernel(s, Panels.OWN, 0), 2, a.address(), b.address(), alone.address());
      long at = panels.address();
      Kernels.run(kernel(s, Panels.FIRST, at), 2, a.address(), b.address(), first.address());
      Kernels.run(kernel(s, Panels.SHARED, at), 2, a.address(), 0, second.address());
      float[] bits = alone.values();
      assertThat(first.values()).isEqualTo(bits);
      assertThat(second.values()).isEqualTo(bits);
    }
  }

  /** Operands end before pages that cannot be touched: a kernel that reads on ends the process. */
  @Test
  void nothingBeyondTheEndsOfOperandsIsRead() {
    for (int[] e : new int[][] {{1, 1, 1}, {5, 31, 17}, {13, 33, 16}, {60, 130, 530}}) {
      for (boolean transB : new boolean[] {false, true}) {
        try (Arena arena = Arena.ofShared()) {
          MatMulShape s = MatMulShape.packed(1, e[0], e[1], e[2], false, transB);
          float[] left = Floats.random(s.m() * s.k(), "a");
          float[] right = Floats.random(s.k() * s.n(), "b");
          Floats expected = Floats.empty(arena, s.m() * s.n());
          long a = Floats.of(arena, left).address();
          long b = Floats.of(arena, right).address();
          Kernels.run(kernel(s, Panels.OWN, 0), 1, a, b, expected.address());
          Floats c = Floats.fenced(arena, new float[s.m() * s.n()]);
          a = Floats.fenced(arena, left).address();
          b = Floats.fenced(arena, right).address();
          Kernels.run(kernel(s, Panels.OWN, 0), 1, a, b, c.address());
          assertThat(c.values()).containsExactly(expected.values());
        }
      }
    }
  }

  @Test
  void productsOfOtherFormsAreRefused() {
    for (MatMulShape other :
        new MatMulShape[] {
          MatMulShape.packed(2, 4, 4, 4, false, false),
          MatMulShape.packed(1, 4, 4, 4, true, false),
          MatMulShape.packed(1, 4, 4, 0, false, false),
          MatMulShape.packed(1, 4, 60_000, 512, false, true)
        }) {
      assertThat(PackedMatMulKernel.suits(other)).isFalse();
      assertThatIllegalArgumentException().isThrownBy(() -> kernel(other, Panels.OWN, 0));
    }
  }
}
