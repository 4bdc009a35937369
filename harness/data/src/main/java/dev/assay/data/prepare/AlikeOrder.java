package dev.assay.data.prepare;

import dev.assay.spi.Batch;
import dev.assay.spi.Values;
import dev.assay.tensor.RandomStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * A random order in which texts of about the same length stand together.
 *
 * @param random decides the order of examples, then that of batches
 */
record AlikeOrder(Batch texts, RandomStream random) {
  /** Batches that are sorted together. */
  private static final int STRETCH = 64;

  /**
   * An order of all examples.
   *
   * @param position of its first example in the sequence of batches: these begin at multiples of
   *     {@code count}
   * @param count examples in a batch
   */
  int[] of(long position, int count) {
    Integer[] order =
        Arrays.stream(random.permutation(texts.count())).boxed().toArray(Integer[]::new);
    int head = (int) Math.min(order.length, Math.floorMod(-position, (long) count));
    int whole = (order.length - head) / count;
    for (int from = head; from < order.length; from += STRETCH * count) {
      int to = Math.min(order.length, from + STRETCH * count);
      Arrays.sort(order, from, to, Comparator.comparingInt(this::length));
    }
    List<Integer> result = new ArrayList<>(Arrays.asList(order).subList(0, head));
    for (int batch : random.child("batches").permutation(whole)) {
      int from = head + batch * count;
      result.addAll(Arrays.asList(order).subList(from, from + count));
    }
    result.addAll(Arrays.asList(order).subList(head + whole * count, order.length));
    return result.stream().mapToInt(Integer::intValue).toArray();
  }

  private int length(int index) {
    return length(texts.x(), index) + length(texts.condition(), index);
  }

  private static int length(Values values, int index) {
    return values instanceof Values.Texts(List<String> all) ? all.get(index).length() : 0;
  }
}
