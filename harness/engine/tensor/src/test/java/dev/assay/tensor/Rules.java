package dev.assay.tensor;

import dev.assay.tensor.Op.BinaryFn;
import dev.assay.tensor.Op.ReduceFn;
import dev.assay.tensor.Op.UnaryFn;
import dev.assay.tensor.Op.Window;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** Functions whose derivatives are checked: every operation, and the usual compositions. */
final class Rules {
  /** A function of inputs of the given shapes. */
  record Rule(String name, List<Shape> shapes, Function<List<Tensor>, Tensor> function) {
    @Override
    public String toString() {
      return name + " " + shapes;
    }
  }

  private final List<Rule> rules = new ArrayList<>();

  private Rules() {}

  static List<Rule> all() {
    Rules all = new Rules();
    all.unary();
    all.binary();
    all.movement();
    all.reductions();
    all.products();
    all.convolutions();
    all.attention();
    all.indexing();
    all.compositions();
    return all.rules;
  }

  private void add(String name, Function<List<Tensor>, Tensor> function, int[]... shapes) {
    List<Shape> inputs = new ArrayList<>();
    for (int[] dims : shapes) {
      inputs.add(Shape.of(dims));
    }
    rules.add(new Rule(name, inputs, function));
  }

  private void one(String name, UnaryOperator<Tensor> function, int... dims) {
    add(name, x -> function.apply(x.get(0)), dims);
  }

  private void two(String name, BinaryOperator<Tensor> function, int[] first, int[] second) {
    add(name, x -> function.apply(x.get(0), x.get(1)), first, second);
  }

  private static int[] dims(int... dims) {
    return dims;
  }

  private void unary() {
    for (UnaryFn fn : UnaryFn.values()) {
      boolean positive =
          fn == UnaryFn.LOG || fn == UnaryFn.LOG1P || fn == UnaryFn.SQRT || fn == UnaryFn.RSQRT;
      boolean pole = fn == UnaryFn.RECIPROCAL;
      UnaryOperator<Tensor> f = x -> (positive ? x.abs().add(0.2f) : pole ? x.add(3) : x).unary(fn);
      one(fn.toString(), f);
      one(fn.toString(), f, 3, 1, 5);
      one("square of " + fn, x -> f.apply(x).square(), 7);
    }
  }

  private void binary() {
    int[][][] pairs = {
      {{}, {}}, {{2, 3}, {2, 3}}, {{2, 3}, {3}}, {{2, 1}, {1, 5}}, {{}, {4}}, {{3, 1, 2}, {5, 1}}
    };
    for (BinaryFn fn : BinaryFn.values()) {
      for (int[][] pair : pairs) {
        switch (fn) {
          case POW -> two("POW", (a, b) -> a.abs().add(0.2f).pow(b), pair[0], pair[1]);
          case DIV -> two("DIV", (a, b) -> a.div(b.add(3)), pair[0], pair[1]);
          default -> two(fn.toString(), (a, b) -> a.binary(fn, b), pair[0], pair[1]);
        }
      }
      if (fn != BinaryFn.POW) {
        one(fn + " with itself", x -> x.binary(fn, x).mul(x.sin()), 5);
      }
    }
    one("x to the third", x -> x.pow(Tensor.scalar(3)), 2, 3);
    add(
        "where",
        x -> x.get(0).sin().less(x.get(1)).where(x.get(0).mul(x.get(1)), x.get(1).exp()),
        dims(3, 4),
        dims(4));
  }

  private void movement() {
    one("reshape", x -> x.reshape(3, 4).sin().reshape(2, 6).mul(x), 2, 6);
    one("permute", x -> x.permute(2, 0, 1).mul(x.permute(2, 0, 1)).exp(), 2, 3, 2);
    one("broadcast", x -> x.broadcast(Shape.of(4, 2, 3)).sin().mul(x), 2, 1);
    one("slice", x -> x.slice(1, 1, 2).mul(x.slice(1, 0, 2)), 3, 4);
    one("slice of both axes", x -> x.slice(dims(1, 2), dims(2, 2)).exp(), 3, 5);
    one("pad", x -> x.pad(dims(1, 0), dims(0, 2), 0.5f).sin().square(), 2, 3);
    add(
        "concat",
        x -> Tensor.concat(1, x.get(0), x.get(1), x.get(0)).sin().square(),
        dims(2, 3),
        dims(2, 1));
    one("flip", x -> x.flip(0).mul(x).sin(), 3, 2);
    one(
        "split parts put together again",
        x -> Tensor.concat(1, x.split(1, 3).reversed()).exp(),
        2,
        6);
    one(
        "views of views",
        x -> x.permute(1, 0).slice(0, 1, 3).flip(1).pad(1, 1, 0, 0).reshape(9).sin(),
        2,
        5);
    one("cast", x -> x.mul(x.mul(3).toInt().toFloat()), 5);
  }

  private void reductions() {
    for (ReduceFn fn : ReduceFn.values()) {
      for (int[] axes : new int[][] {{0}, {1}, {2}, {0, 1}, {0, 2}, {1, 2}, {0, 1, 2}}) {
        one(
            fn + " over " + Shape.of(axes),
            x -> x.sin().reduceKeep(fn, axes).exp().mul(x.slice(0, 0, 1)),
            3,
            2,
            3);
      }
      one(fn + " of a permuted tensor", x -> x.transpose(0, 1).reduceKeep(fn, 0).square(), 3, 5);
    }
    one("mean", x -> x.exp().mean(0).mul(x.mean()), 3, 5);
  }

