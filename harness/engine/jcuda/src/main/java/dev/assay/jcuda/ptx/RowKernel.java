package dev.assay.jcuda.ptx;

import dev.assay.jcuda.ptx.Values.Scope;
import dev.assay.tensor.DType;
import dev.assay.tensor.Op.ReduceFn;
import dev.assay.tensor.plan.Kernel.Instr;
import dev.assay.tensor.plan.Kernel.Tile;
import dev.assay.tensor.plan.View;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Tiles that reduce along rows. The threads of a row share its elements evenly and keep them in
 * registers, or read them anew in each pass if the row is long; a pass ends in sums or maxima that
 * the next one needs. Reductions follow a fixed tree.
 */
public final class RowKernel {
  private static final int WARP = 32;
  private static final int BLOCK = 256;
  private static final int LARGEST_BLOCK = 1024;

  /** Elements of a row that a thread keeps in registers at most. */
  private static final int KEPT = 8;

  private final Tile tile;
  private final int rows;
  private final int columns;
  private final int perRow;
  private final int block;
  private final int rounds;
  private final Assembly out = new Assembly();
  private final Values values;
  private final List<View> views = new ArrayList<>();
  private final IndexSpace rowSpace;
  private final IndexSpace columnSpace;
  private final int[] level;
  private final Map<Integer, Instr> definitions = new HashMap<>();
  private final Scope shared = Scope.outermost();
  private final List<Scope> kept = new ArrayList<>();
  private final Map<Instr, Integer> viewOf = new HashMap<>();

  // registers that every part of the kernel reads
  private final List<String> rowBases = new ArrayList<>();
  private final String lane;
  private final String isRow;

  private RowKernel(Tile tile) {
    this.tile = tile;
    rows = tile.rows();
    columns = tile.columns();
    perRow = threadsPerRow(rows, columns);
    block = Math.max(BLOCK, perRow);
    int whole = (columns + perRow - 1) / perRow;
    rounds = whole <= KEPT ? whole : 0;
    values = new Values(out, tile.code());
    List<int[]> rowStrides = new ArrayList<>();
    List<int[]> columnStrides = new ArrayList<>();
    int axes = tile.dims().length;
    for (Instr instr : tile.code()) {
      View view =
          switch (instr) {
            case Instr.Load load -> load.view();
            case Instr.Store store -> store.view();
            case Instr.Const _, Instr.Apply _, Instr.Reduce _ -> null;
          };
      if (view != null) {
        viewOf.put(instr, views.size());
        views.add(view);
        int[] strides = Arrays.copyOf(view.strides(), axes);
        rowStrides.add(Arrays.copyOf(strides, tile.rowAxes()));
        columnStrides.add(Arrays.copyOfRange(strides, tile.rowAxes(), axes));
      }
    }
    rowSpace = new IndexSpace(Arrays.copyOf(tile.dims(), tile.rowAxes()), rowStrides);
    columnSpace =
        new IndexSpace(Arrays.copyOfRange(tile.dims(), tile.rowAxes(), axes), columnStrides);
    level = levels();
    List<String> bases = views.stream().map(_ -> out.address()).toList();
    String thread = out.s32("mov.u32", "%tid.x");
    int log = Integer.numberOfTrailingZeros(perRow);
    lane = out.s32("and.b32", thread, String.valueOf(perRow - 1));
    String inBlock = out.s32("shr.u32", thread, String.valueOf(log));
    String first = out.s32("mov.u32", "%ctaid.x");
    String row = out.s32("mad.lo.s32", first, String.valueOf(block / perRow), inBlock);
    isRow = out.predicate("setp.lt.s32", row, String.valueOf(rows));
    // threads beyond the last row repeat it and store nothing: all of a block meet at its barriers
    String bounded = out.s32("min.s32", row, String.valueOf(rows - 1));
    String[] index = IndexSpace.split(out, bounded, rowSpace.dims());
    for (int v = 0; v < views.size(); v++) {
      rowBases.add(IndexSpace.address(out, bases.get(v), index, rowSpace.strides(v)));
    }
  }

  /** Writes the kernel. */
  public static Source of(Tile tile) {
    return new RowKernel(tile).write();
  }

  /** A power of two, from the extents alone. */
  static int threadsPerRow(int rows, int columns) {
    if (columns <= WARP) {
      return powerOfTwo(columns);
    }
    int share = rows < 512 ? 2 : KEPT;
    return Math.clamp(powerOfTwo((columns + share - 1) / share), WARP, LARGEST_BLOCK);
  }

