package dev.assay.metrics.distribution;

import dev.assay.metrics.Points;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;

/**
 * The effective number of different points: exp of the entropy of the eigenvalues of K/n, K the
 * cosine similarities (Friedman and Dieng 2023, order 1). From 1, all alike, to the number of
 * points, all orthogonal. It looks at no reference: noise is varied too.
 */
public final class Vendi {
  private Vendi() {}

  /**
   * The score. Points at the origin have no direction: they are alike among themselves and unlike
   * all others. Time min(n, d)³ + n·d·min(n, d).
   *
   * @throws IllegalArgumentException if there are no points
   */
  public static double score(Points points) {
    int n = points.rows();
    int d = points.width();
    if (n == 0) {
      throw new IllegalArgumentException("the effective number of no points");
    }
    DMatrixRMaj unit = new DMatrixRMaj(n, d);
    int zeros = 0;
    for (int i = 0; i < n; i++) {
      double squares = 0;
      for (int c = 0; c < d; c++) {
        squares += points.data()[i * d + c] * points.data()[i * d + c];
      }
      zeros += squares == 0 ? 1 : 0;
      double scale = squares == 0 ? 0 : 1 / Math.sqrt(squares * n);
      for (int c = 0; c < d; c++) {
        unit.set(i, c, scale * points.data()[i * d + c]);
      }
    }
    // X Xᵀ and Xᵀ X have the same eigenvalues but for zeros; the smaller is cheaper.
    DMatrixRMaj gram = new DMatrixRMaj(Math.min(n, d), Math.min(n, d));
    if (n <= d) {
      CommonOps_DDRM.multOuter(unit, gram);
    } else {
      CommonOps_DDRM.multInner(unit, gram);
    }
    return Math.exp(entropy(gram) + term((double) zeros / n));
  }

  private static double entropy(DMatrixRMaj gram) {
    EigenDecomposition_F64<DMatrixRMaj> eigen =
        DecompositionFactory_DDRM.eig(gram.numRows, false, true);
    if (!eigen.decompose(gram)) {
      throw new IllegalArgumentException("similarities without eigenvalues: are they finite?");
    }
    double entropy = 0;
    for (int i = 0; i < gram.numRows; i++) {
      entropy += term(eigen.getEigenvalue(i).getReal());
    }
    return entropy;
  }

  private static double term(double share) {
    return share > 0 ? -share * Math.log(share) : 0;
  }
}
