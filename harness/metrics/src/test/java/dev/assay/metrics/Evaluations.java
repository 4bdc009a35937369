package dev.assay.metrics;

import dev.assay.spi.Batch;
import dev.assay.spi.Canaries;
import dev.assay.spi.DataSpec;
import dev.assay.spi.Dataset;
import dev.assay.spi.Evaluation;
import dev.assay.spi.FeatureSpace;
import dev.assay.spi.Features;
import dev.assay.spi.Metric;
import dev.assay.spi.MetricValue;
import dev.assay.spi.Modality;
import dev.assay.spi.ScoreMethod;
import dev.assay.spi.Trained;
import dev.assay.spi.Values;
import dev.assay.tensor.RandomStream;
import dev.assay.tensor.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Evaluations made by hand: data, and what a run would have added to them.
 *
 * @param samples drawn under the conditions of the test examples, over and over
 * @param network that sees images, where there is one
 * @param trained the model, where one is asked
 * @param outliers examples of other datasets
 * @param known of how the data came about
 * @param seed of the metric's stream
 */
record Evaluations(
    Modality x,
    Batch train,
    Batch test,
    Optional<Values> samples,
    List<Evaluation.Likelihood> likelihoods,
    Optional<Function<Values.Dense, Features>> network,
    Optional<Trained> trained,
    List<Evaluation.Outliers> outliers,
    Known known,
    long seed) {
  /** What is known of how the data came about. */
  record Known(Optional<Dataset.Factors> factors, Optional<Canaries> canaries) {
    static final Known NOTHING = new Known(Optional.empty(), Optional.empty());
  }

  /** 12 digits and one that signatures leave out. */
  private static final String HASH = "0123456789abc";

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
    return new Evaluations(
        x,
        train,
        test,
        Optional.empty(),
        List.of(),
        Optional.empty(),
        Optional.empty(),
        List.of(),
        Known.NOTHING,
        1);
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
    return new Evaluations(x, train, test, samples, all, network, trained, outliers, known, seed);
  }

  /** With samples shaped like the data. */
  Evaluations sampled(float[] data) {
    return sampled(new Values.Dense(test.dense().item(), data));
  }

  Evaluations sampled(Values values) {
    return new Evaluations(
        x, train, test, Optional.of(values), likelihoods, network, trained, outliers, known, seed);
  }

  Evaluations seed(long other) {
    return new Evaluations(
        x, train, test, samples, likelihoods, network, trained, outliers, known, other);
  }

  /** With a network whose features, places and logits are all the numbers themselves. */
  Evaluations withNetwork() {
    return seenBy(values -> {
      Values.Dense flat = new Values.Dense(Shape.of(values.width()), values.data());
      return new Features(flat, Optional.of(flat), Optional.of(flat));
    });
  }

  Evaluations seenBy(Function<Values.Dense, Features> other) {
    return new Evaluations(
        x, train, test, samples, likelihoods, Optional.of(other), trained, outliers, known, seed);
  }

  Evaluations asking(Trained model) {
    return new Evaluations(
        x, train, test, samples, likelihoods, network, Optional.of(model), outliers, known, seed);
  }

  /** With examples of another dataset. */
  Evaluations beside(String dataset, Batch examples) {
    List<Evaluation.Outliers> all = new ArrayList<>(outliers);
    all.add(new Evaluation.Outliers(dataset, HASH, examples));
    return new Evaluations(
        x, train, test, samples, likelihoods, network, trained, all, known, seed);
  }

  Evaluations knowing(Dataset.Factors factors) {
    return knowing(new Known(Optional.of(factors), known.canaries()));
  }

  Evaluations knowing(Canaries canaries) {
    return knowing(new Known(known.factors(), Optional.of(canaries)));
  }

  private Evaluations knowing(Known other) {
    return new Evaluations(
        x, train, test, samples, likelihoods, network, trained, outliers, other, seed);
  }

  private record Seen(
      Function<Values.Dense, Features> network, Values drawn, Batch seen, Batch held)
      implements FeatureSpace {
    @Override
    public String signature() {
      return "itself@0";
    }

    @Override
    public Features samples() {
      return network.apply((Values.Dense) drawn);
    }

    @Override
    public Features train() {
      return network.apply(seen.dense());
    }

    @Override
    public Features test() {
      return network.apply(held.dense());
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
            () -> likelihoods,
            trained,
            outliers,
            network.flatMap(by -> samples.map(drawn -> new Seen(by, drawn, train, test))),
            Optional.empty(),
            known.factors(),
            known.canaries(),
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
