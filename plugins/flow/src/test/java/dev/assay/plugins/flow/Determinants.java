package dev.assay.plugins.flow;

/** Determinants in double precision. */
public final class Determinants {
  private Determinants() {}

  /** ln |det| by Gaussian elimination with full row pivoting; the matrix is overwritten. */
  public static double logAbsolute(double[][] a) {
    double sum = 0;
    for (int k = 0; k < a.length; k++) {
      int pivot = k;
      for (int i = k + 1; i < a.length; i++) {
        pivot = Math.abs(a[i][k]) > Math.abs(a[pivot][k]) ? i : pivot;
      }
      double[] row = a[pivot];
      a[pivot] = a[k];
      a[k] = row;
      sum += Math.log(Math.abs(row[k]));
      for (int i = k + 1; i < a.length; i++) {
        double factor = a[i][k] / row[k];
        for (int j = k; j < a.length; j++) {
          a[i][j] -= factor * row[j];
        }
      }
    }
    return sum;
  }
}
