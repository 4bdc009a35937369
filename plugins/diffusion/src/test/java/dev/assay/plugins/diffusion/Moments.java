package dev.assay.plugins.diffusion;

import java.util.List;

/**
 * Mean and deviation of samples of one number when the prediction is affine in it, as the best
 * prediction for normal data is: every update is then affine, so that both are followed without
 * drawing anything.
 */
public final class Moments {
  private double mean;
  private double lastMean;
  private double variance = 1;
  private double covariance;
  private double lastVariance;

  /** Prediction = offset + slope · x. */
  public record Affine(double offset, double slope) {}

  /** The prediction at a time. */
  @FunctionalInterface
  public interface Prediction {
    Affine at(double time);
  }

  /** Starts at standard normal noise. */
  public static Moments of(List<Update> updates, Prediction prediction) {
    Moments moments = new Moments();
    for (Update update : updates) {
      moments.move(update, prediction.at(update.time()));
    }
    return moments;
  }

  private void move(Update u, Affine p) {
    double a = u.x() + u.prediction() * p.slope();
    double b = u.previous();
    double moved = a * mean + b * lastMean + u.prediction() * p.offset();
    double spread =
        a * a * variance + 2 * a * b * covariance + b * b * lastVariance + u.noise() * u.noise();
    covariance = p.slope() * (a * variance + b * covariance);
    lastVariance = p.slope() * p.slope() * variance;
    lastMean = p.offset() + p.slope() * mean;
    mean = moved;
    variance = spread;
  }

  public double mean() {
    return mean;
  }

  public double deviation() {
    return Math.sqrt(variance);
  }
}
