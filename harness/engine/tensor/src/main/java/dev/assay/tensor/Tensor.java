package dev.assay.tensor;

import dev.assay.tensor.Op.BinaryFn;
import dev.assay.tensor.Op.ReduceFn;
import dev.assay.tensor.Op.UnaryFn;
import dev.assay.tensor.Op.Window;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A symbolic value: an operation, its operands, a shape and a type. Immutable, compared by
 * identity; building one computes nothing. Binary functions broadcast as NumPy does. Axes may be
 * negative. Compositions of these (softmax, norms, losses) are in {@link Tensors}.
 */
public final class Tensor {
  private final Op op;
  private final List<Tensor> operands;
  private final DType dtype;
  private final Shape shape;

  private Tensor(Op op, List<Tensor> operands, DType dtype, Shape shape) {
    this.op = op;
    this.operands = List.copyOf(operands);
    this.dtype = dtype;
    this.shape = shape;
  }

  public Op op() {
    return op;
  }

  public List<Tensor> operands() {
    return operands;
  }

  public Tensor operand(int i) {
    return operands.get(i);
  }

  public DType dtype() {
    return dtype;
  }

  public Shape shape() {
    return shape;
  }

  public int dim(int axis) {
    return shape.dim(axis);
  }

  public int rank() {
    return shape.rank();
  }

  // ---- leaves ----

  public static Tensor input(String name, DType dtype, Shape shape) {
    return new Tensor(new Op.Input(name), List.of(), dtype, shape);
  }

  public static Tensor state(Variable variable) {
    return new Tensor(new Op.State(variable), List.of(), variable.dtype(), variable.shape());
  }

  public static Tensor fill(float value, Shape shape) {
    return new Tensor(new Op.Fill(value), List.of(), DType.F32, shape);
  }

  public static Tensor scalar(float value) {
    return fill(value, Shape.SCALAR);
  }

  public static Tensor constant(float[] values, Shape shape) {
    checkLength(values.length, shape);
    return new Tensor(new Op.Constant(values.clone()), List.of(), DType.F32, shape);
  }

  public static Tensor constant(int[] values, Shape shape) {
    checkLength(values.length, shape);
    return new Tensor(new Op.ConstantInt(values.clone()), List.of(), DType.I32, shape);
  }

  /** Element index along an axis, as a float. */
  public static Tensor iota(Shape shape, int axis) {
    return new Tensor(new Op.Iota(shape.axis(axis)), List.of(), DType.F32, shape);
  }

  static Tensor random(Tensor key, Op.Distribution distribution, long path, Shape shape) {
    boolean fits =
        switch (key.rank()) {
          case 1 -> key.dim(0) == 2;
          case 2 -> key.dim(1) == 2 && shape.rank() > 0 && key.dim(0) == shape.dim(0);
          default -> false;
        };
    if (key.dtype != DType.I32 || !fits) {
      throw new ShapeException(
          "random " + shape + " needs a key I32 [2] or I32 [rows, 2], got " + key);
    }
    return new Tensor(new Op.Random(distribution, path), List.of(key), DType.F32, shape);
  }

  // ---- elementwise ----

  public Tensor unary(UnaryFn fn) {
    requireFloat(fn.name());
    return new Tensor(new Op.Unary(fn), List.of(this), DType.F32, shape);
  }

  public Tensor binary(BinaryFn fn, Tensor other) {
    requireFloat(fn.name());
    other.requireFloat(fn.name());
    Tensor folded = Simplify.binary(fn, this, other);
    if (folded != null) {
      return folded;
    }
    Shape common = Shape.broadcast(shape, other.shape);
    return new Tensor(
        new Op.Binary(fn), List.of(broadcast(common), other.broadcast(common)), DType.F32, common);
  }

  public Tensor neg() {
    return unary(UnaryFn.NEG);
  }

  public Tensor abs() {
    return unary(UnaryFn.ABS);
  }

  public Tensor sign() {
    return unary(UnaryFn.SIGN);
  }

  public Tensor floor() {
    return unary(UnaryFn.FLOOR);
  }

  public Tensor exp() {
    return unary(UnaryFn.EXP);
  }

