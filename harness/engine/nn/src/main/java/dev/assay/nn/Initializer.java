package dev.assay.nn;

import dev.assay.tensor.RandomStream;
import dev.assay.tensor.Shape;
import java.util.Arrays;

/** How the values of a new parameter are drawn. */
@FunctionalInterface
public interface Initializer {
  /**
   * Fills {@code values} from {@code random}.
   *
   * @param fan connections of one unit
   */
  void fill(float[] values, Fan fan, RandomStream random);

  /**
   * Connections into and out of one unit, each at least 1.
   *
   * @param in terms that one output sums
   * @param out outputs that one input reaches
   */
  record Fan(int in, int out) {
    /** Fans of a matrix [in, out] or a filter [.., in, out]; of a vector [n]: n and n. */
    public static Fan of(Shape shape) {
      if (shape.rank() < 2) {
        return new Fan(Math.max(1, shape.size()), Math.max(1, shape.size()));
      }
      int field = 1;
      for (int axis = 0; axis < shape.rank() - 2; axis++) {
        field *= shape.dim(axis);
      }
      return new Fan(field * shape.dim(-2), field * shape.dim(-1));
    }
  }

  static Initializer zeros() {
    return constant(0);
  }

  static Initializer ones() {
    return constant(1);
  }

  static Initializer constant(float value) {
    return (values, _, _) -> Arrays.fill(values, value);
  }

  /** Normal with mean 0 and deviation {@code sigma}. */
  static Initializer normal(double sigma) {
    return (values, _, random) -> fillNormal(values, sigma, random);
  }

  /** Uniform on (−bound, bound). */
  static Initializer uniform(double bound) {
    return (values, _, random) -> fillUniform(values, bound, random);
  }

  /** Uniform on ±1/√in: what PyTorch gives linear and convolution weights and biases. */
  static Initializer torch() {
    return (values, fan, random) -> fillUniform(values, 1 / Math.sqrt(fan.in()), random);
  }

  /** Uniform of variance 2 / (in + out). Glorot and Bengio 2010, eq. 16. */
  static Initializer glorotUniform() {
    return (values, fan, random) ->
        fillUniform(values, Math.sqrt(6.0 / (fan.in() + fan.out())), random);
  }

  /** Normal of variance 2 / (in + out). Glorot and Bengio 2010, eq. 12. */
  static Initializer glorotNormal() {
    return (values, fan, random) ->
        fillNormal(values, Math.sqrt(2.0 / (fan.in() + fan.out())), random);
  }

  /** Normal of variance 2 / in, for rectified units. He et al. 2015, eq. 10. */
  static Initializer heNormal() {
    return (values, fan, random) -> fillNormal(values, Math.sqrt(2.0 / fan.in()), random);
  }

  /** Uniform of variance 2 / in, for rectified units. He et al. 2015, eq. 10. */
  static Initializer heUniform() {
    return (values, fan, random) -> fillUniform(values, Math.sqrt(6.0 / fan.in()), random);
  }

  private static void fillNormal(float[] values, double sigma, RandomStream random) {
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (sigma * random.nextGaussian());
    }
  }

  private static void fillUniform(float[] values, double bound, RandomStream random) {
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (bound * (2 * random.nextDouble() - 1));
    }
  }
}
