package dev.assay.jcuda.ptx;

import dev.assay.tensor.plan.View;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;

/**
 * What the blocks of a kernel read that runs the same code on several tensors: for each block one
 * word, in its low half the place of its tensor's record in words, in its high half the block's
 * number among the tensor's; then the records.
 */
public record Table(int threads, List<Part> parts) {
  /**
   * One tensor: a record of the number of threads it needs, then the addresses of the views.
   *
   * @param count threads with work
   */
  public record Part(int count, List<View> views) {
    private int blocks(int threads) {
      return (count + threads - 1) / threads;
    }
  }

  int blocks() {
    return parts.stream().mapToInt(part -> part.blocks(threads)).sum();
  }

  /** The words. */
  public long[] words(ToLongFunction<View> addresses) {
    List<Long> blocks = new ArrayList<>();
    List<Long> records = new ArrayList<>();
    long first = blocks();
    for (Part part : parts) {
      long place = first + records.size();
      for (long block = 0; block < part.blocks(threads); block++) {
        blocks.add(block << 32 | place);
      }
      records.add((long) part.count);
      part.views.forEach(view -> records.add(addresses.applyAsLong(view)));
    }
    blocks.addAll(records);
    return blocks.stream().mapToLong(Long::longValue).toArray();
  }
}
