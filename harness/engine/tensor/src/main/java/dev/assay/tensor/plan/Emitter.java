package dev.assay.tensor.plan;

import dev.assay.tensor.DType;
import dev.assay.tensor.Op;
import dev.assay.tensor.Tensor;
import dev.assay.tensor.Variable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes the kernels of units, in the order in which units are given. */
final class Emitter {
  private final Fusion fusion;
  private final Realize realize;
  private final Access.Resolver accesses;
  private final Joins joins;
  private final Map<Tensor, Buffer> buffers = new HashMap<>();
  private final Map<Variable, Buffer> states = new LinkedHashMap<>();
  private final Map<Access, Buffer> copies = new HashMap<>();
  private final List<Buffer> all = new ArrayList<>();
  private final List<Kernel> kernels = new ArrayList<>();

  Emitter(Fusion fusion, Realize realize, Access.Resolver accesses, Joins joins) {
    this.fusion = fusion;
    this.realize = realize;
    this.accesses = accesses;
    this.joins = joins;
  }

  List<Kernel> kernels() {
    return kernels;
  }

  List<Buffer> buffers() {
    return all;
  }

  Buffer temporary(DType dtype, int size) {
    return add(dtype, size, null);
  }

  private Buffer add(DType dtype, int size, Buffer.@org.jspecify.annotations.Nullable Place place) {
    Buffer buffer = new Buffer(all.size(), dtype, size, place);
    all.add(buffer);
    return buffer;
  }

  Buffer state(Variable variable) {
    return states.computeIfAbsent(
        variable, v -> add(v.dtype(), v.shape().size(), new Buffer.Place.State(v)));
  }

  /** The buffer with all elements of a base. */
  private Buffer buffer(Tensor base) {
    if (base.op() instanceof Op.State(Variable variable)) {
      return state(variable);
    }
    Buffer known = buffers.get(base);
    if (known == null) {
      known =
          switch (base.op()) {
            case Op.Input(String name) ->
                add(base.dtype(), base.shape().size(), new Buffer.Place.Input(name));
            case Op.Fill _, Op.Constant _, Op.ConstantInt _, Op.Iota _ ->
                add(base.dtype(), base.shape().size(), new Buffer.Place.Literal(base));
            default -> temporary(base.dtype(), base.shape().size());
          };
      buffers.put(base, known);
    }
    return known;
  }

  private View view(Access access) {
    boolean fill = access.base().op() instanceof Op.Fill;
    int[] strides = fill ? Strides.contiguous(access.dims()) : access.strides();
    Joins.Part part = joins.of(access.base());
    if (part == null) {
      return new View(buffer(access.base()), access.offset(), access.dims(), strides);
    }
    if (part.isContiguous()) {
      int offset = part.offset() + access.offset();
      return new View(buffer(part.whole()), offset, access.dims(), strides);
    }
    Access all = accesses.of(access.base());
    View apart = copied(all, place(access.base()));
    return new View(apart.buffer(), access.offset(), access.dims(), strides);
  }

  /** Where all elements of a base are written. */
  private View place(Tensor base) {
    Joins.Part part = joins.of(base);
    if (part == null) {
      return View.contiguous(buffer(base), base.shape().dims());
    }
    Buffer buffer = buffer(part.whole());
    if (part.isContiguous()) {
      int[] dims = base.shape().dims();
      return new View(buffer, part.offset(), dims, Strides.contiguous(dims));
    }
    int[] dims = {part.rows(), base.shape().size() / part.rows()};
    return new View(buffer, part.offset(), dims, new int[] {part.stride(), 1});
  }

  /** The tensor's elements in row-major order, copied if need be. */
  View contiguous(Tensor t) {
    Access access = accesses.of(t);
    View view = view(access);
    return view.isContiguous() ? view : copied(access, view);
  }

  private View copied(Access access, View view) {
    Buffer copy = copies.get(access);
    if (copy == null) {
      copy = temporary(view.buffer().dtype(), view.size());
      copies.put(access, copy);
      copy(view, View.contiguous(copy, view.dims()));
    }
    return View.contiguous(copy, view.dims());
  }

  /** A kernel that copies between views of equal dims. */
  void copy(View from, View to) {
    if (from.size() > 0) {
      TileCode code = new TileCode(from.size(), 0);
      int value = code.load(from, false);
      code.store(value, false, to);
      kernels.add(code.tile());
    }
  }

  void emit(Unit unit) {
    Tensor first = unit.members.get(0);
    switch (unit.kind) {
      case COPY ->
          copy(view(accesses.of(first)), View.contiguous(buffer(first), first.shape().dims()));
      case TILE -> tile(unit);
      case MIDDLE -> middle(unit, first);
      case OPAQUE -> {
        if (first.shape().size() > 0) {
          opaque(first);
        }
      }
    }
  }

