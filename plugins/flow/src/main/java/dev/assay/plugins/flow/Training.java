package dev.assay.plugins.flow;

import dev.assay.nn.Schedule;

/**
 * How a flow is trained, by Adam.
 *
 * @param batch examples per update
 * @param learningRate before it decays
 * @param decaySteps updates over which it falls by half a cosine to a hundredth; 0 for none
 * @param clip norm that gradients are clipped to; 0 for none
 */
public record Training(int batch, double learningRate, long decaySteps, double clip) {
  private static final double LAST = 0.01;

  Schedule schedule() {
    return decaySteps == 0
        ? Schedule.constant(learningRate)
        : Schedule.cosine(learningRate, LAST * learningRate, 0, decaySteps);
  }
}
