package dev.assay.tensor.suite;

import dev.assay.tensor.Draws;
import dev.assay.tensor.Op.BinaryFn;
import dev.assay.tensor.Op.ReduceFn;
import dev.assay.tensor.Op.UnaryFn;
import dev.assay.tensor.Op.Window;
import dev.assay.tensor.RandomStream;
import dev.assay.tensor.Shape;
import dev.assay.tensor.Tensor;
import dev.assay.tensor.Tensors;
import dev.assay.tensor.suite.Pool.Node;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Random operations on the tensors of a pool, whose results join it. */
final class RandomOperations {
  private final Pool pool;
  private final RandomStream random;

  RandomOperations(Pool pool, RandomStream random) {
    this.pool = pool;
    this.random = random;
  }

  /** Adds an operation. */
  void step() {
    switch (random.nextInt(13)) {
      case 0, 1 -> unary();
      case 2, 3, 4 -> binary();
      case 5, 6, 7 -> move();
      case 8, 9 -> reduce();
      case 10 -> contract();
      case 11 -> compose();
      default -> index();
    }
  }

  private void unary() {
    Node x = pool.any();
    Tensor t = x.tensor();
    UnaryFn[] all = UnaryFn.values();
    UnaryFn fn = all[random.nextInt(all.length)];
    switch (fn) {
      case NEG, ABS -> pool.add(t.unary(fn), x.bound(), x.exact());
      case SIGN, FLOOR -> {
        Node exact = pool.exact();
        pool.add(exact.tensor().mul(0.5f).unary(fn), exact.bound() + 1, true);
      }
      case EXP, EXPM1 -> pool.add(t.min(2).unary(fn), 8, false);
      case LOG -> pool.add(t.abs().add(0.5f).log(), 12, false);
      case LOG1P -> pool.add(t.abs().log1p(), 12, false);
      case SQRT -> pool.add(t.abs().add(0.1f).sqrt(), x.bound() + 1, false);
      case RSQRT, RECIPROCAL -> pool.add(t.square().add(0.5f).unary(fn), 2, false);
      case SIN, COS, TANH, SIGMOID, ERF -> pool.add(t.unary(fn), 1, false);
      case SOFTPLUS -> pool.add(t.softplus(), x.bound() + 1, false);
    }
  }

  private void binary() {
    Node x = pool.any();
    Node y = pool.partner(x);
    Tensor a = x.tensor();
    Tensor b = y.tensor();
    boolean exact = x.exact() && y.exact();
    BinaryFn[] all = BinaryFn.values();
    BinaryFn fn = all[random.nextInt(all.length)];
    switch (fn) {
      case ADD, SUB -> pool.add(a.binary(fn, b), x.bound() + y.bound(), exact);
      case MUL -> pool.add(a.mul(b), x.bound() * y.bound(), exact);
      case MAX, MIN -> pool.add(a.binary(fn, b), Math.max(x.bound(), y.bound()), exact);
      case DIV -> pool.add(a.div(b.square().add(0.5f)), 2 * x.bound(), false);
      case POW -> pool.add(a.abs().add(0.5f).min(4).pow(b.tanh()), 4, false);
      case LESS, LESS_EQUAL, EQUAL -> {
        Node left = pool.exact();
        Node right = pool.exact();
        Tensor mask =
            pool.broadcasts(left.shape(), right.shape())
                ? left.tensor().binary(fn, right.tensor())
                : left.tensor().binary(fn, Tensor.scalar(0.5f));
        pool.add(mask, 1, true);
        if (pool.broadcasts(mask.shape(), a.shape()) && pool.broadcasts(mask.shape(), b.shape())) {
          boolean small = Shape.broadcast(a.shape(), mask.shape()).size() <= 4096;
          Tensor other = small && pool.chance(0.5) ? b : Tensor.scalar(-0.5f);
          if (pool.broadcasts(Shape.broadcast(mask.shape(), a.shape()), other.shape())) {
            pool.add(mask.where(a, other), Math.max(x.bound(), y.bound()) + 1, false);
          }
        }
      }
    }
  }

  private void move() {
    Node x = pool.anyOfRank(1);
    Tensor t = x.tensor();
    int axis = pool.axis(x.shape());
    Tensor moved =
        switch (random.nextInt(9)) {
          case 0 -> t.reshape(factored(t.shape().size()));
          case 1 -> t.permute(random.permutation(t.rank()));
          case 2 -> repeated(t);
          case 3 -> sliced(t);
          case 4 -> t.pad(axis, random.nextInt(3), random.nextInt(3), random.nextInt(3) - 1);
          case 5 -> Tensor.concat(axis, t, pool.chance(0.5) ? t : sliced(t, axis), t);
          case 6 -> t.flip(axis);
          case 7 -> t.detach();
          default -> {
            int[] before = new int[t.rank()];
            int[] after = new int[t.rank()];
            Arrays.setAll(before, _ -> random.nextInt(2));
            Arrays.setAll(after, _ -> random.nextInt(2));
            yield t.pad(before, after, 0);
          }
        };
    pool.add(moved, x.bound() + 1, x.exact());
  }

