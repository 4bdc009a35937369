package dev.assay.plugins.flow;

import dev.assay.spi.Block;
import dev.assay.spi.Values;
import dev.assay.tensor.Backend;
import dev.assay.tensor.DType;
import dev.assay.tensor.Gradients;
import dev.assay.tensor.Graph;
import dev.assay.tensor.Program;
import dev.assay.tensor.RandomStream;
import dev.assay.tensor.Shape;
import dev.assay.tensor.Tensor;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Draws what is unknown of x given the rest by the Metropolis-adjusted Langevin algorithm on the
 * flow's density (Roberts and Tweedie 1996; without the adjustment it is how NICE completes images,
 * Dinh et al. 2014, §5.3). Bounded intensities move as logits. The chain's law comes near to
 * p(unknown | known) as its steps grow in number; short chains stay near where they began. The size
 * of each chain's steps is fitted to itself within the first half of them.
 */
final class Completion implements AutoCloseable {
  private static final String Y = "y";
  private static final String NATS = "nats";
  private static final String SLOPE = "slope";

  /** Acceptance rate at which the algorithm moves fastest (Roberts and Rosenthal 1998). */
  private static final double BEST_RATE = 0.574;

  private static final double FIRST_SIZE = 0.1;
  private static final double LEARNING = 0.1;

  private final int rows;
  private final int width;
  private final int classes;
  private final @Nullable Logit logit;
  private final Program program;

  /**
   * @param flow of x
   * @param logit how bounded intensities become real numbers; null for numbers without bounds
   */
  Completion(Backend backend, Flow flow, @Nullable Logit logit, int rows) {
    this.rows = rows;
    this.logit = logit;
    width = flow.domain().size();
    classes = flow.domain().classes();
    Tensor y = Tensor.input(Y, DType.F32, Shape.of(rows, width));
    Condition condition = Condition.input(rows, classes);
    Tensor nats;
    if (logit == null) {
      nats = flow.encode(y, condition).nats();
    } else {
      Mapped x = logit.inverse(y, condition);
      nats = flow.encode(x.value(), condition).nats().sub(x.logDeterminant());
    }
    Tensor slope = Gradients.of(nats.sum(), y);
    program = backend.compile(Graph.builder().output(NATS, nats).output(SLOPE, slope).build());
  }

  /** Where a chain is: y, −ln p(y) and its derivative, of all rows. */
  private record Place(float[] y, float[] nats, float[] slope) {
    static Place of(int rows, int width) {
      return new Place(new float[rows * width], new float[rows], new float[rows * width]);
    }

    void copyRow(Place from, int row, int width) {
      System.arraycopy(from.y, row * width, y, row * width, width);
      System.arraycopy(from.slope, row * width, slope, row * width, width);
      nats[row] = from.nats[row];
    }
  }

  /**
   * Completes rows of x in place.
   *
   * @param x what is known, and where the rest begins
   * @param known for each number
   * @param condition one for each row
   * @param streams one for each row
   * @param first index of the first row
   */
  void run(
      float[] x, boolean[] known, Values condition, RandomStream[] streams, long first, int steps) {
    for (Block block : Block.of(streams.length, first, rows)) {
      int from = block.from() * width;
      int numbers = block.count() * width;
      boolean[] fixed = new boolean[rows * width];
      Arrays.fill(fixed, true);
      System.arraycopy(known, from, fixed, block.row() * width, numbers);
      Place at = Place.of(rows, width);
      for (int i = 0; i < numbers; i++) {
        at.y[block.row() * width + i] = logit == null ? x[from + i] : logit.of(x[from + i]);
      }
      if (classes > 0) {
        int[] labels = new int[rows];
        int[] given = ((Values.Labels) condition).labels();
        System.arraycopy(given, block.from(), labels, block.row(), block.count());
        program.set(Condition.INPUT, labels);
      }
      chains(at, fixed, block, streams, steps);
      for (int i = 0; i < numbers; i++) {
        if (!known[from + i]) {
          float y = at.y[block.row() * width + i];
          x[from + i] = logit == null ? y : logit.inverse(y);
        }
      }
    }
  }

  private void chains(Place at, boolean[] fixed, Block block, RandomStream[] streams, int steps) {
    Place next = Place.of(rows, width);
    double[] logSizes = new double[rows];
    Arrays.fill(logSizes, Math.log(FIRST_SIZE));
    evaluate(at);
    for (int step = 0; step < steps; step++) {
      System.arraycopy(at.y, 0, next.y, 0, next.y.length);
      for (int i = 0; i < block.count(); i++) {
        int row = block.row() + i;
        RandomStream stream = streams[block.from() + i].child("langevin").child(step);
        propose(at, next, fixed, row, Math.exp(logSizes[row]), stream);
      }
      evaluate(next);
      for (int i = 0; i < block.count(); i++) {
        int row = block.row() + i;
        double size = Math.exp(logSizes[row]);
        double logRate =
            at.nats[row]
                - (double) next.nats[row]
                + logProposal(next, at, fixed, row, size)
                - logProposal(at, next, fixed, row, size);
        double rate = Double.isNaN(logRate) ? 0 : Math.min(1, Math.exp(logRate));
        RandomStream stream = streams[block.from() + i].child("accept").child(step);
        if (stream.nextDouble() < rate) {
          at.copyRow(next, row, width);
        }
        if (step < steps / 2) {
          logSizes[row] += LEARNING * (rate - BEST_RATE);
        }
      }
    }
  }

  private void evaluate(Place place) {
    program.set(Y, place.y);
    program.run();
    program.get(NATS, place.nats);
    program.get(SLOPE, place.slope);
  }

  /** y' = y − ½ h² ∂nats/∂y + h ε, of the numbers that are not fixed. */
  private void propose(
      Place at, Place next, boolean[] fixed, int row, double size, RandomStream stream) {
    for (int k = row * width; k < (row + 1) * width; k++) {
      double noise = stream.nextGaussian();
      if (!fixed[k]) {
        next.y[k] = (float) (at.y[k] - 0.5 * size * size * at.slope[k] + size * noise);
      }
    }
  }

  /** ln q(to | from), but for what both directions share. */
  private double logProposal(Place from, Place to, boolean[] fixed, int row, double size) {
    double squares = 0;
    for (int k = row * width; k < (row + 1) * width; k++) {
      if (!fixed[k]) {
        double noise = to.y[k] - from.y[k] + 0.5 * size * size * from.slope[k];
        squares += noise * noise;
      }
    }
    return -squares / (2 * size * size);
  }

  @Override
  public void close() {
    program.close();
  }
}
