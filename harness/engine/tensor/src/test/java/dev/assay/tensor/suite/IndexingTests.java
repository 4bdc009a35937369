package dev.assay.tensor.suite;

import static dev.assay.tensor.suite.BackendTests.differentiated;

import dev.assay.tensor.DType;
import dev.assay.tensor.Shape;
import dev.assay.tensor.Tensor;
import dev.assay.tensor.Tensors;
import dev.assay.tensor.Variable;
import org.junit.jupiter.api.Test;

/** Rows picked, summed and replaced by integers. */
interface IndexingTests extends BackendTests {
  @Test
  default void gathersRowsOfAnyWidth() {
    for (int n : AWKWARD) {
      check(
          "gather rows of " + n,
          made -> {
            Tensor table = made.normal(11, n);
            Tensor i = made.indices(0, 10, 5);
            Tensor j = made.indices(0, 10, 3, 4);
            differentiated(made, table.gather(i), table);
            differentiated(made, table.gather(j).tanh(), table);
            made.out(made.normal(n).gather(made.indices(0, n - 1, 9)));
            made.out(made.normal(5, 2, n).gather(made.indices(0, 4)));
          });
    }
  }

  @Test
  default void indicesOutsideReadZerosAndAddNothing() {
    check(
        "outside",
        Tolerance.EXACT,
        made -> {
          Tensor table = made.integers(1, 5, 4, 3);
          double[] wild = {-1, 0, 3, 4, 2147483647, -2147483648, 2};
          Tensor i = made.values(DType.I32, wild, 7);
          made.out(table.gather(i), Tensor.scatterAdd(i, made.integers(1, 9, 7, 5), 4));
          made.out(table.putRows(i.slice(0, 0, 6), made.integers(6, 9, 6, 3)));
          made.out(table.slice(0, 0, 0).gather(i), Tensor.scatterAdd(i, made.integers(1, 9, 7), 0));
        });
  }

  @Test
  default void gathersIntegersAndViews() {
    check(made -> {
      Tensor i = made.indices(0, 6, 4);
      made.out(made.indices(-50, 50, 7, 3).gather(i), made.normal(3, 7).transpose(0, 1).gather(i));
      made.out(made.normal(9, 3).slice(0, 2, 7).gather(i).mul(made.normal(3)));
      made.out(made.normal(7, 2).exp().gather(i.reshape(2, 2).transpose(0, 1)));
      made.out(made.normal(1, 5).broadcast(Shape.of(7, 5)).gather(i.flip(0)));
    });
  }

  @Test
  default void scatterAddSumsRowsThatMeet() {
    for (int n : AWKWARD) {
      check(
          "scatterAdd of " + n,
          made -> {
            Tensor values = made.normal(n, 3);
            Tensor i = made.indices(0, 4, n);
            differentiated(made, Tensor.scatterAdd(i, values, 5), values);
            made.out(Tensor.scatterAdd(i, made.normal(n).tanh(), 7));
            made.out(Tensor.scatterAdd(made.indices(-1, 3, 2, 3), made.normal(2, 3, n), 3));
          });
    }
  }

  @Test
  default void putRowsReplacesRows() {
    for (int n : new int[] {1, 3, 65}) {
      check(
          "putRows of " + n,
          made -> {
            Tensor x = made.normal(13, n);
            Tensor values = made.normal(4, n);
            Tensor i = made.distinct(13, 4);
            differentiated(made, x.putRows(i, values).mul(x), x, values);
            made.out(x.transpose(0, 1).putRows(made.indices(0, n - 1, 1), made.normal(1, 13)));
            made.out(x.putRows(i, values.neg()).sum(0), x);
          });
    }
  }

  @Test
  default void putRowsWritesAVariableInPlaceWhileOthersReadTheOldValue() {
    check(made -> {
      Variable v = made.variable(9, 5);
      Tensor i = made.distinct(9, 3);
      Tensor written = v.tensor().putRows(i, made.normal(3, 5));
      made.assign(v, written);
      made.out(written.sum(1), v.tensor().sum(0), v.tensor());
    });
    check(made -> {
      Variable v = made.variable(9, 5);
      Tensor i = made.distinct(9, 3);
      Tensor once = v.tensor().putRows(i, v.tensor().gather(i).mul(2));
      made.assign(v, once.putRows(made.distinct(9, 2), once.gather(made.distinct(9, 2))));
      made.out(v.tensor().slice(0, 2, 3));
    });
  }

  @Test
  default void oneHotAndCrossEntropyTakeIndicesOutsideAsPadding() {
    check(made -> {
      Tensor targets = made.values(DType.I32, new double[] {0, 6, -1, 7, 3, 3}, 2, 3);
      Tensor logits = made.normal(2, 3, 7);
      made.out(Tensors.oneHot(targets, 7));
      differentiated(made, Tensors.crossEntropy(logits, targets), logits);
    });
  }
}
