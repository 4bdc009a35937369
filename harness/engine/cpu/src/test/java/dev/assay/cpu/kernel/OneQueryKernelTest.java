package dev.assay.cpu.kernel;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.assay.cpu.memory.Memory;
import dev.assay.cpu.testing.Floats;
import dev.assay.cpu.testing.Kernels;
import java.lang.foreign.Arena;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class OneQueryKernelTest {
  /** batch, heads, groups, keys, width, whether lengths are given. */
  static Stream<AttentionShape> shapes() {
    return Stream.of(
            new int[] {1, 1, 1, 1, 1, 0},
            new int[] {3, 4, 2, 11, 16, 1},
            new int[] {2, 6, 6, 64, 32, 1},
            new int[] {2, 2, 1, 65, 64, 0},
            new int[] {1, 3, 3, 130, 49, 1})
        .map(s -> new AttentionShape(s[0], s[1], s[2], 1, s[3], s[4], 0.7f, false, s[5] == 1));
  }

  private static OneQueryKernel kernel(AttentionShape s) {
    return new OneQueryKernel(
        s, s.packedQueries(), s.packedKeys(), s.packedKeys(), s.packedQueries());
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void theOutputIsTheWeightedMeanOfTheValuesSeen(AttentionShape s) {
    try (Arena arena = Arena.ofShared()) {
      int rows = s.batch() * s.heads();
      int size = s.batch() * s.groups() * s.keys() * s.width();
      Floats q = Floats.random(arena, rows * s.width(), "q");
      Floats k = Floats.random(arena, size, "k");
      Floats v = Floats.random(arena, size, "v");
      int[] lengths = new int[s.batch()];
      long lengthsAt = Memory.allocate(arena, 4L * s.batch());
      for (int b = 0; b < lengths.length; b++) {
        lengths[b] = b == 2 ? 0 : s.keys() - 3 * b - 1;
        Memory.setInt(lengthsAt + 4L * b, lengths[b]);
      }
      Floats result = Floats.empty(arena, rows * (s.width() + 1));
      long out = result.address();
      long logSumExp = out + 4L * rows * s.width();
      long[] operands =
          s.lengths()
              ? new long[] {q.address(), k.address(), v.address(), lengthsAt, out, logSumExp}
              : new long[] {q.address(), k.address(), v.address(), out, logSumExp};
      float[] actual = Kernels.runSameBits(kernel(s), result, operands);
      NaiveAttention naive = new NaiveAttention(s, doubles(q), doubles(k), doubles(v), lengths);
      Floats.assertClose(actual, naive.forward(), 1e-5);
    }
  }

  private static double[] doubles(Floats floats) {
    float[] values = floats.values();
    double[] doubles = new double[values.length];
    for (int i = 0; i < doubles.length; i++) {
      doubles[i] = values[i];
    }
    return doubles;
  }

  @Test
  void severalQueriesAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> kernel(new AttentionShape(1, 1, 1, 2, 3, 4, 1, false, false)))
        .withMessageContaining("2");
  }

  @Test
  void aWarmStepAllocatesNothing() {
    try (Arena arena = Arena.ofShared()) {
      Floats numbers = Floats.random(arena, 4096, "numbers");
      Floats out = Floats.empty(arena, 2 * 49);
      long at = numbers.address();
      Kernels.assertAllocatesNothing(
          kernel(new AttentionShape(1, 2, 2, 1, 17, 48, 1, false, false)),
          at,
          at,
          at,
          out.address(),
          out.address() + 4 * 96);
    }
  }
}
