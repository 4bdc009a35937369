package dev.assay.tensor.reference;

import dev.assay.tensor.DType;
import dev.assay.tensor.Ports;
import dev.assay.tensor.Shape;
import dev.assay.tensor.Variable;

/** Holds its elements as doubles. The array is never changed, only replaced. */
final class ReferenceVariable implements Variable {
  private final ReferenceBackend owner;
  private final String name;
  private final DType dtype;
  private final Shape shape;
  private double[] values;

  ReferenceVariable(ReferenceBackend owner, String name, DType dtype, Shape shape) {
    this.owner = owner;
    this.name = name;
    this.dtype = dtype;
    this.shape = shape;
    this.values = new double[shape.size()];
  }

  boolean belongsTo(ReferenceBackend backend) {
    return owner == backend;
  }

  double[] values() {
    return values;
  }

  void replace(double[] with) {
    values = with;
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
    Values.copy(values, into);
  }

  @Override
  public void read(int[] into) {
    check(DType.I32, into.length);
    Values.copy(values, into);
  }

  @Override
  public void write(float[] from) {
    check(DType.F32, from.length);
    values = Values.of(from);
  }

  @Override
  public void write(int[] from) {
    check(DType.I32, from.length);
    values = Values.of(from);
  }

  @Override
  public String toString() {
    return name;
  }

  private void check(DType type, int length) {
    owner.requireOpen();
    Ports.check(this, type, length);
  }
}
