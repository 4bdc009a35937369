package dev.assay.tensor;

import dev.assay.tensor.plan.Buffer;
import dev.assay.tensor.plan.Kernel;
import dev.assay.tensor.plan.Kernel.Instr;
import dev.assay.tensor.plan.Plan;
import dev.assay.tensor.plan.View;
import dev.assay.tensor.reference.Exact;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Executes the kernels of a plan on arrays of doubles, one array per place. */
final class PlanInterpreter {
  /** Where a buffer begins. */
  record Base(double[] space, int offset) {}

  private final Plan plan;
  private final double[] arena;
  private final Map<Buffer, Base> bases = new HashMap<>();

  PlanInterpreter(Plan plan) {
    this.plan = plan;
    arena = new double[(int) (plan.arenaBytes() / DType.BYTES)];
    for (Buffer buffer : plan.buffers()) {
      bases.put(
          buffer,
          switch (buffer.place()) {
            case Buffer.Place.Arena(long offset) -> new Base(arena, (int) (offset / DType.BYTES));
            case Buffer.Place.Input _ -> new Base(new double[buffer.size()], 0);
            case Buffer.Place.Literal(Tensor value) -> new Base(Exact.of(value), 0);
            case Buffer.Place.State(Variable variable) ->
                new Base(((PlanBackend.Stored) variable).values(), 0);
          });
    }
  }

  void set(String input, double[] values) {
    Buffer buffer = plan.inputs().get(input);
    if (buffer != null) {
      System.arraycopy(values, 0, base(buffer).space, 0, values.length);
    }
  }

  /** A replay. Temporary memory holds NaN before, and kernels of a phase run in reverse. */
  void run() {
    Arrays.fill(arena, Double.NaN);
    for (List<Kernel> phase : plan.phases()) {
      List<Kernel> kernels = new ArrayList<>(phase);
      Collections.reverse(kernels);
      kernels.forEach(this::execute);
    }
  }

  Base base(Buffer buffer) {
    Base base = bases.get(buffer);
    if (base == null) {
      throw new IllegalStateException("buffer " + buffer + " has no place in the plan");
    }
    return base;
  }

  /** Positions of a view's elements in the array of its place, row-major. */
  int[] positions(View view) {
    int begin = base(view.buffer()).offset;
    int[] positions = new int[view.size()];
    int[] index = new int[view.dims().length];
    for (int i = 0; i < positions.length; i++) {
      int at = view.offset();
      for (int axis = 0; axis < index.length; axis++) {
        at += index[axis] * view.strides()[axis];
      }
      if (at < 0 || at >= view.buffer().size()) {
        throw new IllegalStateException("view " + view + " leaves its buffer at " + at);
      }
      positions[i] = begin + at;
      for (int axis = index.length - 1; axis >= 0 && ++index[axis] == view.dims()[axis]; axis--) {
        index[axis] = 0;
      }
    }
    return positions;
  }

  double[] read(View view) {
    double[] space = base(view.buffer()).space;
    return Arrays.stream(positions(view)).mapToDouble(at -> space[at]).toArray();
  }

  private void write(View view, double[] values) {
    double[] space = base(view.buffer()).space;
    int[] positions = positions(view);
    if (positions.length != values.length) {
      throw new IllegalStateException(values.length + " elements for " + view);
    }
    boolean round = view.buffer().dtype() == DType.F32;
    for (int i = 0; i < positions.length; i++) {
      space[positions[i]] = round ? (float) values[i] : values[i];
    }
  }

