package dev.assay.plugins.statistical.linear;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Products of matrices added to a matrix of lines, by tiles of {@link #ROWS} × {@link #COLUMNS}
 * whose sums stay in registers while their terms go by. Each sum takes its terms one after the
 * other, in order, so that it has the same bits on every machine, and the same as {@link Lines}
 * gives.
 *
 * <p>Until compiled, which takes more than a second, its vectors are a hundred times slower than
 * {@link Lines}: it is for work that takes long enough.
 */
public final class Tiles {
  private static final VectorSpecies<Double> SPECIES = DoubleVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();

  /** Rows of a tile. */
  public static final int ROWS = 4;

  /** Columns of a tile: four vectors. */
  public static final int COLUMNS = 4 * LANES;

  /** Multiply-adds of a sweep over the data from which on tiles are worth their compilation. */
  private static final long WORTH = 1_000_000_000;

  private Tiles() {}

  /** Whether to sum by tiles, for so many multiply-adds that are done again and again. */
  public static boolean areFor(long work) {
    return work >= WORTH;
  }

  /** The least multiple of {@link #COLUMNS} that is not below {@code columns}. */
  public static int whole(int columns) {
    return (columns + COLUMNS - 1) / COLUMNS * COLUMNS;
  }

  /**
   * y[row + r][c] += Σₜ a[at + r · rowStep + t · termStep] · x[line + t][c] for the {@link #ROWS}
   * rows and the first {@code columns} columns.
   *
   * @param columns rounded up to {@link #whole}; every line of x and y is as long
   * @param terms of each sum
   */
  public static void add(
      double[][] y,
      int row,
      int columns,
      double[][] x,
      int line,
      int terms,
      double[] a,
      int at,
      int rowStep,
      int termStep) {
    for (int column = 0; column < columns; column += COLUMNS) {
      addTile(y, row, column, x, line, terms, a, at, rowStep, termStep);
    }
  }

  private static void addTile(
      double[][] y,
      int row,
      int column,
      double[][] x,
      int line,
      int terms,
      double[] a,
      int at,
      int rowStep,
      int termStep) {
    int c0 = column;
    int c1 = column + LANES;
    int c2 = column + 2 * LANES;
    int c3 = column + 3 * LANES;
    DoubleVector p0 = load(y[row], c0);
    DoubleVector p1 = load(y[row], c1);
    DoubleVector p2 = load(y[row], c2);
    DoubleVector p3 = load(y[row], c3);
    DoubleVector q0 = load(y[row + 1], c0);
    DoubleVector q1 = load(y[row + 1], c1);
    DoubleVector q2 = load(y[row + 1], c2);
    DoubleVector q3 = load(y[row + 1], c3);
    DoubleVector r0 = load(y[row + 2], c0);
    DoubleVector r1 = load(y[row + 2], c1);
    DoubleVector r2 = load(y[row + 2], c2);
    DoubleVector r3 = load(y[row + 2], c3);
    DoubleVector s0 = load(y[row + 3], c0);
    DoubleVector s1 = load(y[row + 3], c1);
    DoubleVector s2 = load(y[row + 3], c2);
    DoubleVector s3 = load(y[row + 3], c3);
    for (int t = 0; t < terms; t++) {
      double[] from = x[line + t];
      DoubleVector x0 = load(from, c0);
      DoubleVector x1 = load(from, c1);
      DoubleVector x2 = load(from, c2);
      DoubleVector x3 = load(from, c3);
      int term = at + t * termStep;
      DoubleVector p = DoubleVector.broadcast(SPECIES, a[term]);
      p0 = p.fma(x0, p0);
      p1 = p.fma(x1, p1);
      p2 = p.fma(x2, p2);
      p3 = p.fma(x3, p3);
      DoubleVector q = DoubleVector.broadcast(SPECIES, a[term + rowStep]);
      q0 = q.fma(x0, q0);
      q1 = q.fma(x1, q1);
      q2 = q.fma(x2, q2);
      q3 = q.fma(x3, q3);
      DoubleVector r = DoubleVector.broadcast(SPECIES, a[term + 2 * rowStep]);
      r0 = r.fma(x0, r0);
      r1 = r.fma(x1, r1);
      r2 = r.fma(x2, r2);
      r3 = r.fma(x3, r3);
      DoubleVector s = DoubleVector.broadcast(SPECIES, a[term + 3 * rowStep]);
      s0 = s.fma(x0, s0);
      s1 = s.fma(x1, s1);
      s2 = s.fma(x2, s2);
      s3 = s.fma(x3, s3);
    }
    p0.intoArray(y[row], c0);
    p1.intoArray(y[row], c1);
    p2.intoArray(y[row], c2);
    p3.intoArray(y[row], c3);
    q0.intoArray(y[row + 1], c0);
    q1.intoArray(y[row + 1], c1);
    q2.intoArray(y[row + 1], c2);
    q3.intoArray(y[row + 1], c3);
    r0.intoArray(y[row + 2], c0);
    r1.intoArray(y[row + 2], c1);
    r2.intoArray(y[row + 2], c2);
    r3.intoArray(y[row + 2], c3);
    s0.intoArray(y[row + 3], c0);
    s1.intoArray(y[row + 3], c1);
    s2.intoArray(y[row + 3], c2);
    s3.intoArray(y[row + 3], c3);
  }

  private static DoubleVector load(double[] line, int column) {
    return DoubleVector.fromArray(SPECIES, line, column);
  }
}
