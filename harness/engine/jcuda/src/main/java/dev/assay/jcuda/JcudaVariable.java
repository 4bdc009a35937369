package dev.assay.jcuda;

import dev.assay.tensor.DType;
import dev.assay.tensor.Ports;
import dev.assay.tensor.Shape;
import dev.assay.tensor.Variable;
import java.lang.foreign.MemorySegment;

/** A variable in the memory of a device. */
final class JcudaVariable implements Variable {
  private final JcudaBackend owner;
  private final String name;
  private final DType dtype;
  private final Shape shape;
  private final long address;

  JcudaVariable(JcudaBackend owner, String name, DType dtype, Shape shape, long address) {
    this.owner = owner;
    this.name = name;
    this.dtype = dtype;
    this.shape = shape;
    this.address = address;
  }

  JcudaBackend owner() {
    return owner;
  }

  long address() {
    return address;
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
    owner.staging().download(address, MemorySegment.ofArray(into));
  }

  @Override
  public void read(int[] into) {
    check(DType.I32, into.length);
    owner.staging().download(address, MemorySegment.ofArray(into));
  }

  @Override
  public void write(float[] values) {
    check(DType.F32, values.length);
    owner.staging().upload(MemorySegment.ofArray(values), address);
  }

  @Override
  public void write(int[] values) {
    check(DType.I32, values.length);
    owner.staging().upload(MemorySegment.ofArray(values), address);
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
