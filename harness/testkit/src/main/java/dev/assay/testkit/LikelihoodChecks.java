package dev.assay.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.assay.spi.Batch;
import dev.assay.spi.ScoreMethod;
import dev.assay.spi.ScoreMethod.Kind;
import dev.assay.spi.ScoreMethod.Measure;
import dev.assay.spi.Values;
import dev.assay.tensor.Shape;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Whether scores are likelihoods, and samples follow them. */
final class LikelihoodChecks {
  private static final int SAMPLES = 3000;
  private static final int REPEATS = 32;
  private static final int GRID = 240;

  private LikelihoodChecks() {}

  /** Methods that score a mass: exactly, or by a bound from below. */
  static List<ScoreMethod> masses(Trial<?, ?> trial) {
    return trial.methods().stream()
        .filter(m -> m.measure() == Measure.MASS)
        .filter(m -> m.kind() == Kind.EXACT || m.kind() == Kind.LOWER_BOUND)
        .toList();
  }

  /** Exact: Σ p = 1. Bound: Σ exp(mean of the bound) ≤ 1, since each term is at most p. */
  static void total(Trial<?, ?> trial, Space space, ScoreMethod method, double tolerance) {
    Batch all = trial.batch(space.values());
    boolean exact = method.kind() == Kind.EXACT;
    double[] nats = exact ? trial.score(all, method, 0) : mean(trial, all, method);
    double total = Arrays.stream(nats).map(v -> Math.exp(-v)).sum();
    double missing = space.whole() ? tolerance : 0.02;
    // A mean of noisy bounds overshoots by about half their variance over the repeats.
    assertThat(total)
        .as("%s: sum of the masses of all %d values", method.id(), nats.length)
        .isBetween(exact ? 1 - missing : 0, 1 + (exact ? tolerance : 0.03));
  }

  /** χ² of sample counts against masses; fails with probability 3e-5 on a correct model. */
  static void frequencies(Trial<?, ?> trial, Space space, ScoreMethod method, int samples) {
    double[] nats = trial.score(trial.batch(space.values()), method, 0);
    int[] counts = new int[nats.length];
    Map<Object, Integer> index = new HashMap<>();
    for (int i = 0; i < nats.length; i++) {
      index.put(key(space.values(), i), i);
    }
    int chunk = 500;
    for (int first = 0; first < samples; first += chunk) {
      Values drawn = trial.sample(first, Math.min(chunk, samples - first));
      for (int i = 0; i < drawn.count(); i++) {
        Integer cell = index.get(key(drawn, i));
        if (cell != null) {
          counts[cell]++;
        }
      }
    }
    double statistic = 0;
    int cells = 0;
    double restExpected = samples;
    int restCount = samples;
    for (int i = 0; i < nats.length; i++) {
      double expected = samples * Math.exp(-nats[i]);
      if (expected >= 5) {
        statistic += square(counts[i] - expected) / expected;
        cells++;
        restExpected -= expected;
        restCount -= counts[i];
      }
    }
    statistic += square(restCount - restExpected) / Math.max(5, restExpected);
    assertThat(statistic)
        .as("chi-squared of %d samples over %d values and the rest", samples, cells)
        .isLessThan(chiSquaredQuantile(Math.max(1, cells), 4));
  }

  /** An exact density, if examples are points of the plane. */
  static Optional<ScoreMethod> planeDensity(Trial<?, ?> trial) {
    boolean plane = trial.train().x() instanceof Values.Dense dense && dense.width() == 2;
    return trial.methods().stream()
        .filter(m -> plane && m.kind() == Kind.EXACT && m.measure() == Measure.DENSITY)
        .findFirst();
  }

