package dev.assay.jcuda.driver;

import java.util.List;

/**
 * One launch of a kernel.
 *
 * @param arguments a {@link Long} for each address or 64-bit integer, an {@link Integer} or {@link
 *     Float} for 32 bits, in the order of the kernel's parameters
 */
public record Launch(
    Driver.Function function, Grid grid, Grid block, int sharedBytes, List<Number> arguments) {

  /** Extents of a grid of blocks, or of a block of threads. */
  public record Grid(int x, int y, int z) {
    private static final int LARGEST_YZ = 65535;

    /** Checks what every device allows. */
    public Grid {
      if (x < 1 || y < 1 || z < 1 || y > LARGEST_YZ || z > LARGEST_YZ) {
        throw new IllegalArgumentException("no grid is " + x + " x " + y + " x " + z);
      }
    }

    /** A line. */
    public static Grid of(int x) {
      return new Grid(x, 1, 1);
    }
  }
}
