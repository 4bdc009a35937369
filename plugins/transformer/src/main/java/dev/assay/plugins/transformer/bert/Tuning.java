package dev.assay.plugins.transformer.bert;

import dev.assay.nn.Adam;
import dev.assay.nn.Dropout;
import dev.assay.nn.ParameterStore;
import dev.assay.nn.Schedule;
import dev.assay.nn.TrainStep;
import dev.assay.tensor.Backend;
import dev.assay.tensor.Draws;
import dev.assay.tensor.Program;
import dev.assay.tensor.Tensor;

/**
 * How weights are trained: AdamW as in Devlin et al. 2019, A.2.
 *
 * @param end update after which nothing changes any more; 0 for none
 * @param clip norm that the gradient is clipped to; 0 for none
 */
record Tuning(Schedule rate, long end, double dropout, double weightDecay, double clip) {
  private static final double BETA1 = 0.9;
  private static final double BETA2 = 0.999;

  static void check(long warmup, long decaySteps) {
    if (decaySteps != 0 && decaySteps <= warmup) {
      throw new IllegalArgumentException(
          "'decay_steps' is " + decaySteps + ", but must be 0 or more than 'warmup', " + warmup);
    }
  }

  static Schedule schedule(double peak, long warmup, long decaySteps) {
    return decaySteps == 0
        ? Schedule.constant(peak).warmedUp(warmup)
        : Schedule.cosine(peak, 0, warmup, decaySteps);
  }

  Dropout masks() {
    return dropout == 0 ? Dropout.none() : new Dropout(dropout, Draws.root().child("dropout"));
  }

  Program compile(Backend backend, ParameterStore store, Tensor loss) {
    Adam adam = Adam.decoupled(store.scope("adam"), BETA1, BETA2, weightDecay);
    return new TrainStep(loss, store.parameters(), adam)
        .clip(clip == 0 ? Double.POSITIVE_INFINITY : clip)
        .compile(backend);
  }

  /** Whether so many updates are all. */
  boolean finished(long steps) {
    return end != 0 && steps >= end;
  }
}
