package dev.assay.cpu.lower;

import dev.assay.cpu.kernel.FewRowsKernel;
import dev.assay.cpu.kernel.FewRowsKernel.Storage;
import dev.assay.cpu.kernel.Int8Panels;
import dev.assay.cpu.kernel.MatMulShape;
import dev.assay.tensor.DType;
import java.util.function.LongSupplier;

/**
 * A product of few rows with weights. Weights that were the same at two runs in a row are packed,
 * into memory of the program's own: decoding reads them at every token. Those that were rounded to
 * int8 become bytes. The bits of the result do not depend on it.
 */
public final class FewRowsStep implements Step {
  private static final long NEVER = -1;

  private final MatMulShape shape;
  private final LongSupplier version;
  private final Constants constants;
  private final Form plain;
  private final Form panels;
  private final Form int8;
  private Form packed;
  private Form form;
  private long seen = NEVER;
  private long copied = NEVER;

  /** A place where the weights lie, if it is not 0, and the kernel that reads them there. */
  private record Form(FewRowsKernel kernel, long[] operands) {
    long weights() {
      return operands[1];
    }
  }

  FewRowsStep(
      MatMulShape shape, long a, long b, long out, LongSupplier version, Constants constants) {
    this.shape = shape;
    this.version = version;
    this.constants = constants;
    plain = new Form(new FewRowsKernel(shape, Storage.ROWS), new long[] {a, b, out});
    panels = new Form(new FewRowsKernel(shape, Storage.PANELS), new long[] {a, 0, out});
    int8 = new Form(new FewRowsKernel(shape, Storage.INT8), new long[] {a, 0, out});
    packed = panels;
    form = plain;
  }

  /** To be called before each run. */
  public void prepare() {
    long now = version.getAsLong();
    if (now != copied && now == seen) {
      pack();
      copied = now;
    }
    seen = now;
    form = now == copied ? packed : plain;
  }

  /** Whether the run that was prepared last reads weights as bytes. */
  public boolean readsBytes() {
    return form.equals(int8);
  }

  private void pack() {
    if (Int8Panels.suits(shape, plain.weights())) {
      packed = int8;
      place(Int8Panels.bytes(shape));
      Int8Panels.pack(shape, plain.weights(), packed.weights());
    } else {
      packed = panels;
      place((long) shape.k() * shape.n() * DType.BYTES);
      FewRowsKernel.pack(shape, plain.weights(), packed.weights());
    }
  }

  private void place(long bytes) {
    if (packed.weights() == 0) {
      packed.operands()[1] = constants.allocate(bytes);
    }
  }

  @Override
  public int tiles(int phase) {
    return plain.kernel().tiles(phase);
  }

  @Override
  public void run(int phase, int tile, long scratch) {
    form.kernel().run(phase, tile, form.operands(), scratch);
  }
}
