package dev.assay.plugins.gan.network;

import dev.assay.nn.Initializer;
import dev.assay.nn.Parameter;
import dev.assay.nn.ParameterStore;
import dev.assay.tensor.Shape;
import dev.assay.tensor.Tensor;
import dev.assay.tensor.Variable;
import org.jspecify.annotations.Nullable;

/**
 * A matrix or filter, divided by its largest singular value if it is spectrally normalised. Miyato
 * et al. 2018, eq. 8 and algorithm 1.
 *
 * @param parameter [in, out] or [kernel, kernel, in, out], a filter standing for the matrix of
 *     kernel² · in rows
 * @param singular estimate of the first right singular vector [out, 1], of any length; null for a
 *     weight as it is
 */
public record Weight(Parameter parameter, @Nullable Variable singular) {
  /** Keeps the length of a vanishing vector from being divided by. */
  private static final float EPSILON = 1e-12f;

  /**
   * @param spectral whether to normalise it
   */
  public static Weight create(
      ParameterStore store, Shape shape, Initializer initializer, boolean spectral) {
    Parameter parameter = store.parameter("weight", shape, initializer);
    int out = shape.dim(-1);
    return new Weight(parameter, spectral ? store.buffer("singular", Shape.of(out, 1), 1) : null);
  }

  /**
   * The weight, in its own shape. Each pass goes one power iteration further; derivatives flow
   * through W and σ = uᵀ W v, with u and v held fixed.
   */
  public Tensor value(Pass pass) {
    return singular == null
        ? parameter.value()
        : pass.once(parameter, () -> normalised(singular, pass));
  }

  private Tensor normalised(Variable start, Pass pass) {
    Tensor w = parameter.value();
    Tensor matrix = w.reshape(-1, w.dim(-1));
    Tensor fixed = matrix.detach();
    Tensor u = unit(fixed.matmul(unit(start.tensor())));
    Tensor v = unit(fixed.transpose(0, 1).matmul(u));
    pass.remember(start, v);
    Tensor sigma = u.mul(matrix.matmul(v)).sum();
    return w.div(sigma);
  }

  private static Tensor unit(Tensor vector) {
    return vector.mul(vector.square().sum().add(EPSILON).rsqrt());
  }
}
