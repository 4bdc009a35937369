package dev.assay.jcuda;

import dev.assay.jcuda.driver.Driver;
import dev.assay.jcuda.driver.DriverException;
import dev.assay.tensor.DType;
import dev.assay.tensor.Op;
import dev.assay.tensor.Tensor;
import dev.assay.tensor.plan.Buffer;
import dev.assay.tensor.plan.Kernel;
import dev.assay.tensor.plan.Plan;
import dev.assay.tensor.plan.View;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The device memory of a program: the plan's arena, then inputs and literals, in one allocation.
 */
final class Layout implements AutoCloseable {
  /** Of every part; a device moves 256 bytes at a time at best. */
  private static final long ALIGNMENT = 256;

  private final JcudaBackend backend;
  private final Plan plan;
  private final Map<Buffer, Long> offsets = new HashMap<>();
  private final List<Long> tables = new ArrayList<>();
  private final long bytes;
  private final long base;

  Layout(JcudaBackend backend, Plan plan) {
    this.backend = backend;
    this.plan = plan;
    long end = aligned(plan.arenaBytes());
    for (Buffer buffer : plan.buffers()) {
      switch (buffer.place()) {
        case Buffer.Place.Arena(long offset) -> offsets.put(buffer, offset);
        case Buffer.Place.Input _, Buffer.Place.Literal _ -> {
          offsets.put(buffer, end);
          end += aligned((long) buffer.size() * DType.BYTES);
        }
        case Buffer.Place.State _ -> {}
      }
    }
    bytes = Math.max(end, 1);
    base = allocate(bytes, "");
    for (Buffer buffer : plan.buffers()) {
      if (buffer.place() instanceof Buffer.Place.Literal(Tensor value) && buffer.size() > 0) {
        backend.staging().upload(elements(value), address(buffer));
      }
    }
  }

  static long aligned(long bytes) {
    return (bytes + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
  }

  /** Address of a buffer's first element. */
  long address(Buffer buffer) {
    if (buffer.place() instanceof Buffer.Place.State(dev.assay.tensor.Variable variable)) {
      if (variable instanceof JcudaVariable own && own.owner() == backend) {
        return own.address();
      }
      throw new IllegalArgumentException(
          "variable '" + variable.name() + "' does not belong to this backend");
    }
    Long offset = offsets.get(buffer);
    if (offset == null) {
      throw new IllegalStateException("buffer " + buffer + " is not part of the plan");
    }
    return base + offset;
  }

  /**
   * More memory for the program.
   *
   * @throws DriverException if there is none; the message names the largest tensor of the plan
   */
  long allocate(long wanted, String what) {
    try {
      return backend.driver().allocate(wanted);
    } catch (DriverException e) {
      throw named(e, "the program needs " + JcudaBackend.size(wanted) + what);
    }
  }

  /** The address of a copy of some words, which is freed with the rest. */
  long place(long[] words) {
    long address = allocate((long) words.length * Long.BYTES, " for a table");
    tables.add(address);
    backend.staging().upload(MemorySegment.ofArray(words), address);
    return address;
  }

  /**
   * An error with the program's needs, if it says that the device is full, and else as it is.
   *
   * @param need what memory was asked for
   */
  DriverException named(DriverException error, String need) {
    if (error.kind() != DriverException.Kind.OUT_OF_MEMORY) {
      return error;
    }
    Driver driver = backend.driver();
    String largest =
        plan.buffers().stream()
            .filter(buffer -> buffer.place() instanceof Buffer.Place.Arena)
            .max(Comparator.comparingInt(Buffer::size))
            .map(buffer ->
                "; its largest tensor has %s, %s"
                    .formatted(
                        JcudaBackend.size((long) buffer.size() * DType.BYTES), shape(buffer)))
            .orElse("");
    return new DriverException(
        error.kind(),
        "the GPU is out of memory: %s, and %s of %s are free%s; make batches smaller"
            .formatted(
                need,
                JcudaBackend.size(driver.freeBytes()),
                JcudaBackend.size(driver.device().memoryBytes()),
                largest));
  }

  /** Bytes of the plan, inputs and literals included. */
  long bytes() {
    return bytes;
  }

  /** The extents under which a kernel writes the buffer, or its size if kernels write parts. */
  private String shape(Buffer buffer) {
    return plan.phases().stream()
        .flatMap(phase -> phase.stream())
        .flatMap(kernel ->
            kernel.writes().stream()
                .filter(view -> view.buffer() == buffer && view.size() == buffer.size())
                .map(view ->
                    buffer.dtype()
                        + " "
                        + Arrays.toString(dims(kernel, view))
                        + " of a "
                        + kernel.getClass().getSimpleName()))
        .findFirst()
        .orElse(buffer.dtype() + " [" + buffer.size() + "]");
  }

  /**
   * Of what a kernel writes: of its product, where the tile that follows sees a row of elements.
   */
  private static int[] dims(Kernel kernel, View written) {
    return kernel instanceof Kernel.MatMulTile(Kernel.MatMul product, Kernel.Tile _)
            && product.out().size() == written.size()
        ? product.out().dims()
        : written.dims();
  }

  /** The elements of a constant tensor. */
  private static MemorySegment elements(Tensor value) {
    return switch (value.op()) {
      case Op.Constant(float[] values) -> MemorySegment.ofArray(values);
      case Op.ConstantInt(int[] values) -> MemorySegment.ofArray(values);
      case Op.Fill(float number) -> {
        float[] values = new float[value.shape().size()];
        Arrays.fill(values, number);
        yield MemorySegment.ofArray(values);
      }
      case Op.Iota(int axis) -> {
        float[] values = new float[value.shape().size()];
        int stride = value.shape().strides()[axis];
        for (int i = 0; i < values.length; i++) {
          values[i] = i / stride % value.dim(axis);
        }
        yield MemorySegment.ofArray(values);
      }
      default -> throw new IllegalStateException("not a constant: " + value);
    };
  }

  @Override
  public void close() {
    tables.forEach(backend.driver()::free);
    backend.driver().free(base);
  }
}
