package dev.assay.nn;

import dev.assay.tensor.Shape;
import dev.assay.tensor.Tensor;
import dev.assay.tensor.Variable;

/**
 * A trained variable and the one tensor by which every graph of its model reads it, so that a loss
 * can be differentiated with respect to it.
 *
 * @param variable storage
 * @param value the variable as an operand; tensors are compared by identity, so use this one only
 */
public record Parameter(Variable variable, Tensor value) {
  public Parameter(Variable variable) {
    this(variable, variable.tensor());
  }

  /** Full name, such as {@code encoder.0.weight}. */
  public String name() {
    return variable.name();
  }

  public Shape shape() {
    return variable.shape();
  }
}
