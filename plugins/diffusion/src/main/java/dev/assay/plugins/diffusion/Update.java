package dev.assay.plugins.diffusion;

/**
 * One update of a sampler: x ← x · X + prediction(x, time) · P + last prediction · Q + noise · N.
 * Solvers of differential equations of this family are all of this form, once their coefficients
 * are known; so one compiled network serves them all.
 *
 * @param time what the network is told
 * @param x X
 * @param prediction P
 * @param previous Q, of the prediction of the update before
 * @param noise N, of fresh standard normals
 */
public record Update(double time, double x, double prediction, double previous, double noise) {
  /**
   * An update of a sample of which a part is known: the sample is first moved back, x ← x · back +
   * fresh noise · renoise; then updated; then what is known of it is set to known · alpha + fresh
   * noise · sigma.
   */
  public record Completing(double back, double renoise, Update update, double alpha, double sigma) {
    /** An update of a sample of which nothing is known. */
    static Completing nothing(Update update) {
      return new Completing(1, 0, update, 0, 0);
    }
  }
}
