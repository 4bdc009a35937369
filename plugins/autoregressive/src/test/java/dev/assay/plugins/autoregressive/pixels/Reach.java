package dev.assay.plugins.autoregressive.pixels;

import dev.assay.nn.Dropout;
import dev.assay.nn.Parameter;
import dev.assay.nn.ParameterStore;
import dev.assay.tensor.Backend;
import dev.assay.tensor.Graph;
import dev.assay.tensor.Program;
import dev.assay.tensor.RandomStream;
import dev.assay.tensor.Tensor;
import dev.assay.testkit.Backends;
import java.util.Arrays;
import java.util.function.Function;

/** Which pixels change which logits, found by changing one pixel after another. */
public final class Reach {
  private static final int DRAWS = 4;
  private static final int IMAGES = 4;
  private static final double DEVIATION = 0.4;

  private Reach() {}

  /**
   * Whether the logits at pixel i (first index) depend on pixel j (second), in one of the orders.
   *
   * @param create makes the network; its weights are then drawn at random
   */
  public static boolean[][] of(
      PixelData data, int order, Function<ParameterStore, ? extends PixelNetwork> create) {
    boolean[][] reach = new boolean[data.pixels()][data.pixels()];
    try (Backend backend = Backends.open(1)) {
      ParameterStore store = new ParameterStore(backend, RandomStream.root(5));
      PixelNetwork network = create.apply(store);
      Tensor logits = network.logits(data.x(1), data.labels(1), Dropout.none());
      try (Program program = backend.compile(Graph.builder().output("logits", logits).build())) {
        network.follow(order, program);
        // Rectified units that are dark under some weights are not under others.
        for (int draw = 0; draw < DRAWS; draw++) {
          randomize(store, RandomStream.root(6).child(draw));
          add(reach, data, program, logits.shape().size());
        }
      }
    }
    return reach;
  }

  private static void randomize(ParameterStore store, RandomStream random) {
    for (Parameter parameter : store.parameters()) {
      RandomStream own = random.child(parameter.name());
      float[] values = new float[parameter.shape().size()];
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) (DEVIATION * own.nextGaussian());
      }
      parameter.variable().write(values);
    }
  }

  private static void add(boolean[][] reach, PixelData data, Program program, int logits) {
    int pixels = data.pixels();
    for (int image = 0; image < IMAGES; image++) {
      RandomStream random = RandomStream.root(7).child(image);
      float[] x = new float[pixels];
      for (int i = 0; i < pixels; i++) {
        x[i] = random.nextInt(data.image().levels());
      }
      float[] before = run(program, x, logits);
      for (int j = 0; j < pixels; j++) {
        float[] other = x.clone();
        other[j] = (x[j] + 1) % data.image().levels();
        float[] after = run(program, other, logits);
        for (int i = 0; i < pixels; i++) {
          int each = logits / pixels;
          reach[i][j] |=
              !Arrays.equals(before, i * each, (i + 1) * each, after, i * each, (i + 1) * each);
        }
      }
    }
  }

  private static float[] run(Program program, float[] x, int logits) {
    float[] values = new float[logits];
    program.set("x", x);
    program.run();
    program.get("logits", values);
    return values;
  }
}
