package dev.assay.tensor;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Usual compositions of primitives. They have no derivative rules and no kernels of their own: the
 * compiler fuses each into one kernel.
 */
public final class Tensors {
  private static final float SQRT_HALF = 0.70710678f;
  private static final float SQRT_TWO_OVER_PI = 0.79788456f;

  private Tensors() {}

  public static Tensor relu(Tensor x) {
    Tensor zero = Tensor.fill(0, x.shape());
    return zero.less(x).where(x, zero);
  }

  public static Tensor leakyRelu(Tensor x, float slope) {
    return Tensor.fill(0, x.shape()).less(x).where(x, x.mul(slope));
  }

  public static Tensor elu(Tensor x, float alpha) {
    Tensor zero = Tensor.fill(0, x.shape());
    return zero.less(x).where(x, x.min(zero).expm1().mul(alpha));
  }

  /** x Φ(x). Hendrycks and Gimpel 2016. */
  public static Tensor gelu(Tensor x) {
    return x.mul(0.5f).mul(x.mul(SQRT_HALF).erf().add(1));
  }

  /** GELU by its tanh approximation, as GPT-2 uses it. */
  public static Tensor geluTanh(Tensor x) {
    Tensor inner = x.add(x.mul(x).mul(x).mul(0.044715f)).mul(SQRT_TWO_OVER_PI);
    return x.mul(0.5f).mul(inner.tanh().add(1));
  }

  /** x σ(x). */
  public static Tensor silu(Tensor x) {
    return x.mul(x.sigmoid());
  }

  /** Softmax along an axis. */
  public static Tensor softmax(Tensor x, int axis) {
    Tensor e = x.sub(x.maxKeep(axis).detach()).exp();
    return e.mul(e.sumKeep(axis).reciprocal());
  }

  /** ln softmax along an axis. */
  public static Tensor logSoftmax(Tensor x, int axis) {
    Tensor shifted = x.sub(x.maxKeep(axis).detach());
    return shifted.sub(shifted.exp().sumKeep(axis).log());
  }

  /** ln Σ exp along an axis, which stays with extent 1. The largest element must be finite. */
  public static Tensor logSumExpKeep(Tensor x, int axis) {
    Tensor max = x.maxKeep(axis).detach();
    return x.sub(max).exp().sumKeep(axis).log().add(max);
  }

  /** ln Σ exp along an axis, which vanishes. */
  public static Tensor logSumExp(Tensor x, int axis) {
    return logSumExpKeep(x, axis).reshape(x.shape().without(axis));
  }

  /**
   * −ln softmax(logits)[target], in nats: logits [.., n], targets I32 [..] → [..]. A target outside
   * 0 … n−1 gives zero: padding.
   */
  public static Tensor crossEntropy(Tensor logits, Tensor targets) {
    Tensor hot = oneHot(targets, logits.dim(-1));
    return logSoftmax(logits, -1).mul(hot).sum(-1).neg();
  }

  /** indices I32 [..] → F32 [.., n]; an index outside 0 … n−1 gives zeros. */
  public static Tensor oneHot(Tensor indices, int n) {
    Shape shape = indices.shape().insert(indices.rank(), n);
    Tensor column = indices.toFloat().reshape(indices.shape().insert(indices.rank(), 1));
    return Tensor.iota(shape, -1).equal(column);
  }

  /** −ln p(x) of a Bernoulli with the given logits, elementwise, in nats; x in [0, 1]. */
  public static Tensor bernoulliNll(Tensor logits, Tensor x) {
    return logits.softplus().sub(logits.mul(x));
  }

  /**
   * Ba et al. 2016: (x − mean) / √(variance + ε) over the last axis, times gain plus bias (each may
   * be null).
   */
  public static Tensor layerNorm(
      Tensor x, @Nullable Tensor gain, @Nullable Tensor bias, float epsilon) {
    Tensor centred = x.sub(x.meanKeep(-1));
    Tensor y = centred.mul(centred.square().meanKeep(-1).add(epsilon).rsqrt());
    y = gain == null ? y : y.mul(gain);
    return bias == null ? y : y.add(bias);
  }

  /** Zhang and Sennrich 2019: x / √(mean x² + ε) over the last axis, times gain. */
  public static Tensor rmsNorm(Tensor x, Tensor gain, float epsilon) {
    return x.mul(x.square().meanKeep(-1).add(epsilon).rsqrt()).mul(gain);
  }

  /**
   * Wu and He 2018: x [n, h, w, c] standardised over each group of c / groups channels, times gain
   * [c] plus bias [c].
   */
  public static Tensor groupNorm(Tensor x, int groups, Tensor gain, Tensor bias, float epsilon) {
    int images = x.dim(0);
    int pixels = x.dim(1) * x.dim(2);
    Tensor flat = x.reshape(images, pixels, x.dim(3));
    Tensor centred = flat.sub(groupMeans(flat, groups));
    Tensor scale = groupMeans(centred.square(), groups).add(epsilon).rsqrt().mul(gain);
    return centred.mul(scale).add(bias).reshape(x.shape());
  }

