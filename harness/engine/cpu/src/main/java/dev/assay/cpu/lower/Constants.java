package dev.assay.cpu.lower;

import dev.assay.tensor.plan.Buffer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** What a program reads and never writes: weights, while they are not trained. */
public interface Constants {
  /**
   * A number that grows with each change of a buffer, by whatever program; null for a buffer that
   * this program itself may change.
   */
  @Nullable LongSupplier version(Buffer buffer);

  /** The address of new memory for a copy in another order, which lives as long as the program. */
  long allocate(long bytes);
}
