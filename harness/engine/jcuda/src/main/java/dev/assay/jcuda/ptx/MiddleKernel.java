package dev.assay.jcuda.ptx;

import dev.assay.jcuda.ptx.Values.Scope;
import dev.assay.tensor.plan.Kernel.Instr;
import dev.assay.tensor.plan.Kernel.ReduceMiddle;
import dev.assay.tensor.plan.View;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Reductions over a middle axis: a block's threads stand on neighbouring columns, share the middle
 * and join what they have by a fixed tree. Each chunk of the middle can be cut into parts, whose
 * results are one more axis of the output: [outer, chunks, parts, columns].
 */
public final class MiddleKernel {
  private static final int THREADS = 256;
  private static final int WARP = 32;

  /** Blocks that keep a large device busy. */
  private static final int WANTED_BLOCKS = 512;

  /** Middle elements per thread below which cutting costs more than it brings. */
  private static final int LEAST_SHARE = 8;

  private final ReduceMiddle kernel;
  private final int parts;
  private final int across;
  private final int down;
  private final Assembly out = new Assembly();
  private final Values values;
  private final List<View> views = new ArrayList<>();

  private MiddleKernel(ReduceMiddle kernel) {
    this.kernel = kernel;
    across = Math.min(WARP, powerOfTwo(kernel.columns()));
    down = THREADS / across;
    parts = parts(kernel);
    values = new Values(out, kernel.code());
    for (Instr instr : kernel.code()) {
      if (instr instanceof Instr.Load load) {
        views.add(load.view());
      }
    }
  }

  /** Writes the kernel. Its last parameter is the address of the output. */
  public static Source of(ReduceMiddle kernel) {
    return new MiddleKernel(kernel).write();
  }

  /** Into how many parts each chunk is cut, from the extents alone. */
  public static int parts(ReduceMiddle kernel) {
    int across = Math.min(WARP, powerOfTwo(kernel.columns()));
    int down = THREADS / across;
    long blocks =
        (long) kernel.outer() * kernel.chunks() * ((kernel.columns() + across - 1) / across);
    long useful = kernel.chunk() / ((long) down * LEAST_SHARE);
    return (int) Math.max(1, Math.min(useful, WANTED_BLOCKS / Math.max(1, blocks)));
  }

  private static int powerOfTwo(int least) {
    return least <= 1 ? 1 : Integer.highestOneBit(least - 1) << 1;
  }

  private Source write() {
    List<String> bases = views.stream().map(_ -> out.address()).toList();
    String result = out.address();
    int[] cut = cut();
    List<IndexSpace> spaces = new ArrayList<>();
    for (int group = 0; group < 3; group++) {
      int from = cut[group];
      int to = cut[group + 1];
      spaces.add(
          new IndexSpace(
              Arrays.copyOfRange(kernel.dims(), from, to),
              views.stream().map(v -> Arrays.copyOfRange(v.strides(), from, to)).toList()));
    }
    String x = out.s32("mov.u32", "%tid.x");
    String y = out.s32("mov.u32", "%tid.y");
    String blockX = out.s32("mov.u32", "%ctaid.x");
    String column = out.s32("mad.lo.s32", blockX, String.valueOf(across), x);
    String inside = out.predicate("setp.lt.s32", column, String.valueOf(kernel.columns()));
    String bounded = out.s32("min.s32", column, String.valueOf(kernel.columns() - 1));

    // slice = (outer · chunks + chunk) · parts + part, over two axes of the grid
    String blockY = out.s32("mov.u32", "%ctaid.y");
    String blockZ = out.s32("mov.u32", "%ctaid.z");
    String slice = out.s32("mad.lo.s32", blockZ, String.valueOf(rowsOfGrid()), blockY);
    int slices = slices();
    String isSlice = out.predicate("setp.lt.s32", slice, String.valueOf(slices));
    String boundedSlice = out.s32("min.s32", slice, String.valueOf(slices - 1));
    String[] which =
        IndexSpace.split(out, boundedSlice, new int[] {kernel.outer(), kernel.chunks(), parts});
    String chunkStart = out.s32("mul.lo.s32", which[1], String.valueOf(kernel.chunk()));
    String chunkEnd = out.s32("add.s32", chunkStart, String.valueOf(kernel.chunk()));
    chunkEnd = out.s32("min.s32", chunkEnd, String.valueOf(kernel.middle()));
    int share = (kernel.chunk() + parts - 1) / parts;
    String start = out.s32("mad.lo.s32", which[2], String.valueOf(share), chunkStart);
    String end = out.s32("min.s32", out.s32("add.s32", start, String.valueOf(share)), chunkEnd);

    String[] outerIndex = IndexSpace.split(out, which[0], spaces.get(0).dims());
    String[] columnIndex = IndexSpace.split(out, bounded, spaces.get(2).dims());
    List<String> starts = new ArrayList<>();
    for (int v = 0; v < views.size(); v++) {
      String at = IndexSpace.address(out, bases.get(v), outerIndex, spaces.get(0).strides(v));
      starts.add(IndexSpace.address(out, at, columnIndex, spaces.get(2).strides(v)));
    }
    String sum = accumulate(spaces.get(1), starts, out.s32("add.s32", start, y), end);
    String whole = tree(sum, x, y);
    String first = out.predicate("setp.eq.and.s32", y, "0", inside);
    first = out.predicate("and.pred", first, isSlice);
    String at = out.s32("mad.lo.s32", slice, String.valueOf(kernel.columns()), column);
    String address = out.b64("mad.wide.s32", at, "4", result);
    out.emitIf(first, "st.global.f32", "[" + address + "]", whole);
    return new Source(out.text(), views, grid(), new int[] {across, down});
  }

