package dev.assay.metrics;

import dev.assay.spi.Batch;
import dev.assay.spi.DataSpec;
import dev.assay.spi.Evaluation;
import dev.assay.spi.FeatureSpace;
import dev.assay.spi.Features;
import dev.assay.spi.Metric;
import dev.assay.spi.MetricValue;
import dev.assay.spi.Modality;
import dev.assay.spi.ScoreMethod;
import dev.assay.spi.Values;
import dev.assay.tensor.RandomStream;
import dev.assay.tensor.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Evaluations made by hand: data, and what a run would have added to them.
 *
 * @param samples drawn under the conditions of the test examples, over and over
 * @param seen whether there is a network that sees images
 * @param seed of the metric's stream
 */
record Evaluations(
    Modality x,
    Batch train,
    Batch test,
    Optional<Values> samples,
    List<Evaluation.Likelihood> likelihoods,
    boolean seen,
    long seed) {
  /** Flat images of one row; training and test data are the same. */
  static Evaluations images(int width, int levels, float[] pixels) {
    Values values = new Values.Dense(Shape.of(1, width, 1), pixels);
    return of(new Modality.Image(1, width, 1, levels), values, values);
  }

  static Evaluations table(int columns, float[] train, float[] test) {
    return of(new Modality.Tabular(columns), dense(columns, train), dense(columns, test));
  }

  static Evaluations texts(Modality.Text.Form form, String... texts) {
    Values values = new Values.Texts(List.of(texts));
    return of(new Modality.Text(form), values, values);
  }

  static Evaluations of(Modality x, Values train, Values test) {
    return of(x, Batch.of(train), Batch.of(test));
  }

  static Evaluations of(Modality x, Batch train, Batch test) {
    return new Evaluations(x, train, test, Optional.empty(), List.of(), false, 1);
  }

  /** Texts under sources; training and test data are the same. */
  static Evaluations pairs(List<String> sources, List<String> texts) {
    Batch batch = new Batch(new Values.Texts(texts), new Values.Texts(sources));
    return of(new Modality.Text(Modality.Text.Form.DOCUMENTS), batch, batch);
  }

  private static Values dense(int columns, float[] data) {
    return new Values.Dense(Shape.of(columns), data);
  }

  /** With exact masses. */
  Evaluations scored(double... nats) {
    return scored(ScoreMethod.exact(ScoreMethod.Measure.MASS), nats);
  }

  Evaluations scored(ScoreMethod method, double... nats) {
    List<Evaluation.Likelihood> all = new ArrayList<>(likelihoods);
    all.add(new Evaluation.Likelihood(method, nats));
    return new Evaluations(x, train, test, samples, all, seen, seed);
  }

  /** With samples shaped like the data. */
  Evaluations sampled(float[] data) {
    return sampled(new Values.Dense(test.dense().item(), data));
  }

  Evaluations sampled(Values values) {
    return new Evaluations(x, train, test, Optional.of(values), likelihoods, seen, seed);
  }

  Evaluations seed(long other) {
    return new Evaluations(x, train, test, samples, likelihoods, seen, other);
  }

  /** With a network whose features, places and logits are all the numbers themselves. */
  Evaluations withNetwork() {
    return new Evaluations(x, train, test, samples, likelihoods, true, seed);
  }

  private record Itself(Values samples, Values train, Values test) {
    private static Features features(Values values) {
      Values.Dense dense = (Values.Dense) values;
      Values.Dense flat = new Values.Dense(Shape.of(dense.width()), dense.data());
      return new Features(flat, Optional.of(flat), Optional.of(flat));
    }

    FeatureSpace space() {
      return new FeatureSpace() {
        @Override
        public String signature() {
          return "itself@0";
        }

        @Override
        public Features samples() {
          return features(samples);
        }

        @Override
        public Features train() {
          return features(train);
        }

        @Override
        public Features test() {
          return features(test);
        }
      };
    }
  }

  List<MetricValue> values(Metric metric) {
    return metric.compute(
        new Evaluation(
            new DataSpec.Conditional(x, condition()),
            samples,
            conditions(),
            train,
            test,
            likelihoods,
            samples.filter(_ -> seen).map(drawn -> new Itself(drawn, train.x(), test.x()).space()),
            Optional.empty(),
            RandomStream.root(seed)));
  }

  private Modality condition() {
    return switch (test.condition()) {
      case Values.Texts _ -> new Modality.Text(Modality.Text.Form.DOCUMENTS);
      case Values.Labels labels ->
          new Modality.Label(Arrays.stream(labels.labels()).max().orElse(0) + 1);
      case Values.Dense dense -> new Modality.Tabular(dense.width());
      case Values.Nothing _ -> new Modality.Nothing();
    };
  }

  private Values conditions() {
    int[] cycle = new int[samples.map(Values::count).orElse(0)];
    Arrays.setAll(cycle, i -> i % test.count());
    return test.condition().select(cycle);
  }

  /** The only value. */
  MetricValue value(Metric metric) {
    List<MetricValue> values = values(metric);
    if (values.size() != 1) {
      throw new AssertionError(metric.id() + " gave " + values);
    }
    return values.getFirst();
  }
}
