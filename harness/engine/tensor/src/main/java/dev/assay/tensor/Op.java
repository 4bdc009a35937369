package dev.assay.tensor;

import java.util.List;

/**
 * A primitive operation: what a backend must run and {@link Gradients} must differentiate. An op
 * holds attributes only; operands, shape and type stand in the {@link Tensor}. Axes are
 * non-negative. Elementwise operands have equal shapes (broadcasting is an explicit {@link
 * Broadcast}).
 */
public sealed interface Op {
  // ---- leaves ----

  /** A value fed before each replay. */
  record Input(String name) implements Op {}

  /** The value that a variable holds when the replay starts. */
  record State(Variable variable) implements Op {}

  /** Every element is {@code value}. */
  record Fill(float value) implements Op {}

  /** Literal elements, row-major. Compared by identity of the array. */
  record Constant(float[] values) implements Op {}

  /** Literal integers, row-major. Compared by identity of the array. */
  record ConstantInt(int[] values) implements Op {}

  /** Element index along an axis, as a float. */
  record Iota(int axis) implements Op {}

  /**
   * Philox 4x32-10 draws. Operand: the key, I32 [2], low word first. The stream is the key derived
   * with {@code path} ({@link RandomStream#derive}); element i comes from block i / 4. Or a key for
   * each row of the leading axis, I32 [rows, 2]: then each row is such a stream, from its block 0.
   */
  record Random(Distribution distribution, long path) implements Op {}

  // ---- elementwise ----

  /** fn(x). */
  record Unary(UnaryFn fn) implements Op {}

  /** fn(x, y). */
  record Binary(BinaryFn fn) implements Op {}

  /** Operands mask, x, y: x where mask is not 0, else y. */
  record Where() implements Op {}

  /** I32 to F32, or F32 to I32 by truncation toward zero. */
  record Cast(DType to) implements Op {}

  /** The operand, whose derivative is taken to be zero. */
  record Detach() implements Op {}

  // ---- movement ----

  /** Same elements in row-major order, another shape. */
  record Reshape(Shape shape) implements Op {}

  /** Axis i of the result is axis {@code axes[i]} of the operand. */
  record Permute(List<Integer> axes) implements Op {}

  /** Repeats axes of extent 1; the operand has the result's rank. */
  record Broadcast(Shape shape) implements Op {}

  /** The box of extent {@code sizes} that begins at {@code starts}. */
  record Slice(List<Integer> starts, List<Integer> sizes) implements Op {}

  /** Surrounds the operand with {@code value}. */
  record Pad(List<Integer> before, List<Integer> after, float value) implements Op {}

  /** Operands one after another along an axis. */
  record Concat(int axis) implements Op {}

  /** Reverses one axis. */
  record Flip(int axis) implements Op {}

  // ---- reductions ----

  /** Reduces the given axes (ascending) to extent 1. Of no elements: 0, or −∞ for the maximum. */
  record Reduce(ReduceFn fn, List<Integer> axes) implements Op {}

  /** Index of the first largest element along the last axis: x [.., n] → I32 [..]. */
  record ArgMax() implements Op {}

  // ---- contractions ----

  /** a [batch.., m, k] · b [batch.., k, n] → [batch.., m, n]; batch extents are equal. */
  record MatMul() implements Op {}

  /** x [n, h, w, c], filter [kh, kw, c / groups, o] → [n, h', w', o]: cross-correlation. */
  record Conv2d(Window window) implements Op {}

  /**
   * Adjoint of {@link Conv2d} in x: y [n, h', w', o], filter → [n, {@code height}, {@code width},
   * c].
   */
  record Conv2dInput(Window window, int height, int width) implements Op {}

  /**
   * Adjoint of {@link Conv2d} in the filter: x, y → [{@code kernelHeight}, {@code kernelWidth}, c /
   * groups, o].
   */
  record Conv2dFilter(Window window, int kernelHeight, int kernelWidth) implements Op {}