  private void tile(Unit unit) {
    if (unit.size == 0) {
      return;
    }
    TileCode code = new TileCode(unit.size, unit.columns);
    Map<Tensor, Integer> values = new HashMap<>();
    Map<View, View> moved = new LinkedHashMap<>();
    boolean any = false;
    for (Tensor member : unit.members) {
      if (realize.isNeeded(unit, member)) {
        values.put(member, value(unit, member, unit.isRow(member), code, values));
        any = true;
      }
    }
    for (Tensor member : unit.members) {
      Integer value = values.get(member);
      if (value != null && realize.isStored(member)) {
        boolean row = unit.isRow(member);
        View place = place(member);
        if (!code.admits(place, row)) {
          View own = View.contiguous(temporary(member.dtype(), place.size()), place.dims());
          moved.put(own, place);
          place = own;
        }
        code.store(value, row, place);
      }
    }
    if (any) {
      kernels.add(code.tile());
    }
    moved.forEach(this::copy);
  }

  private int value(Unit unit, Tensor t, boolean row, TileCode code, Map<Tensor, Integer> values) {
    boolean reduces = t.op() instanceof Op.Reduce && row;
    List<Integer> args = new ArrayList<>();
    for (Tensor operand : t.operands()) {
      args.add(operand(unit, accesses.of(operand), row && !reduces, code, values));
    }
    return t.op() instanceof Op.Reduce(Op.ReduceFn fn, List<Integer> _)
        ? code.reduce(fn, args.get(0))
        : code.apply(t.op(), row, args);
  }

  private int operand(
      Unit unit, Access access, boolean row, TileCode code, Map<Tensor, Integer> values) {
    Tensor base = access.base();
    boolean inlined = !row && access.isIdentity() && realize.isInlined(unit, base);
    Integer known = values.get(base);
    if (known != null && (inlined || fusion.unit(base) == unit)) {
      return known;
    }
    if (base.op() instanceof Op.Fill(float number)) {
      return code.constant(number);
    }
    if (inlined) {
      int made = value(unit, base, false, code, values);
      values.put(base, made);
      return made;
    }
    View view = view(access);
    return code.load(code.admits(view, row) ? view : copied(access, view), row);
  }

  private void middle(Unit unit, Tensor t) {
    Op.Reduce reduce = (Op.Reduce) t.op();
    Tensor x = t.operand(0);
    int first = reduce.axes().stream().filter(axis -> x.dim(axis) != 1).findFirst().orElse(0);
    int outer = 1;
    int middle = 1;
    int columns = 1;
    for (int i = 0; i < x.rank(); i++) {
      if (reduce.axes().contains(i)) {
        middle *= x.dim(i);
      } else if (i < first) {
        outer *= x.dim(i);
      } else {
        columns *= x.dim(i);
      }
    }
    if (t.shape().size() == 0) {
      return;
    }
    int chunk = chunk(outer, middle, columns);
    TileCode code = new TileCode(x.shape().size(), columns == 1 ? middle : columns);
    code.admits(new int[] {outer, middle, columns});
    operand(unit, accesses.of(x), false, code, new HashMap<>());
    int chunks = (middle + chunk - 1) / chunk;
    Buffer result = buffer(t);
    Buffer partial = chunks == 1 ? result : temporary(DType.F32, outer * chunks * columns);
    kernels.add(
        new Kernel.ReduceMiddle(
            reduce.fn(),
            outer,
            middle,
            columns,
            chunk,
            code.dims(),
            code.instructions(),
            View.contiguous(partial, outer, chunks, columns)));
    if (chunks > 1) {
      TileCode second = new TileCode(outer * chunks * columns, columns == 1 ? chunks : columns);
      second.admits(new int[] {outer, chunks, columns});
      second.load(View.contiguous(partial, outer, chunks, columns), false);
      kernels.add(
          new Kernel.ReduceMiddle(
              reduce.fn(),
              outer,
              chunks,
              columns,
              chunks,
              second.dims(),
              second.instructions(),
              View.contiguous(result, outer, 1, columns)));
    }
  }

  /** Middle elements reduced at once: enough chunks for several threads, from the extents alone. */
  private static int chunk(int outer, int middle, int columns) {
    long work = (long) middle * columns;
    int wanted = (int) Math.min(32, Math.max(1, work / 16384));
    int chunks = outer >= 16 ? 1 : Math.min(wanted, middle);
    return (middle + chunks - 1) / chunks;
  }

