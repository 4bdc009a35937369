package dev.assay.plugins.gan.game;

import dev.assay.nn.Adam;
import dev.assay.nn.Optimizer;
import dev.assay.nn.ParameterStore;
import java.util.function.Function;

/**
 * How the players take turns.
 *
 * @param batch real examples, and generated ones, of each step
 * @param criticSteps steps of the critic before each of the generator, at least 1
 * @param critic how the critic learns
 * @param generator how the generator learns
 * @param averaging decay of the average of the generator's weights that samples come from, in [0,
 *     1); 0 samples from the weights themselves
 */
public record Recipe(
    int batch, int criticSteps, Learner critic, Learner generator, double averaging) {
  /**
   * @param rate learning rate
   * @param optimizer made over the store that is to hold its state
   */
  public record Learner(double rate, Function<ParameterStore, Optimizer> optimizer) {
    /** Adam of the given decays. */
    public static Learner adam(double rate, double beta1, double beta2) {
      return new Learner(rate, state -> Adam.of(state, beta1, beta2));
    }
  }
}