  /**
   * softmax(scale · q kᵀ) v without the [t, s] matrix. Operands q [b, h, t, d], k and v [b, g, s,
   * d] with h a multiple of g (grouped queries), and optionally lengths I32 [b]: how many leading
   * keys of each batch row take part (below 0 none, above s all). Causal: query i sees keys j with
   * j ≤ i + s′ − t, s′ the row's length. Result, flat: output [b, t, h, d], as a product with the
   * merged heads wants it, then the log-sum-exp of the scaled scores [b, h, t]. A query that sees
   * no key gives zeros, and −∞ as its log-sum-exp. Dao et al. 2022, FlashAttention, algorithm 1.
   */
  record Attention(float scale, boolean causal) implements Op {}

  /**
   * Adjoint of {@link Attention}: operands q, k, v, output, log-sum-exp [b, h, t], adjoint of the
   * output [b, h, t, d], and optionally lengths. Result, flat: adjoints of q [b, t, h, d], of k and
   * of v [b, s, g, d]; where s = t they lie side by side, [b, t, h + 2 g, d], as one product gives
   * q, k and v. Dao et al. 2022, algorithm 4.
   */
  record AttentionGrad(float scale, boolean causal) implements Op {}

  // ---- indexing ----

  /**
   * table [rows, rest..], indices I32 [i..] → [i.., rest..]. An index outside the table reads as
   * zeros.
   */
  record Gather() implements Op {}

  /**
   * indices I32 [i..], values [i.., rest..] → [{@code rows}, rest..]: sums in the order of the
   * indices; others are skipped.
   */
  record ScatterAdd(int rows) implements Op {}

  /**
   * x [rows, rest..], indices I32 [n] (distinct), values [n, rest..] → x with those rows replaced;
   * an index outside x is skipped.
   */
  record PutRows() implements Op {}

  /** Functions of one number. */
  enum UnaryFn {
    NEG,
    ABS,
    /** −1, 0 or 1. */
    SIGN,
    FLOOR,
    EXP,
    EXPM1,
    LOG,
    LOG1P,
    SQRT,
    RSQRT,
    RECIPROCAL,
    SIN,
    COS,
    TANH,
    /** 1 / (1 + e⁻ˣ). */
    SIGMOID,
    /** ln(1 + eˣ), without overflow. */
    SOFTPLUS,
    /** The error function. */
    ERF
  }

  /** Functions of two numbers; comparisons give 1 or 0. */
  enum BinaryFn {
    ADD,
    SUB,
    MUL,
    DIV,
    MAX,
    MIN,
    POW,
    LESS,
    LESS_EQUAL,
    EQUAL
  }

  /** Reductions. */
  enum ReduceFn {
    SUM,
    MAX
  }

  /** Distributions of {@link Random}. */
  enum Distribution {
    /**
     * On the open interval (0, 1): (word ≫ 9) · 2⁻²³ + 2⁻²⁴, where word is i mod 4 of the block.
     */
    UNIFORM,
    /**
     * Standard normal by Box–Muller. The uniforms u, v of words 0, 1 of a block give elements 0, 1:
     * r cos 2πv and r sin 2πv, where r = √(−2 ln u); words 2, 3 give elements 2, 3.
     */
    NORMAL
  }

  /** Stride, padding, dilation and groups of a convolution. */
  record Window(
      int strideHeight,
      int strideWidth,
      int padTop,
      int padBottom,
      int padLeft,
      int padRight,
      int dilationHeight,
      int dilationWidth,
      int groups) {
    /** Stride 1, equal padding on all sides. */
    public static Window padded(int pad) {
      return strided(1, pad);
    }

    /** The same stride on both axes and the same padding on all sides. */
    public static Window strided(int stride, int pad) {
      return new Window(stride, stride, pad, pad, pad, pad, 1, 1, 1);
    }

    /** Output extent along the height for an input and kernel extent. */
    public int outHeight(int height, int kernel) {
      return (height + padTop + padBottom - dilationHeight * (kernel - 1) - 1) / strideHeight + 1;
    }

    /** Output extent along the width for an input and kernel extent. */
    public int outWidth(int width, int kernel) {
      return (width + padLeft + padRight - dilationWidth * (kernel - 1) - 1) / strideWidth + 1;
    }
  }
}