  private void opaque(Tensor t) {
    List<Tensor> x = t.operands();
    View out = place(t);
    switch (t.op()) {
      case Op.MatMul _ -> kernels.add(new Kernel.MatMul(matrix(x.get(0)), matrix(x.get(1)), out));
      case Op.Conv2d _, Op.Conv2dInput _, Op.Conv2dFilter _ ->
          kernels.add(new Kernel.Conv(t.op(), contiguous(x.get(0)), contiguous(x.get(1)), out));
      case Op.Attention op ->
          kernels.add(
              new Kernel.Attention(
                  op,
                  rows(x.get(0)),
                  rows(x.get(1)),
                  rows(x.get(2)),
                  x.size() > 3 ? contiguous(x.get(3)) : null,
                  out));
      case Op.AttentionGrad op ->
          kernels.add(
              new Kernel.AttentionGrad(
                  op,
                  rows(x.get(0)),
                  rows(x.get(1)),
                  rows(x.get(2)),
                  rows(x.get(3)),
                  contiguous(x.get(4)),
                  rows(x.get(5)),
                  x.size() > 6 ? contiguous(x.get(6)) : null,
                  out));
      case Op.Gather _ -> {
        int rows = x.get(0).dim(0);
        int width = x.get(0).shape().size() / Math.max(1, rows);
        int n = x.get(1).shape().size();
        kernels.add(
            new Kernel.Gather(
                flat(contiguous(x.get(0)), rows, width),
                flat(contiguous(x.get(1)), n),
                flat(out, n, width)));
      }
      case Op.ScatterAdd(int rows) -> {
        int width = t.shape().size() / rows;
        int n = x.get(0).shape().size();
        kernels.add(
            new Kernel.ScatterAdd(
                flat(contiguous(x.get(0)), n),
                flat(contiguous(x.get(1)), n, width),
                flat(out, rows, width)));
      }
      case Op.PutRows _ -> {
        int rows = t.dim(0);
        int width = t.shape().size() / rows;
        int n = x.get(1).shape().size();
        kernels.add(
            new Kernel.PutRows(
                flat(contiguous(x.get(0)), rows, width), flat(contiguous(x.get(1)), n),
                flat(contiguous(x.get(2)), n, width), flat(out, rows, width)));
      }
      case Op.ArgMax _ -> {
        int columns = x.get(0).dim(-1);
        kernels.add(
            new Kernel.ArgMax(
                flat(contiguous(x.get(0)), t.shape().size(), columns),
                flat(out, t.shape().size())));
      }
      case Op.Random op -> kernels.add(new Kernel.Random(op, contiguous(x.get(0)), out));
      case Op.Pad op -> kernels.add(new Kernel.Pad(op, view(accesses.of(x.get(0))), out));
      case Op.Concat(int axis) -> {
        int start = 0;
        for (Tensor part : x) {
          Joins.Part written = joins.of(accesses.of(part).base());
          if (written == null || written.concat() != t) {
            int offset = out.offset() + start * out.strides()[axis];
            copy(
                view(accesses.of(part)),
                new View(out.buffer(), offset, part.shape().dims(), out.strides()));
          }
          start += part.dim(axis);
        }
      }
      case Op.Input _,
          Op.State _,
          Op.Fill _,
          Op.Constant _,
          Op.ConstantInt _,
          Op.Iota _,
          Op.Unary _,
          Op.Binary _,
          Op.Where _,
          Op.Cast _,
          Op.Detach _,
          Op.Reshape _,
          Op.Permute _,
          Op.Broadcast _,
          Op.Slice _,
          Op.Flip _,
          Op.Reduce _ ->
          throw new IllegalStateException("no kernel of its own: " + t);
    }
  }

  private static View flat(View contiguous, int... dims) {
    return new View(contiguous.buffer(), contiguous.offset(), dims, Strides.contiguous(dims));
  }

  /** With stride 1 along the last axis, and rows that do not overlap or run backwards. */
  private View rows(Tensor t) {
    Access access = accesses.of(t);
    View view = view(access);
    int last = view.dims().length - 1;
    boolean direct = view.strides()[last] == 1 && view.strides()[last - 1] >= view.dims()[last];
    for (int stride : view.strides()) {
      direct &= stride >= 0;
    }
    return direct ? view : copied(access, view);
  }

  /**
   * With stride 1 along one of the last two axes, the other at least as long as a row, and one
   * stride from matrix to matrix.
   */
  private View matrix(Tensor t) {
    Access access = accesses.of(t);
    View view = view(access);
    int n = view.dims().length;
    int rows = view.dims()[n - 2];
    int columns = view.dims()[n - 1];
    int[] strides = view.strides().clone();
    if (columns == 1 && (strides[n - 2] != 1 || rows == 1)) {
      strides[n - 1] = 1;
    }
    if (rows == 1 && strides[n - 1] == 1) {
      strides[n - 2] = columns;
    } else if (columns == 1 && strides[n - 2] == 1) {
      strides[n - 1] = rows;
    } else if (rows == 1) {
      strides[n - 2] = 1;
    }
    boolean plain = strides[n - 1] == 1 && strides[n - 2] >= columns;
    boolean transposed = strides[n - 2] == 1 && strides[n - 1] >= rows;
    int[] batch = Arrays.copyOf(view.dims(), n - 2);
    boolean batches =
        Arrays.stream(strides).allMatch(s -> s >= 0)
            && Strides.collapse(batch, Arrays.copyOf(strides, n - 2))[0].length <= 1;
    return batches && (plain || transposed)
        ? new View(view.buffer(), view.offset(), view.dims(), strides)
        : copied(access, view);
  }
}
