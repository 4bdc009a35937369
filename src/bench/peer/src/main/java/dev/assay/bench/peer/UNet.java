package dev.assay.bench.peer;

import static org.bytedeco.pytorch.global.torch.cat;
import static org.bytedeco.pytorch.global.torch.scaled_dot_product_attention;
import static org.bytedeco.pytorch.global.torch.silu;
import static org.bytedeco.pytorch.global.torch.upsample_nearest2d;

import dev.assay.bench.peer.Layers.Convolution;
import dev.assay.bench.peer.Layers.GroupNorm;
import dev.assay.bench.peer.Layers.Linear;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.bytedeco.pytorch.DoubleOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.jspecify.annotations.Nullable;

/** The noise predictor that {@code dev.assay.bench.steps.UNet} describes. */
final class UNet {
  private static final int[] CHANNELS = {32, 64, 128};
  private static final int GROUPS = 8;
  private static final int HEADS = 4;
  private static final int FREQUENCIES = 16;
  private static final int TIME = 128;

  final Weights weights = new Weights();
  private final Linear time0 = Linear.create(weights, 2 * FREQUENCIES, TIME);
  private final Linear time1 = Linear.create(weights, TIME, TIME);
  private final Tensor frequencies;
  private final Convolution first = Convolution.create(weights, 1, CHANNELS[0], 3, 1, 1);
  private final List<Level> down = new ArrayList<>();
  private final Residual before;
  private final GroupNorm attentionNorm;
  private final Convolution packed;
  private final Convolution output;
  private final Residual after;
  private final List<Level> up = new ArrayList<>();
  private final GroupNorm lastNorm = GroupNorm.create(weights, CHANNELS[0], GROUPS);
  private final Convolution last = Convolution.create(weights, CHANNELS[0], 1, 3, 1, 1);

  private record Level(Residual first, Residual second, @Nullable Convolution resample) {}

  UNet() {
    float[] values = new float[FREQUENCIES];
    for (int i = 0; i < FREQUENCIES; i++) {
      values[i] = (float) Math.pow(10_000, -(double) i / FREQUENCIES);
    }
    frequencies = Data.tensor(values, 1, FREQUENCIES);
    int width = CHANNELS[0];
    for (int i = 0; i < CHANNELS.length; i++) {
      int out = CHANNELS[i];
      boolean resampled = i + 1 < CHANNELS.length;
      down.add(
          new Level(
              new Residual(width, out),
              new Residual(out, out),
              resampled ? Convolution.create(weights, out, out, 3, 2, 1) : null));
      width = out;
    }
    before = new Residual(width, width);
    attentionNorm = GroupNorm.create(weights, width, GROUPS);
    packed = Convolution.create(weights, width, 3 * width, 1, 1, 0);
    output = Convolution.create(weights, width, width, 1, 1, 0);
    after = new Residual(width, width);
    for (int i = CHANNELS.length - 1; i >= 0; i--) {
      int out = CHANNELS[i];
      up.add(
          new Level(
              new Residual(width + out, out),
              new Residual(2 * out, out),
              i > 0 ? Convolution.create(weights, out, out, 3, 1, 1) : null));
      width = out;
    }
  }

  /** x [n, 1, 32, 32] at times [n] → the noise, of x's shape. */
  Tensor apply(Tensor x, Tensor times) {
    return Local.of(() -> {
      Tensor time = embedded(times);
      Deque<Tensor> skips = new ArrayDeque<>();
      Tensor h = first.apply(x);
      for (Level level : down) {
        h = level.first().apply(h, time);
        skips.push(h);
        h = level.second().apply(h, time);
        skips.push(h);
        h = level.resample() == null ? h : level.resample().apply(h);
      }
      h = after.apply(attended(before.apply(h, time)), time);
      for (Level level : up) {
        h = level.first().apply(joined(h, skips.pop()), time);
        h = level.second().apply(joined(h, skips.pop()), time);
        h = level.resample() == null ? h : level.resample().apply(doubled(h));
      }
      return last.apply(silu(lastNorm.apply(h)));
    });
  }

  private Tensor embedded(Tensor times) {
    Tensor angle = times.view(-1, 1).mul(frequencies);
    Tensor waves = cat(new TensorVector(angle.sin(), angle.cos()), 1);
    return silu(time1.apply(silu(time0.apply(waves))));
  }

  private static Tensor joined(Tensor h, Tensor skip) {
    return cat(new TensorVector(h, skip), 1);
  }

  private static Tensor doubled(Tensor h) {
    long[] size = {2 * h.size(2), 2 * h.size(3)};
    return upsample_nearest2d(h, size, new DoubleOptional(), new DoubleOptional());
  }

  private Tensor attended(Tensor x) {
    return Local.of(() -> {
      long n = x.size(0);
      long channels = x.size(1);
      long height = x.size(2);
      long width = x.size(3);
      TensorVector parts =
          packed
              .apply(attentionNorm.apply(x))
              .reshape(n, 3L * HEADS, channels / HEADS, height * width)
              .transpose(2, 3)
              .chunk(3, 1);
      Tensor y =
          scaled_dot_product_attention(
              parts.get(0),
              parts.get(1),
              parts.get(2),
              Layers.NONE,
              0.0,
              false,
              new DoubleOptional(),
              false);
      return x.add(output.apply(y.transpose(2, 3).reshape(n, channels, height, width)));
    });
  }

  private final class Residual {
    private final int out;
    private final GroupNorm norm0;
    private final Convolution convolution0;
    private final Linear time;
    private final GroupNorm norm1;
    private final Convolution convolution1;
    private final @Nullable Convolution skip;

    Residual(int in, int out) {
      this.out = out;
      norm0 = GroupNorm.create(weights, in, GROUPS);
      convolution0 = Convolution.create(weights, in, out, 3, 1, 1);
      time = Linear.create(weights, TIME, out);
      norm1 = GroupNorm.create(weights, out, GROUPS);
      convolution1 = Convolution.create(weights, out, out, 3, 1, 1);
      skip = in == out ? null : Convolution.create(weights, in, out, 1, 1, 0);
    }

    Tensor apply(Tensor x, Tensor embedded) {
      return Local.of(() -> {
        Tensor shift = time.apply(embedded).view(-1, out, 1, 1);
        Tensor h = convolution0.apply(silu(norm0.apply(x))).add(shift);
        h = convolution1.apply(silu(norm1.apply(h)));
        return h.add(skip == null ? x : skip.apply(x));
      });
    }
  }
}