  private int slices() {
    return kernel.outer() * kernel.chunks() * parts;
  }

  private int rowsOfGrid() {
    return Math.min(slices(), 1 << 15);
  }

  private int[] grid() {
    int columns = (kernel.columns() + across - 1) / across;
    return new int[] {columns, rowsOfGrid(), (slices() + rowsOfGrid() - 1) / rowsOfGrid()};
  }

  /** Where the axes of outer, middle and columns begin in the dims, and where the last end. */
  private int[] cut() {
    int[] dims = kernel.dims();
    int axis = 0;
    int[] cut = new int[4];
    int[] sizes = {kernel.outer(), kernel.middle()};
    for (int group = 0; group < 2; group++) {
      for (int size = 1; size < sizes[group]; axis++) {
        size *= dims[axis];
      }
      cut[group + 1] = axis;
    }
    cut[3] = dims.length;
    return cut;
  }

  private String accumulate(IndexSpace space, List<String> starts, String from, String end) {
    String sum = out.f32("mov.f32", Functions.identity(kernel.fn()));
    String m = out.s32("mov.u32", from);
    String again = out.label();
    String done = out.label();
    out.place(again);
    out.emitIf(out.predicate("setp.ge.s32", m, end), "bra", done);
    String[] index = IndexSpace.split(out, m, space.dims());
    Scope scope = Scope.outermost();
    int view = 0;
    int last = 0;
    for (Instr instr : kernel.code()) {
      switch (instr) {
        case Instr.Load(int dst, boolean _, View source) -> {
          String at = IndexSpace.address(out, starts.get(view), index, space.strides(view));
          scope.put(dst, values.load(at, source.buffer().dtype()));
          view++;
          last = dst;
        }
        case Instr.Const constant -> {
          values.constant(constant, scope);
          last = constant.dst();
        }
        case Instr.Apply apply -> {
          values.apply(apply, scope);
          last = apply.dst();
        }
        case Instr.Reduce _, Instr.Store _ ->
            throw new IllegalStateException("not elementwise: " + instr);
      }
    }
    String next = values.functions().reduce(kernel.fn(), sum, scope.get(last).register());
    out.emit("mov.f32", sum, next);
    out.emit("add.s32", m, m, String.valueOf(down));
    out.emit("bra", again);
    out.place(done);
    return sum;
  }

  /** Joins the threads of a column; those of y = 0 have the result. */
  private String tree(String sum, String x, String y) {
    String array = out.s32("mov.u32", out.sharedFloats(THREADS));
    String number = out.s32("mad.lo.s32", y, String.valueOf(across), x);
    String place = out.s32("mad.lo.s32", number, "4", array);
    String whole = sum;
    for (int half = down / 2; half > 0; half /= 2) {
      out.emit("st.shared.f32", "[" + place + "]", whole);
      out.emit("bar.sync", "0");
      String other = out.s32("add.s32", y, String.valueOf(half));
      other = out.s32("min.s32", other, String.valueOf(down - 1));
      String from = out.s32("mad.lo.s32", other, String.valueOf(across), x);
      from = out.s32("mad.lo.s32", from, "4", array);
      String moved = out.f32("ld.shared.f32", "[" + from + "]");
      whole = values.functions().reduce(kernel.fn(), whole, moved);
      out.emit("bar.sync", "0");
    }
    return whole;
  }
}