  private void products() {
    two("matmul", Tensor::matmul, dims(3, 4), dims(4, 2));
    two("tanh matmul", (a, b) -> a.matmul(b).tanh(), dims(2, 3), dims(3, 3));
    two("matmul of a batch with a matrix", (a, b) -> a.matmul(b).sin(), dims(2, 3, 2), dims(2, 3));
    two("matmul of a matrix with a batch", (a, b) -> a.matmul(b).sin(), dims(3, 2), dims(2, 2, 3));
    two("matmul of broadcast batches", Tensor::matmul, dims(2, 1, 1, 3), dims(3, 3, 2));
    one("matmul with its transpose", x -> x.matmul(x.transpose(0, 1)).tanh(), 3, 2);
    one("square matmul", x -> x.matmul(x), 3, 3);
  }

  private void convolutions() {
    Window[] windows = {
      Window.padded(1),
      Window.strided(2, 1),
      new Window(2, 1, 1, 0, 0, 2, 1, 1, 1),
      new Window(1, 1, 2, 2, 2, 2, 2, 2, 1),
      new Window(1, 2, 1, 0, 1, 1, 1, 1, 2)
    };
    for (Window window : windows) {
      int groups = window.groups();
      two(
          "conv2d " + window,
          (x, f) -> x.conv2d(f, window).sin(),
          dims(1, 4, 3, 2),
          dims(2, 3, 2 / groups, 2));
      int height = window.outHeight(4, 2);
      int width = window.outWidth(3, 3);
      two(
          "conv2dTranspose " + window,
          (y, f) -> y.conv2dTranspose(f, window, 4, 3).sin(),
          dims(1, height, width, 2),
          dims(2, 3, 2 / groups, 2));
    }
  }

  private void attention() {
    Tensor lengths = Tensor.constant(new int[] {2, 0}, Shape.of(2));
    for (boolean causal : new boolean[] {false, true}) {
      String name = causal ? "causal attention" : "attention";
      add(
          name,
          x -> Tensors.attention(x.get(0), x.get(1), x.get(2), null, 0.7f, causal),
          dims(1, 2, 3, 2),
          dims(1, 2, 4, 2),
          dims(1, 2, 4, 2));
      add(
          name + " of grouped heads up to lengths",
          x -> Tensors.attention(x.get(0), x.get(1), x.get(2), lengths, 0.7f, causal).sin(),
          dims(2, 2, 2, 1),
          dims(2, 1, 3, 1),
          dims(2, 1, 3, 1));
    }
    one("self attention", x -> Tensors.attention(x, x, x, null, 0.5f, true), 1, 1, 3, 2);
  }

  private void indexing() {
    Tensor i = Tensor.constant(new int[] {2, 0, -1, 2, 9, 1}, Shape.of(2, 3));
    Tensor flat = Tensor.constant(new int[] {2, 0, 2, 5}, Shape.of(4));
    Tensor distinct = Tensor.constant(new int[] {3, 0}, Shape.of(2));
    one("gather", x -> x.gather(i).sin(), 4, 2);
    one("gather of a vector", x -> x.gather(i).square(), 3);
    one("scatterAdd", x -> Tensor.scatterAdd(flat, x, 3).sin(), 4, 2);
    one("scatterAdd by a matrix of indices", x -> Tensor.scatterAdd(i, x, 3).exp(), 2, 3);
    two("putRows", (x, v) -> x.putRows(distinct, v).sin().mul(x), dims(4, 2), dims(2, 2));
  }

  private void compositions() {
    for (int axis = 0; axis < 2; axis++) {
      int a = axis;
      one("softmax along " + axis, x -> Tensors.softmax(x, a).square(), 3, 4);
      one("logSoftmax along " + axis, x -> Tensors.logSoftmax(x, a).sin(), 3, 4);
      one("logSumExp along " + axis, x -> Tensors.logSumExp(x, a).square(), 3, 4);
    }
    add(
        "layerNorm",
        x -> Tensors.layerNorm(x.get(0), x.get(1), x.get(2), 1e-2f),
        dims(2, 5),
        dims(5),
        dims(5));
    two("rmsNorm", (x, g) -> Tensors.rmsNorm(x, g, 1e-2f), dims(3, 3), dims(3));
    add(
        "groupNorm",
        x -> Tensors.groupNorm(x.get(0), 2, x.get(1), x.get(2), 1e-2f),
        dims(1, 2, 2, 4),
        dims(4),
        dims(4));
    Tensor targets = Tensor.constant(new int[] {3, 0, -1}, Shape.of(3));
    one("crossEntropy", x -> Tensors.crossEntropy(x, targets), 3, 4);
    two("bernoulliNll", (x, y) -> Tensors.bernoulliNll(x, y.sigmoid()), dims(2, 3), dims(3));
    one("relu", x -> Tensors.relu(x).mul(x), 9);
    one("leakyRelu", x -> Tensors.leakyRelu(x, 0.1f).mul(x), 9);
    one("elu", x -> Tensors.elu(x, 0.7f), 9);
    one("gelu", Tensors::gelu, 9);
    one("geluTanh", Tensors::geluTanh, 9);
    one("silu", Tensors::silu, 9);
  }
}
