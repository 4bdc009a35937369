package dev.assay.plugins.vae;

/**
 * How a model is built and trained.
 *
 * @param latent dimensions of z
 * @param warmup updates over which the objective's weight rises to 1; 0 for none
 * @param condition what encoder and decoder see beside their input
 */
public record Recipe(
    int latent,
    Architecture architecture,
    Training training,
    long warmup,
    Condition condition,
    Objective objective) {
  /** The weight of update number {@code step}. */
  float weight(long step) {
    return warmup == 0 ? 1 : (float) Math.min(1, (step + 1.0) / warmup);
  }
}
