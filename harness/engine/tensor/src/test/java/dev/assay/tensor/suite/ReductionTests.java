package dev.assay.tensor.suite;

import dev.assay.tensor.DType;
import dev.assay.tensor.Op.ReduceFn;
import dev.assay.tensor.Shape;
import dev.assay.tensor.Tensor;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Sums, maxima and their neighbourhoods. */
interface ReductionTests extends BackendTests {
  @ParameterizedTest
  @EnumSource
  default void everySubsetOfAxes(ReduceFn fn) {
    int[][] shapes = {{3, 7, 13}, {2, 3, 4, 5}, {65, 1, 3}, {1, 33, 65}, {207, 13}, {13, 207}};
    for (int[] dims : shapes) {
      for (int subset = 1; subset < 1 << dims.length; subset++) {
        int[] axes = axes(subset, dims.length);
        check(
            fn + " of " + Shape.of(dims) + " over " + Arrays.toString(axes),
            made -> {
              Tensor x = made.normal(dims);
              Tensor y = made.normal(dims);
              made.out(x.reduceKeep(fn, axes), x.mul(y).tanh().reduceKeep(fn, axes).add(1));
            });
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  default void awkwardLengths(ReduceFn fn) {
    for (int n : AWKWARD) {
      check(
          fn + " of " + n,
          made -> {
            Tensor x = made.normal(n);
            Tensor rows = made.normal(3, n);
            Tensor columns = made.normal(n, 3);
            made.out(x.reduceKeep(fn, 0), rows.reduceKeep(fn, 1), columns.reduceKeep(fn, 0));
            made.out(rows.reduceKeep(fn, 0), columns.reduceKeep(fn, 1), rows.reduceKeep(fn, 0, 1));
          });
    }
    check(
        fn + " of many",
        made ->
            made.out(made.normal(100003).reduceKeep(fn, 0), made.normal(3, 40001).exp().sum(1)));
  }

  @ParameterizedTest
  @EnumSource
  default void viewsOfEveryKind(ReduceFn fn) {
    for (int subset = 1; subset < 8; subset++) {
      int[] axes = axes(subset, 3);
      check(
          fn + " of views over " + Arrays.toString(axes),
          made -> {
            Tensor x = made.normal(5, 6, 7);
            made.out(x.permute(2, 0, 1).reduceKeep(fn, axes));
            made.out(x.permute(1, 2, 0).slice(0, 1, 4).flip(1).exp().reduceKeep(fn, axes));
            made.out(x.slice(1, 2, 1).broadcast(Shape.of(5, 4, 7)).reduceKeep(fn, axes));
            made.out(x.pad(1, 1, 2, 0.25f).reduceKeep(fn, axes));
            made.out(Tensor.concat(2, x, x.neg()).reduceKeep(fn, axes));
            made.out(x.reshape(7, 6, 5).reduceKeep(fn, axes));
          });
    }
  }

  @Test
  default void reductionsFeedBroadcastsThatFeedReductions() {
    for (int n : new int[] {1, 13, 65}) {
      check(
          "tower of " + n,
          made -> {
            Tensor x = made.normal(5, n, 3);
            Tensor a = x.sub(x.meanKeep(1));
            Tensor b = a.mul(a.square().sumKeep(2).add(1).rsqrt());
            Tensor c = b.sub(b.maxKeep(0)).exp();
            Tensor d = c.mul(c.sumKeep(0, 1, 2).reciprocal());
            made.out(d, d.sum(1), a.sum(0, 2), c.sumKeep(0), b.mul(d).sum());
          });
    }
  }

  @Test
  default void nothingSumsToZeroAndHasTheLeastMaximum() {
    check(
        "empty",
        Tolerance.EXACT,
        made -> {
          Tensor x = made.normal(3, 0, 2);
          made.out(x.sum(1), x.sum(), x.maxKeep(1), x.sumKeep(0), x.maxKeep(2), x.exp());
        });
  }

  @Test
  default void maximaOfSpecialValues() {
    double low = Double.NEGATIVE_INFINITY;
    double high = Double.POSITIVE_INFINITY;
    check(
        "special",
        Tolerance.EXACT,
        made -> {
          Tensor x =
              made.values(DType.F32, new double[] {low, low, -5, low, high, 1, -3, -2, -1}, 3, 3);
          made.out(x.maxKeep(0), x.maxKeep(1), x.maxKeep(0, 1), x.sum(1));
          Tensor nan = made.values(DType.F32, new double[] {1, Double.NaN, 2, 3}, 2, 2);
          made.out(nan.maxKeep(0), nan.maxKeep(1), nan.sum(0));
        });
  }

  @Test
  default void sumsOfIntegersAreExact() {
    check(
        "integers",
        Tolerance.EXACT,
        made -> {
          Tensor x = made.integers(-9, 9, 65, 207);
          made.out(x.sum(0), x.sum(1), x.sum(), x.mul(x).sum(1));
        });
  }

  @Test
  default void argMaxTakesTheFirstOfTheLargest() {
    for (int n : AWKWARD) {
      check(
          "argMax of " + n,
          Tolerance.EXACT,
          made -> {
            Tensor x = made.integers(-2, 2, 7, n);
            made.out(x.argMax(), x.neg().argMax(), made.normal(n).argMax(), x.mul(0).argMax());
            made.out(made.integers(0, 3, n, 7).transpose(0, 1).argMax());
          });
    }
  }

  private static int[] axes(int subset, int rank) {
    return IntStream.range(0, rank).filter(axis -> (subset >> axis & 1) == 1).toArray();
  }
}
