package dev.assay.tensor;

/**
 * A tensor that outlives replays: a weight, an optimizer moment, a cache. Storage belongs to one
 * backend.
 */
public interface Variable {
  /** Unique within a model, such as {@code encoder.0.weight}. */
  String name();

  DType dtype();

  Shape shape();

  /**
   * Copies the elements out, row-major. Must not run at the same time as a program that assigns
   * this variable.
   *
   * @param into length = {@code shape().size()}
   */
  void read(float[] into);

  /** As {@link #read(float[])}, for I32. */
  void read(int[] into);

  /** Replaces all elements; length = {@code shape().size()}. */
  void write(float[] values);

  /** As {@link #write(float[])}, for I32. */
  void write(int[] values);

  /** The value at the start of a replay, as an operand. */
  default Tensor tensor() {
    return Tensor.state(this);
  }
}
