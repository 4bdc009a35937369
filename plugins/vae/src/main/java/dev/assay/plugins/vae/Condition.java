package dev.assay.plugins.vae;

import dev.assay.spi.Block;
import dev.assay.spi.DataSpec;
import dev.assay.spi.Modality;
import dev.assay.spi.Values;
import dev.assay.tensor.DType;
import dev.assay.tensor.Program;
import dev.assay.tensor.Shape;
import dev.assay.tensor.Tensor;
import dev.assay.tensor.Tensors;

/**
 * What a model is conditioned on, as an input of its programs: classes one-hot, images in [−1, 1],
 * rows of a table as they are.
 *
 * @param modality nothing for a model that leaves conditions aside
 */
public record Condition(Modality modality) {
  private static final String INPUT = "condition";

  public static Condition none() {
    return new Condition(new Modality.Nothing());
  }

  /** Of all that a spec gives. */
  public static Condition of(DataSpec spec) {
    return new Condition(((DataSpec.Conditional) spec).condition());
  }

  boolean given() {
    return width() > 0;
  }

  /** Numbers that stand for it in a network. */
  int width() {
    return switch (modality) {
      case Modality.Label(int classes) -> classes;
      case Modality.Image image -> image.size();
      case Modality.Tabular(int columns) -> columns;
      case Modality.Nothing _ -> 0;
      case Modality.Text _, Modality.Audio _ ->
          throw new IllegalArgumentException("neither text nor sound is a condition here");
    };
  }

  /** The input of a program. */
  Given input(int rows) {
    return switch (modality) {
      case Modality.Label(int classes) ->
          new Given(Tensors.oneHot(Tensor.input(INPUT, DType.I32, Shape.of(rows)), classes));
      case Modality.Image image -> new Given(numbers(rows).mul(2f / (image.levels() - 1)).sub(1));
      case Modality.Tabular _ -> new Given(numbers(rows));
      case Modality.Nothing _, Modality.Text _, Modality.Audio _ -> Given.nothing();
    };
  }

  private Tensor numbers(int rows) {
    return Tensor.input(INPUT, DType.F32, Shape.of(rows, width()));
  }

  /** Sets the input of all rows. */
  void set(Program program, Values values) {
    set(program, values, new Block(0, values.count(), 0), values.count());
  }

  /**
   * Sets the input of a program of {@code rows} rows to a block of values; other rows get zeros.
   */
  void set(Program program, Values values, Block block, int rows) {
    if (!given()) {
      return;
    }
    switch (values) {
      case Values.Labels(int[] labels) -> {
        int[] input = new int[rows];
        System.arraycopy(labels, block.from(), input, block.row(), block.count());
        program.set(INPUT, input);
      }
      case Values.Dense dense -> {
        float[] input = new float[rows * width()];
        System.arraycopy(
            dense.data(),
            block.from() * width(),
            input,
            block.row() * width(),
            block.count() * width());
        program.set(INPUT, input);
      }
      case Values.Texts _, Values.Nothing _ ->
          throw new IllegalArgumentException("no numbers in the condition: " + values);
    }
  }
}
