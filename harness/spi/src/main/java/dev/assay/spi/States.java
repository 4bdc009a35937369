package dev.assay.spi;

import dev.assay.nn.ParameterStore;

/** Moves the state of networks between variables and a checkpoint. */
public final class States {
  private States() {}

  /** Writes every variable of the store, parameters and buffers, under its own name. */
  public static void save(ParameterStore from, StateStore to) {
    from.forEach((name, variable) -> {
      float[] values = new float[variable.shape().size()];
      variable.read(values);
      to.putFloats(name, variable.shape(), values);
    });
  }

  /**
   * Sets every variable of the store to what {@link #save} wrote.
   *
   * @throws IllegalStateException if a name is missing or its shape differs
   */
  public static void restore(ParameterStore to, StateStore from) {
    to.forEach((name, variable) -> variable.write(from.floats(name, variable.shape())));
  }
}
