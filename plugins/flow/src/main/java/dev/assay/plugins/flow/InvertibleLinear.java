package dev.assay.plugins.flow;

import dev.assay.nn.Parameter;
import dev.assay.nn.ParameterStore;
import dev.assay.tensor.RandomStream;
import dev.assay.tensor.Shape;
import dev.assay.tensor.Tensor;
import dev.assay.tensor.Variable;

/**
 * z = W x over the channels, the last axis: of images, an invertible 1×1 convolution. W = P L (U +
 * diag(s)), so that ln |det W| = Σ ln |s|. Kingma and Dhariwal 2018, §3.2 and eq. 10.
 *
 * @param permutation P, fixed [channels, channels]
 * @param lower L below its unit diagonal; the rest is not read [channels, channels]
 * @param upper U above its zero diagonal; the rest is not read [channels, channels]
 * @param sign of s, fixed [channels]
 * @param logScale ln |s| [channels]
 */
public record InvertibleLinear(
    Variable permutation, Parameter lower, Parameter upper, Variable sign, Parameter logScale)
    implements Transform {
  /** Begins as the identity. */
  public static InvertibleLinear identity(ParameterStore store, int channels) {
    return create(store, LuFactors.of(Matrices.identity(channels)));
  }

  /** Begins as a random rotation. */
  public static InvertibleLinear rotation(ParameterStore store, int channels, RandomStream random) {
    return create(store, LuFactors.of(Matrices.rotation(channels, random)));
  }

  private static InvertibleLinear create(ParameterStore store, LuFactors factors) {
    int n = factors.sign().length;
    Shape square = Shape.of(n, n);
    Variable permutation = store.buffer("permutation", square, 0);
    permutation.write(factors.permutation());
    Variable sign = store.buffer("sign", Shape.of(n), 0);
    sign.write(factors.sign());
    return new InvertibleLinear(
        permutation,
        store.parameter("lower", square, (values, _, _) -> copy(factors.lower(), values)),
        store.parameter("upper", square, (values, _, _) -> copy(factors.upper(), values)),
        sign,
        store.parameter(
            "log_scale", Shape.of(n), (values, _, _) -> copy(factors.logScale(), values)));
  }

  private static void copy(float[] from, float[] to) {
    System.arraycopy(from, 0, to, 0, to.length);
  }

  @Override
  public Mapped forward(Tensor x, Condition condition) {
    Tensor z = x.matmul(weight().transpose(0, 1));
    return Mapped.uniform(z, logDeterminant(x));
  }

  @Override
  public Mapped inverse(Tensor z, Condition condition) {
    Tensor x = z.matmul(inverseWeight().transpose(0, 1));
    return Mapped.uniform(x, logDeterminant(z).neg());
  }

  /** W [channels, channels]. */
  Tensor weight() {
    Tensor diagonal = Tensor.iota(square(), 0).equal(Tensor.iota(square(), 1));
    Tensor right = strictUpper().add(diagonal.mul(scale()));
    return permutation.tensor().matmul(strictLower().add(diagonal)).matmul(right);
  }

  /** W⁻¹ = (U + diag(s))⁻¹ L⁻¹ Pᵀ. */
  Tensor inverseWeight() {
    int n = logScale.shape().size();
    Tensor perRow = scale().reciprocal().reshape(n, 1);
    // U + diag(s) = diag(s) (I + diag(1/s) U)
    Tensor right = unitInverse(strictUpper().mul(perRow)).mul(scale().reciprocal());
    return right.matmul(unitInverse(strictLower())).matmul(permutation.tensor().transpose(0, 1));
  }

  /** (I + N)⁻¹ of a strictly triangular N: the product of I + M, I + M², I + M⁴, …, M = −N. */
  private Tensor unitInverse(Tensor strict) {
    int n = strict.dim(0);
    Tensor identity = Tensor.iota(square(), 0).equal(Tensor.iota(square(), 1));
    Tensor power = strict.neg();
    Tensor inverse = identity.add(power);
    for (int reached = 2; reached < n; reached *= 2) {
      power = power.matmul(power);
      inverse = inverse.matmul(identity.add(power));
    }
    return inverse;
  }

  private Tensor strictLower() {
    return lower.value().mul(Tensor.iota(square(), 1).less(Tensor.iota(square(), 0)));
  }

  private Tensor strictUpper() {
    return upper.value().mul(Tensor.iota(square(), 0).less(Tensor.iota(square(), 1)));
  }

  private Tensor scale() {
    return sign.tensor().mul(logScale.value().exp());
  }

  private Shape square() {
    return lower.shape();
  }

  /** h · w · Σ ln |s|. */
  private Tensor logDeterminant(Tensor x) {
    float places = (float) x.shape().size() / x.dim(0) / x.dim(-1);
    return logScale.value().sum().mul(places);
  }
}
