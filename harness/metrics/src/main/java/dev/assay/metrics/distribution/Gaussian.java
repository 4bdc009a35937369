package dev.assay.metrics.distribution;

import dev.assay.metrics.Points;
import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.NormOps_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;

/**
 * A Gaussian whose covariance is RᵀR. Keeping R rather than the product halves the digits lost
 * where the covariance is singular, as with fewer points than coordinates.
 *
 * @param mean [d]
 * @param root R [any, d]
 */
public record Gaussian(double[] mean, DMatrixRMaj root) {
  /**
   * With a given covariance.
   *
   * @param covariance [d, d], symmetric and positive semi-definite up to rounding
   * @throws IllegalArgumentException if the sizes differ or the eigenvalues were not found
   */
  public static Gaussian of(double[] mean, double[][] covariance) {
    int d = mean.length;
    DMatrixRMaj matrix = new DMatrixRMaj(covariance);
    if (matrix.numRows != d || matrix.numCols != d) {
      throw new IllegalArgumentException(
          "a mean of %d coordinates with a covariance of %d × %d"
              .formatted(d, matrix.numRows, matrix.numCols));
    }
    return new Gaussian(mean.clone(), root(matrix));
  }

  /**
   * The mean of points and their covariance with divisor n − 1.
   *
   * @throws IllegalArgumentException for fewer than 2 points
   */
  public static Gaussian fit(Points points) {
    int n = points.rows();
    int d = points.width();
    if (n < 2) {
      throw new IllegalArgumentException("a covariance needs 2 points, not " + n);
    }
    double[] mean = mean(points);
    DMatrixRMaj centred = new DMatrixRMaj(n, d);
    for (int i = 0; i < n; i++) {
      for (int c = 0; c < d; c++) {
        centred.set(i, c, (points.data()[i * d + c] - mean[c]) / Math.sqrt(n - 1));
      }
    }
    if (n <= d) {
      return new Gaussian(mean, centred);
    }
    DMatrixRMaj covariance = new DMatrixRMaj(d, d);
    CommonOps_DDRM.multInner(centred, covariance);
    return new Gaussian(mean, root(covariance));
  }

  /** Rows √λ·v for each eigenvalue and its vector. */
  private static DMatrixRMaj root(DMatrixRMaj covariance) {
    int d = covariance.numRows;
    EigenDecomposition_F64<DMatrixRMaj> eigen = DecompositionFactory_DDRM.eig(d, true, true);
    if (!eigen.decompose(covariance)) {
      throw new IllegalArgumentException("a covariance without eigenvalues: is it finite?");
    }
    DMatrixRMaj root = new DMatrixRMaj(d, d);
    for (int i = 0; i < d; i++) {
      double scale = Math.sqrt(Math.max(0, eigen.getEigenvalue(i).getReal()));
      for (int c = 0; c < d; c++) {
        root.set(i, c, scale * eigen.getEigenVector(i).get(c));
      }
    }
    return root;
  }

  private static double[] mean(Points points) {
    double[] mean = new double[points.width()];
    for (int i = 0; i < points.data().length; i++) {
      mean[i % mean.length] += points.data()[i];
    }
    return Arrays.stream(mean).map(sum -> sum / points.rows()).toArray();
  }

  /** The trace of the covariance. */
  double variance() {
    double norm = NormOps_DDRM.normF(root);
    return norm * norm;
  }

  /** tr (S₁^½ S₂ S₁^½)^½, which is the sum of the singular values of R₁ R₂ᵀ. */
  double overlap(Gaussian other) {
    DMatrixRMaj product = new DMatrixRMaj(root.numRows, other.root.numRows);
    CommonOps_DDRM.multTransB(root, other.root, product);
    var svd = DecompositionFactory_DDRM.svd(product.numRows, product.numCols, false, false, false);
    if (!svd.decompose(product)) {
      throw new IllegalArgumentException("covariances without a common root: are they finite?");
    }
    return Arrays.stream(svd.getSingularValues(), 0, svd.numberOfSingularValues()).sum();
  }
}
