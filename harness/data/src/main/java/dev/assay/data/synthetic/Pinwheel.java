package dev.assay.data.synthetic;

import dev.assay.tensor.RandomStream;
import java.util.ArrayList;
import java.util.List;

/**
 * Five Gaussian arms bent by a rotation that grows along the arm.
 *
 * <p>With f = (a, b), a ~ N(1, 0.3²) along an arm and b ~ N(0, 0.1²) across it, arm k gives x = 2
 * R(2πk/5 + ¼eᵃ) f. The Jacobian determinant is 4 (1 − ¼eᵃ b), and with x/2 = (ρ, φ) in polar
 * coordinates the preimages on arm k are the roots a of a = ρ cos(φ − 2πk/5 − ¼eᵃ).
 */
record Pinwheel() implements PlaneDistribution {
  private static final int ARMS = 5;
  private static final double SCALE = 2;
  private static final double ALONG_MEAN = 1;
  private static final double ALONG = 0.3;
  private static final double ACROSS = 0.1;
  private static final double RATE = 0.25;

  /** Roots are sought up to ten deviations along the arm, at steps that turn by this at most. */
  private static final double LAST_ROOT = 4;

  private static final double STEP = 0.05;

  /** E[−ln p] over f of one arm, by the trapezoid rule, which suits Gaussian integrands. */
  private static final double ENTROPY = 2.3177881;

  @Override
  public String id() {
    return "pinwheel";
  }

  @Override
  public String name() {
    return "Pinwheel";
  }

  @Override
  public String summary() {
    return "5 bent Gaussian arms, radial deviation 0.3, tangential 0.1, rate 0.25, times 2";
  }

  @Override
  public String citation() {
    return "Johnson et al. 2016; scaled as in Grathwohl et al. 2019";
  }

  @Override
  public void draw(RandomStream random, float[] out, int at) {
    int arm = random.nextInt(ARMS);
    double[] normal = Normals.pair(random);
    double a = ALONG_MEAN + ALONG * normal[0];
    double b = ACROSS * normal[1];
    double angle = angle(arm) + RATE * StrictMath.exp(a);
    double cos = StrictMath.cos(angle);
    double sin = StrictMath.sin(angle);
    out[at] = (float) (SCALE * (cos * a - sin * b));
    out[at + 1] = (float) (SCALE * (sin * a + cos * b));
  }

  @Override
  public double logDensity(float[] x) {
    double rho = Math.hypot(x[0], x[1]) / SCALE;
    double phi = Math.atan2(x[1], x[0]);
    List<Double> terms = new ArrayList<>();
    for (int arm = 0; arm < ARMS; arm++) {
      Preimages preimages = new Preimages(rho, phi - angle(arm));
      for (double a : preimages.roots()) {
        double b = preimages.across(a);
        terms.add(
            Normals.logDensity(a, ALONG_MEAN, ALONG)
                + Normals.logDensity(b, 0, ACROSS)
                - Math.log(Math.abs(1 - RATE * Math.exp(a) * b)));
      }
    }
    double[] array = terms.stream().mapToDouble(Double::doubleValue).toArray();
    return Normals.logSumExp(array) - Math.log(SCALE * SCALE * ARMS);
  }

  @Override
  public double entropy() {
    return ENTROPY;
  }

  private static double angle(int arm) {
    return 2 * Math.PI * arm / ARMS;
  }

  /** The points of an arm that are bent onto (rho, psi), psi being relative to the arm. */
  private record Preimages(double rho, double psi) {
    /** Roots of {@link #excess}: sign changes at small steps, then bisection. */
    List<Double> roots() {
      List<Double> roots = new ArrayList<>();
      double end = Math.min(rho, LAST_ROOT) + STEP;
      double left = -rho - STEP;
      double atLeft = excess(left);
      while (left < end) {
        double right = left + Math.min(STEP, 2 * STEP / (RATE * Math.exp(left)));
        double atRight = excess(right);
        if (atLeft < 0 != atRight < 0) {
          roots.add(bisect(left, right, atLeft < 0));
        }
        left = right;
        atLeft = atRight;
      }
      return roots;
    }

    double across(double a) {
      return rho * Math.sin(psi - RATE * Math.exp(a));
    }

    private double excess(double a) {
      return a - rho * Math.cos(psi - RATE * Math.exp(a));
    }

    private double bisect(double low, double high, boolean negativeAtLow) {
      while (true) {
        double middle = 0.5 * (low + high);
        if (middle <= low || middle >= high) {
          return middle;
        }
        if (excess(middle) < 0 == negativeAtLow) {
          low = middle;
        } else {
          high = middle;
        }
      }
    }
  }
}
