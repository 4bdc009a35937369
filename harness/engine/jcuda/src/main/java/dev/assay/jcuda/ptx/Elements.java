package dev.assay.jcuda.ptx;

import dev.assay.jcuda.ptx.Values.Scope;
import dev.assay.jcuda.ptx.Values.Value;
import dev.assay.tensor.DType;
import dev.assay.tensor.plan.Buffer;
import dev.assay.tensor.plan.Kernel.Instr;
import dev.assay.tensor.plan.Kernel.Tile;
import dev.assay.tensor.plan.View;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Writes the code of a tile without reductions for a few elements at once. */
final class Elements {
  /** Neighbours that are moved by one instruction, 16 bytes. */
  static final int VECTOR = 4;

  private final Tile tile;
  private final @Nullable Buffer given;
  private final Assembly out;
  private final Values values;
  private final List<View> views = new ArrayList<>();
  private final IndexSpace space;

  /**
   * The elements to be made.
   *
   * @param vector whether they are {@link #VECTOR} neighbours, moved together
   * @param numbers of the vector, or of each element, in the tile's row-major order
   * @param values registers with the elements of the buffer that is not read
   * @param guards predicates under which each element is stored; none if all are
   */
  record Lanes(boolean vector, List<String> numbers, List<String> values, List<String> guards) {
    int count() {
      return vector ? VECTOR : numbers.size();
    }
  }

  /**
   * @param given a buffer that the code does not read since its elements are at hand
   */
  Elements(Tile tile, @Nullable Buffer given, Assembly out) {
    this.tile = tile;
    this.given = given;
    this.out = out;
    values = new Values(out, tile.code());
    List<int[]> strides = new ArrayList<>();
    for (Instr instr : tile.code()) {
      switch (instr) {
        case Instr.Load(int _, boolean _, View view) -> {
          if (view.buffer() != given) {
            add(view, strides);
          }
        }
        case Instr.Store(int _, boolean _, View view) -> add(view, strides);
        case Instr.Const _, Instr.Apply _, Instr.Reduce _ -> {}
      }
    }
    space = new IndexSpace(tile.dims(), strides);
  }

  /** A view of rows repeats along them. */
  private void add(View view, List<int[]> strides) {
    views.add(view);
    strides.add(Arrays.copyOf(view.strides(), tile.dims().length));
  }

  /** What the code reads and writes, in the order of {@code bases}. */
  List<View> views() {
    return views;
  }

  /**
   * What is the same for tiles of the same code over tensors without gaps, whatever their sizes;
   * null if the tensors have gaps.
   *
   * @param vector whether the code would be written for vectors
   */
  @Nullable String signature(boolean vector) {
    if (space.dims().length > 1) {
      return null;
    }
    StringBuilder text = new StringBuilder(String.valueOf(vector));
    int view = 0;
    for (Instr instr : tile.code()) {
      text.append('\n');
      switch (instr) {
        case Instr.Load(int dst, boolean row, View from) ->
            text.append(dst).append(row).append(from.buffer().dtype()).append(stride(view++));
        case Instr.Store(int src, boolean row, View _) ->
            text.append("store ").append(src).append(row).append(stride(view++));
        case Instr.Const _, Instr.Apply _, Instr.Reduce _ -> text.append(instr);
      }
    }
    return text.toString();
  }

  private int stride(int view) {
    return repeats(view) ? 0 : space.strides(view)[0];
  }

  /** Whether all views let it move {@link #VECTOR} neighbours at a time. */
  boolean admitsVectors(Predicate<View> aligned) {
    int[] dims = space.dims();
    if (dims.length == 0 || dims[dims.length - 1] % VECTOR != 0) {
      return false;
    }
    for (int v = 0; v < views.size(); v++) {
      int[] strides = space.strides(v);
      int last = strides[strides.length - 1];
      boolean even = Arrays.stream(strides, 0, strides.length - 1).allMatch(s -> s % VECTOR == 0);
      if (last != 0 && !(last == 1 && even && aligned.test(views.get(v)))) {
        return false;
      }
    }
    return true;
  }

