package dev.assay.jcuda.emulator;

/**
 * The registers and shared memory of a block of threads: value v of a thread is at v · width +
 * thread.
 */
final class Frame {
  final int width;
  final int[] r;
  final long[] d;
  final boolean[] p;
  final DeviceMemory global;
  final AsyncCopies copies;
  byte[] shared = new byte[0];
  long[] arguments = new long[0];

  /** Threads that have not ended. */
  int live;

  /** Whether a thread takes part in the present instruction. */
  final boolean[] active;

  final boolean[] ended;
  final int[] scratch;

  Frame(int width, int words, int doubles, int predicates, DeviceMemory global) {
    this.width = width;
    r = new int[words * width];
    d = new long[doubles * width];
    p = new boolean[predicates * width];
    this.global = global;
    active = new boolean[width];
    ended = new boolean[width];
    scratch = new int[width];
    copies = new AsyncCopies(this);
  }

  float f(int at) {
    return Float.intBitsToFloat(r[at]);
  }

  void f(int at, float value) {
    r[at] = Float.floatToRawIntBits(value);
  }

  double x(int at) {
    return Double.longBitsToDouble(d[at]);
  }

  void x(int at, double value) {
    d[at] = Double.doubleToRawLongBits(value);
  }

  int sharedLoad(long address) {
    return (int) DeviceMemory.INT.get(shared, offset(address));
  }

  void sharedStore(long address, int value) {
    DeviceMemory.INT.set(shared, offset(address), value);
  }

  private int offset(long address) {
    if (address < 0 || (address & 3) != 0 || address + 4 > shared.length) {
      throw new AssertionError(
          "access at byte %d of %d in shared memory".formatted(address, shared.length));
    }
    return (int) address;
  }
}
