package dev.assay.plugins.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.assay.nn.ParameterStore;
import dev.assay.tensor.Backend;
import dev.assay.tensor.DType;
import dev.assay.tensor.Graph;
import dev.assay.tensor.Program;
import dev.assay.tensor.RandomStream;
import dev.assay.tensor.Shape;
import dev.assay.tensor.Tensor;
import dev.assay.testkit.Backends;
import java.util.Arrays;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * Compares both directions of a transform with numeric Jacobians and with each other, at parameters
 * moved away from where they begin.
 */
public final class TransformCheck implements AutoCloseable {
  private static final float STEP = 1f / 512;
  private static final double SPREAD = 0.6;
  private static final double MOVE = 0.15;

  /** Of a log-determinant against a numeric one, for each dimension. */
  private static final double TOLERANCE = 1e-3;

  private static final int POINTS = 4;

  private final Backend backend = Backends.open(1);
  private final ParameterStore store =
      new ParameterStore(backend, RandomStream.root(3).child("weights"));

  /**
   * @param item shape of one example
   * @param transform made in a store
   */
  public void check(Shape item, Function<ParameterStore, Transform> transform) {
    check(item, 0, transform);
  }

  /**
   * @param classes of the label, each row's its index modulo this; 0 for none
   */
  public void check(Shape item, int classes, Function<ParameterStore, Transform> make) {
    Transform transform = make.apply(store);
    move();
    Direction forward = new Direction(transform::forward, item, classes, item);
    Shape code = forward.shape;
    Direction inverse = new Direction(transform::inverse, code, classes, item);
    for (int point = 0; point < POINTS; point++) {
      int label = classes == 0 ? 0 : point % classes;
      float[] x = point(item.size(), point);
      float[] z = forward.value(x, label);
      assertThat(inverse.value(z, label))
          .as("f⁻¹(f(x)) at point %d", point)
          .containsExactly(x, within(1e-3f));
      double logDeterminant = forward.logDeterminant(x, label);
      assertThat(inverse.logDeterminant(z, label))
          .as("log-determinant of the inverse at point %d", point)
          .isCloseTo(-logDeterminant, within(1e-3));
      assertThat(logDeterminant)
          .as("log-determinant at point %d, against the numeric Jacobian", point)
          .isCloseTo(forward.numeric(x, label), within(TOLERANCE * Math.max(5, x.length)));
      assertThat(inverse.logDeterminant(z, label))
          .as("log-determinant of the inverse at point %d, against the numeric Jacobian", point)
          .isCloseTo(inverse.numeric(z, label), within(TOLERANCE * Math.max(5, x.length)));
    }
    forward.program.close();
    inverse.program.close();
  }

  private void move() {
    store
        .parameters()
        .forEach(parameter -> {
          RandomStream random = RandomStream.root(4).child(parameter.name());
          float[] values = new float[parameter.shape().size()];
          parameter.variable().read(values);
          for (int i = 0; i < values.length; i++) {
            values[i] += (float) (MOVE * random.nextGaussian());
          }
          parameter.variable().write(values);
        });
  }

  private float[] point(int size, int number) {
    RandomStream random = RandomStream.root(5).child(number);
    float[] x = new float[size];
    for (int i = 0; i < size; i++) {
      x[i] = (float) (SPREAD * random.nextGaussian());
    }
    return x;
  }

  @Override
  public void close() {
    backend.close();
  }

  /** One direction, compiled for a point and its 2 n neighbours. */
  private final class Direction {
    final Program program;
    final Shape shape;
    private final int size;
    private final int rows;
    private final boolean labelled;

    Direction(BiFunction<Tensor, Condition, Mapped> map, Shape item, int classes, Shape numbers) {
      size = numbers.size();
      rows = 2 * size + 1;
      labelled = classes > 0;
      Tensor x = Tensor.input("x", DType.F32, item.insert(0, rows));
      Mapped image = map.apply(x, Condition.input(rows, classes));
      shape = image.value().shape().without(0);
      program =
          backend.compile(
              Graph.builder()
                  .output("value", image.value())
                  .output("log_determinant", image.logDeterminant())
                  .build());
    }

    private void run(float[] x, int label) {
      float[] all = new float[rows * size];
      for (int row = 0; row < rows; row++) {
        System.arraycopy(x, 0, all, row * size, size);
        if (row < size) {
          all[row * size + row] += STEP;
        } else if (row < 2 * size) {
          all[row * size + row - size] -= STEP;
        }
      }
      program.set("x", all);
      if (labelled) {
        int[] labels = new int[rows];
        Arrays.fill(labels, label);
        program.set(Condition.INPUT, labels);
      }
      program.run();
    }

    float[] value(float[] x, int label) {
      run(x, label);
      float[] all = new float[rows * size];
      program.get("value", all);
      float[] value = new float[size];
      System.arraycopy(all, 2 * size * size, value, 0, size);
      return value;
    }

    double logDeterminant(float[] x, int label) {
      run(x, label);
      float[] all = new float[rows];
      program.get("log_determinant", all);
      return all[2 * size];
    }

    /** ln |det| of the central differences. */
    double numeric(float[] x, int label) {
      run(x, label);
      float[] all = new float[rows * size];
      program.get("value", all);
      double[][] jacobian = new double[size][size];
      for (int i = 0; i < size; i++) {
        double step = (double) (x[i] + STEP) - (x[i] - STEP);
        for (int j = 0; j < size; j++) {
          jacobian[i][j] = ((double) all[i * size + j] - all[(size + i) * size + j]) / step;
        }
      }
      return Determinants.logAbsolute(jacobian);
    }
  }
}
