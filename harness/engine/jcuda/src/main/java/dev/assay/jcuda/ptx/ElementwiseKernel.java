package dev.assay.jcuda.ptx;

import dev.assay.jcuda.ptx.Values.Scope;
import dev.assay.jcuda.ptx.Values.Value;
import dev.assay.tensor.DType;
import dev.assay.tensor.plan.Kernel.Instr;
import dev.assay.tensor.plan.Kernel.Tile;
import dev.assay.tensor.plan.View;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;

/**
 * Tiles without reductions: a thread makes one element, or four neighbours where all views let it
 * move 16 bytes at a time. Tiles that do not depend on each other share a kernel: each has blocks
 * of its own.
 */
public final class ElementwiseKernel {
  private static final int THREADS = 256;

  /** Fewer elements than this are spread over more threads instead. */
  private static final int VECTOR_MINIMUM = 1 << 14;

  private final Tile tile;
  private final int size;
  private final Assembly out;
  private final Values values;
  private final List<View> views = new ArrayList<>();
  private final IndexSpace space;
  private final int width;

  private ElementwiseKernel(Tile tile, Predicate<View> aligned, Assembly out) {
    this.tile = tile;
    this.out = out;
    size = tile.rows() * tile.columns();
    values = new Values(out, tile.code());
    List<int[]> strides = new ArrayList<>();
    for (Instr instr : tile.code()) {
      switch (instr) {
        case Instr.Load(int _, boolean _, View view) -> add(view, strides);
        case Instr.Store(int _, boolean _, View view) -> add(view, strides);
        case Instr.Const _, Instr.Apply _, Instr.Reduce _ -> {}
      }
    }
    space = new IndexSpace(tile.dims(), strides);
    width = isVector(aligned) ? 4 : 1;
  }

  /** A view of rows repeats along them. */
  private void add(View view, List<int[]> strides) {
    views.add(view);
    strides.add(Arrays.copyOf(view.strides(), tile.dims().length));
  }

  /**
   * Writes the kernel.
   *
   * @param tiles at least one; none writes what another touches
   * @param aligned whether a view's first element is at a multiple of 16 bytes
   */
  public static Source of(List<Tile> tiles, Predicate<View> aligned) {
    Assembly out = new Assembly();
    List<View> views = new ArrayList<>();
    String block = out.s32("mov.u32", "%ctaid.x");
    String end = out.label();
    int blocks = 0;
    for (int i = 0; i < tiles.size(); i++) {
      ElementwiseKernel part = new ElementwiseKernel(tiles.get(i), aligned, out);
      String own = blocks == 0 ? block : out.s32("sub.s32", block, String.valueOf(blocks));
      blocks += part.blocks();
      views.addAll(part.views);
      if (i == tiles.size() - 1) {
        part.write(own);
      } else {
        String next = out.label();
        String beyond = out.predicate("setp.ge.u32", block, String.valueOf(blocks));
        out.emitIf(beyond, "bra", next);
        part.write(own);
        out.emit("bra", end);
        out.place(next);
      }
    }
    out.place(end);
    return new Source(out.text(), views, new int[] {blocks, 1, 1}, new int[] {THREADS, 1});
  }

  private boolean isVector(Predicate<View> aligned) {
    int[] dims = space.dims();
    if (size < VECTOR_MINIMUM || dims.length == 0 || dims[dims.length - 1] % 4 != 0) {
      return false;
    }
    for (int v = 0; v < views.size(); v++) {
      int[] strides = space.strides(v);
      int last = strides[strides.length - 1];
      boolean even = Arrays.stream(strides, 0, strides.length - 1).allMatch(s -> s % 4 == 0);
      if (last != 0 && !(last == 1 && even && aligned.test(views.get(v)))) {
        return false;
      }
    }
    return true;
  }

  private int threads() {
    return size / width;
  }

  private int blocks() {
    return (threads() + THREADS - 1) / THREADS;
  }

  /**
   * Writes the part.
   *
   * @param block number of the block among those of the part
   */
  private void write(String block) {
    List<String> bases = views.stream().map(_ -> out.address()).toList();
    String thread = out.s32("mov.u32", "%tid.x");
    String i = out.s32("mad.lo.s32", block, String.valueOf(THREADS), thread);
    String end = out.label();
    out.emitIf(out.predicate("setp.ge.u32", i, String.valueOf(threads())), "bra", end);
    int[] dims = space.dims().clone();
    if (width > 1) {
      dims[dims.length - 1] /= width;
    }
    String[] index = IndexSpace.split(out, i, dims);
    code(bases, index);
    out.place(end);
  }

  private void code(List<String> bases, String[] index) {
    Scope uniform = Scope.outermost();
    List<Scope> lanes = new ArrayList<>();
    for (int lane = 0; lane < width; lane++) {
      lanes.add(Scope.within(uniform));
    }
    int view = 0;
    for (Instr instr : tile.code()) {
      switch (instr) {
        case Instr.Load load -> {
          load(load, address(bases, index, view), repeats(view), uniform, lanes);
          view++;
        }
        case Instr.Const constant -> values.constant(constant, uniform);
        case Instr.Apply apply -> {
          if (apply.args().stream().allMatch(uniform::has)) {
            values.apply(apply, uniform);
          } else {
            lanes.forEach(lane -> values.apply(apply, lane));
          }
        }
        case Instr.Store store -> store(store, address(bases, index, view++), lanes);
        case Instr.Reduce _ -> throw new IllegalStateException("a tile of rows: " + tile);
      }
    }
  }

  private boolean repeats(int view) {
    int[] strides = space.strides(view);
    return strides.length == 0 || strides[strides.length - 1] == 0;
  }

  private String address(List<String> bases, String[] index, int view) {
    int[] strides = space.strides(view).clone();
    if (width > 1) {
      strides[strides.length - 1] *= width;
    }
    return IndexSpace.address(out, bases.get(view), index, strides);
  }

  private void load(
      Instr.Load load, String address, boolean repeats, Scope uniform, List<Scope> lanes) {
    DType type = load.view().buffer().dtype();
    if (width == 1 || repeats) {
      (width == 1 ? lanes.get(0) : uniform).put(load.dst(), values.load(address, type));
      return;
    }
    Assembly.Kind kind = type == DType.F32 ? Assembly.Kind.FLOAT : Assembly.Kind.INT;
    List<String> registers = lanes.stream().map(_ -> out.register(kind)).toList();
    out.emit("ld.global.v4." + Values.suffix(type), braced(registers), "[" + address + "]");
    for (int lane = 0; lane < width; lane++) {
      lanes.get(lane).put(load.dst(), new Value(registers.get(lane), type));
    }
  }

  private void store(Instr.Store store, String address, List<Scope> lanes) {
    List<Value> made = lanes.stream().map(lane -> lane.get(store.src())).toList();
    String suffix = Values.suffix(made.get(0).type());
    String operand =
        width == 1 ? made.get(0).register() : braced(made.stream().map(Value::register).toList());
    out.emit("st.global." + (width == 1 ? "" : "v4.") + suffix, "[" + address + "]", operand);
  }

  private static String braced(List<String> registers) {
    return "{" + String.join(", ", registers) + "}";
  }
}