  /**
   * Writes the code.
   *
   * @param bases registers with the addresses of {@link #views}
   */
  void write(List<String> bases, Lanes lanes) {
    int[] dims = space.dims().clone();
    if (lanes.vector()) {
      dims[dims.length - 1] /= VECTOR;
    }
    List<String[]> indices =
        lanes.numbers().stream().map(number -> IndexSpace.split(out, number, dims)).toList();
    Scope uniform = Scope.outermost();
    List<Scope> scopes = new ArrayList<>();
    for (int lane = 0; lane < lanes.count(); lane++) {
      scopes.add(Scope.within(uniform));
    }
    int view = 0;
    for (Instr instr : tile.code()) {
      switch (instr) {
        case Instr.Load load when load.view().buffer() == given -> {
          for (int lane = 0; lane < scopes.size(); lane++) {
            scopes.get(lane).put(load.dst(), new Value(lanes.values().get(lane), DType.F32));
          }
        }
        case Instr.Load load -> {
          load(load, addresses(bases, indices, view, lanes), view, lanes, uniform, scopes);
          view++;
        }
        case Instr.Const constant -> values.constant(constant, uniform);
        case Instr.Apply apply -> {
          if (apply.args().stream().allMatch(uniform::has)) {
            values.apply(apply, uniform);
          } else {
            scopes.forEach(scope -> values.apply(apply, scope));
          }
        }
        case Instr.Store store ->
            store(store, addresses(bases, indices, view++, lanes), lanes, scopes);
        case Instr.Reduce _ -> throw new IllegalStateException("a tile of rows: " + tile);
      }
    }
  }

  private List<String> addresses(
      List<String> bases, List<String[]> indices, int view, Lanes lanes) {
    int[] strides = space.strides(view).clone();
    if (lanes.vector()) {
      strides[strides.length - 1] *= VECTOR;
    }
    return indices.stream()
        .map(index -> IndexSpace.address(out, bases.get(view), index, strides))
        .toList();
  }

  private boolean repeats(int view) {
    int[] strides = space.strides(view);
    return strides.length == 0 || strides[strides.length - 1] == 0;
  }

  private void load(
      Instr.Load load,
      List<String> addresses,
      int view,
      Lanes lanes,
      Scope uniform,
      List<Scope> scopes) {
    DType type = load.view().buffer().dtype();
    if (!lanes.vector()) {
      for (int lane = 0; lane < scopes.size(); lane++) {
        scopes.get(lane).put(load.dst(), values.load(addresses.get(lane), type));
      }
      return;
    }
    if (repeats(view)) {
      uniform.put(load.dst(), values.load(addresses.get(0), type));
      return;
    }
    Assembly.Kind kind = type == DType.F32 ? Assembly.Kind.FLOAT : Assembly.Kind.INT;
    List<String> registers = scopes.stream().map(_ -> out.register(kind)).toList();
    out.emit(
        "ld.global.v4." + Values.suffix(type), braced(registers), "[" + addresses.get(0) + "]");
    for (int lane = 0; lane < scopes.size(); lane++) {
      scopes.get(lane).put(load.dst(), new Value(registers.get(lane), type));
    }
  }

  private void store(Instr.Store store, List<String> addresses, Lanes lanes, List<Scope> scopes) {
    List<Value> made = scopes.stream().map(scope -> scope.get(store.src())).toList();
    String suffix = Values.suffix(made.get(0).type());
    if (lanes.vector()) {
      List<String> registers = made.stream().map(Value::register).toList();
      out.emit("st.global.v4." + suffix, "[" + addresses.get(0) + "]", braced(registers));
      return;
    }
    for (int lane = 0; lane < made.size(); lane++) {
      String to = "[" + addresses.get(lane) + "]";
      String register = made.get(lane).register();
      if (lanes.guards().isEmpty()) {
        out.emit("st.global." + suffix, to, register);
      } else {
        out.emitIf(lanes.guards().get(lane), "st.global." + suffix, to, register);
      }
    }
  }

  private static String braced(List<String> registers) {
    return "{" + String.join(", ", registers) + "}";
  }
}