  /** ∫ p = 1 by the midpoint rule, and the samples' mean −ln p is −∫ p ln p. */
  static void integral(Trial<?, ?> trial, ScoreMethod method) {
    float[] data = trial.train().dense().data();
    double[] low = new double[2];
    double[] step = new double[2];
    for (int c = 0; c < 2; c++) {
      double min = Double.POSITIVE_INFINITY;
      double max = Double.NEGATIVE_INFINITY;
      for (int i = c; i < data.length; i += 2) {
        min = Math.min(min, data[i]);
        max = Math.max(max, data[i]);
      }
      low[c] = min - (max - min);
      step[c] = 3 * (max - min) / GRID;
    }
    float[] points = new float[2 * GRID * GRID];
    for (int i = 0; i < GRID * GRID; i++) {
      points[2 * i] = (float) (low[0] + (i / GRID + 0.5) * step[0]);
      points[2 * i + 1] = (float) (low[1] + (i % GRID + 0.5) * step[1]);
    }
    double[] nats = trial.score(trial.batch(new Values.Dense(Shape.of(2), points)), method, 0);
    double cell = step[0] * step[1];
    double total = 0;
    double entropy = 0;
    for (double v : nats) {
      double mass = Math.exp(-v) * cell;
      total += mass;
      entropy += mass == 0 ? 0 : mass * v;
    }
    assertThat(total).as("integral of the density").isCloseTo(1, within(0.01));

    double[] own = trial.score(trial.batch(trial.sample(0, SAMPLES)), method, 0);
    double mean = Arrays.stream(own).average().orElseThrow();
    double variance = Arrays.stream(own).map(v -> square(v - mean)).average().orElseThrow();
    assertThat(mean)
        .as("mean -ln p of the model's samples, against its entropy")
        .isCloseTo(entropy, within(0.02 + 5 * Math.sqrt(variance / SAMPLES)));
  }

  /** No bound may say less nats than the known −ln p, beyond its own noise. */
  static void bounds(Trial<?, ?> trial, Batch batch, double[] known) {
    for (ScoreMethod method : trial.methods()) {
      if (method.kind() == Kind.LOWER_BOUND) {
        double[] nats = mean(trial, batch, method);
        double gap = 0;
        for (int i = 0; i < nats.length; i++) {
          gap += (nats[i] - known[i]) / nats.length;
        }
        assertThat(gap).as("%s: mean of bound minus known, nats", method.id()).isGreaterThan(-0.02);
      }
    }
  }

  /** Equal to the last bit. */
  static void same(Values expected, Values actual, String what) {
    equal(expected, actual, 0, what);
  }

  /** Equal, but for rounding in real numbers. */
  static void close(Values expected, Values actual, String what) {
    equal(expected, actual, 1e-4f, what);
  }

  private static void equal(Values expected, Values actual, float tolerance, String what) {
    switch (expected) {
      case Values.Dense(Shape item, float[] data) -> {
        assertThat(((Values.Dense) actual).item()).as(what).isEqualTo(item);
        assertThat(((Values.Dense) actual).data())
            .as(what)
            .containsExactly(data, within(tolerance));
      }
      case Values.Labels(int[] labels) ->
          assertThat(((Values.Labels) actual).labels()).as(what).isEqualTo(labels);
      case Values.Texts _, Values.Nothing _ -> assertThat(actual).as(what).isEqualTo(expected);
    }
  }

  private static double[] mean(Trial<?, ?> trial, Batch batch, ScoreMethod method) {
    double[] mean = new double[batch.count()];
    for (int r = 0; r < REPEATS; r++) {
      double[] nats = trial.score(batch, method, "repeat " + r, 0);
      for (int i = 0; i < mean.length; i++) {
        mean[i] += nats[i] / REPEATS;
      }
    }
    return mean;
  }

  private static Object key(Values values, int i) {
    return switch (values) {
      case Values.Dense dense -> {
        int width = dense.width();
        yield Arrays.toString(Arrays.copyOfRange(dense.data(), i * width, (i + 1) * width));
      }
      case Values.Texts texts -> texts.texts().get(i);
      case Values.Labels labels -> labels.labels()[i];
      case Values.Nothing _ -> 0;
    };
  }

  /** Wilson and Hilferty 1931: the quantile at {@code z} standard deviations of the normal. */
  private static double chiSquaredQuantile(int degrees, double z) {
    double a = 2.0 / (9 * degrees);
    double root = 1 - a + z * Math.sqrt(a);
    return degrees * root * root * root;
  }

  private static double square(double x) {
    return x * x;
  }
}
