package dev.assay.data.synthetic;

import dev.assay.tensor.RandomStream;

/** Uniform on the eight dark squares, of side 2, of a 4 × 4 board over [−4, 4)². */
record Checkerboard() implements PlaneDistribution {
  private static final int SIDE = 2;
  private static final int SQUARES = 8;

  /** Steps along a side. Few enough that no coordinate is rounded into a neighbouring square. */
  private static final int GRID_BITS = 20;

  @Override
  public String id() {
    return "checkerboard";
  }

  @Override
  public String name() {
    return "Checkerboard";
  }

  @Override
  public String summary() {
    return "uniform on 8 squares of side 2 in [-4, 4)²";
  }

  @Override
  public String citation() {
    return "after Grathwohl et al. 2019";
  }

  @Override
  public void draw(RandomStream random, float[] out, int at) {
    int square = random.nextInt(SQUARES);
    int column = square / 2 - 2;
    int row = 2 * (square % 2) - 2 + Math.floorMod(column, 2);
    out[at] = (float) (SIDE * (column + within(random)));
    out[at + 1] = (float) (SIDE * (row + within(random)));
  }

  @Override
  public double logDensity(float[] x) {
    boolean onBoard = Math.min(x[0], x[1]) >= -4 && Math.max(x[0], x[1]) < 4;
    int column = (int) Math.floor(x[0] / SIDE);
    int row = (int) Math.floor(x[1] / SIDE);
    return onBoard && Math.floorMod(column + row, 2) == 0 ? -entropy() : Double.NEGATIVE_INFINITY;
  }

  @Override
  public double entropy() {
    return Math.log(SQUARES * SIDE * SIDE);
  }

  private static double within(RandomStream random) {
    return ((random.nextInt() >>> (32 - GRID_BITS)) + 0.5) / (1 << GRID_BITS);
  }
}
