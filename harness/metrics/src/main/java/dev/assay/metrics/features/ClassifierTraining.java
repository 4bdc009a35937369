package dev.assay.metrics.features;

import dev.assay.nn.Adam;
import dev.assay.nn.Dropout;
import dev.assay.nn.ParameterStore;
import dev.assay.nn.Schedule;
import dev.assay.nn.TrainStep;
import dev.assay.spi.Batch;
import dev.assay.spi.Modality;
import dev.assay.spi.Values;
import dev.assay.tensor.Backend;
import dev.assay.tensor.DType;
import dev.assay.tensor.Draws;
import dev.assay.tensor.Program;
import dev.assay.tensor.RandomStream;
import dev.assay.tensor.Shape;
import dev.assay.tensor.Tensor;
import dev.assay.tensor.Tensors;

/**
 * Trains a {@link ClassifierNetwork}: cross-entropy, AdamW (Loshchilov and Hutter 2019), half a
 * cosine. The same data give the same weights on one build of the backend.
 */
final class ClassifierTraining {
  private static final int BATCH = 128;
  private static final int MOST_STEPS = 4000;
  private static final int MOST_EPOCHS = 60;
  private static final double PEAK = 2e-3;
  private static final double DECAY = 0.05;
  private static final double DROPOUT = 0.4;
  private static final RandomStream RANDOM = RandomStream.root(0).child("classifier");

  private final Batch train;
  private final Modality.Image image;
  private final float[] pixels;
  private final int[] labels = new int[BATCH];

  ClassifierTraining(Batch train, Modality.Image image) {
    this.train = train;
    this.image = image;
    pixels = new float[BATCH * image.size()];
  }

  /** The weights that training of this data starts from. */
  static RandomStream initial() {
    return RANDOM.child("weights");
  }

  /** Is told how many updates of how many are done. */
  interface Progress {
    void trained(long done, long steps);
  }

  /** Trains the network whose weights are in the store. */
  void run(Backend backend, ParameterStore weights, ClassifierNetwork network, Progress progress) {
    ParameterStore moments = new ParameterStore(backend, RANDOM.child("moments"));
    Tensor x =
        Tensor.input(
            "x", DType.F32, Shape.of(BATCH, image.height(), image.width(), image.channels()));
    Tensor label = Tensor.input("label", DType.I32, Shape.of(BATCH));
    Dropout dropout = new Dropout(DROPOUT, Draws.root().child("dropout"));
    Tensor loss = Tensors.crossEntropy(network.apply(x, dropout).logits(), label).mean();
    int epoch = (train.count() + BATCH - 1) / BATCH;
    int steps = Math.min(MOST_STEPS, MOST_EPOCHS * epoch);
    Schedule rate = Schedule.cosine(PEAK, 0, steps / 20, steps);
    try (Program program =
        new TrainStep(loss, weights.parameters(), Adam.decoupled(moments, 0.9, 0.999, DECAY))
            .compile(backend)) {
      Order order = new Order(train.count());
      for (int step = 0; step < steps; step++) {
        fill(order);
        program.set("x", pixels);
        program.set("label", labels);
        program.set(TrainStep.LEARNING_RATE, new float[] {(float) rate.at(step)});
        program.seed(RANDOM.child("masks").child(step));
        program.run();
        progress.trained(step + 1, steps);
      }
    }
  }

  private void fill(Order order) {
    int width = image.size();
    Values.Dense x = train.dense();
    int[] classes = ((Values.Labels) train.condition()).labels();
    for (int b = 0; b < BATCH; b++) {
      int i = order.next();
      labels[b] = classes[i];
      scale(x.data(), i * width, pixels, b * width, width, image.levels());
    }
  }

  /** Copies levels as numbers from 0 to 1. */
  static void scale(float[] levels, int from, float[] into, int to, int count, int top) {
    for (int j = 0; j < count; j++) {
      into[to + j] = levels[from + j] / (top - 1);
    }
  }

  /** Examples without end, each epoch in an order of its own. */
  private static final class Order {
    private final int count;
    private int[] epoch = {};
    private int at;
    private int epochs;

    Order(int count) {
      this.count = count;
    }

    int next() {
      if (at == epoch.length) {
        epoch = RANDOM.child("order").child(epochs++).permutation(count);
        at = 0;
      }
      return epoch[at++];
    }
  }
}
