package dev.assay.spi;

import java.util.ArrayList;
import java.util.List;

/**
 * Some of a list of examples or samples as rows of a program of fixed size. An example's row
 * follows from its index alone, so that not even the rounding of a row's arithmetic can depend on
 * what is computed beside it.
 *
 * @param from place of the first in the list
 * @param count how many, at least 1
 * @param row row of the first; the others follow it
 */
public record Block(int from, int count, int row) {
  /**
   * The blocks that hold a list, in order.
   *
   * @param count length of the list
   * @param first index of the list's first example; index i stands in row i mod {@code rows}
   * @param rows rows of the program, at least 1
   */
  public static List<Block> of(int count, long first, int rows) {
    List<Block> blocks = new ArrayList<>();
    for (int from = 0; from < count; ) {
      int row = (int) Math.floorMod(first + from, (long) rows);
      Block block = new Block(from, Math.min(rows - row, count - from), row);
      blocks.add(block);
      from += block.count();
    }
    return blocks;
  }
}
