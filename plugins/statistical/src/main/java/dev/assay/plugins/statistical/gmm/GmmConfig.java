package dev.assay.plugins.statistical.gmm;

import dev.assay.spi.Param;

/**
 * A mixture of Gaussians, and when its training has converged.
 *
 * @param components how many Gaussians
 * @param covariance their form
 * @param starts k-means++ starts, of which the one with the smallest within-cluster squares is kept
 * @param floor added to each variance, in units of the encoded data's variance
 * @param tolerance gain of one sweep below which training has converged, nats per example
 */
public record GmmConfig(
    @Param(doc = "Number of Gaussian components.", value = "8", min = 1, max = 4096) int components,
    @Param(doc = "Form of each covariance: full or diagonal.", value = "full")
        Covariance covariance,
    @Param(
            doc = "k-means++ starts; the one with the smallest within-cluster squares is kept.",
            value = "4",
            min = 1,
            max = 1000)
        int starts,
    @Param(
            doc = "Added to each variance, in units of a standardised column's variance.",
            value = "1e-6",
            min = 1e-12,
            max = 1)
        double floor,
    @Param(
            doc = "Training has converged when a sweep gains less than this, in nats per example.",
            value = "1e-4",
            min = 0,
            max = 1)
        double tolerance) {
  /** Form of a component's covariance. */
  public enum Covariance {
    /** Any positive definite matrix. */
    FULL,
    /** Independent columns. */
    DIAGONAL
  }
}
