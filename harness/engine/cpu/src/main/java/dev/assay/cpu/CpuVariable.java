package dev.assay.cpu;

import dev.assay.cpu.memory.Memory;
import dev.assay.tensor.DType;
import dev.assay.tensor.Ports;
import dev.assay.tensor.Shape;
import dev.assay.tensor.Variable;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.concurrent.atomic.AtomicLong;

/** A variable in native memory. */
final class CpuVariable implements Variable {
  private final CpuBackend owner;
  private final String name;
  private final DType dtype;
  private final Shape shape;
  private final long address;
  private final AtomicLong version = new AtomicLong();

  CpuVariable(CpuBackend owner, String name, DType dtype, Shape shape, long address) {
    this.owner = owner;
    this.name = name;
    this.dtype = dtype;
    this.shape = shape;
    this.address = address;
  }

  CpuBackend owner() {
    return owner;
  }

  long address() {
    return address;
  }

  /** How often it may have changed. */
  long version() {
    return version.get();
  }

  /** To be called after a change. */
  void changed() {
    version.incrementAndGet();
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public DType dtype() {
    return dtype;
  }

  @Override
  public Shape shape() {
    return shape;
  }

  @Override
  public void read(float[] into) {
    check(DType.F32, into.length);
    MemorySegment.copy(Memory.ALL, ValueLayout.JAVA_FLOAT, address, into, 0, into.length);
  }

  @Override
  public void read(int[] into) {
    check(DType.I32, into.length);
    MemorySegment.copy(Memory.ALL, ValueLayout.JAVA_INT, address, into, 0, into.length);
  }

  @Override
  public void write(float[] values) {
    check(DType.F32, values.length);
    MemorySegment.copy(values, 0, Memory.ALL, ValueLayout.JAVA_FLOAT, address, values.length);
    changed();
  }

  @Override
  public void write(int[] values) {
    check(DType.I32, values.length);
    MemorySegment.copy(values, 0, Memory.ALL, ValueLayout.JAVA_INT, address, values.length);
    changed();
  }

  private void check(DType type, int length) {
    owner.requireOpen();
    Ports.check(this, type, length);
  }

  @Override
  public String toString() {
    return name + " " + dtype + " " + shape;
  }
}