  public Tensor expm1() {
    return unary(UnaryFn.EXPM1);
  }

  public Tensor log() {
    return unary(UnaryFn.LOG);
  }

  public Tensor log1p() {
    return unary(UnaryFn.LOG1P);
  }

  public Tensor sqrt() {
    return unary(UnaryFn.SQRT);
  }

  public Tensor rsqrt() {
    return unary(UnaryFn.RSQRT);
  }

  public Tensor reciprocal() {
    return unary(UnaryFn.RECIPROCAL);
  }

  public Tensor sin() {
    return unary(UnaryFn.SIN);
  }

  public Tensor cos() {
    return unary(UnaryFn.COS);
  }

  public Tensor tanh() {
    return unary(UnaryFn.TANH);
  }

  public Tensor sigmoid() {
    return unary(UnaryFn.SIGMOID);
  }

  public Tensor softplus() {
    return unary(UnaryFn.SOFTPLUS);
  }

  public Tensor erf() {
    return unary(UnaryFn.ERF);
  }

  public Tensor square() {
    return mul(this);
  }

  public Tensor add(Tensor y) {
    return binary(BinaryFn.ADD, y);
  }

  public Tensor add(float y) {
    return add(scalar(y));
  }

  public Tensor sub(Tensor y) {
    return binary(BinaryFn.SUB, y);
  }

  public Tensor sub(float y) {
    return sub(scalar(y));
  }

  public Tensor mul(Tensor y) {
    return binary(BinaryFn.MUL, y);
  }

  public Tensor mul(float y) {
    return mul(scalar(y));
  }

  public Tensor div(Tensor y) {
    return binary(BinaryFn.DIV, y);
  }

  public Tensor div(float y) {
    return div(scalar(y));
  }

  public Tensor max(Tensor y) {
    return binary(BinaryFn.MAX, y);
  }

  public Tensor max(float y) {
    return max(scalar(y));
  }

  public Tensor min(Tensor y) {
    return binary(BinaryFn.MIN, y);
  }

  public Tensor min(float y) {
    return min(scalar(y));
  }

  public Tensor pow(Tensor y) {
    return binary(BinaryFn.POW, y);
  }

  /** 1 where this &lt; y, else 0. */
  public Tensor less(Tensor y) {
    return binary(BinaryFn.LESS, y);
  }

  /** 1 where this ≤ y, else 0. */
  public Tensor lessEqual(Tensor y) {
    return binary(BinaryFn.LESS_EQUAL, y);
  }

  /** 1 where this = y, else 0. */
  public Tensor equal(Tensor y) {
    return binary(BinaryFn.EQUAL, y);
  }

  /** x where this is not 0, else y; all three broadcast. */
  public Tensor where(Tensor x, Tensor y) {
    requireFloat("where");
    x.requireFloat("where");
    y.requireFloat("where");
    Shape common = Shape.broadcast(shape, Shape.broadcast(x.shape, y.shape));
    return new Tensor(
        new Op.Where(),
        List.of(broadcast(common), x.broadcast(common), y.broadcast(common)),
        DType.F32,
        common);
  }

  /** As float. */
  public Tensor toFloat() {
    return dtype == DType.F32
        ? this
        : new Tensor(new Op.Cast(DType.F32), List.of(this), DType.F32, shape);
  }

  /** Truncated toward zero. */
  public Tensor toInt() {
    return dtype == DType.I32
        ? this
        : new Tensor(new Op.Cast(DType.I32), List.of(this), DType.I32, shape);
  }

  /** The same value with derivative zero. */
  public Tensor detach() {
    return new Tensor(new Op.Detach(), List.of(this), dtype, shape);
  }

  // ---- movement ----

  /** The same elements in another shape; one extent may be −1 and is then inferred. */
  public Tensor reshape(int... dims) {
    int[] full = dims.clone();
    int hole = -1;
    int known = 1;
    for (int i = 0; i < full.length; i++) {
      if (full[i] == -1 && hole < 0) {
        hole = i;
      } else {
        known *= full[i];
      }
    }
    if (hole >= 0) {
      full[hole] = known == 0 ? 0 : shape.size() / known;
    }
    return reshape(Shape.of(full));
  }

