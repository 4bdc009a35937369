package dev.assay.bench.steps;

import dev.assay.nn.Conv2d;
import dev.assay.nn.GroupNorm;
import dev.assay.nn.Initializer;
import dev.assay.nn.Linear;
import dev.assay.nn.MultiHeadAttention;
import dev.assay.nn.ParameterStore;
import dev.assay.tensor.Op.Window;
import dev.assay.tensor.Shape;
import dev.assay.tensor.Tensor;
import dev.assay.tensor.Tensors;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The noise predictor of Ho et al. 2020, appendix B, small: 32, 64 and 128 channels at 32², 16² and
 * 8² pixels, two residual blocks at each, attention of 4 heads in the middle.
 */
final class UNet {
  private static final int[] CHANNELS = {32, 64, 128};
  private static final int BLOCKS = 2;
  private static final int GROUPS = 8;
  private static final int HEADS = 4;
  private static final int FREQUENCIES = 16;
  private static final int TIME = 128;

  private final Linear time0;
  private final Linear time1;
  private final Conv2d first;
  private final List<Level> down = new ArrayList<>();
  private final Residual before;
  private final GroupNorm attentionNorm;
  private final MultiHeadAttention attention;
  private final Residual after;
  private final List<Level> up = new ArrayList<>();
  private final GroupNorm lastNorm;
  private final Conv2d last;

  /**
   * @param resample the convolution that leads to the next level, or null
   */
  private record Level(Residual[] blocks, @Nullable Conv2d resample) {}

  UNet(ParameterStore store) {
    time0 = Linear.create(store.scope("time0"), 2 * FREQUENCIES, TIME);
    time1 = Linear.create(store.scope("time1"), TIME, TIME);
    first = convolution(store.scope("first"), 1, CHANNELS[0], 3, 1);
    int width = CHANNELS[0];
    for (int i = 0; i < CHANNELS.length; i++) {
      down.add(level(store.scope("down").scope(i), width, CHANNELS[i], 0, i + 1 < CHANNELS.length));
      width = CHANNELS[i];
    }
    before = new Residual(store.scope("before"), width, width);
    attentionNorm = GroupNorm.create(store.scope("attention_norm"), width, GROUPS);
    Initializer weight = Initializer.torch();
    ParameterStore attentionStore = store.scope("attention");
    attention =
        MultiHeadAttention.create(attentionStore, width, HEADS, HEADS, true, weight, weight);
    after = new Residual(store.scope("after"), width, width);
    for (int i = CHANNELS.length - 1; i >= 0; i--) {
      up.add(level(store.scope("up").scope(i), width, CHANNELS[i], CHANNELS[i], i > 0));
      width = CHANNELS[i];
    }
    lastNorm = GroupNorm.create(store.scope("last_norm"), width, GROUPS);
    last = convolution(store.scope("last"), width, 1, 3, 1);
  }

  /**
   * @param skip channels that join the input of each block
   */
  private static Level level(ParameterStore store, int in, int out, int skip, boolean resampled) {
    Residual[] blocks = new Residual[BLOCKS];
    for (int i = 0; i < BLOCKS; i++) {
      blocks[i] = new Residual(store.scope(i), (i == 0 ? in : out) + skip, out);
    }
    int stride = skip == 0 ? 2 : 1;
    Conv2d resample = resampled ? convolution(store.scope("next"), out, out, 3, stride) : null;
    return new Level(blocks, resample);
  }

  private static Conv2d convolution(ParameterStore store, int in, int out, int kernel, int stride) {
    return Conv2d.create(store, in, out, kernel, Window.strided(stride, kernel / 2));
  }

  /** Noised x [n, 32, 32, 1] at times t [n] → the noise, of x's shape. */
  Tensor apply(Tensor x, Tensor t) {
    Tensor time = embedded(t);
    Deque<Tensor> skips = new ArrayDeque<>();
    Tensor h = first.apply(x);
    for (Level level : down) {
      for (Residual block : level.blocks()) {
        h = block.apply(h, time);
        skips.push(h);
      }
      h = level.resample() == null ? h : level.resample().apply(h);
    }
    h = after.apply(attended(before.apply(h, time)), time);
    for (Level level : up) {
      for (Residual block : level.blocks()) {
        h = block.apply(Tensor.concat(3, h, skips.pop()), time);
      }
      h = level.resample() == null ? h : level.resample().apply(doubled(h));
    }
    return last.apply(Tensors.silu(lastNorm.apply(h)));
  }

  /** Sinusoids of t, then two layers: [n, 128]. Vaswani et al. 2017, §3.5. */
  private Tensor embedded(Tensor t) {
    float[] frequencies = new float[FREQUENCIES];
    for (int i = 0; i < FREQUENCIES; i++) {
      frequencies[i] = (float) Math.pow(10_000, -(double) i / FREQUENCIES);
    }
    Tensor angle =
        t.reshape(t.dim(0), 1).mul(Tensor.constant(frequencies, Shape.of(1, FREQUENCIES)));
    Tensor h = time0.apply(Tensor.concat(1, angle.sin(), angle.cos()));
    return Tensors.silu(time1.apply(Tensors.silu(h)));
  }

  private Tensor attended(Tensor x) {
    Tensor flat = attentionNorm.apply(x).reshape(x.dim(0), x.dim(1) * x.dim(2), x.dim(3));
    return x.add(attention.apply(flat, null, false).reshape(x.shape()));
  }

  /** Each pixel four times: twice the height and the width. */
  private static Tensor doubled(Tensor x) {
    int n = x.dim(0);
    int height = x.dim(1);
    int width = x.dim(2);
    int channels = x.dim(3);
    return x.reshape(n, height, 1, width, 1, channels)
        .broadcast(Shape.of(n, height, 2, width, 2, channels))
        .reshape(n, 2 * height, 2 * width, channels);
  }

  /** Norm, SiLU, convolution, twice; time is added between. */
  private static final class Residual {
    private final GroupNorm norm0;
    private final Conv2d convolution0;
    private final Linear time;
    private final GroupNorm norm1;
    private final Conv2d convolution1;
    private final @Nullable Conv2d skip;

    Residual(ParameterStore store, int in, int out) {
      norm0 = GroupNorm.create(store.scope("norm0"), in, GROUPS);
      convolution0 = convolution(store.scope("convolution0"), in, out, 3, 1);
      time = Linear.create(store.scope("time"), TIME, out);
      norm1 = GroupNorm.create(store.scope("norm1"), out, GROUPS);
      convolution1 = convolution(store.scope("convolution1"), out, out, 3, 1);
      skip = in == out ? null : convolution(store.scope("skip"), in, out, 1, 1);
    }

    Tensor apply(Tensor x, Tensor embedded) {
      Tensor shift = time.apply(embedded);
      Tensor h = convolution0.apply(Tensors.silu(norm0.apply(x)));
      h = h.add(shift.reshape(x.dim(0), 1, 1, -1));
      h = convolution1.apply(Tensors.silu(norm1.apply(h)));
      return h.add(skip == null ? x : skip.apply(x));
    }
  }
}