  /**
   * Means over pixels and the channels of a group, for each channel: x [n, pixels, channels] → [n,
   * 1, channels]. Sums over pixels come first, as they run along whole rows of channels.
   */
  private static Tensor groupMeans(Tensor x, int groups) {
    int images = x.dim(0);
    int channels = x.dim(2);
    Tensor sums = x.sumKeep(1).reshape(images, groups, channels / groups).sumKeep(2);
    return sums.mul((float) groups / (x.dim(1) * channels))
        .broadcast(Shape.of(images, groups, channels / groups))
        .reshape(images, 1, channels);
  }

  /**
   * softmax(scale · q kᵀ) v: q [b, h, t, d], k and v [b, g, s, d], h a multiple of g → [b, h, t,
   * d].
   *
   * @param lengths I32 [b], how many leading keys of each batch row take part; null for all
   * @param causal query i sees keys up to i + length − t
   */
  public static Tensor attention(
      Tensor q, Tensor k, Tensor v, @Nullable Tensor lengths, float scale, boolean causal) {
    List<Tensor> extra = lengths == null ? List.of() : List.of(lengths);
    return attentionOutput(Tensor.attentionFlat(q, k, v, extra, scale, causal), q);
  }

  static Tensor attentionOutput(Tensor flat, Tensor q) {
    return flat.slice(0, 0, q.shape().size())
        .reshape(q.dim(0), q.dim(2), q.dim(1), q.dim(3))
        .permute(0, 2, 1, 3);
  }

  static Tensor attentionLogSumExp(Tensor flat, Tensor q) {
    int rows = q.shape().size() / q.dim(3);
    return flat.slice(0, q.shape().size(), rows).reshape(q.shape().without(3));
  }

  /** Adjoints of q, k and v from the result of {@link Op.AttentionGrad}. */
  static List<Tensor> attentionAdjoints(Tensor flat, Tensor q, Tensor k) {
    int b = q.dim(0);
    int h = q.dim(1);
    int t = q.dim(2);
    int g = k.dim(1);
    int s = k.dim(2);
    int d = q.dim(3);
    int n = q.shape().size();
    int m = k.shape().size();
    List<Tensor> parts;
    if (s == t) {
      Tensor packed = flat.reshape(b, t, h + 2 * g, d);
      parts = List.of(packed.slice(2, 0, h), packed.slice(2, h, g), packed.slice(2, h + g, g));
    } else {
      parts =
          List.of(
              flat.slice(0, 0, n).reshape(b, t, h, d),
              flat.slice(0, n, m).reshape(b, s, g, d),
              flat.slice(0, n + m, m).reshape(b, s, g, d));
    }
    return parts.stream().map(part -> part.permute(0, 2, 1, 3)).toList();
  }

  /** The same function as {@link #attention} in primitives, holding the [t, s] matrix. */
  public static Tensor attentionUnfused(
      Tensor q, Tensor k, Tensor v, @Nullable Tensor lengths, float scale, boolean causal) {
    return biasedAttention(q, k, v, lengths, null, scale, causal);
  }

  /**
   * softmax(scale · q kᵀ + bias) v in primitives, holding the [t, s] matrix; else as {@link
   * #attention}.
   *
   * @param bias broadcast to [b, h, t, s]; null for none
   */
  public static Tensor biasedAttention(
      Tensor q,
      Tensor k,
      Tensor v,
      @Nullable Tensor lengths,
      @Nullable Tensor bias,
      float scale,
      boolean causal) {
    int b = q.dim(0);
    int h = q.dim(1);
    int t = q.dim(2);
    int g = k.dim(1);
    int s = k.dim(2);
    int d = q.dim(3);
    Tensor grouped = q.reshape(b, g, h / g * t, d);
    Tensor products = grouped.matmul(k.transpose(-1, -2)).mul(scale).reshape(b, h, t, s);
    Tensor scores = bias == null ? products : products.add(bias);
    Tensor length =
        lengths == null ? Tensor.scalar(s) : lengths.toFloat().max(0).min(s).reshape(b, 1, 1, 1);
    Tensor column = Tensor.iota(Shape.of(1, 1, t, s), 3);
    Tensor seen = column.less(length.broadcast(Shape.broadcast(length.shape(), column.shape())));
    if (causal) {
      Tensor last = Tensor.iota(Shape.of(1, 1, t, s), 2).sub(t).add(length);
      seen = seen.mul(column.lessEqual(last));
    }
    Tensor masked = seen.where(scores, Tensor.scalar(-1e30f));
    // Zero also where a query sees no key at all.
    Tensor weights = seen.mul(softmax(masked, -1));
    return weights.reshape(b, g, h / g * t, s).matmul(v).reshape(q.shape());
  }
}
