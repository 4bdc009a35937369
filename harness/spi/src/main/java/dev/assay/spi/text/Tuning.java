package dev.assay.spi.text;

import dev.assay.nn.Adam;
import dev.assay.nn.Optimizer;
import dev.assay.nn.ParameterStore;
import dev.assay.nn.Schedule;
import dev.assay.nn.TrainStep;
import dev.assay.spi.Param;
import dev.assay.tensor.Tensor;

/** How the weights of a model of text are trained: settings that several models share. */
public record Tuning(
    @Param(doc = "Largest learning rate.", value = "1e-3", min = 0, max = 1000) double learningRate,
    @Param(doc = "Learning rate after the decay.", value = "0", min = 0, max = 1000)
        double minLearningRate,
    @Param(doc = "Updates over which the learning rate rises.", value = "100", min = 0, max = 1e9)
        long warmup,
    @Param(
            doc =
                "Update at which the cosine decay of the learning rate ends; 0 for no decay after"
                    + " the warm-up.",
            value = "0",
            min = 0,
            max = 1e9)
        long decaySteps,
    @Param(doc = "Decoupled decay of matrices and tables.", value = "0", min = 0, max = 10)
        double weightDecay,
    @Param(
            doc = "Norm that the gradient is clipped to; 0 for no clipping.",
            value = "1",
            min = 0,
            max = 1e9)
        double clip) {
  public Tuning {
    if (decaySteps != 0 && decaySteps <= warmup) {
      throw new IllegalArgumentException(
          "'decay_steps' is " + decaySteps + ", but must be 0 or more than 'warmup', " + warmup);
    }
    if (minLearningRate > learningRate) {
      throw new IllegalArgumentException(
          "'min_learning_rate' is "
              + minLearningRate
              + ", but must be at most 'learning_rate', "
              + learningRate);
    }
  }

  /** The learning rate over training. */
  public Schedule schedule() {
    return decaySteps == 0
        ? Schedule.constant(learningRate).warmedUp(warmup)
        : Schedule.cosine(learningRate, minLearningRate, warmup, decaySteps);
  }

  /** Adam, whose moments are kept in a store. */
  public Adam adam(ParameterStore store, double beta1, double beta2) {
    return Adam.decoupled(store.scope("adam"), beta1, beta2, weightDecay);
  }

  /** One update by Adam of all parameters of a store, whose moments it keeps there. */
  public TrainStep step(ParameterStore store, Tensor loss, double beta1, double beta2) {
    return step(store, loss, adam(store, beta1, beta2));
  }

  /** One update of all parameters of a store. */
  public TrainStep step(ParameterStore store, Tensor loss, Optimizer optimizer) {
    return new TrainStep(loss, store.parameters(), optimizer)
        .clip(clip == 0 ? Double.POSITIVE_INFINITY : clip);
  }

  /** Whether nothing changes any more after so many updates. */
  public boolean finished(long steps) {
    return minLearningRate == 0 && decaySteps != 0 && steps >= decaySteps;
  }
}