  private void execute(Kernel kernel) {
    switch (kernel) {
      case Kernel.Tile tile -> tile(tile);
      case Kernel.ReduceMiddle middle -> middle(middle);
      case Kernel.MatMul(View a, View b, View out) -> {
        Tensor left = input("0", a);
        write(out, evaluate(left.matmul(input("1", b)), a, b));
      }
      case Kernel.MatMulTile(Kernel.MatMul product, Kernel.Tile tile) -> {
        Buffer out = product.out().buffer();
        bases.put(out, new Base(new double[out.size()], 0));
        execute(product);
        execute(tile);
        bases.remove(out);
      }
      case Kernel.Conv(Op op, View first, View second, View out) ->
          write(out, evaluate(conv(op, input("0", first), input("1", second)), first, second));
      case Kernel.Attention k -> {
        List<Tensor> lengths = k.lengths() == null ? List.of() : List.of(input("3", k.lengths()));
        Tensor flat =
            Tensor.attentionFlat(
                input("0", k.q()),
                input("1", k.k()),
                input("2", k.v()),
                lengths,
                k.op().scale(),
                k.op().causal());
        write(k.out(), evaluate(flat, k.reads().toArray(View[]::new)));
      }
      case Kernel.AttentionGrad k -> {
        List<Tensor> operands = new ArrayList<>();
        for (View view : k.reads()) {
          operands.add(input("" + operands.size(), view));
        }
        Tensor flat = Tensor.attentionGradFlat(operands, k.op().scale(), k.op().causal());
        write(k.out(), evaluate(flat, k.reads().toArray(View[]::new)));
      }
      case Kernel.Gather(View table, View indices, View out) ->
          write(out, evaluate(input("0", table).gather(input("1", indices)), table, indices));
      case Kernel.ScatterAdd(View indices, View values, View out) ->
          write(
              out,
              evaluate(
                  Tensor.scatterAdd(input("0", indices), input("1", values), out.dims()[0]),
                  indices,
                  values));
      case Kernel.PutRows(View x, View indices, View values, View out) ->
          write(
              out,
              evaluate(
                  input("0", x).putRows(input("1", indices), input("2", values)),
                  x,
                  indices,
                  values));
      case Kernel.ArgMax(View x, View out) -> write(out, evaluate(input("0", x).argMax(), x));
      case Kernel.Random(Op.Random op, View key, View out) ->
          write(
              out,
              evaluate(
                  Tensor.random(
                      input("0", key), op.distribution(), op.path(), Shape.of(out.dims())),
                  key));
      case Kernel.Pad(Op.Pad op, View x, View out) ->
          write(
              out, evaluate(input("0", x).pad(ints(op.before()), ints(op.after()), op.value()), x));
    }
  }

  private static Tensor conv(Op op, Tensor first, Tensor second) {
    return switch (op) {
      case Op.Conv2d(Op.Window window) -> first.conv2d(second, window);
      case Op.Conv2dInput(Op.Window window, int height, int width) ->
          first.conv2dTranspose(second, window, height, width);
      case Op.Conv2dFilter(Op.Window window, int height, int width) ->
          Tensor.conv2dFilter(first, second, window, height, width);
      default -> throw new IllegalStateException("no convolution: " + op);
    };
  }

  private static Tensor input(String name, View view) {
    return Tensor.input(name, view.buffer().dtype(), Shape.of(view.dims()));
  }

  /** The elements of t, whose inputs are named 0, 1, … after the views they are read from. */
  private double[] evaluate(Tensor t, View... views) {
    Map<String, double[]> inputs = new HashMap<>();
    for (View view : views) {
      inputs.put("" + inputs.size(), read(view));
    }
    return Exact.of(List.of(t), inputs).get(0);
  }

  // ---- tiles ----

  private void tile(Kernel.Tile tile) {
    int rows = tile.rows();
    Map<Integer, double[]> values = new HashMap<>();
    for (Instr instr : tile.code()) {
      if (instr instanceof Instr.Store(int src, boolean row, View view)) {
        write(view, spread(values.get(src), row ? rows : rows * tile.columns()));
      } else {
        values.put(target(instr), value(instr, values, rows, tile.columns()));
      }
    }
  }

