package dev.assay.plugins.template;

import dev.assay.nn.Adam;
import dev.assay.nn.Initializer;
import dev.assay.nn.Parameter;
import dev.assay.nn.ParameterStore;
import dev.assay.nn.TrainStep;
import dev.assay.spi.Batch;
import dev.assay.spi.BatchSource;
import dev.assay.spi.Block;
import dev.assay.spi.GenerativeModel;
import dev.assay.spi.Modality;
import dev.assay.spi.ModelContext;
import dev.assay.spi.SampleRequest;
import dev.assay.spi.Samples;
import dev.assay.spi.ScoreMethod;
import dev.assay.spi.Scorer;
import dev.assay.spi.StateStore;
import dev.assay.spi.States;
import dev.assay.spi.StepReport;
import dev.assay.spi.Values;
import dev.assay.tensor.Backend;
import dev.assay.tensor.DType;
import dev.assay.tensor.Draws;
import dev.assay.tensor.Graph;
import dev.assay.tensor.Program;
import dev.assay.tensor.RandomStream;
import dev.assay.tensor.Shape;
import dev.assay.tensor.Tensor;
import dev.assay.tensor.Tensors;
import java.util.Arrays;
import java.util.List;

/** A logistic regression of each pixel on those before it, row by row; one update is one step. */
final class FvsbnModel implements GenerativeModel<FvsbnSampler>, Scorer {
  /** Images that one replay scores or draws. */
  private static final int ROWS = 64;

  private final FvsbnConfig config;
  private final Shape item;
  private final ParameterStore store;
  private final Parameter weight;
  private final Parameter bias;
  private final Program training;
  private final Program scoring;
  private final Program sampling;

  FvsbnModel(FvsbnConfig config, Modality.Image image, ModelContext context) {
    this.config = config;
    item = Shape.of(image.height(), image.width(), image.channels());
    store = new ParameterStore(context.backend(), context.random());
    weight = store.parameter("weight", Shape.of(item.size(), item.size()), Initializer.zeros());
    bias = store.parameter("bias", Shape.of(item.size()), Initializer.zeros());
    training = compileTraining(context.backend());
    scoring = compileScoring(context.backend());
    sampling = compileSampling(context.backend());
  }

  /** Log-odds of each pixel, given those before it: x [rows, pixels] → [rows, pixels]. */
  private Tensor logits(Tensor x) {
    Shape square = weight.shape();
    Tensor before = Tensor.iota(square, 0).less(Tensor.iota(square, 1));
    return x.matmul(weight.value().mul(before)).add(bias.value());
  }

  /** −ln p of each image, in nats: x [rows, pixels] → [rows]. */
  private Tensor nats(Tensor x) {
    return Tensors.bernoulliNll(logits(x), x).sum(1);
  }

  private Tensor images(int rows) {
    return Tensor.input("x", DType.F32, Shape.of(rows, item.size()));
  }

  private Program compileTraining(Backend backend) {
    Tensor loss = nats(images(config.batch())).mean();
    return new TrainStep(loss, store.parameters(), Adam.standard(store.scope("adam")))
        .compile(backend);
  }

  private Program compileScoring(Backend backend) {
    return backend.compile(Graph.builder().output("nats", nats(images(ROWS))).build());
  }

  /** All pixels at once from pixels that are given; {@link #sample} says why that helps. */
  private Program compileSampling(Backend backend) {
    Tensor temperature = Tensor.input("temperature", DType.F32, Shape.SCALAR);
    Draws draws = Draws.perRow(Tensor.input("keys", DType.I32, Shape.of(ROWS, 2)));
    Tensor bright = logits(images(ROWS)).div(temperature).sigmoid();
    return backend.compile(
        Graph.builder().output("drawn", draws.child("pixels").bernoulli(bright)).build());
  }

  @Override
  public StepReport train(BatchSource batches) {
    training.set("x", batches.next(config.batch()).dense().data());
    training.set(TrainStep.LEARNING_RATE, new float[] {(float) config.learningRate()});
    training.run();
    return StepReport.of(training.scalar(TrainStep.LOSS), config.batch());
  }

  @Override
  public List<ScoreMethod> methods(int importanceSamples) {
    return List.of(ScoreMethod.exact(ScoreMethod.Measure.MASS));
  }

  @Override
  public double[] score(Batch batch, ScoreMethod method, RandomStream random, long first) {
    float[] data = batch.dense().data();
    float[] x = new float[ROWS * item.size()];
    float[] rows = new float[ROWS];
    double[] nats = new double[batch.count()];
    for (Block block : Block.of(batch.count(), first, ROWS)) {
      copy(data, block.from(), x, block.row(), block.count());
      scoring.set("x", x);
      scoring.run();
      scoring.get("nats", rows);
      for (int i = 0; i < block.count(); i++) {
        nats[block.from() + i] = rows[block.row() + i];
      }
    }
    return nats;
  }

  /**
   * Draws every pixel anew from the pixels of the last round, with the same random numbers, until
   * nothing changes. Round n gets the first n pixels right, as each depends on those before it
   * alone; so the end is the image that drawing one pixel after another would give, most often
   * after far fewer rounds than pixels. Song et al. 2021, Accelerating feedforward computation via
   * parallel nonlinear equation solving, §3.1.
   */
  @Override
  public Samples sample(SampleRequest request, FvsbnSampler sampler) {
    int[] keysOfAll = request.keys();
    int[] keys = new int[2 * ROWS];
    float[] drawn = new float[request.count() * item.size()];
    sampling.set("temperature", new float[] {(float) sampler.temperature()});
    for (Block block : Block.of(request.count(), request.first(), ROWS)) {
      System.arraycopy(keysOfAll, 2 * block.from(), keys, 2 * block.row(), 2 * block.count());
      sampling.set("keys", keys);
      copy(fixedPoint(), block.row(), drawn, block.from(), block.count());
    }
    return new Samples(new Values.Dense(item, drawn));
  }

  private float[] fixedPoint() {
    float[] before = new float[ROWS * item.size()];
    float[] after = new float[before.length];
    do {
      System.arraycopy(after, 0, before, 0, before.length);
      sampling.set("x", before);
      sampling.run();
      sampling.get("drawn", after);
    } while (!Arrays.equals(before, after));
    return after;
  }

  private void copy(float[] from, int fromImage, float[] to, int toImage, int count) {
    int size = item.size();
    System.arraycopy(from, fromImage * size, to, toImage * size, count * size);
  }

  /** Weights from earlier to later pixels, and biases. */
  @Override
  public long parameters() {
    long pixels = item.size();
    return pixels * (pixels - 1) / 2 + pixels;
  }

  @Override
  public void save(StateStore state) {
    States.save(store, state);
  }

  @Override
  public void restore(StateStore state) {
    States.restore(store, state);
  }

  @Override
  public void close() {
    training.close();
    scoring.close();
    sampling.close();
  }
}
