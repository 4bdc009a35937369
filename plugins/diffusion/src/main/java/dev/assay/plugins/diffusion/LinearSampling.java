package dev.assay.plugins.diffusion;

import dev.assay.spi.Block;
import dev.assay.spi.SampleRequest;
import dev.assay.tensor.Backend;
import dev.assay.tensor.DType;
import dev.assay.tensor.RandomStream;
import dev.assay.tensor.Shape;
import dev.assay.tensor.Tensor;
import dev.assay.tensor.Variable;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * Samples by a list of {@link Update}s from standard normal noise. Noise comes from each sample's
 * own stream. Labels act by guidance: predictions are u + s (c − u), where c knows the label and u
 * does not (Ho and Salimans 2022, eq. 6, with s = 1 + w).
 */
public final class LinearSampling implements AutoCloseable {
  private final Backend backend;
  private final DenoiserTraining training;
  private final Prediction prediction;
  private final UnaryOperator<Tensor> limit;
  private final int width;
  private final int rows;
  private final Variable x;
  private final Variable previous;
  private final Map<UpdateProgram.Kind, UpdateProgram> programs = new HashMap<>();

  /** What the updates combine. */
  @FunctionalInterface
  public interface Prediction {
    /** x [rows, width], time [rows] as in {@link Update#time}, labels I32 [rows] → x's shape. */
    Tensor of(Tensor x, Tensor time, Tensor labels);
  }

  /** What is known of examples, one after another, in the form the network sees. */
  public record Known(float[] x, boolean[] marks) {}

  /**
   * @param limit keeps predictions in the range of the data, after guidance
   * @param width numbers in an example
   */
  public LinearSampling(
      Backend backend,
      DenoiserTraining training,
      Prediction prediction,
      UnaryOperator<Tensor> limit,
      int width) {
    this.backend = backend;
    this.training = training;
    this.prediction = prediction;
    this.limit = limit;
    this.width = width;
    rows = training.rows();
    x = backend.variable("sampling.x", DType.F32, Shape.of(rows, width));
    previous = backend.variable("sampling.previous", DType.F32, Shape.of(rows, width));
  }

  /**
   * Samples in the form the network sees, one after another.
   *
   * @param guidance s: 0 leaves labels aside, 1 samples from p(x | label)
   * @throws IllegalArgumentException if the network was not told labels, and s is not 1
   */
  public float[] draw(SampleRequest request, List<Update> updates, double guidance) {
    Known nothing = new Known(new float[0], new boolean[0]);
    List<Update.Completing> steps = updates.stream().map(Update.Completing::nothing).toList();
    return draw(request, steps, guidance, false, nothing);
  }

  /**
   * Samples of which a part is known. That part is as the last update leaves it, which need not be
   * what is known to the last bit.
   *
   * @param known of {@code request.count()} examples
   * @param guidance as for {@link #draw}
   */
  public float[] complete(
      SampleRequest request, Known known, List<Update.Completing> updates, double guidance) {
    return draw(request, updates, guidance, true, known);
  }

  private float[] draw(
      SampleRequest request,
      List<Update.Completing> updates,
      double guidance,
      boolean completing,
      Known known) {
    if (!training.conditional() && guidance != 1) {
      throw new IllegalArgumentException(
          "'guidance' is " + guidance + ", but the model was trained without 'conditional: true'");
    }
    boolean guided = guidance != 0 && guidance != 1;
    UpdateProgram program = program(new UpdateProgram.Kind(guided, completing));
    int[] labels = training.labels(request.condition());
    float[] drawn = new float[request.count() * width];
    float[] state = new float[rows * width];
    for (Block block : Block.of(request.count(), request.first(), rows)) {
      int[] own = new int[rows];
      Arrays.fill(own, Denoiser.NO_LABEL);
      if (guidance != 0) {
        System.arraycopy(labels, block.from(), own, block.row(), block.count());
      }
      float[] values = new float[completing ? state.length : 0];
      float[] marks = new float[values.length];
      if (completing) {
        place(known, block, values, marks);
      }
      program.load(training, own, guidance, values, marks);
      start(request, block);
      for (int step = 0; step < updates.size(); step++) {
        program.run(updates.get(step), keys(request, block, step));
      }
      x.read(state);
      System.arraycopy(
          state, block.row() * width, drawn, block.from() * width, block.count() * width);
    }
    return drawn;
  }

  private UpdateProgram program(UpdateProgram.Kind kind) {
    return programs.computeIfAbsent(
        kind, k -> new UpdateProgram(backend, k, prediction, limit, x, previous));
  }

  private void place(Known known, Block block, float[] values, float[] marks) {
    for (int i = 0; i < block.count() * width; i++) {
      int from = block.from() * width + i;
      int to = block.row() * width + i;
      marks[to] = known.marks()[from] ? 1 : 0;
      values[to] = known.marks()[from] ? known.x()[from] : 0;
    }
  }

  private void start(SampleRequest request, Block block) {
    float[] state = new float[rows * width];
    previous.write(state);
    for (int i = 0; i < block.count(); i++) {
      RandomStream stream = request.stream(block.from() + i).child("start");
      for (int k = 0; k < width; k++) {
        state[(block.row() + i) * width + k] = (float) stream.nextGaussian();
      }
    }
    x.write(state);
  }

  private int[] keys(SampleRequest request, Block block, int step) {
    int[] keys = new int[2 * rows];
    for (int i = 0; i < block.count(); i++) {
      long key = request.stream(block.from() + i).child(step).key();
      keys[2 * (block.row() + i)] = (int) key;
      keys[2 * (block.row() + i) + 1] = (int) (key >>> 32);
    }
    return keys;
  }

  @Override
  public void close() {
    programs.values().forEach(UpdateProgram::close);
  }
}
