package dev.assay.plugins.diffusion;

import dev.assay.nn.Adam;
import dev.assay.nn.Dropout;
import dev.assay.nn.Ema;
import dev.assay.nn.ParameterStore;
import dev.assay.nn.Schedule;
import dev.assay.nn.TrainStep;
import dev.assay.spi.Batch;
import dev.assay.spi.ModelContext;
import dev.assay.spi.Param;
import dev.assay.spi.StateStore;
import dev.assay.spi.States;
import dev.assay.spi.StepReport;
import dev.assay.spi.Values;
import dev.assay.tensor.DType;
import dev.assay.tensor.Draws;
import dev.assay.tensor.Program;
import dev.assay.tensor.RandomStream;
import dev.assay.tensor.Shape;
import dev.assay.tensor.Tensor;
import java.util.Arrays;

/**
 * A denoiser in training by Adam, its gradient clipped to norm 1, with averages of its weights for
 * everything but training (Ho et al. 2020, appendix B). Labels are dropped now and then, so that
 * one network learns p(x | label) and p(x) (Ho and Salimans 2022, algorithm 1).
 */
public final class DenoiserTraining implements AutoCloseable {
  private static final String LABELS = "labels";
  private static final double CLIPPING_NORM = 1;

  private final Settings settings;
  private final Schedule schedule;
  private final int classes;
  private final ParameterStore store;
  private final Denoiser network;
  private final Ema average;
  private final Program program;
  private final RandomStream noise;
  private long steps;

  /** How a denoiser is trained. */
  public record Settings(
      @Param(doc = "Whether to learn p(x | label), for data with labels.", value = "false")
          boolean conditional,
      @Param(
              doc = "With conditional: part of the labels dropped, for guidance.",
              value = "0.1",
              min = 0,
              max = 1)
          double labelDropout,
      @Param(
              doc =
                  "Largest decay of the averaged weights that sample and score, which after n updates"
                      + " is n / (n + 9); 0 takes the last ones.",
              value = "0.999",
              min = 0,
              max = 0.99999)
          double ema,
      @Param(doc = "Training examples per update.", value = "64", min = 1, max = 65536) int batch,
      @Param(doc = "Learning rate of Adam.", value = "1e-3", min = 0, max = 1) double learningRate,
      @Param(
              doc = "Update at which the learning rate has fallen to 0 as a cosine; 0 for never.",
              value = "0",
              min = 0,
              max = 1e9)
          long decaySteps) {
    Schedule schedule() {
      return decaySteps == 0
          ? Schedule.constant(learningRate)
          : Schedule.cosine(learningRate, 0, 0, decaySteps);
    }
  }

  /** A network in training, told the labels. */
  @FunctionalInterface
  public interface Network {
    /** x [rows, width] and time [rows] → [rows, width]. */
    Tensor apply(Tensor x, Tensor time);
  }

  /** What is to be made smaller. */
  @FunctionalInterface
  public interface Loss {
    /** Examples x [batch, width] → a scalar. */
    Tensor of(Tensor x, Network network, Draws draws);
  }

  /**
   * @param item shape of an example
   * @param classes 0 for an unconditional network
   */
  public DenoiserTraining(
      ModelContext context,
      Architecture architecture,
      Settings settings,
      Shape item,
      int classes,
      Loss loss) {
    this.settings = settings;
    schedule = settings.schedule();
    this.classes = classes;
    noise = context.random().child("noise");
    store = new ParameterStore(context.backend(), context.random().child("weights"));
    network = architecture.create(store.scope("network"), item, classes);
    average = Ema.warmedUp(store.scope("average"), store.parameters(), settings.ema());
    program =
        new TrainStep(
                loss(loss, item.size(), architecture.dropout()),
                store.parameters(),
                Adam.standard(store.scope("adam")))
            .clip(CLIPPING_NORM)
            .average(average)
            .compile(context.backend());
  }

  private Tensor loss(Loss loss, int width, double rate) {
    int rows = settings.batch();
    Draws draws = Draws.root();
    Tensor x = Tensor.input("x", DType.F32, Shape.of(rows, width));
    Tensor labels = Tensor.input(LABELS, DType.I32, Shape.of(rows)).toFloat();
    Tensor dropped =
        draws
            .child("labels")
            .bernoulli(Tensor.fill((float) settings.labelDropout(), labels.shape()));
    Tensor seen = dropped.where(Tensor.scalar(Denoiser.NO_LABEL), labels).toInt();
    Dropout dropout = rate == 0 ? Dropout.none() : new Dropout(rate, draws.child("dropout"));
    return loss.of(x, (noisy, time) -> network.apply(noisy, time, seen, dropout), draws);
  }

  /**
   * One update.
   *
   * @param x examples in the form the loss wants
   * @param batch the same examples, for their labels
   */
  public StepReport step(float[] x, Batch batch) {
    program.set("x", x);
    setLabels(program, labels(batch.condition()));
    program.set(TrainStep.LEARNING_RATE, new float[] {(float) schedule.at(steps)});
    program.seed(noise.child(steps));
    program.run();
    steps++;
    return StepReport.of(program.scalar(TrainStep.LOSS), settings.batch());
  }

  /**
   * The network's output under averaged weights, without dropout.
   *
   * @param x [rows, width]
   * @param time [rows]
   * @param labels as {@link #labelInput} gives it
   */
  public Tensor predict(Tensor x, Tensor time, Tensor labels) {
    return average.averaged(network.apply(x, time, labels, Dropout.none()));
  }

  /** Rows of a program that samples or scores. */
  public int rows() {
    return network.rows();
  }

  /** Whether the network is told labels. */
  public boolean conditional() {
    return classes > 0;
  }

  /** An input I32 [rows] for {@link #setLabels}. */
  public static Tensor labelInput(int rows) {
    return Tensor.input(LABELS, DType.I32, Shape.of(rows));
  }

  /** Sets the labels of a program whose network is told them. */
  public void setLabels(Program of, int[] labels) {
    if (conditional()) {
      of.set(LABELS, labels);
    }
  }

  /** Labels by number; an unconditional network gets {@link Denoiser#NO_LABEL} for each. */
  public int[] labels(Values condition) {
    if (conditional() && condition instanceof Values.Labels(int[] labels)) {
      return labels;
    }
    int[] none = new int[condition.count()];
    Arrays.fill(none, Denoiser.NO_LABEL);
    return none;
  }

  /** Trained numbers. */
  public long parameters() {
    return store.count();
  }

  public void save(StateStore state) {
    States.save(store, state);
    state.putLongs("steps", steps);
  }

  public void restore(StateStore state) {
    States.restore(store, state);
    steps = state.longs("steps")[0];
  }

  @Override
  public void close() {
    program.close();
  }
}
