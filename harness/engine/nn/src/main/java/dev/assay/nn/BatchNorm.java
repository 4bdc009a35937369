package dev.assay.nn;

import dev.assay.tensor.Shape;
import dev.assay.tensor.Tensor;
import dev.assay.tensor.Variable;
import java.util.Map;

/**
 * Batch normalisation over all axes but the last. Ioffe and Szegedy 2015, algorithms 1 and 2.
 *
 * @param gain [channels], initially 1
 * @param bias [channels], initially 0
 * @param mean running mean [channels], initially 0
 * @param variance running unbiased variance [channels], initially 1
 * @param momentum weight of the present batch in the running statistics
 * @param epsilon added to the variance
 */
public record BatchNorm(
    Parameter gain,
    Parameter bias,
    Variable mean,
    Variable variance,
    float momentum,
    float epsilon) {
  private static final float MOMENTUM = 0.1f;
  private static final float EPSILON = 1e-5f;

  /**
   * Result of a training pass.
   *
   * @param y the normalised tensor
   * @param assigns new running statistics, for the program that runs this pass
   */
  public record Trained(Tensor y, Map<Variable, Tensor> assigns) {}

  public static BatchNorm create(ParameterStore store, int channels) {
    Shape shape = Shape.of(channels);
    return new BatchNorm(
        store.parameter("weight", shape, Initializer.ones()),
        store.parameter("bias", shape, Initializer.zeros()),
        store.buffer("mean", shape, 0),
        store.buffer("variance", shape, 1),
        MOMENTUM,
        EPSILON);
  }

  /** x [.., channels] → the same shape, standardised by the batch's own statistics. */
  public Trained train(Tensor x) {
    int[] axes = new int[x.rank() - 1];
    for (int i = 0; i < axes.length; i++) {
      axes[i] = i;
    }
    Tensor centre = x.mean(axes);
    Tensor centred = x.sub(centre);
    Tensor spread = centred.square().mean(axes);
    Tensor y = centred.mul(spread.add(epsilon).rsqrt()).mul(gain.value()).add(bias.value());
    float count = (float) x.shape().size() / x.dim(-1);
    float unbiased = count > 1 ? count / (count - 1) : 1;
    return new Trained(
        y,
        Map.of(
            mean, moved(mean, centre.detach()),
            variance, moved(variance, spread.detach().mul(unbiased))));
  }

  /** x [.., channels] → the same shape, standardised by the running statistics. */
  public Tensor evaluate(Tensor x) {
    Tensor scale = variance.tensor().add(epsilon).rsqrt().mul(gain.value());
    return x.sub(mean.tensor()).mul(scale).add(bias.value());
  }

  private Tensor moved(Variable running, Tensor batch) {
    return running.tensor().mul(1 - momentum).add(batch.mul(momentum));
  }
}
