package dev.assay.cpu.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.assay.cpu.gemm.Gemm;
import dev.assay.cpu.gemm.Gemms;
import dev.assay.cpu.memory.Memory;
import dev.assay.cpu.testing.Floats;
import dev.assay.cpu.testing.Kernels;
import java.lang.foreign.Arena;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class AttentionKernelTest {
  private static final Gemm GEMM = Gemms.select().gemm();

  /** batch, heads, groups, queries, keys, width; around the extents of vectors and blocks. */
  static Stream<AttentionShape> shapes() {
    return Stream.of(
            new int[] {1, 1, 1, 1, 1, 1},
            new int[] {2, 3, 3, 5, 5, 7},
            new int[] {2, 4, 2, 8, 11, 16},
            new int[] {1, 2, 1, 9, 9, 5},
            new int[] {2, 2, 2, 64, 64, 32},
            new int[] {1, 2, 1, 65, 65, 12},
            new int[] {1, 4, 2, 130, 200, 20},
            new int[] {1, 1, 1, 70, 1100, 8},
            new int[] {1, 2, 2, 1, 1030, 24},
            new int[] {1, 2, 2, 3, 513, 17},
            new int[] {2, 2, 1, 40, 13, 8},
            new int[] {1, 1, 1, 600, 600, 4})
        .flatMap(s ->
            Stream.of(0, 1, 2, 3)
                .map(form ->
                    new AttentionShape(
                        s[0],
                        s[1],
                        s[2],
                        s[3],
                        s[4],
                        s[5],
                        0.7f,
                        (form & 1) != 0,
                        (form & 2) != 0)));
  }

  /** Operands of a shape with lengths from none to more than there are keys. */
  private record Case(
      AttentionShape shape, Floats q, Floats k, Floats v, int[] lengths, long lengthsAt) {
    static Case of(Arena arena, AttentionShape s) {
      int queries = s.batch() * s.heads() * s.queries() * s.width();
      int keys = s.batch() * s.groups() * s.keys() * s.width();
      int[] lengths = new int[s.batch()];
      long at = Memory.allocate(arena, 4L * s.batch());
      for (int b = 0; b < s.batch(); b++) {
        lengths[b] = b % 2 == 0 ? s.keys() * 2 / 3 : s.keys() + 1;
        Memory.setInt(at + 4L * b, lengths[b]);
      }
      return new Case(
          s,
          Floats.random(arena, queries, "q"),
          Floats.random(arena, keys, "k"),
          Floats.random(arena, keys, "v"),
          lengths,
          at);
    }

    NaiveAttention naive() {
      return new NaiveAttention(
          shape, doubles(q.values()), doubles(k.values()), doubles(v.values()), lengths);
    }

    long[] operands(long... results) {
      long[] inputs =
          shape.lengths()
              ? new long[] {q.address(), k.address(), v.address(), lengthsAt}
              : new long[] {q.address(), k.address(), v.address()};
      return concat(inputs, results);
    }
  }

  private static long[] concat(long[] left, long[] right) {
    long[] all = Arrays.copyOf(left, left.length + right.length);
    System.arraycopy(right, 0, all, left.length, right.length);
    return all;
  }

  private static double[] doubles(float[] values) {
    double[] doubles = new double[values.length];
    Arrays.setAll(doubles, i -> values[i]);
    return doubles;
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void theOutputIsTheWeightedMeanOfTheValuesAtAnyNumberOfThreads(AttentionShape s) {
    try (Arena arena = Arena.ofShared()) {
      Case given = Case.of(arena, s);
      int rows = s.batch() * s.heads() * s.queries();
      Floats result = Floats.empty(arena, rows * (s.width() + 1));
      long logSumExp = result.address() + 4L * rows * s.width();
      float[] actual =
          Kernels.runSameBits(
              new AttentionKernel(GEMM, s), result, given.operands(result.address(), logSumExp));
      Floats.assertClose(actual, given.naive().forward(), 1e-5);
    }
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void theAdjointsAreThoseOfTheDefinitionAtAnyNumberOfThreads(AttentionShape s) {
    try (Arena arena = Arena.ofShared()) {
      Case given = Case.of(arena, s);
      NaiveAttention naive = given.naive();
      int queries = naive.q.length;
      int keys = naive.k.length;
      float[] forward = floats(naive.forward());
      Floats output = Floats.of(arena, Arrays.copyOf(forward, queries));
      Floats sums = Floats.of(arena, Arrays.copyOfRange(forward, queries, forward.length));
      Floats adjoint = Floats.random(arena, queries, "adjoint");
      Floats result = Floats.empty(arena, queries + 2 * keys);
      long[] inputs = {
        given.q.address(),
        given.k.address(),
        given.v.address(),
        output.address(),
        sums.address(),
        adjoint.address()
      };
      if (s.lengths()) {
        inputs = concat(inputs, new long[] {given.lengthsAt});
      }
      long dk = result.address() + 4L * queries;
      long[] results = {result.address(), dk, dk + 4L * keys};
      float[] actual =
          Kernels.runSameBits(
              new AttentionGradKernel(GEMM, s, AttentionGradKernel.Layout.packed(s)),
              result,
              concat(inputs, results));
      Floats.assertClose(actual, naive.backward(doubles(adjoint.values())), 5e-5);
    }
  }

  private static float[] floats(double[] values) {
    float[] floats = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      floats[i] = (float) values[i];
    }
    return floats;
  }

  @Test
  void theDefinitionsAdjointsAreItsCentralDifferences() {
    AttentionShape s = new AttentionShape(1, 2, 1, 3, 4, 2, 0.7f, true, false);
    try (Arena arena = Arena.ofShared()) {
      NaiveAttention naive = Case.of(arena, s).naive();
      double[] adjoint = doubles(Floats.random(arena, naive.q.length, "adjoint").values());
      double[] actual = naive.backward(adjoint);
      double step = 1e-5;
      int at = 0;
      for (double[] operand : new double[][] {naive.q, naive.k, naive.v}) {
        for (int i = 0; i < operand.length; i++) {
          double value = operand[i];
          operand[i] = value + step;
          double above = dot(adjoint, naive.forward());
          operand[i] = value - step;
          double below = dot(adjoint, naive.forward());
          operand[i] = value;
          assertThat(actual[at++])
              .isCloseTo(
                  (above - below) / (2 * step), org.assertj.core.api.Assertions.within(1e-8));
        }
      }
    }
  }

  private static double dot(double[] weights, double[] values) {
    double sum = 0;
    for (int i = 0; i < weights.length; i++) {
      sum += weights[i] * values[i];
    }
    return sum;
  }

  @Test
  void headsMayLieInterleavedInOneBuffer() {
    AttentionShape s = new AttentionShape(2, 3, 3, 20, 20, 5, 0.4f, true, false);
    try (Arena arena = Arena.ofShared()) {
      Case given = Case.of(arena, s);
      // [batch, time, (q, k, v), heads, width], as one projection gives it; and the output
      // [batch, time, heads, width]
      int row = 3 * 3 * 5;
      float[] together = new float[2 * 20 * row];
      Floats[] parts = {given.q, given.k, given.v};
      for (int part = 0; part < 3; part++) {
        for (int i = 0; i < 2 * 3 * 20 * 5; i++) {
          int e = i % 5;
          int t = i / 5 % 20;
          int h = i / 100 % 3;
          int b = i / 300;
          together[(b * 20 + t) * row + (part * 3 + h) * 5 + e] = parts[part].get(i);
        }
      }
      Heads inside = new Heads(20L * row, 5, row);
      Heads out = new Heads(20L * 15, 5, 15);
      Floats buffer = Floats.of(arena, together);
      Floats output = Floats.empty(arena, 2 * 20 * 15);
      Floats sums = Floats.empty(arena, 2 * 3 * 20);
      long at = buffer.address();
      Kernels.run(
          new AttentionKernel(GEMM, s, inside, inside, inside, out),
          1,
          at,
          at + 60,
          at + 120,
          output.address(),
          sums.address());
      double[] packed = given.naive().forward();
      double[] expected = new double[2 * 20 * 15];
      for (int i = 0; i < expected.length; i++) {
        int e = i % 5;
        int t = i / 5 % 20;
        int h = i / 100 % 3;
        expected[(i / 300 * 20 + t) * 15 + h * 5 + e] = packed[i];
      }
      Floats.assertClose(output.values(), expected, 1e-5);

      Floats adjoint = Floats.random(arena, 2 * 20 * 15, "adjoint");
      double[] packedAdjoint = new double[expected.length];
      for (int i = 0; i < expected.length; i++) {
        int t = i / 5 % 20;
        packedAdjoint[i] = adjoint.get((i / 300 * 20 + t) * 15 + i / 100 % 3 * 5 + i % 5);
      }
      double[] packedGrads = given.naive().backward(packedAdjoint);
      double[] grads = new double[together.length];
      for (int i = 0; i < packedGrads.length; i++) {
        int part = i / 600;
        int t = i / 5 % 20;
        grads[(i / 300 % 2 * 20 + t) * row + (part * 3 + i / 100 % 3) * 5 + i % 5] = packedGrads[i];
      }
      Floats result = Floats.empty(arena, together.length);
      long to = result.address();
      Kernels.run(
          new AttentionGradKernel(
              GEMM,
              s,
              new AttentionGradKernel.Layout(
                  inside, inside, inside, out, out, inside, inside, inside)),
          2,
          at,
          at + 60,
          at + 120,
          output.address(),
          sums.address(),
          adjoint.address(),
          to,
          to + 60,
          to + 120);
      Floats.assertClose(result.values(), grads, 5e-5);
    }
  }

  @Test
  void warmAttentionAllocatesNothing() {
    try (Arena arena = Arena.ofShared()) {
      for (int queries : new int[] {2, 20}) {
        AttentionShape s = new AttentionShape(1, 2, 1, queries, 40, 20, 1, true, false);
        Case given = Case.of(arena, s);
        Floats output = Floats.empty(arena, 2 * queries * 20);
        Floats sums = Floats.empty(arena, 2 * queries);
        Kernels.assertAllocatesNothing(
            new AttentionKernel(GEMM, s), given.operands(output.address(), sums.address()));
        Floats result = Floats.empty(arena, 2 * queries * 20 + 2 * 40 * 20);
        long dk = result.address() + 4L * 2 * queries * 20;
        Kernels.assertAllocatesNothing(
            new AttentionGradKernel(GEMM, s, AttentionGradKernel.Layout.packed(s)),
            given.q.address(),
            given.k.address(),
            given.v.address(),
            output.address(),
            sums.address(),
            output.address(),
            result.address(),
            dk,
            dk + 4L * 40 * 20);
      }
    }
  }

  @Test
  void headsThatDoNotShareEvenlyAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new AttentionShape(1, 4, 3, 1, 1, 1, 1, false, false))
        .withMessageContaining("heads=4")
        .withMessageContaining("groups=3");
  }
}
