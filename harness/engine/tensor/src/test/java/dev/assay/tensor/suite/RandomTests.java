package dev.assay.tensor.suite;

import dev.assay.tensor.DType;
import dev.assay.tensor.Draws;
import dev.assay.tensor.Shape;
import dev.assay.tensor.Tensor;
import org.junit.jupiter.api.Test;

/** Random tensors: the same numbers on every backend. */
interface RandomTests extends BackendTests {
  @Test
  default void uniformsAreTheSameBits() {
    for (int n : AWKWARD) {
      check(
          "uniform of " + n,
          Tolerance.EXACT,
          made -> {
            Draws draws = Draws.root();
            made.out(draws.uniform(Shape.of(n)), draws.child("other").uniform(Shape.of(n, 3)));
            made.out(draws.uniform(Shape.of(2, n, 1)).transpose(0, 1), draws.uniform(Shape.SCALAR));
            made.out(draws.uniform(Shape.of(0, n)));
          });
    }
  }

  @Test
  default void normalsAreTheSameUpToTheFunctionsUsed() {
    for (int n : AWKWARD) {
      check(
          "normal of " + n,
          Tolerance.ulps(8).orAbsolute(1e-6),
          made -> made.out(Draws.root().normal(Shape.of(n)), Draws.root().normal(Shape.of(3, n))));
    }
  }

  @Test
  default void eachRowFollowsItsOwnKey() {
    check(
        "keys per row",
        Tolerance.ulps(8).orAbsolute(1e-6),
        made -> {
          Tensor keys = made.indices(Integer.MIN_VALUE / 4, Integer.MAX_VALUE / 4, 5, 2);
          Draws draws = Draws.perRow(keys).child("noise");
          made.out(draws.uniform(Shape.of(5, 7)), draws.normal(Shape.of(5, 3, 3)));
          made.out(draws.normal(Shape.of(5)), draws.uniform(Shape.of(5, 65)));
          made.out(Draws.perRow(keys.slice(0, 2, 1)).child("noise").uniform(Shape.of(1, 7)));
        });
  }

  @Test
  default void keysOfAllBits() {
    check(
        "keys",
        Tolerance.EXACT,
        made -> {
          Tensor keys =
              made.values(DType.I32, new double[] {-1, -1, 0, 0, -2147483648, 2147483647}, 3, 2);
          made.out(Draws.perRow(keys).uniform(Shape.of(3, 9)));
        });
  }

  @Test
  default void drawsUnderArithmetic() {
    check(made -> {
      Tensor x = made.normal(33, 7);
      Draws draws = Draws.root();
      made.out(draws.child("drop").dropout(x, 0.3f), draws.bernoulli(x.sigmoid().detach()).sum());
      Tensor noise = draws.child("noise").normal(x.shape());
      made.out(x.add(noise.mul(x.exp())).sum(1), noise.sum(0), noise);
      made.out(draws.child("drop").dropout(x, 0.3f).sub(draws.child("drop").dropout(x, 0.3f)));
    });
  }
}