  private static int powerOfTwo(int least) {
    return least <= 1 ? 1 : Integer.highestOneBit(least - 1) << 1;
  }

  /** How many passes must be over before a value can be made. */
  private int[] levels() {
    int[] of = new int[tile.code().size() + 1];
    for (Instr instr : tile.code()) {
      int most = 0;
      for (int operand : Values.operands(instr)) {
        most = Math.max(most, of[operand]);
      }
      int dst = target(instr);
      if (dst >= 0) {
        definitions.put(dst, instr);
        of = dst < of.length ? of : Arrays.copyOf(of, 2 * dst);
        of[dst] = instr instanceof Instr.Reduce ? most + 1 : most;
      }
    }
    return of;
  }

  private static int target(Instr instr) {
    return switch (instr) {
      case Instr.Load load -> load.dst();
      case Instr.Const constant -> constant.dst();
      case Instr.Apply apply -> apply.dst();
      case Instr.Reduce reduce -> reduce.dst();
      case Instr.Store _ -> -1;
    };
  }

  private Source write() {
    for (int round = 0; round < rounds; round++) {
      kept.add(Scope.within(shared));
    }
    int last = 0;
    for (Instr instr : tile.code()) {
      switch (instr) {
        case Instr.Const constant -> values.constant(constant, shared);
        case Instr.Load load when load.row() ->
            shared.put(load.dst(), values.load(base(load), load.view().buffer().dtype()));
        case Instr.Reduce reduce -> last = Math.max(last, level[reduce.dst()]);
        case Instr.Load _, Instr.Apply _, Instr.Store _ -> {}
      }
    }
    for (int pass = 0; pass <= last; pass++) {
      rowArithmetic(pass);
      if (pass < last) {
        reductions(pass);
      }
    }
    stores();
    int perBlock = block / perRow;
    int blocks = (rows + perBlock - 1) / perBlock;
    return new Source(out.text(), views, new int[] {blocks, 1, 1}, new int[] {block, 1});
  }

  private String base(Instr instr) {
    return rowBases.get(viewOf(instr));
  }

  private int viewOf(Instr instr) {
    return Objects.requireNonNull(viewOf.get(instr));
  }

  private void rowArithmetic(int pass) {
    for (Instr instr : tile.code()) {
      if (instr instanceof Instr.Apply apply && apply.row() && level[apply.dst()] == pass) {
        values.apply(apply, shared);
      }
    }
  }

  private void reductions(int pass) {
    List<Instr.Reduce> reduces = new ArrayList<>();
    BitSet needed = new BitSet();
    for (Instr instr : tile.code()) {
      if (instr instanceof Instr.Reduce reduce && level[reduce.arg()] == pass) {
        reduces.add(reduce);
        need(reduce.arg(), needed);
      }
    }
    List<String> sums = reduces.stream().map(r -> start(r.fn())).toList();
    overColumns(
        needed,
        (scope, inside, _) -> {
          for (int i = 0; i < sums.size(); i++) {
            Instr.Reduce reduce = reduces.get(i);
            String x = scope.get(reduce.arg()).register();
            if (inside != null) {
              x = values.functions().select(inside, x, Functions.identity(reduce.fn()));
            }
            out.emit(
                "mov.f32", sums.get(i), values.functions().reduce(reduce.fn(), sums.get(i), x));
          }
        });
    for (int i = 0; i < sums.size(); i++) {
      Instr.Reduce reduce = reduces.get(i);
      String whole = tree(reduce.fn(), sums.get(i));
      shared.put(reduce.dst(), new Values.Value(whole, DType.F32));
    }
  }

  private String start(ReduceFn fn) {
    return out.f32("mov.f32", Functions.identity(fn));
  }

  private void stores() {
    BitSet needed = new BitSet();
    List<Instr.Store> wide = new ArrayList<>();
    for (Instr instr : tile.code()) {
      if (instr instanceof Instr.Store store) {
        if (store.row()) {
          String first = out.predicate("setp.eq.and.s32", lane, "0", isRow);
          storeIf(first, base(store), shared.get(store.src()));
        } else {
          wide.add(store);
          need(store.src(), needed);
        }
      }
    }
    if (wide.isEmpty()) {
      return;
    }
    overColumns(
        needed,
        (scope, inside, column) -> {
          String stored = inside == null ? isRow : out.predicate("and.pred", inside, isRow);
          for (Instr.Store store : wide) {
            storeIf(stored, address(store, column), scope.get(store.src()));
          }
        });
  }

