package dev.assay.bench.steps;

/** One compiled step that can be repeated. */
public interface Workload extends AutoCloseable {
  /** Makes the next batch and runs one step on it. */
  void step();

  /** The last step's loss, in the unit its workload names; NaN if it has none. */
  double loss();

  /** Waits until the last step is done. */
  default void await() {
    loss();
  }

  /** What one step costs by its graph and its plan. */
  Cost cost();

  @Override
  void close();

  /**
   * @param flops floating-point operations of one step, as {@link dev.assay.tensor.Flops} counts
   * @param bytes that the kernels of one step read and write
   * @param parameters trained numbers
   * @param items examples or tokens that one step handles
   */
  record Cost(long flops, long bytes, long parameters, long items) {}
}
