package dev.assay.tensor.suite;

import dev.assay.tensor.Shape;
import dev.assay.tensor.Tensor;
import org.junit.jupiter.api.Test;

/** Operations that place elements, alone, on top of each other, and under arithmetic. */
interface MovementTests extends BackendTests {
  @Test
  default void everyOrderOfAxes() {
    int[][] orders = {{0, 1, 2}, {0, 2, 1}, {1, 0, 2}, {1, 2, 0}, {2, 0, 1}, {2, 1, 0}};
    for (int[] dims : new int[][] {{3, 7, 13}, {1, 65, 3}, {64, 1, 5}, {2, 0, 3}, {65, 33, 2}}) {
      for (int[] order : orders) {
        check(
            "permute " + Shape.of(dims) + " by " + Shape.of(order),
            Tolerance.EXACT,
            made -> {
              Tensor x = made.normal(dims);
              Tensor y = made.normal(dims).permute(order);
              made.out(x.permute(order), x.permute(order).add(y), x.permute(order).mul(2).neg());
            });
      }
    }
  }

  @Test
  default void slicesPadsAndFlipsAlongEachAxis() {
    for (int[] dims : new int[][] {{7, 5, 3}, {65, 2, 9}, {1, 1, 207}}) {
      for (int axis = 0; axis < 3; axis++) {
        int a = axis;
        int n = dims[axis];
        check(
            "views of " + Shape.of(dims) + " along " + axis,
            Tolerance.EXACT,
            made -> {
              Tensor x = made.normal(dims);
              made.out(x.slice(a, 0, (n + 1) / 2), x.slice(a, n / 2, n - n / 2));
              made.out(x.slice(a, n - 1, 1), x.slice(a, n / 2, 0), x.flip(a));
              made.out(
                  x.pad(a, 1, 0, 0), x.pad(a, 0, 3, -1), x.pad(a, 2, 1, Float.NEGATIVE_INFINITY));
              made.out(x.pad(a, 2, 2, 1).slice(a, 1, n + 1), x.flip(a).slice(a, 0, (n + 1) / 2));
            });
      }
    }
  }

  @Test
  default void concatenationsOfAnyParts() {
    for (int axis = 0; axis < 3; axis++) {
      int a = axis;
      check(
          "concat along " + axis,
          Tolerance.EXACT,
          made -> {
            Tensor x = made.normal(3, 4, 5);
            Tensor y = made.normal(3, 4, 5);
            Tensor none = x.slice(a, 1, 0);
            made.out(Tensor.concat(a, x, y), Tensor.concat(a, x, x, x), Tensor.concat(a, none, y));
            made.out(
                Tensor.concat(a, x.flip(0), y.slice(a, 1, 1), x.mul(y), Tensor.fill(2, x.shape())));
            made.out(
                Tensor.concat(a, Tensor.concat(a, x, y), Tensor.concat(a, y, x)).slice(a, 2, 6));
          });
      check(
          "concat along " + axis + " of and before functions",
          Tolerance.ROUNDING,
          made -> {
            Tensor x = made.normal(3, 4, 5);
            Tensor y = made.normal(3, 4, 5);
            made.out(Tensor.concat(a, x, y).exp().slice(a, 0, 2).neg());
          });
    }
  }

  @Test
  default void broadcastsAlongAnyAxes() {
    int[][][] cases = {
      {{1, 7}, {5, 7}}, {{7, 1}, {7, 65}}, {{1, 1, 3}, {4, 5, 3}}, {{4, 1, 3}, {4, 9, 3}},
      {{}, {3, 4}}, {{1}, {1025}}, {{3, 1, 5, 1}, {3, 2, 5, 7}}, {{1, 3}, {0, 3}}
    };
    for (int[][] pair : cases) {
      Shape to = Shape.of(pair[1]);
      check(
          "broadcast " + Shape.of(pair[0]) + " to " + to,
          Tolerance.EXACT,
          made -> {
            Tensor x = made.normal(pair[0]);
            made.out(x.broadcast(to), x.neg().broadcast(to).mul(made.normal(pair[1])));
            made.out(x.broadcast(to).reshape(-1).add(1));
          });
    }
  }

  @Test
  default void viewsOfViewsUnderArithmetic() {
    check(made -> {
      Tensor x = made.normal(6, 10, 4);
      Tensor v = x.permute(2, 0, 1).slice(1, 1, 4).flip(2).slice(2, 3, 5);
      Tensor w = v.permute(1, 0, 2).reshape(8, 10).slice(0, 2, 5);
      Tensor wide = w.reshape(5, 1, 10).broadcast(Shape.of(5, 3, 10));
      made.out(v, w, wide, v.exp(), wide.mul(wide).sum(1), w.transpose(0, 1).add(1));
      made.out(
          v.sub(v.flip(0)),
          v.add(x.slice(new int[] {1, 2, 0}, new int[] {4, 5, 4}).permute(2, 0, 1)));
    });
    check(made -> {
      Tensor x = made.normal(13, 7);
      Tensor padded = x.transpose(0, 1).pad(0, 2, 1, 0.5f).flip(1).pad(1, 1, 1, -0.5f);
      made.out(
          padded,
          padded.tanh(),
          padded.slice(0, 1, 8).slice(1, 3, 9).mul(x.slice(0, 0, 8).slice(1, 0, 1)));
      made.out(padded.reshape(-1).slice(0, 17, 65), padded.sum(0), padded.maxKeep(1));
    });
    check(made -> {
      Tensor x = made.normal(4, 6);
      Tensor tiled = x.reshape(4, 1, 6).broadcast(Shape.of(4, 3, 6)).reshape(12, 6);
      Tensor rolled = Tensor.concat(1, tiled.slice(1, 4, 2), tiled.slice(1, 0, 4));
      made.out(tiled, rolled, rolled.sub(tiled), rolled.transpose(0, 1).matmul(tiled));
    });
  }

  @Test
  default void viewsOfIntegers() {
    check(
        "I32 views",
        Tolerance.EXACT,
        made -> {
          Tensor i = made.indices(-9, 9, 5, 7);
          made.out(
              i, i.transpose(0, 1), i.slice(1, 2, 3), i.flip(0).reshape(-1), i.pad(0, 1, 2, -1));
          made.out(
              Tensor.concat(1, i, i.slice(1, 0, 1)), i.slice(0, 1, 1).broadcast(Shape.of(4, 7)));
          made.out(i.transpose(0, 1).slice(0, 1, 3).toFloat().mul(2), i.detach());
        });
  }

  @Test
  default void reshapesOfEverything() {
    check(
        "reshape",
        Tolerance.EXACT,
        made -> {
          Tensor x = made.normal(6, 10);
          made.out(x.reshape(60), x.reshape(3, 4, 5), x.transpose(0, 1).reshape(6, 10));
          made.out(x.slice(1, 1, 6).reshape(4, 9), x.slice(0, 2, 3).reshape(2, 15).neg());
          made.out(x.reshape(1, 60, 1), x.slice(0, 0, 1).slice(1, 3, 1).reshape(Shape.SCALAR));
          made.out(x.flip(1).reshape(5, 12).transpose(0, 1).reshape(60));
          made.out(x.slice(0, 0, 0).reshape(0, 3, 7));
        });
  }
}
