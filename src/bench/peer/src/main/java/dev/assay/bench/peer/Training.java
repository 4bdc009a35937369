package dev.assay.bench.peer;

import java.util.function.Supplier;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;

/** Loss, backward, clip, update. */
final class Training implements PeerStep {
  private final Weights weights;
  private final Supplier<Tensor> loss;
  private final FusedAdam optimizer;
  private final Runnable clip;
  private double last = Double.NaN;

  /**
   * @param loss of the next batch
   * @param clip bounds the gradients
   */
  Training(Weights weights, Supplier<Tensor> loss, FusedAdam optimizer, Runnable clip) {
    this.weights = weights;
    this.loss = loss;
    this.optimizer = optimizer;
    this.clip = clip;
  }

  /** Without a bound on gradients. */
  Training(Weights weights, Supplier<Tensor> loss, FusedAdam optimizer) {
    this(weights, loss, optimizer, () -> {});
  }

  @Override
  public void run() {
    try (PointerScope _ = new PointerScope()) {
      Tensor value = loss.get();
      value.backward();
      clip.run();
      optimizer.step();
      optimizer.zero();
      last = value.item_float();
    }
  }

  @Override
  public double loss() {
    return last;
  }

  @Override
  public long parameters() {
    return weights.count();
  }
}
