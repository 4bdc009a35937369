package dev.assay.bench.steps;

import dev.assay.bench.steps.GptNetwork.Size;
import java.util.ArrayList;
import java.util.List;

/** Training steps of one GPT whose batch, width, depth and context are halved and doubled. */
final class Scaling {
  private static final int BATCH = 12;
  private static final int WIDTH = 128;
  private static final int LAYERS = 4;
  private static final int CONTEXT = 64;
  private static final int HEAD = 32;

  private Scaling() {}

  static List<Step> all() {
    List<Step> all = new ArrayList<>();
    for (int batch : new int[] {3, 6, 12, 24}) {
      all.add(step("batch", batch, new Size(LAYERS, WIDTH / HEAD, WIDTH, CONTEXT), batch));
    }
    for (int width : new int[] {64, 128, 256, 512}) {
      all.add(step("width", width, new Size(LAYERS, width / HEAD, width, CONTEXT), BATCH));
    }
    for (int layers : new int[] {2, 4, 8, 16}) {
      all.add(step("layers", layers, new Size(layers, WIDTH / HEAD, WIDTH, CONTEXT), BATCH));
    }
    for (int context : new int[] {32, 64, 128, 256}) {
      all.add(step("context", context, new Size(LAYERS, WIDTH / HEAD, WIDTH, context), BATCH));
    }
    return all;
  }

  private static Step step(String extent, int value, Size size, int batch) {
    return new Step(
        "gpt-" + extent + "-" + value,
        "tokens",
        "GPT, %d layers, width %d, context %d, batch %d, AdamW"
            .formatted(size.layers(), size.width(), size.context(), batch),
        (backend, random) -> Gpt.training(backend, random, size, batch));
  }
}
