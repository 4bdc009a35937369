package dev.assay.cpu.kernel;

/** An extent cut into equal parts, the last perhaps shorter. */
record Split(int extent, int size) {
  /** About {@code parts} parts whose size is a multiple of {@code unit}. */
  static Split into(int parts, int extent, int unit) {
    int least = Math.ceilDiv(Math.max(extent, 1), Math.max(parts, 1));
    return new Split(extent, Math.ceilDiv(least, unit) * unit);
  }

  int count() {
    return Math.max(1, Math.ceilDiv(extent, size));
  }

  int begin(int part) {
    return Math.min(extent, part * size);
  }

  int end(int part) {
    return (int) Math.min(extent, (part + 1L) * size);
  }

  /** The power of two nearest to x on a logarithmic scale, from 1 on. */
  static int powerOfTwo(double x) {
    return 1 << Math.max(0, (int) Math.rint(Math.log(Math.max(x, 1)) / Math.log(2)));
  }
}