  private void middle(Kernel.ReduceMiddle kernel) {
    int size = kernel.outer() * kernel.middle() * kernel.columns();
    Map<Integer, double[]> values = new HashMap<>();
    int last = 0;
    for (Instr instr : kernel.code()) {
      last = target(instr);
      values.put(last, value(instr, values, size, 1));
    }
    double[] x = spread(values.get(last), size);
    double[] out = new double[kernel.outer() * kernel.chunks() * kernel.columns()];
    Arrays.fill(out, kernel.fn() == Op.ReduceFn.SUM ? 0 : Double.NEGATIVE_INFINITY);
    for (int i = 0; i < size; i++) {
      int column = i % kernel.columns();
      int middle = i / kernel.columns() % kernel.middle();
      int outer = i / kernel.columns() / kernel.middle();
      int at = (outer * kernel.chunks() + middle / kernel.chunk()) * kernel.columns() + column;
      out[at] = kernel.fn() == Op.ReduceFn.SUM ? out[at] + x[i] : Math.max(out[at], x[i]);
    }
    write(kernel.out(), out);
  }

  private static int target(Instr instr) {
    return switch (instr) {
      case Instr.Load load -> load.dst();
      case Instr.Const number -> number.dst();
      case Instr.Apply apply -> apply.dst();
      case Instr.Reduce reduce -> reduce.dst();
      case Instr.Store store -> throw new IllegalStateException("no value: " + store);
    };
  }

  /** One element, one for each row, or one for each element of the domain. */
  private double[] value(Instr instr, Map<Integer, double[]> values, int rows, int columns) {
    return switch (instr) {
      case Instr.Load(int _, boolean row, View view) -> {
        double[] x = read(view);
        if (x.length != (row ? rows : rows * columns)) {
          throw new IllegalStateException("load of " + view + " in " + rows + "x" + columns);
        }
        yield x;
      }
      case Instr.Const(int _, float number) -> new double[] {number};
      case Instr.Apply(int _, boolean row, Op op, List<Integer> args) -> {
        int size = row ? rows : rows * columns;
        yield apply(op, size, args.stream().map(arg -> spread(values.get(arg), size)).toList());
      }
      case Instr.Reduce(int _, Op.ReduceFn fn, int arg) -> {
        double[] x = spread(values.get(arg), rows * columns);
        Tensor t = Tensor.input("0", DType.F32, Shape.of(rows, columns)).reduceKeep(fn, 1);
        yield rounded(Exact.of(List.of(t), Map.of("0", x)).get(0));
      }
      case Instr.Store store -> throw new IllegalStateException("no value: " + store);
    };
  }

  private static double[] apply(Op op, int size, List<double[]> args) {
    Map<String, double[]> inputs = new HashMap<>();
    List<Tensor> x = new ArrayList<>();
    DType type = op instanceof Op.Cast(DType to) && to == DType.F32 ? DType.I32 : DType.F32;
    for (double[] arg : args) {
      inputs.put("" + x.size(), arg);
      x.add(Tensor.input("" + x.size(), type, Shape.of(size)));
    }
    Tensor t =
        switch (op) {
          case Op.Unary(Op.UnaryFn fn) -> x.get(0).unary(fn);
          case Op.Binary(Op.BinaryFn fn) -> x.get(0).binary(fn, x.get(1));
          case Op.Where _ -> x.get(0).where(x.get(1), x.get(2));
          case Op.Cast(DType to) -> to == DType.F32 ? x.get(0).toFloat() : x.get(0).toInt();
          default -> throw new IllegalStateException("no elementwise operation: " + op);
        };
    double[] values = Exact.of(List.of(t), inputs).get(0);
    return t.dtype() == DType.F32 ? rounded(values) : values;
  }

  /** Repeats a single element, or one element per row along the rows. */
  private static double[] spread(double[] x, int size) {
    if (x.length == size) {
      return x;
    }
    double[] wide = new double[size];
    Arrays.setAll(wide, i -> x[i / (size / x.length)]);
    return wide;
  }

  private static double[] rounded(double[] x) {
    return Arrays.stream(x).map(value -> (float) value).toArray();
  }

  private static int[] ints(List<Integer> values) {
    return values.stream().mapToInt(Integer::intValue).toArray();
  }
}