  private void reduce() {
    Node x = pool.anyOfRank(1);
    Tensor t = x.tensor();
    int[] axes = pool.axes(x.shape());
    switch (random.nextInt(5)) {
      case 0 -> {
        Tensor sum = t.sumKeep(axes);
        pool.add(
            sum,
            x.bound() * Math.max(1, t.shape().size() / Math.max(1, sum.shape().size())),
            x.exact());
      }
      case 1 -> {
        Tensor sum = t.sum(axes);
        pool.add(
            sum,
            x.bound() * Math.max(1, t.shape().size() / Math.max(1, sum.shape().size())),
            x.exact());
      }
      case 2 -> pool.add(t.meanKeep(axes), x.bound(), false);
      case 3 -> {
        if (t.shape().size() > 0) {
          pool.add(t.reduceKeep(ReduceFn.MAX, axes), x.bound(), x.exact());
        }
      }
      default -> {
        Tensor centred = t.sub(t.meanKeep(axes));
        Tensor variance = centred.square().meanKeep(axes);
        pool.add(centred.mul(variance.add(0.1f).rsqrt()), 4 + x.bound(), false);
        if (pool.chance(0.3)) {
          pool.add(variance, x.bound() * x.bound() * 4, false);
        }
      }
    }
  }

  private void contract() {
    switch (random.nextInt(6)) {
      case 0 -> {
        Node x = pool.anyOfRank(3);
        Tensor t = x.tensor();
        pool.add(t.transpose(-1, -2).matmul(t), x.bound() * x.bound() * (t.dim(-2) + 1), x.exact());
      }
      case 1 -> convolve();
      case 2 -> attend();
      default -> {
        Node x = pool.anyOfRank(2);
        int k = x.shape().dim(-1);
        Shape right = Shape.of(k, pool.extent());
        Node w = pool.leaf(pool.chance(0.3) ? right.insert(0, 1) : right);
        if (pool.broadcasts(Shape.of(x.shape().size()), Shape.of(1))) {
          pool.add(
              x.tensor().matmul(w.tensor()),
              x.bound() * w.bound() * (k + 1),
              x.exact() && w.exact());
        }
      }
    }
  }

  private void convolve() {
    int groups = 1 + random.nextInt(2);
    int c = groups * (1 + random.nextInt(3));
    Node x = image(c);
    int kernel = 1 + random.nextInt(3);
    Window window =
        new Window(
            1 + random.nextInt(2),
            1 + random.nextInt(2),
            random.nextInt(2),
            random.nextInt(3),
            random.nextInt(2),
            random.nextInt(3),
            1 + random.nextInt(2),
            1,
            groups);
    int o = groups * (1 + random.nextInt(3));
    int height = 5 + random.nextInt(4);
    Node filter = pool.leaf(Shape.of(kernel, kernel, c / groups, o));
    double terms = kernel * kernel * c;
    Tensor y = x.tensor().conv2d(filter.tensor(), window);
    boolean exact = x.exact() && filter.exact();
    pool.add(y, x.bound() * filter.bound() * terms, exact);
    if (pool.chance(0.5)) {
      int outHeight = window.outHeight(height, kernel);
      int outWidth = window.outWidth(6, kernel);
      Node z = pool.leaf(Shape.of(2, outHeight, outWidth, o));
      pool.add(
          z.tensor().conv2dTranspose(filter.tensor(), window, height, 6),
          z.bound() * filter.bound() * kernel * kernel * o,
          z.exact() && filter.exact());
    }
  }

  /** [n, h, w, c] from the pool if something fits, else new. */
  private Node image(int channels) {
    Node x = pool.any();
    int size = x.shape().size();
    return size > 0 && size % (36 * channels) == 0
        ? new Node(x.tensor().reshape(-1, 6, 6, channels), x.bound(), x.exact())
        : pool.leaf(Shape.of(1 + random.nextInt(2), 5 + random.nextInt(3), 6, channels));
  }

  private void attend() {
    int groups = 1 + random.nextInt(2);
    int batch = 1 + random.nextInt(3);
    int depth = pool.extent();
    int queries = pool.extent();
    int keys = pool.extent();
    Node q = pool.leaf(Shape.of(batch, groups * (1 + random.nextInt(2)), queries, depth));
    Node k = pool.leaf(Shape.of(batch, groups, keys, depth));
    Node v = pool.leaf(Shape.of(batch, groups, keys, depth));
    Tensor lengths = pool.chance(0.4) ? pool.indices(keys + 1, batch) : null;
    pool.add(
        Tensors.attention(
            q.tensor().tanh(), k.tensor().tanh(), v.tensor(), lengths, 0.7f, pool.chance(0.5)),
        v.bound(),
        false);
  }

