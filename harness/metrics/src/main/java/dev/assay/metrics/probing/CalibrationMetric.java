package dev.assay.metrics.probing;

import com.google.auto.service.AutoService;
import dev.assay.metrics.Statistics;
import dev.assay.metrics.classification.Calibration;
import dev.assay.metrics.likelihood.Weights;
import dev.assay.spi.Batch;
import dev.assay.spi.DataSpec;
import dev.assay.spi.Evaluation;
import dev.assay.spi.Metric;
import dev.assay.spi.MetricValue;
import dev.assay.spi.Modality;
import dev.assay.spi.Trained;
import dev.assay.spi.Values;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Whether the classes that a class-conditional likelihood gives held-out examples come true, by the
 * rule of Bayes: p(class | x) ∝ p(x | class) p(class), the shares of classes being those of the
 * training examples. Each example is scored once for each class.
 */
@AutoService(Metric.class)
public final class CalibrationMetric extends ProbingMetric {
  private static final int BINS = 15;

  /** Examples at most, as each is scored once for each class. */
  private static final int FEW = 300;

  public CalibrationMetric() {
    super(
        "calibration-error",
        new Info(
            "Expected calibration error of the classes that the likelihood implies",
            "1",
            Direction.LOWER,
            0,
            1,
            0,
            "Guo et al. 2017, On calibration of modern neural networks, eq. 3"));
  }

  @Override
  boolean covers(DataSpec.Conditional spec) {
    return spec.condition() instanceof Modality.Label(int classes) && classes > 1;
  }

  @Override
  List<MetricValue> values(Evaluation evaluation, Trained trained) {
    if (evaluation.likelihoods().isEmpty()
        || !evaluation.likelihoods().getFirst().method().isGivenCondition()
        || !(evaluation.spec().condition() instanceof Modality.Label(int classes))
        || evaluation.test().count() < LEAST) {
      return List.of();
    }
    Batch examples = evaluation.test().select(spread(evaluation.test().count(), FEW));
    double[][] logs = new double[examples.count()][classes];
    double[] priors = shares(evaluation.train().condition(), classes);
    String kind = evaluation.likelihoods().getFirst().method().kindAndMeasure();
    for (int k = 0; k < classes; k++) {
      int[] label = new int[examples.count()];
      Arrays.fill(label, k);
      Optional<Evaluation.Likelihood> scored =
          trained.score(new Batch(examples.x(), new Values.Labels(label)), "test");
      if (scored.isEmpty()) {
        return List.of();
      }
      for (int i = 0; i < logs.length; i++) {
        logs[i][k] = Math.log(priors[k]) - scored.get().nats()[i];
      }
    }
    Calibration calibration =
        Calibration.of(posteriors(logs), ((Values.Labels) examples.condition()).labels(), BINS);
    return List.of(
        value(
            kind,
            Statistics.Mean.withoutInterval(calibration.expectedError()),
            logs.length,
            "n:%d|bins:%d|method:%s"
                .formatted(logs.length, BINS, evaluation.likelihoods().getFirst().method().id())));
  }

  private static double[] shares(Values labels, int classes) {
    double[] shares = new double[classes];
    for (int label : ((Values.Labels) labels).labels()) {
      shares[label] += 1.0 / labels.count();
    }
    return shares;
  }

  private static double[][] posteriors(double[][] logs) {
    return Arrays.stream(logs)
        .map(row -> {
          double all = Weights.logSum(row);
          return Arrays.stream(row).map(log -> Math.exp(log - all)).toArray();
        })
        .toArray(double[][]::new);
  }
}
