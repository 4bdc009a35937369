package dev.assay.plugins.autoregressive.made;

import dev.assay.tensor.RandomStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Who may see whom, in each order of the pixels. A pixel's degree is its place in the order, from
 * 0. A hidden unit of degree m sees pixels of degrees up to m, and units of the layer before of
 * degrees up to m; a pixel of degree d is predicted from hidden units of degrees below d.
 *
 * @param orders of each order the degrees: of the pixels, then of each hidden layer
 */
record Masks(List<List<int[]>> orders) {
  Masks {
    orders = orders.stream().map(List::copyOf).toList();
  }

  /**
   * The first order is that of the pixels, the others are random. The degrees of a hidden layer are
   * 0 … pixels − 2 as evenly as they can be, in random order if the pixels are: a stratified draw
   * from the uniform distribution of Germain et al. 2015, §3.
   */
  static Masks draw(int pixels, List<Integer> hidden, int orders, RandomStream random) {
    List<List<int[]>> drawn = new ArrayList<>();
    for (int k = 0; k < orders; k++) {
      List<int[]> degrees = new ArrayList<>();
      RandomStream own = random.child(k);
      degrees.add(k == 0 ? even(pixels, pixels) : own.child("pixels").permutation(pixels));
      for (int layer = 0; layer < hidden.size(); layer++) {
        int[] sorted = even(hidden.get(layer), Math.max(1, pixels - 1));
        int[] order = own.child("hidden").child(layer).permutation(sorted.length);
        degrees.add(k == 0 ? sorted : Arrays.stream(order).map(i -> sorted[i]).toArray());
      }
      drawn.add(degrees);
    }
    return new Masks(drawn);
  }

  /** {@code units} degrees from 0 to {@code degrees} − 1, ascending. */
  private static int[] even(int units, int degrees) {
    int[] even = new int[units];
    Arrays.setAll(even, i -> (int) ((long) i * degrees / units));
    return even;
  }

  /** Units of the pixels or of a hidden layer. */
  int units(int layer) {
    return orders.getFirst().get(layer).length;
  }

  /** Hidden layers. */
  int hidden() {
    return orders.getFirst().size() - 1;
  }

  /**
   * Pairs of units that no order connects.
   *
   * @param strict whether the first must have the smaller degree, or may have the same
   */
  long apart(int from, int to, boolean strict) {
    long apart = 0;
    for (int i = 0; i < units(from); i++) {
      for (int j = 0; j < units(to); j++) {
        apart += connected(from, i, to, j, strict) ? 0 : 1;
      }
    }
    return apart;
  }

  private boolean connected(int from, int i, int to, int j, boolean strict) {
    for (List<int[]> degrees : orders) {
      if (degrees.get(from)[i] + (strict ? 1 : 0) <= degrees.get(to)[j]) {
        return true;
      }
    }
    return false;
  }
}
