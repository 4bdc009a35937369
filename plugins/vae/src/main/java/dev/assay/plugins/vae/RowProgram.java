package dev.assay.plugins.vae;

import dev.assay.spi.Block;
import dev.assay.spi.Values;
import dev.assay.tensor.Backend;
import dev.assay.tensor.DType;
import dev.assay.tensor.Draws;
import dev.assay.tensor.Graph;
import dev.assay.tensor.Program;
import dev.assay.tensor.Shape;
import dev.assay.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * A function of rows, run over lists of any length. A row's place follows from its index.
 *
 * @param width numbers in a row of the input
 * @param out numbers in a row of the output
 */
public record RowProgram(Program program, Condition condition, int width, int out)
    implements AutoCloseable {
  private static final int ROWS = 64;
  private static final String IN = "rows";
  private static final String OUT = "results";
  private static final String KEYS = "keys";

  /** What is computed of each row: x [rows, width] → [rows, out]. */
  @FunctionalInterface
  public interface Body {
    /**
     * @param draws random numbers of each row, by its key
     */
    Tensor apply(Tensor x, Given given, Draws draws);
  }

  /** Of a body that draws nothing if no keys are given to {@link #run}. */
  public static RowProgram of(Backend backend, Condition condition, int width, Body body) {
    Tensor x = Tensor.input(IN, DType.F32, Shape.of(ROWS, width));
    Draws draws = Draws.perRow(Tensor.input(KEYS, DType.I32, Shape.of(ROWS, 2)));
    Tensor y = body.apply(x, condition.input(ROWS), draws);
    Program program = backend.compile(Graph.builder().output(OUT, y).build());
    return new RowProgram(program, condition, width, y.dim(-1));
  }

  /**
   * Results of a list of rows.
   *
   * @param data rows of {@link #width} numbers
   * @param conditions one for each row
   * @param keys two words for each row; null if the body draws nothing
   * @param first index of the list's first row
   */
  public float[] run(float[] data, Values conditions, int @Nullable [] keys, long first) {
    float[] in = new float[ROWS * width];
    float[] rows = new float[ROWS * out];
    int[] words = new int[2 * ROWS];
    float[] results = new float[conditions.count() * out];
    for (Block block : Block.of(conditions.count(), first, ROWS)) {
      if (width > 0) {
        System.arraycopy(
            data, block.from() * width, in, block.row() * width, block.count() * width);
        program.set(IN, in);
      }
      if (keys != null) {
        System.arraycopy(keys, 2 * block.from(), words, 2 * block.row(), 2 * block.count());
        program.set(KEYS, words);
      }
      condition.set(program, conditions, block, ROWS);
      program.run();
      program.get(OUT, rows);
      System.arraycopy(rows, block.row() * out, results, block.from() * out, block.count() * out);
    }
    return results;
  }

  @Override
  public void close() {
    program.close();
  }
}
