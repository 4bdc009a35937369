package dev.assay.cpu.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.assay.cpu.kernel.FewRowsKernel.Storage;
import dev.assay.cpu.memory.Memory;
import dev.assay.cpu.testing.Floats;
import dev.assay.cpu.testing.Kernels;
import java.lang.foreign.Arena;
import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class FewRowsKernelTest {
  /** Rows, columns and depth around the extents of panels and blocks; rows of A and B padded. */
  static Stream<MatMulShape> shapes() {
    return Stream.of(
            new int[] {1, 1, 1},
            new int[] {1, 64, 16},
            new int[] {3, 65, 129},
            new int[] {4, 63, 128},
            new int[] {7, 200, 300},
            new int[] {16, 130, 0},
            new int[] {32, 384, 257})
        .map(s -> shape(s[0], s[1], s[2]));
  }

  private static MatMulShape shape(int m, int n, int k) {
    return new MatMulShape(1, m, n, k, false, k + 3, 0, false, n + 5, 0, n, 0);
  }

  private static float[] product(MatMulShape s, Storage storage, int rows) {
    try (Arena arena = Arena.ofShared()) {
      Floats a = Floats.random(arena, s.m() * s.lda(), "a");
      Floats b = Floats.random(arena, s.k() * s.ldb(), "b");
      Floats panels = Floats.empty(arena, s.k() * s.n());
      FewRowsKernel.pack(s, b.address(), panels.address());
      panels.values();
      Floats c = Floats.empty(arena, rows * s.n());
      MatMulShape part = shape(rows, s.n(), s.k());
      long from = storage == Storage.PANELS ? panels.address() : b.address();
      return Kernels.runSameBits(
          new FewRowsKernel(part, storage), c, a.address(), from, c.address());
    }
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void theProductIsThatOfTheDefinitionAtAnyNumberOfThreads(MatMulShape s) {
    double[] expected = new double[s.m() * s.n()];
    try (Arena arena = Arena.ofShared()) {
      Floats a = Floats.random(arena, s.m() * s.lda(), "a");
      Floats b = Floats.random(arena, s.k() * s.ldb(), "b");
      for (int i = 0; i < expected.length; i++) {
        int row = i / s.n() * s.lda();
        int column = i % s.n();
        expected[i] =
            IntStream.range(0, s.k())
                .mapToDouble(p -> (double) a.get(row + p) * b.get(p * s.ldb() + column))
                .sum();
      }
    }
    Floats.assertClose(product(s, Storage.ROWS, s.m()), expected, 2e-6 * (s.k() + 4));
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void packingChangesNoBitNorDoOtherRows(MatMulShape s) {
    float[] plain = product(s, Storage.ROWS, s.m());
    assertThat(product(s, Storage.PANELS, s.m())).isEqualTo(plain);
    assertThat(product(s, Storage.PANELS, 1)).isEqualTo(Arrays.copyOf(plain, s.n()));
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void bytesOfRoundedWeightsGiveTheSameBits(MatMulShape s) {
    try (Arena arena = Arena.ofShared()) {
      Floats a = Floats.random(arena, s.m() * s.lda(), "a");
      Floats b = Floats.of(arena, rounded(s, Floats.random(s.k() * s.ldb(), "b")));
      assertThat(Int8Panels.suits(s, b.address())).isTrue();
      long bytes = Int8Panels.bytes(s);
      Floats packed = Floats.empty(arena, (int) Math.ceilDiv(bytes, 4));
      Memory.clear(packed.address(), bytes);
      Int8Panels.pack(s, b.address(), packed.address());
      Floats c = Floats.empty(arena, s.m() * s.n());
      float[] expected =
          Kernels.runSameBits(
              new FewRowsKernel(s, Storage.ROWS), c, a.address(), b.address(), c.address());
      assertThat(
              Kernels.runSameBits(
                  new FewRowsKernel(s, Storage.INT8),
                  c,
                  a.address(),
                  packed.address(),
                  c.address()))
          .isEqualTo(expected);
    }
  }

  /** Each column as whole multiples of a step, at most 127. */
  private static float[] rounded(MatMulShape s, float[] b) {
    for (int column = 0; column < s.n(); column++) {
      float largest = 0;
      for (int at = column; at < b.length; at += s.ldb()) {
        largest = Math.max(largest, Math.abs(b[at]));
      }
      float step = largest / 127;
      for (int at = column; at < b.length; at += s.ldb()) {
        b[at] = Math.round(b[at] / step) * step;
      }
    }
    return b;
  }

  @Test
  void weightsThatAreNoMultiplesOfAStepAreNoBytes() {
    MatMulShape s = shape(1, 40, 20);
    try (Arena arena = Arena.ofShared()) {
      float[] b = rounded(s, Floats.random(s.k() * s.ldb(), "b"));
      assertThat(Int8Panels.suits(s, Floats.of(arena, b).address())).isTrue();
      for (float other : new float[] {Math.nextUp(b[39]), -0f, Float.NaN, 1e9f}) {
        float[] spoilt = b.clone();
        spoilt[39] = other;
        assertThat(Int8Panels.suits(s, Floats.of(arena, spoilt).address())).isFalse();
      }
    }
  }

  @Test
  void productsOfOtherFormsAreRefused() {
    for (MatMulShape other :
        new MatMulShape[] {
          MatMulShape.packed(1, FewRowsKernel.MOST_ROWS + 1, 4, 4, false, false),
          MatMulShape.packed(2, 4, 4, 4, false, false),
          MatMulShape.packed(1, 4, 4, 4, true, false),
          MatMulShape.packed(1, 4, 4, 4, false, true)
        }) {
      assertThat(FewRowsKernel.suits(other)).isFalse();
      assertThatIllegalArgumentException().isThrownBy(() -> new FewRowsKernel(other, Storage.ROWS));
    }
  }

  @Test
  void aWarmProductAllocatesNothing() {
    try (Arena arena = Arena.ofShared()) {
      MatMulShape s = MatMulShape.packed(1, 5, 70, 20, false, false);
      Floats a = Floats.random(arena, 100, "a");
      Floats b = Floats.random(arena, 1400, "b");
      Floats c = Floats.empty(arena, 350);
      Kernels.assertAllocatesNothing(
          new FewRowsKernel(s, Storage.ROWS), a.address(), b.address(), c.address());
    }
  }
}
