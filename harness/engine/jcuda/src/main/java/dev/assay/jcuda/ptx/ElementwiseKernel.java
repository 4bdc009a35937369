package dev.assay.jcuda.ptx;

import dev.assay.tensor.plan.Kernel.Tile;
import dev.assay.tensor.plan.View;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Tiles without reductions: a thread makes one element, or four neighbours where all views let it
 * move 16 bytes at a time. Tiles that do not depend on each other share a kernel: each has blocks
 * of its own. Those of the same code, such as the updates of parameters, share the code too, and
 * find their tensors by a table.
 */
public final class ElementwiseKernel {
  private static final int THREADS = 256;

  /** Fewer elements than this are spread over more threads instead. */
  private static final int VECTOR_MINIMUM = 1 << 14;

  private final Assembly out = new Assembly();
  private final String block = out.s32("mov.u32", "%ctaid.x");
  private final String end = out.label();
  private final List<View> views = new ArrayList<>();
  private final List<Table> tables = new ArrayList<>();
  private int blocks;

  private ElementwiseKernel() {}

  /** One tile. */
  private static final class Part {
    final int size;
    final boolean vector;
    final Elements elements;

    Part(Tile tile, Predicate<View> aligned, Assembly out) {
      size = tile.rows() * tile.columns();
      elements = new Elements(tile, null, out);
      vector = size >= VECTOR_MINIMUM && elements.admitsVectors(aligned);
    }

    int threads() {
      return vector ? size / Elements.VECTOR : size;
    }
  }

  /**
   * Tiles of the same code, in the order of the first of each.
   *
   * @param aligned whether a view's first element is at a multiple of 16 bytes
   */
  public static List<List<Tile>> alike(List<Tile> tiles, Predicate<View> aligned) {
    Map<Object, List<Tile>> groups = new LinkedHashMap<>();
    Assembly scratch = new Assembly();
    for (Tile tile : tiles) {
      Part part = new Part(tile, aligned, scratch);
      String signature = part.elements.signature(part.vector);
      groups
          .computeIfAbsent(signature == null ? tile : signature, _ -> new ArrayList<>())
          .add(tile);
    }
    return List.copyOf(groups.values());
  }

  /**
   * Writes the kernel.
   *
   * @param groups at least one, each of one tile or several {@link #alike}; no tile writes what
   *     another touches
   * @param aligned whether a view's first element is at a multiple of 16 bytes
   */
  public static Source of(List<List<Tile>> groups, Predicate<View> aligned) {
    ElementwiseKernel kernel = new ElementwiseKernel();
    // parameters are the views of single tiles, then the tables
    List<List<Tile>> ordered = new ArrayList<>(groups);
    ordered.sort((a, b) -> Boolean.compare(a.size() > 1, b.size() > 1));
    for (int i = 0; i < ordered.size(); i++) {
      List<Part> parts =
          ordered.get(i).stream().map(tile -> new Part(tile, aligned, kernel.out)).toList();
      kernel.write(parts, i == ordered.size() - 1);
    }
    kernel.out.place(kernel.end);
    return new Source(
        kernel.out.text(),
        kernel.views,
        kernel.tables,
        new int[] {kernel.blocks, 1, 1},
        new int[] {THREADS, 1});
  }

  private void write(List<Part> parts, boolean last) {
    String own = blocks == 0 ? block : out.s32("sub.s32", block, String.valueOf(blocks));
    Table table =
        new Table(
            THREADS,
            parts.stream()
                .map(part -> new Table.Part(part.threads(), part.elements.views()))
                .toList());
    blocks += table.blocks();
    String next = out.label();
    if (!last) {
      String beyond = out.predicate("setp.ge.u32", block, String.valueOf(blocks));
      out.emitIf(beyond, "bra", next);
    }
    if (parts.size() == 1) {
      single(parts.get(0), own);
    } else {
      tables.add(table);
      several(parts.get(0), own);
    }
    if (!last) {
      out.emit("bra", end);
      out.place(next);
    }
  }

  /**
   * One tile.
   *
   * @param own number of the block among those of the part
   */
  private void single(Part part, String own) {
    views.addAll(part.elements.views());
    List<String> bases = part.elements.views().stream().map(_ -> out.address()).toList();
    elements(part, own, String.valueOf(part.threads()), bases);
  }

  /** Tiles by a table; any of them stands for the code. */
  private void several(Part any, String own) {
    String table = out.address();
    String word = out.b64("ld.global.u64", in(out.b64("mad.wide.s32", own, "8", table), 0));
    String place = out.s32("cvt.u32.u64", word);
    String block = out.s32("cvt.u32.u64", out.b64("shr.u64", word, "32"));
    String record = out.b64("mad.wide.s32", place, "8", table);
    String count = out.s32("cvt.u32.u64", out.b64("ld.global.u64", in(record, 0)));
    List<String> bases = new ArrayList<>();
    for (int v = 0; v < any.elements.views().size(); v++) {
      bases.add(out.b64("ld.global.u64", in(record, v + 1)));
    }
    elements(any, block, count, bases);
  }

  private static String in(String address, int word) {
    return "[" + address + "+" + 8 * word + "]";
  }

  private void elements(Part part, String own, String threads, List<String> bases) {
    String thread = out.s32("mov.u32", "%tid.x");
    String i = out.s32("mad.lo.s32", own, String.valueOf(THREADS), thread);
    String done = out.label();
    out.emitIf(out.predicate("setp.ge.u32", i, threads), "bra", done);
    part.elements.write(bases, new Elements.Lanes(part.vector, List.of(i), List.of(), List.of()));
    out.place(done);
  }
}