  public Tensor reshape(Shape to) {
    if (to.size() != shape.size()) {
      throw new ShapeException(
          "reshape: " + shape + " has " + shape.size() + " elements, " + to + " has " + to.size());
    }
    if (to.equals(shape)) {
      return this;
    }
    Tensor source = op instanceof Op.Reshape ? operands.get(0) : this;
    if (source.op instanceof Op.Fill) {
      return new Tensor(source.op, List.of(), dtype, to);
    }
    return to.equals(source.shape)
        ? source
        : new Tensor(new Op.Reshape(to), List.of(source), dtype, to);
  }

  /** Axis i of the result is axis {@code axes[i]} of this. */
  public Tensor permute(int... axes) {
    if (axes.length != rank()
        || Arrays.stream(axes).map(shape::axis).distinct().count() != rank()) {
      throw new ShapeException(
          "permute: " + Arrays.toString(axes) + " is no order of the axes of " + shape);
    }
    List<Integer> order = new ArrayList<>();
    int[] dims = new int[axes.length];
    boolean identity = true;
    for (int i = 0; i < axes.length; i++) {
      int axis = shape.axis(axes[i]);
      order.add(axis);
      dims[i] = shape.dim(axis);
      identity &= axis == i;
    }
    if (identity) {
      return this;
    }
    if (op instanceof Op.Permute(List<Integer> inner)) {
      return operands.get(0).permute(order.stream().mapToInt(inner::get).toArray());
    }
    return new Tensor(new Op.Permute(List.copyOf(order)), List.of(this), dtype, Shape.of(dims));
  }

  /** Swaps two axes. */
  public Tensor transpose(int a, int b) {
    int[] axes = new int[rank()];
    Arrays.setAll(axes, i -> i);
    axes[shape.axis(a)] = shape.axis(b);
    axes[shape.axis(b)] = shape.axis(a);
    return permute(axes);
  }

  /** Repeats to a larger shape, aligned at the last axis. */
  public Tensor broadcast(Shape to) {
    if (to.equals(shape)) {
      return this;
    }
    if (to.rank() < rank() || !Shape.broadcast(shape, to).equals(to)) {
      throw new ShapeException("broadcast: " + shape + " does not broadcast to " + to);
    }
    if (op instanceof Op.Fill) {
      return new Tensor(op, List.of(), dtype, to);
    }
    int[] padded = new int[to.rank()];
    Arrays.fill(padded, 1);
    System.arraycopy(shape.dims(), 0, padded, to.rank() - rank(), rank());
    Tensor same = reshape(Shape.of(padded));
    if (same.shape.equals(to)) {
      return same;
    }
    Tensor source = same.op instanceof Op.Broadcast ? same.operands.get(0) : same;
    return new Tensor(new Op.Broadcast(to), List.of(source), dtype, to);
  }

  /** {@code size} elements along one axis from {@code start}. */
  public Tensor slice(int axis, int start, int size) {
    int[] starts = new int[rank()];
    int[] sizes = shape.dims();
    starts[shape.axis(axis)] = start;
    sizes[shape.axis(axis)] = size;
    return slice(starts, sizes);
  }

  public Tensor slice(int[] starts, int[] sizes) {
    for (int i = 0; i < rank(); i++) {
      if (starts[i] < 0 || sizes[i] < 0 || starts[i] + sizes[i] > dim(i)) {
        throw new ShapeException(
            "slice: starts "
                + Arrays.toString(starts)
                + ", sizes "
                + Arrays.toString(sizes)
                + " leave "
                + shape);
      }
    }
    Shape to = Shape.of(sizes);
    if (to.equals(shape)) {
      return this;
    }
    Tensor folded = Simplify.slice(this, starts, sizes);
    return folded != null
        ? folded
        : new Tensor(new Op.Slice(boxed(starts), boxed(sizes)), List.of(this), dtype, to);
  }

