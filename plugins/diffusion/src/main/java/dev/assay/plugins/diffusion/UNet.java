package dev.assay.plugins.diffusion;

import dev.assay.nn.Conv2d;
import dev.assay.nn.Dropout;
import dev.assay.nn.GroupNorm;
import dev.assay.nn.ParameterStore;
import dev.assay.tensor.Tensor;
import dev.assay.tensor.Tensors;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The U-Net of Ho et al. 2020, appendix B: resolutions halved on the way down, what was seen there
 * joined on the way up, attention at the lowest. Any height and width will do: an odd one is
 * rounded up when halved.
 *
 * @param patches how images are read and told
 * @param down resolutions from the highest
 * @param up resolutions from the lowest
 */
record UNet(
    Patches patches,
    Conditioning conditioning,
    Conv2d stem,
    List<Down> down,
    Stage middle,
    ResBlock last,
    List<Up> up,
    GroupNorm norm,
    Conv2d head)
    implements Denoiser {
  UNet {
    down = List.copyOf(down);
    up = List.copyOf(up);
  }

  /** Blocks of one resolution; {@code halve} is null at the lowest. */
  record Down(List<Stage> stages, Resampling.@Nullable Down halve) {}

  /** Blocks of one resolution; {@code twice} is null at the highest. */
  record Up(List<Stage> stages, Resampling.@Nullable Up twice) {}

  /** A residual block, with attention at the lowest resolution. */
  record Stage(ResBlock block, @Nullable AttentionBlock attention) {
    /**
     * @param in channels
     * @param out channels
     * @param width of the context
     */
    static Stage create(ParameterStore store, int in, int out, int width, boolean attends) {
      return new Stage(
          ResBlock.create(store, in, out, width),
          attends ? AttentionBlock.create(store.scope("pixels"), out) : null);
    }

    Tensor apply(Tensor x, Tensor context, Dropout dropout) {
      Tensor h = block.apply(x, context, dropout);
      return attention == null ? h : attention.apply(h);
    }
  }

  @Override
  public Tensor apply(Tensor x, Tensor time, Tensor labels, Dropout dropout) {
    Tensor context = conditioning.apply(time, labels);
    Deque<Tensor> seen = new ArrayDeque<>();
    Tensor h = stem.apply(patches.fold(x));
    seen.push(h);
    for (int level = 0; level < down.size(); level++) {
      Down part = down.get(level);
      for (int i = 0; i < part.stages().size(); i++) {
        h = part.stages().get(i).apply(h, context, dropout.child("down" + level + "." + i));
        seen.push(h);
      }
      if (part.halve() != null) {
        h = part.halve().apply(h);
        seen.push(h);
      }
    }
    h = middle.apply(h, context, dropout.child("middle"));
    h = last.apply(h, context, dropout.child("last"));
    for (int level = 0; level < up.size(); level++) {
      Up part = up.get(level);
      for (int i = 0; i < part.stages().size(); i++) {
        Tensor joined = Tensor.concat(-1, h, seen.pop());
        h = part.stages().get(i).apply(joined, context, dropout.child("up" + level + "." + i));
      }
      if (part.twice() != null) {
        h = part.twice().apply(h, seen.element().dim(1), seen.element().dim(2));
      }
    }
    return patches.unfold(head.apply(Tensors.silu(norm.apply(h))));
  }

  @Override
  public int rows() {
    return 32;
  }
}
