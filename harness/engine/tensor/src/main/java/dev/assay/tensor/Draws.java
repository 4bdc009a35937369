package dev.assay.tensor;

/**
 * Random tensors inside a graph. The key is the program's input {@link #INPUT}, set by {@link
 * Program#seed} before each replay; the path names the consumer, so that adding one shifts nobody.
 */
public record Draws(Tensor key, String path) {
  /** Name of the key input, I32 [2]. */
  public static final String INPUT = "random";

  /** Draws under the program's key. */
  public static Draws root() {
    return new Draws(Tensor.input(INPUT, DType.I32, Shape.of(2)), "");
  }

  /**
   * Draws with a key for each row of the leading axis, so that a row does not depend on how many
   * stand beside it.
   *
   * @param keys I32 [rows, 2], low word first; usually an input
   */
  public static Draws perRow(Tensor keys) {
    return new Draws(keys, "");
  }

  public Draws child(String name) {
    return new Draws(key, path + "/" + name);
  }

  /**
   * Independent uniforms on (0, 1). Two calls on the same path with the same shape give the same
   * tensor.
   */
  public Tensor uniform(Shape shape) {
    return Tensor.random(key, Op.Distribution.UNIFORM, RandomStream.hash(path), shape);
  }

  /**
   * Independent standard normals. Two calls on the same path with the same shape give the same
   * tensor.
   */
  public Tensor normal(Shape shape) {
    return Tensor.random(key, Op.Distribution.NORMAL, RandomStream.hash(path), shape);
  }

  /** 1 with the given probability (a tensor of probabilities), else 0. */
  public Tensor bernoulli(Tensor probability) {
    return uniform(probability.shape()).less(probability);
  }

  /**
   * x with each element zeroed at the given rate and the rest scaled by 1 / (1 − rate). Srivastava
   * et al. 2014.
   */
  public Tensor dropout(Tensor x, float rate) {
    if (rate == 0) {
      return x;
    }
    Tensor keep = Tensor.fill(rate, x.shape()).lessEqual(uniform(x.shape()));
    return x.mul(keep).mul(1 / (1 - rate));
  }
}