  /** {@code count} equal parts along an axis. */
  public List<Tensor> split(int axis, int count) {
    int size = dim(axis) / count;
    if (size * count != dim(axis)) {
      throw new ShapeException(
          "split: axis " + axis + " of " + shape + " has no " + count + " equal parts");
    }
    List<Tensor> parts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      parts.add(slice(axis, i * size, size));
    }
    return parts;
  }

  /** Adds {@code before} and {@code after} elements of {@code value} along one axis. */
  public Tensor pad(int axis, int before, int after, float value) {
    int[] b = new int[rank()];
    int[] a = new int[rank()];
    b[shape.axis(axis)] = before;
    a[shape.axis(axis)] = after;
    return pad(b, a, value);
  }

  public Tensor pad(int[] before, int[] after, float value) {
    int[] dims = shape.dims();
    for (int i = 0; i < dims.length; i++) {
      if (before[i] < 0 || after[i] < 0) {
        throw new ShapeException("pad: negative padding; use slice");
      }
      dims[i] += before[i] + after[i];
    }
    Shape to = Shape.of(dims);
    return to.equals(shape)
        ? this
        : new Tensor(new Op.Pad(boxed(before), boxed(after), value), List.of(this), dtype, to);
  }

  public static Tensor concat(int axis, Tensor... parts) {
    return concat(axis, List.of(parts));
  }

  public static Tensor concat(int axis, List<Tensor> parts) {
    Tensor first = parts.get(0);
    int a = first.shape.axis(axis);
    int extent = 0;
    for (Tensor part : parts) {
      if (part.dtype != first.dtype
          || part.rank() != first.rank()
          || !part.shape.with(a, 0).equals(first.shape.with(a, 0))) {
        throw new ShapeException(
            "concat along axis " + a + ": " + first.shape + " and " + part.shape);
      }
      extent += part.dim(a);
    }
    Tensor folded = parts.size() == 1 ? first : Simplify.concat(a, parts);
    return folded != null
        ? folded
        : new Tensor(new Op.Concat(a), parts, first.dtype, first.shape.with(a, extent));
  }

  /** Reverses one axis. */
  public Tensor flip(int axis) {
    return new Tensor(new Op.Flip(shape.axis(axis)), List.of(this), dtype, shape);
  }

  // ---- reductions; axes vanish from the shape unless the name says keep ----

  /** Sum over all elements: a scalar. */
  public Tensor sum() {
    return reduceKeep(ReduceFn.SUM, allAxes()).reshape(Shape.SCALAR);
  }

  /** Mean over all elements: a scalar. */
  public Tensor mean() {
    return sum().mul(1f / shape.size());
  }

  public Tensor sum(int... axes) {
    return squeeze(sumKeep(axes), axes);
  }

  public Tensor mean(int... axes) {
    Tensor sum = sum(axes);
    return sum.mul((float) sum.shape.size() / shape.size());
  }

  public Tensor sumKeep(int... axes) {
    return reduceKeep(ReduceFn.SUM, axes);
  }

  public Tensor meanKeep(int... axes) {
    Tensor sum = sumKeep(axes);
    return sum.mul((float) sum.shape.size() / shape.size());
  }

  public Tensor maxKeep(int... axes) {
    return reduceKeep(ReduceFn.MAX, axes);
  }

  /** Reduces the axes to extent 1. */
  public Tensor reduceKeep(ReduceFn fn, int... axes) {
    requireFloat(fn.name());
    int[] sorted = Arrays.stream(axes).map(shape::axis).sorted().distinct().toArray();
    int[] dims = shape.dims();
    boolean trivial = fn == ReduceFn.SUM || shape.size() > 0;
    for (int axis : sorted) {
      trivial &= dims[axis] == 1;
      dims[axis] = 1;
    }
    if (trivial) {
      return this;
    }
    return new Tensor(new Op.Reduce(fn, boxed(sorted)), List.of(this), DType.F32, Shape.of(dims));
  }

  /** Index of the first largest element along the last axis, I32. */
  public Tensor argMax() {
    requireFloat("argMax");
    return new Tensor(new Op.ArgMax(), List.of(this), DType.I32, shape.without(-1));
  }

  // ---- contractions ----

  /**
   * [batch.., m, k] · [batch.., k, n] → [batch.., m, n]. Batch axes broadcast; a matrix on the
   * right is shared by all rows.
   */
  public Tensor matmul(Tensor b) {
    requireFloat("matmul");
    b.requireFloat("matmul");
    if (rank() < 2 || b.rank() < 2 || dim(-1) != b.dim(-2)) {
      throw new ShapeException("matmul: " + shape + " and " + b.shape + " do not chain");
    }
    if (b.rank() == 2 && rank() > 2) {
      int[] dims = shape.dims();
      dims[dims.length - 1] = b.dim(1);
      int rows = batch(shape).size() * dim(-2);
      return reshape(rows, dim(-1)).matmul(b).reshape(Shape.of(dims));
    }
    Shape batch = Shape.broadcast(batch(shape), batch(b.shape));
    Shape left = batch.insert(batch.rank(), dim(-2)).insert(batch.rank() + 1, dim(-1));
    Shape right = batch.insert(batch.rank(), b.dim(-2)).insert(batch.rank() + 1, b.dim(-1));
    return new Tensor(
        new Op.MatMul(),
        List.of(broadcast(left), b.broadcast(right)),
        DType.F32,
        left.with(-1, b.dim(-1)));
  }

  /** x [n, h, w, c] with filter [kh, kw, c / groups, o] → [n, h', w', o]. */
  public Tensor conv2d(Tensor filter, Window window) {
    if (rank() != 4
        || filter.rank() != 4
        || dim(3) != filter.dim(2) * window.groups()
        || filter.dim(3) % window.groups() != 0) {
      throw new ShapeException("conv2d: " + shape + " with filter " + filter.shape + ", " + window);
    }
    Shape to =
        Shape.of(
            dim(0),
            window.outHeight(dim(1), filter.dim(0)),
            window.outWidth(dim(2), filter.dim(1)),
            filter.dim(3));
    return new Tensor(new Op.Conv2d(window), List.of(this, filter), DType.F32, to);
  }

  /**
   * Transposed convolution: y [n, h', w', o] with filter [kh, kw, c / groups, o] → [n, height,
   * width, c].
   */
  public Tensor conv2dTranspose(Tensor filter, Window window, int height, int width) {
    if (rank() != 4
        || filter.rank() != 4
        || dim(3) != filter.dim(3)
        || window.outHeight(height, filter.dim(0)) != dim(1)
        || window.outWidth(width, filter.dim(1)) != dim(2)) {
      throw new ShapeException(
          "conv2dTranspose: "
              + shape
              + " with filter "
              + filter.shape
              + " to "
              + height
              + "x"
              + width
              + ", "
              + window);
    }
    Shape to = Shape.of(dim(0), height, width, filter.dim(2) * window.groups());
    return new Tensor(
        new Op.Conv2dInput(window, height, width), List.of(this, filter), DType.F32, to);
  }

  /**
   * Adjoint of {@code x.conv2d(filter, window)} in the filter, for the adjoint {@code y} of the
   * result.
   */
  static Tensor conv2dFilter(Tensor x, Tensor y, Window window, int kernelHeight, int kernelWidth) {
    Shape to = Shape.of(kernelHeight, kernelWidth, x.dim(3) / window.groups(), y.dim(3));
    return new Tensor(
        new Op.Conv2dFilter(window, kernelHeight, kernelWidth), List.of(x, y), DType.F32, to);
  }

  /** See {@link Op.Attention}; {@code extra} is empty or holds lengths. Flat result. */
  static Tensor attentionFlat(
      Tensor q, Tensor k, Tensor v, List<Tensor> extra, float scale, boolean causal) {
    if (q.rank() != 4
        || k.rank() != 4
        || !k.shape.equals(v.shape)
        || q.dim(0) != k.dim(0)
        || q.dim(3) != k.dim(3)
        || q.dim(1) % k.dim(1) != 0) {
      throw new ShapeException("attention: q " + q.shape + ", k " + k.shape + ", v " + v.shape);
    }
    for (Tensor lengths : extra) {
      if (lengths.dtype != DType.I32 || !lengths.shape.equals(Shape.of(q.dim(0)))) {
        throw new ShapeException("attention: lengths need I32 [" + q.dim(0) + "], got " + lengths);
      }
    }
    List<Tensor> all = new ArrayList<>(List.of(q, k, v));
    all.addAll(extra);
    int size = q.shape.size() + q.shape.size() / q.dim(3);
    return new Tensor(new Op.Attention(scale, causal), all, DType.F32, Shape.of(size));
  }

  static Tensor attentionGradFlat(List<Tensor> operands, float scale, boolean causal) {
    int size = operands.get(0).shape.size() + 2 * operands.get(1).shape.size();
    return new Tensor(new Op.AttentionGrad(scale, causal), operands, DType.F32, Shape.of(size));
  }

  // ---- indexing ----

  /**
   * Rows of this [rows, rest..] at indices I32 [i..] → [i.., rest..]; an index outside reads as
   * zeros.
   */
  public Tensor gather(Tensor indices) {
    requireInt("gather", indices);
    Shape to = join(indices.shape, shape);
    if (dim(0) == 0) {
      // Every index is outside.
      return dtype == DType.F32 ? fill(0, to) : constant(new int[to.size()], to);
    }
    return new Tensor(new Op.Gather(), List.of(this, indices), dtype, to);
  }

  /** Sums values [i.., rest..] into {@code rows} rows at indices I32 [i..] → [rows, rest..]. */
  public static Tensor scatterAdd(Tensor indices, Tensor values, int rows) {
    requireInt("scatterAdd", indices);
    int[] rest = Arrays.copyOfRange(values.shape.dims(), indices.rank(), values.rank());
    Shape to = Shape.of(rest).insert(0, rows);
    if (!join(indices.shape, to).equals(values.shape)) {
      throw new ShapeException("scatterAdd: indices " + indices.shape + ", values " + values.shape);
    }
    return new Tensor(new Op.ScatterAdd(rows), List.of(indices, values), DType.F32, to);
  }

  /**
   * This [rows, rest..] with the rows at the distinct indices I32 [n] replaced by values [n,
   * rest..].
   */
  public Tensor putRows(Tensor indices, Tensor values) {
    requireInt("putRows", indices);
    if (indices.rank() != 1 || !join(indices.shape, shape).equals(values.shape)) {
      throw new ShapeException(
          "putRows: " + shape + ", indices " + indices.shape + ", values " + values.shape);
    }
    return new Tensor(new Op.PutRows(), List.of(this, indices, values), dtype, shape);
  }

  /**
   * The same operation and shape on other operands (of equal shapes and types): for graph
   * rewriting.
   */
  public Tensor withOperands(List<Tensor> other) {
    return new Tensor(op, other, dtype, shape);
  }

  /** For example {@code MatMul F32 [128, 400]}. */
  @Override
  public String toString() {
    return op + " " + dtype + " " + shape;
  }

  private static Shape join(Shape index, Shape table) {
    int[] dims = Arrays.copyOf(index.dims(), index.rank() + table.rank() - 1);
    System.arraycopy(table.dims(), 1, dims, index.rank(), table.rank() - 1);
    return Shape.of(dims);
  }

  private static Shape batch(Shape s) {
    return Shape.of(Arrays.copyOf(s.dims(), s.rank() - 2));
  }

  private static List<Integer> boxed(int[] values) {
    return Arrays.stream(values).boxed().toList();
  }

  private int[] allAxes() {
    int[] axes = new int[rank()];
    Arrays.setAll(axes, i -> i);
    return axes;
  }

  private Tensor squeeze(Tensor kept, int[] axes) {
    List<Integer> dims = new ArrayList<>();
    List<Integer> gone = new ArrayList<>();
    for (int axis : axes) {
      gone.add(shape.axis(axis));
    }
    for (int i = 0; i < rank(); i++) {
      if (!gone.contains(i)) {
        dims.add(kept.dim(i));
      }
    }
    return kept.reshape(Shape.of(dims.stream().mapToInt(Integer::intValue).toArray()));
  }

  private void requireFloat(String what) {
    if (dtype != DType.F32) {
      throw new ShapeException(what + " needs F32 operands, got " + this);
    }
  }

  private static void requireInt(String what, Tensor indices) {
    if (indices.dtype != DType.I32) {
      throw new ShapeException(what + " needs I32 indices, got " + indices);
    }
  }

  private static void checkLength(int length, Shape shape) {
    if (length != shape.size()) {
      throw new ShapeException("constant: " + length + " values for shape " + shape);
    }
  }
}
