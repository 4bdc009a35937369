package dev.assay.plugins.flow;

import dev.assay.spi.Block;
import dev.assay.spi.Values;
import dev.assay.tensor.Program;

/**
 * A program of a fixed number of rows, run over lists of any length. Its input is {@link #INPUT}
 * [rows, width], and {@link Condition#INPUT} if there are classes.
 *
 * @param width numbers in a row of the input
 * @param classes 0 for none
 */
record RowProgram(Program program, int rows, int width, int classes) implements AutoCloseable {
  static final String INPUT = "rows";

  /**
   * One output of each row of a list.
   *
   * @param data rows of {@link #width} numbers
   * @param condition one for each row
   * @param first index of the list's first row
   * @param output its name
   * @param outWidth numbers in a row of the output
   */
  float[] run(float[] data, Values condition, long first, String output, int outWidth) {
    int count = data.length / width;
    float[] in = new float[rows * width];
    float[] out = new float[rows * outWidth];
    int[] labels = new int[rows];
    float[] results = new float[count * outWidth];
    for (Block block : Block.of(count, first, rows)) {
      System.arraycopy(data, block.from() * width, in, block.row() * width, block.count() * width);
      program.set(INPUT, in);
      if (classes > 0) {
        int[] given = ((Values.Labels) condition).labels();
        System.arraycopy(given, block.from(), labels, block.row(), block.count());
        program.set(Condition.INPUT, labels);
      }
      program.run();
      program.get(output, out);
      System.arraycopy(
          out, block.row() * outWidth, results, block.from() * outWidth, block.count() * outWidth);
    }
    return results;
  }

  @Override
  public void close() {
    program.close();
  }
}
