package dev.assay.spi;

import dev.assay.tensor.Shape;

/**
 * Values of which a part is known.
 *
 * @param x tables or images, in the encoding that a model was trained on; what is not known is not
 *     read
 * @param known for each number of x, whether it is known
 */
public record Observed(Values.Dense x, boolean[] known) {
  public Observed {
    if (known.length != x.data().length) {
      throw new IllegalArgumentException(
          known.length + " marks for " + x.data().length + " numbers");
    }
  }

  /** {@code count} values of which nothing is known. */
  public static Observed nothing(Shape item, int count) {
    int numbers = count * item.size();
    return new Observed(new Values.Dense(item, new float[numbers]), new boolean[numbers]);
  }

  public int count() {
    return x.count();
  }
}
