package dev.assay.tensor.suite;

import dev.assay.tensor.DType;
import dev.assay.tensor.RandomStream;
import dev.assay.tensor.Shape;
import dev.assay.tensor.Tensor;
import dev.assay.tensor.Variable;
import java.util.ArrayList;
import java.util.List;

/**
 * The tensors of a random graph so far, and random choices among them. Keeps elements of moderate
 * size, and knows which are exact: small integers, on which a discontinuous function gives the same
 * on every backend.
 */
final class Pool {
  /** A float tensor whose elements stay within ± bound. */
  record Node(Tensor tensor, double bound, boolean exact) {
    Shape shape() {
      return tensor.shape();
    }
  }

  private static final int[] EXTENTS = {1, 2, 3, 4, 5, 7, 8, 13};
  private static final int[] LONG_EXTENTS = {16, 33, 64, 65, 207, 1025};
  private static final int LARGEST = 4096;

  final RandomStream random;
  final List<Node> nodes = new ArrayList<>();
  final List<Node> sources = new ArrayList<>();
  final List<Variable> variables = new ArrayList<>();
  final List<Tensor> integers = new ArrayList<>();
  private final Case made;

  Pool(Case made, RandomStream random) {
    this.made = made;
    this.random = random;
  }

  // ---- choices ----

  boolean chance(double probability) {
    return random.nextDouble() < probability;
  }

  <T> T any(List<T> from) {
    return from.get(random.nextInt(from.size()));
  }

  /** A node; recent ones more often. */
  Node any() {
    int last = Math.min(3, nodes.size());
    return chance(0.5) ? nodes.get(nodes.size() - 1 - random.nextInt(last)) : any(nodes);
  }

  /** An exact node, of the pool or new. */
  Node exact() {
    List<Node> exact = nodes.stream().filter(Node::exact).toList();
    return exact.isEmpty() || chance(0.2) ? integerLeaf(shape()) : any(exact);
  }

  /** A node of at least this rank, made by inserting axes of extent 1 where need be. */
  Node anyOfRank(int atLeast) {
    Node x = any();
    if (x.shape().rank() >= atLeast) {
      return x;
    }
    Shape shape = x.shape();
    while (shape.rank() < atLeast) {
      shape = shape.insert(random.nextInt(shape.rank() + 1), 1);
    }
    return new Node(x.tensor().reshape(shape), x.bound(), x.exact());
  }

  /** A node that broadcasts with x to no more than the largest size. */
  Node partner(Node x) {
    for (int attempt = 0; attempt < 6; attempt++) {
      Node y = any();
      if (broadcasts(x.shape(), y.shape())) {
        return y;
      }
    }
    Shape shape = x.shape();
    for (int axis = 0; axis < shape.rank(); axis++) {
      shape = chance(0.3) ? shape.with(axis, 1) : shape;
    }
    while (shape.rank() > 0 && chance(0.3)) {
      shape = shape.without(0);
    }
    return leaf(shape);
  }

  boolean broadcasts(Shape a, Shape b) {
    for (int i = 1; i <= Math.min(a.rank(), b.rank()); i++) {
      if (a.dim(-i) != b.dim(-i) && a.dim(-i) != 1 && b.dim(-i) != 1) {
        return false;
      }
    }
    return Shape.broadcast(a, b).size() <= LARGEST;
  }

  int axis(Shape shape) {
    return random.nextInt(shape.rank());
  }

  /** Some axes, at least one, in no order. */
  int[] axes(Shape shape) {
    int[] order = random.permutation(shape.rank());
    return java.util.Arrays.copyOf(order, 1 + random.nextInt(shape.rank()));
  }

  int extent() {
    return EXTENTS[random.nextInt(EXTENTS.length)];
  }

  Shape shape() {
    while (true) {
      int[] dims = new int[random.nextInt(5)];
      for (int i = 0; i < dims.length; i++) {
        dims[i] = chance(0.01) ? 0 : extent();
      }
      if (dims.length > 0 && chance(0.15)) {
        dims[random.nextInt(dims.length)] = LONG_EXTENTS[random.nextInt(LONG_EXTENTS.length)];
      }
      if (java.util.Arrays.stream(dims).asLongStream().reduce(1, (a, b) -> a * b) <= LARGEST / 2) {
        return Shape.of(dims);
      }
    }
  }

  // ---- leaves ----

  Node leaf(Shape shape) {
    int[] dims = shape.dims();
    return switch (random.nextInt(7)) {
      case 0, 1 -> source(made.uniform(-2, 2, dims), 2);
      case 2 -> integerLeaf(shape);
      case 3 -> {
        Variable v = made.variable(dims);
        variables.add(v);
        yield source(v.tensor(), 5);
      }
      case 4 -> new Node(made.constant(dims), 5, false);
      case 5 -> new Node(Tensor.fill(random.nextInt(5) - 2, shape), 2, true);
      default ->
          shape.rank() == 0
              ? source(made.normal(dims), 5)
              : new Node(iota(shape), shape.size(), true);
    };
  }

  private Tensor iota(Shape shape) {
    return Tensor.iota(shape, axis(shape));
  }

  private Node integerLeaf(Shape shape) {
    Tensor t = made.integers(-2, 2, shape.dims());
    Node node = new Node(t, 2, true);
    sources.add(node);
    return node;
  }

  private Node source(Tensor t, double bound) {
    Node node = new Node(t, bound, false);
    sources.add(node);
    return node;
  }

  /** Integers that mostly index n rows; some lie outside. */
  Tensor indices(int n, int... dims) {
    Tensor t = made.indices(chance(0.3) ? -1 : 0, chance(0.3) ? n : Math.max(0, n - 1), dims);
    integers.add(t);
    return t;
  }

  Tensor distinct(int n, int count) {
    return made.distinct(n, count);
  }

  // ---- results ----

  /** Adds a tensor, scaled down if its elements may be large. */
  void add(Tensor t, double bound, boolean exact) {
    if (t.dtype() == DType.I32) {
      integers.add(t);
    } else if (t.shape().size() > LARGEST) {
      add(t.reshape(-1).slice(0, t.shape().size() / 3, LARGEST / 2), bound, exact);
    } else if (exact && bound < 1 << 18) {
      nodes.add(new Node(t, bound, true));
    } else if (bound > 32) {
      nodes.add(new Node(t.mul((float) (4 / bound)), 4, false));
    } else {
      nodes.add(new Node(t, bound, false));
    }
  }
}