  private void compose() {
    Node x = pool.anyOfRank(1);
    Tensor t = x.tensor();
    int axis = pool.axis(x.shape());
    if (t.shape().size() == 0) {
      return;
    }
    switch (random.nextInt(8)) {
      case 0 -> pool.add(Tensors.softmax(t, axis), 1, false);
      case 1 -> pool.add(Tensors.logSoftmax(t, axis), 2 * x.bound() + 8, false);
      case 2 -> pool.add(Tensors.logSumExp(t, axis), x.bound() + 8, false);
      case 3 -> {
        Tensor gain = pool.leaf(Shape.of(t.dim(-1))).tensor();
        Tensor bias = pool.chance(0.5) ? pool.leaf(Shape.of(t.dim(-1))).tensor() : null;
        pool.add(Tensors.layerNorm(t, gain, bias, 0.01f), 2000, false);
      }
      case 4 -> {
        Tensor targets = pool.indices(t.dim(-1), t.shape().without(-1).dims());
        pool.add(Tensors.crossEntropy(t, targets), 2 * x.bound() + 8, false);
      }
      case 5 -> pool.add(Tensors.gelu(t), x.bound(), false);
      case 6 -> {
        Draws draws = Draws.root().child("step" + pool.nodes.size());
        pool.add(
            pool.chance(0.5) ? draws.dropout(t, 0.4f) : t.mul(draws.uniform(t.shape())),
            2 * x.bound(),
            false);
      }
      default -> pool.add(Draws.root().normal(t.shape()).add(t), x.bound() + 6, false);
    }
  }

  private void index() {
    Node x = pool.anyOfRank(1);
    Tensor t = x.tensor();
    int rows = t.dim(0);
    switch (random.nextInt(6)) {
      case 0 -> pool.add(t.gather(pool.indices(rows, pool.extent())), x.bound(), x.exact());
      case 1 -> pool.add(t.gather(pool.indices(rows, 2, 3)), x.bound(), x.exact());
      case 2 -> {
        int to = pool.extent();
        pool.add(
            Tensor.scatterAdd(pool.indices(to, rows), t, to), x.bound() * (rows + 1), x.exact());
      }
      case 3 -> {
        int count = 1 + random.nextInt(Math.max(1, rows));
        if (rows > 0) {
          Tensor values = pool.leaf(t.shape().with(0, count)).tensor();
          pool.add(t.putRows(pool.distinct(rows, count), values), x.bound() + 1000, false);
        }
      }
      case 4 -> {
        Node exact = pool.exact();
        if (exact.shape().rank() > 0 && exact.shape().size() > 0) {
          Tensor best = exact.tensor().argMax();
          pool.add(best, 0, true);
          pool.add(best.toFloat(), exact.shape().dim(-1), true);
        }
      }
      default -> {
        if (!pool.integers.isEmpty()) {
          Tensor i = pool.any(pool.integers);
          pool.add(Tensors.oneHot(i, 4), 1, true);
          pool.add(i.rank() > 0 ? i.flip(0) : i, 0, true);
        }
      }
    }
  }

  // ---- movement ----

  private Shape factored(int size) {
    if (size == 0) {
      return Shape.of(2, 0);
    }
    List<Integer> dims = new ArrayList<>();
    int left = size;
    for (int d : new int[] {2, 3, 5, 7, 13}) {
      while (left % d == 0 && dims.size() < 3 && pool.chance(0.7)) {
        dims.add(d);
        left /= d;
      }
    }
    dims.add(random.nextInt(dims.size() + 1), left);
    return Shape.of(dims.stream().mapToInt(Integer::intValue).toArray());
  }

  private Tensor repeated(Tensor t) {
    Shape to = t.shape();
    for (int i = 0; i < to.rank(); i++) {
      to = to.dim(i) == 1 ? to.with(i, pool.extent()) : to;
    }
    to = to.rank() < 4 ? to.insert(0, pool.extent()) : to;
    return pool.broadcasts(to, to) ? t.broadcast(to) : t;
  }

  private Tensor sliced(Tensor t) {
    int[] starts = new int[t.rank()];
    int[] sizes = new int[t.rank()];
    for (int i = 0; i < starts.length; i++) {
      sizes[i] = t.dim(i) == 0 ? 0 : 1 + random.nextInt(t.dim(i));
      starts[i] = random.nextInt(t.dim(i) - sizes[i] + 1);
    }
    return t.slice(starts, sizes);
  }

  private Tensor sliced(Tensor t, int axis) {
    int size = random.nextInt(t.dim(axis) + 1);
    return t.slice(axis, random.nextInt(t.dim(axis) - size + 1), size);
  }
}
