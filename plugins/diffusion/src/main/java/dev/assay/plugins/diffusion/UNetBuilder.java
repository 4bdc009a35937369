package dev.assay.plugins.diffusion;

import dev.assay.nn.Conv2d;
import dev.assay.nn.Initializer;
import dev.assay.nn.ParameterStore;
import dev.assay.plugins.diffusion.UNet.Stage;
import dev.assay.tensor.Op.Window;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Creates a {@link UNet}, keeping account of the channels on its way. */
final class UNetBuilder {
  private final ParameterStore store;
  private final int base;
  private final List<Integer> multipliers;
  private final int blocks;
  private final Deque<Integer> seen = new ArrayDeque<>();
  private int channels;

  /**
   * @param base channels at the highest resolution, even
   * @param multipliers channels of each resolution over {@code base}
   * @param blocks residual blocks of each resolution on the way down; one more on the way up
   */
  UNetBuilder(ParameterStore store, int base, List<Integer> multipliers, int blocks) {
    this.store = store;
    this.base = base;
    this.multipliers = multipliers;
    this.blocks = blocks;
    channels = base;
  }

  /**
   * @param patches how images are read and told
   * @param classes 0 for none
   */
  UNet build(Patches patches, int classes) {
    Initializer zeros = Initializer.zeros();
    Window same = Window.padded(1);
    Conv2d stem = Conv2d.create(store.scope("stem"), patches.channels(), base, 3, same);
    seen.push(base);
    List<UNet.Down> down = new ArrayList<>();
    for (int level = 0; level < multipliers.size(); level++) {
      down.add(down(level));
    }
    Stage middle = stage(store.scope("middle"), channels, channels, true);
    ResBlock last = ResBlock.create(store.scope("last"), channels, channels, width());
    List<UNet.Up> up = new ArrayList<>();
    for (int level = multipliers.size() - 1; level >= 0; level--) {
      up.add(up(level));
    }
    return new UNet(
        patches,
        Conditioning.create(store.scope("conditioning"), base, width(), classes),
        stem,
        down,
        middle,
        last,
        up,
        ResBlock.norm(store.scope("norm"), channels),
        Conv2d.create(store.scope("head"), channels, patches.channels(), 3, same, zeros, zeros));
  }

  private UNet.Down down(int level) {
    ParameterStore part = store.scope("down").scope(level);
    List<Stage> stages = new ArrayList<>();
    for (int i = 0; i < blocks; i++) {
      stages.add(next(part.scope(i), level, channels));
      seen.push(channels);
    }
    if (lowest(level)) {
      return new UNet.Down(stages, null);
    }
    seen.push(channels);
    return new UNet.Down(stages, Resampling.Down.create(part.scope("halve"), channels));
  }

  private UNet.Up up(int level) {
    ParameterStore part = store.scope("up").scope(level);
    List<Stage> stages = new ArrayList<>();
    for (int i = 0; i <= blocks; i++) {
      stages.add(next(part.scope(i), level, channels + seen.pop()));
    }
    return new UNet.Up(
        stages, level == 0 ? null : Resampling.Up.create(part.scope("twice"), channels));
  }

  private Stage next(ParameterStore part, int level, int in) {
    channels = base * multipliers.get(level);
    return stage(part, in, channels, lowest(level));
  }

  private Stage stage(ParameterStore part, int in, int out, boolean attends) {
    return Stage.create(part, in, out, width(), attends);
  }

  private boolean lowest(int level) {
    return level == multipliers.size() - 1;
  }

  /** Width of the vector that tells the time. */
  private int width() {
    return 4 * base;
  }
}
