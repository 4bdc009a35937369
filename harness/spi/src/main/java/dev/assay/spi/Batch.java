package dev.assay.spi;

/** Examples: x and condition, of equal count. */
public record Batch(Values x, Values condition) {
  public Batch {
    if (x.count() != condition.count()) {
      throw new IllegalArgumentException(
          x.count() + " values but " + condition.count() + " conditions");
    }
  }

  /** Unconditional examples. */
  public static Batch of(Values x) {
    return new Batch(x, new Values.Nothing(x.count()));
  }

  public int count() {
    return x.count();
  }

  /** x as numbers: tables and images. */
  public Values.Dense dense() {
    return (Values.Dense) x;
  }

  /** x as texts. */
  public Values.Texts texts() {
    return (Values.Texts) x;
  }

  public Batch select(int[] indices) {
    return new Batch(x.select(indices), condition.select(indices));
  }

  /** Examples {@code from} (inclusive) to {@code to} (exclusive). */
  public Batch range(int from, int to) {
    return new Batch(x.range(from, to), condition.range(from, to));
  }
}
