package dev.assay.plugins.diffusion.ddpm;

import dev.assay.tensor.Tensor;

/**
 * ln (Φ(z + d) − Φ(z − d)), either end of the bin possibly at infinity, finite however far out. Up
 * to 2.5 deviations from the mean it is the difference of two error functions. Beyond, where these
 * are all but equal, it is a bound from below within 3 %, so that a likelihood from it is never
 * overstated.
 */
final class NormalBin {
  private static final float SQRT_HALF = 0.70710678f;
  private static final float LOG_SQRT_TWO_PI = 0.9189385332f;
  private static final float TAIL = 2.5f;
  private static final float LEAST = 1e-30f;

  private NormalBin() {}

  /**
   * @param z centre of the bin
   * @param d half its width, positive
   * @param lowest 1 where the bin reaches to −∞, else 0
   * @param highest 1 where it reaches to ∞, else 0
   * @return z's shape
   */
  static Tensor logMass(Tensor z, double d, Tensor lowest, Tensor highest) {
    // Mirrored so that the centre is at or above the mean.
    Tensor below = z.less(Tensor.scalar(0));
    Tensor openInwards = below.where(highest, lowest);
    Tensor openOutwards = below.where(lowest, highest);
    Tensor centre = z.abs();
    Tensor inner = centre.sub((float) d);
    Tensor outer = centre.add((float) d);
    Tensor one = Tensor.scalar(1);
    Tensor upper = openOutwards.where(one, cumulative(outer));
    Tensor lower = openInwards.where(Tensor.scalar(0), cumulative(inner));
    Tensor near = upper.sub(lower).max(LEAST).log();
    Tensor isFar = Tensor.scalar(TAIL).less(inner).mul(one.sub(openInwards));
    return isFar.where(tail(centre.max((float) (TAIL + d)), d, openOutwards), near);
  }

  private static Tensor cumulative(Tensor z) {
    return z.mul(SQRT_HALF).erf().add(1).mul(0.5f);
  }

  /**
   * The larger of two bounds: 2 d φ(centre), as φ is convex here; and Q(inner) − Q(outer), Q = 1 −
   * Φ, by bounds of Q, which is of use unless the two are close.
   */
  private static Tensor tail(Tensor centre, double d, Tensor openOutwards) {
    Tensor narrow = logDensity(centre).add((float) Math.log(2 * d));
    Tensor from = logTailBelow(centre.sub((float) d));
    Tensor ratio = logTailAbove(centre.add((float) d)).sub(from).exp();
    ratio = openOutwards.where(Tensor.scalar(0), ratio);
    float most = 0.9f;
    Tensor wide = from.add(ratio.min(most).neg().log1p());
    return ratio.less(Tensor.scalar(most)).where(wide.max(narrow), narrow);
  }

  private static Tensor logDensity(Tensor u) {
    return u.square().mul(0.5f).add(LOG_SQRT_TWO_PI).neg();
  }

  /** ln of 2 φ(u) / (u + √(u² + 4)) ≤ Q(u). Birnbaum 1942. */
  private static Tensor logTailBelow(Tensor u) {
    return logDensity(u).add(u.add(u.square().add(4).sqrt()).mul(0.5f).log().neg());
  }

  /** ln of 4 φ(u) / (3 u + √(u² + 8)) ≥ Q(u). Sampford 1953. */
  private static Tensor logTailAbove(Tensor u) {
    return logDensity(u).add(u.mul(3).add(u.square().add(8).sqrt()).mul(0.25f).log().neg());
  }
}
