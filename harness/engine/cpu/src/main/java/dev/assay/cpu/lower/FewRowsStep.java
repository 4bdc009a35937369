package dev.assay.cpu.lower;

import dev.assay.cpu.kernel.FewRowsKernel;
import dev.assay.cpu.kernel.MatMulShape;
import dev.assay.tensor.DType;
import java.util.function.LongSupplier;

/**
 * A product of few rows with weights. Weights that were the same at two runs in a row are packed,
 * into memory of the program's own: decoding reads them at every token. The bits of the result do
 * not depend on it.
 */
public final class FewRowsStep implements Step {
  private static final long NEVER = -1;

  private final MatMulShape shape;
  private final LongSupplier version;
  private final Constants constants;
  private final FewRowsKernel plain;
  private final FewRowsKernel packed;
  private final long[] plainOperands;
  private final long[] packedOperands;
  private long seen = NEVER;
  private long copied = NEVER;
  private boolean copy;

  FewRowsStep(
      MatMulShape shape, long a, long b, long out, LongSupplier version, Constants constants) {
    this.shape = shape;
    this.version = version;
    this.constants = constants;
    plain = new FewRowsKernel(shape, false);
    packed = new FewRowsKernel(shape, true);
    plainOperands = new long[] {a, b, out};
    packedOperands = new long[] {a, 0, out};
  }

  /** To be called before each run. */
  public void prepare() {
    long now = version.getAsLong();
    if (now != copied && now == seen) {
      if (copied == NEVER) {
        packedOperands[1] = constants.allocate((long) shape.k() * shape.n() * DType.BYTES);
      }
      FewRowsKernel.pack(shape, plainOperands[1], packedOperands[1]);
      copied = now;
    }
    seen = now;
    copy = now == copied;
  }

  @Override
  public int tiles(int phase) {
    return plain.tiles(phase);
  }

  @Override
  public void run(int phase, int tile, long scratch) {
    if (copy) {
      packed.run(phase, tile, packedOperands, scratch);
    } else {
      plain.run(phase, tile, plainOperands, scratch);
    }
  }
}