  private void storeIf(String predicate, String address, Values.Value value) {
    String op = "st.global." + Values.suffix(value.type());
    out.emitIf(predicate, op, "[" + address + "]", value.register());
  }

  /** The value and what it is made of, as far as that differs along a row. */
  private void need(int value, BitSet needed) {
    if (needed.get(value) || shared.has(value)) {
      return;
    }
    needed.set(value);
    Values.operands(Objects.requireNonNull(definitions.get(value)))
        .forEach(operand -> need(operand, needed));
  }

  /** What is done with the values of an element. */
  @FunctionalInterface
  private interface Use {
    /**
     * @param inside predicate, or null if the element surely is one of the row
     * @param column its index along each axis of the column space
     */
    void of(Scope scope, @Nullable String inside, String[] column);
  }

  private void overColumns(BitSet needed, Use use) {
    if (rounds == 0) {
      loop(needed, use);
      return;
    }
    for (int round = 0; round < rounds; round++) {
      String j = out.s32("add.s32", lane, String.valueOf(round * perRow));
      String inside = null;
      if ((round + 1) * perRow > columns) {
        inside = out.predicate("setp.lt.s32", j, String.valueOf(columns));
        j = out.s32("min.s32", j, String.valueOf(columns - 1));
      }
      String[] column = IndexSpace.split(out, j, columnSpace.dims());
      make(needed, kept.get(round), column);
      use.of(kept.get(round), inside, column);
    }
  }

  private void loop(BitSet needed, Use use) {
    String j = out.s32("mov.u32", lane);
    String again = out.label();
    String end = out.label();
    out.place(again);
    out.emitIf(out.predicate("setp.ge.s32", j, String.valueOf(columns)), "bra", end);
    String[] column = IndexSpace.split(out, j, columnSpace.dims());
    Scope scope = Scope.within(shared);
    make(needed, scope, column);
    use.of(scope, null, column);
    out.emit("add.s32", j, j, String.valueOf(perRow));
    out.emit("bra", again);
    out.place(end);
  }

  private void make(BitSet needed, Scope scope, String[] column) {
    for (Instr instr : tile.code()) {
      int dst = target(instr);
      if (dst < 0 || !needed.get(dst) || scope.has(dst)) {
        continue;
      }
      switch (instr) {
        case Instr.Load load ->
            scope.put(dst, values.load(address(load, column), load.view().buffer().dtype()));
        case Instr.Apply apply -> values.apply(apply, scope);
        case Instr.Const _, Instr.Reduce _, Instr.Store _ -> {}
      }
    }
  }

  private String address(Instr instr, String[] column) {
    int view = viewOf(instr);
    return IndexSpace.address(out, rowBases.get(view), column, columnSpace.strides(view));
  }

  /** The reduction over the threads of a row, for all of them. */
  private String tree(ReduceFn fn, String x) {
    String whole = exchange(fn, x, Math.min(perRow, WARP));
    if (perRow <= WARP) {
      return whole;
    }
    int warps = perRow / WARP;
    String array = out.sharedFloats(block / WARP);
    String thread = out.s32("mov.u32", "%tid.x");
    String start = out.s32("mov.u32", array);
    String warp = out.s32("shr.u32", thread, "5");
    String place = out.s32("mad.lo.s32", warp, "4", start);
    String inWarp = out.s32("and.b32", thread, "31");
    String first = out.predicate("setp.eq.s32", inWarp, "0");
    out.emitIf(first, "st.shared.f32", "[" + place + "]", whole);
    out.emit("bar.sync", "0");
    String ofRow = out.s32("and.b32", warp, String.valueOf(-warps));
    String other = out.s32("and.b32", inWarp, String.valueOf(warps - 1));
    String from = out.s32("mad.lo.s32", out.s32("add.s32", ofRow, other), "4", start);
    return exchange(fn, out.f32("ld.shared.f32", "[" + from + "]"), warps);
  }

  /** The reduction over groups of {@code width} neighbours in a warp. */
  private String exchange(ReduceFn fn, String x, int width) {
    String y = x;
    for (int distance = width / 2; distance > 0; distance /= 2) {
      String other = out.register(Assembly.Kind.FLOAT);
      String bits = out.s32("mov.b32", y);
      String moved = out.s32("shfl.sync.bfly.b32", bits, String.valueOf(distance), "31", "-1");
      out.emit("mov.b32", other, moved);
      y = values.functions().reduce(fn, y, other);
    }
    return y;
  }
}
