package dev.assay.tensor.plan;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Joins matrix products with the one tile that reads them. No other kernel can stand between the
 * two, since all that depends on the product does so through the tile.
 */
final class Products {
  private Products() {}

  /**
   * The kernels in an order of the same meaning, some of them joined.
   *
   * @param kept buffers that are read after the run
   */
  static List<Kernel> fuse(
      List<Kernel> kernels, Set<Buffer> kept, Predicate<Kernel.MatMul> fusible) {
    Map<Buffer, Kernel.MatMul> products = new HashMap<>();
    Map<Buffer, Integer> readers = new HashMap<>();
    for (Kernel kernel : kernels) {
      kernel.reads().stream()
          .map(View::buffer)
          .distinct()
          .forEach(buffer -> readers.merge(buffer, 1, Integer::sum));
      if (kernel instanceof Kernel.MatMul product
          && !kept.contains(product.out().buffer())
          && fusible.test(product)) {
        products.put(product.out().buffer(), product);
      }
    }
    products.keySet().removeIf(buffer -> readers.getOrDefault(buffer, 0) != 1);
    List<Kernel> joined = new ArrayList<>();
    for (Kernel kernel : kernels) {
      Kernel.MatMul product = kernel instanceof Kernel.Tile tile ? read(tile, products) : null;
      if (product != null) {
        joined.remove(product);
        joined.add(new Kernel.MatMulTile(product, (Kernel.Tile) kernel));
      } else {
        joined.add(kernel);
      }
    }
    return joined;
  }

  /** The last of the products that a tile reads element by element, or null. */
  private static Kernel.@org.jspecify.annotations.Nullable MatMul read(
      Kernel.Tile tile, Map<Buffer, Kernel.MatMul> products) {
    Kernel.MatMul found = null;
    if (!tile.reduces()) {
      for (View view : tile.reads()) {
        Kernel.MatMul product = products.get(view.buffer());
        if (product != null && loads(tile, product.out())) {
          found = product;
        }
      }
    }
    return found;
  }

  /** Whether element i of a tile needs element i of a buffer alone. */
  private static boolean loads(Kernel.Tile tile, View all) {
    return tile.rows() * tile.columns() == all.buffer().size()
        && tile.code().stream()
            .filter(instr ->
                instr instanceof Kernel.Instr.Load load && load.view().buffer() == all.buffer())
            .map(instr -> ((Kernel.Instr.Load) instr).view())
            .allMatch(
                view -> view.size() == all.size() && view.offset() == 0 && view.isContiguous());
  }
}
