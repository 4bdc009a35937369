package dev.assay.plugins.statistical.bagofwords;

import dev.assay.plugins.statistical.Categorical;
import dev.assay.spi.Batch;
import dev.assay.spi.BatchSource;
import dev.assay.spi.GenerativeModel;
import dev.assay.spi.SampleRequest;
import dev.assay.spi.Samples;
import dev.assay.spi.ScoreMethod;
import dev.assay.spi.Scorer;
import dev.assay.spi.StateStore;
import dev.assay.spi.StepReport;
import dev.assay.spi.Tokenizer;
import dev.assay.spi.Values;
import dev.assay.tensor.RandomStream;
import dev.assay.tensor.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * p(class | text) = softmax(b + Σ w), over the text's distinct tokens. One update is a step of
 * AdaGrad on each text of a batch in turn, of the weights of its tokens alone.
 */
final class BagOfWordsModel implements GenerativeModel<BagOfWordsSampler>, Scorer {
  private final BagOfWordsConfig config;
  private final int classes;
  private final Tokenizer tokenizer;

  /** The end, which no text holds, stands for the bias. */
  private final double[] weights;

  /** Sums of squared gradients. */
  private final double[] squares;

  BagOfWordsModel(BagOfWordsConfig config, int classes, Tokenizer tokenizer) {
    this.config = config;
    this.classes = classes;
    this.tokenizer = tokenizer;
    weights = new double[tokenizer.size() * classes];
    squares = new double[weights.length];
  }

  /** The text's distinct tokens, and the end. */
  private int[] features(String text) {
    int[] tokens = tokenizer.encode(text);
    int[] all = Arrays.copyOf(tokens, tokens.length + 1);
    all[tokens.length] = tokenizer.end();
    return Arrays.stream(all).distinct().toArray();
  }

  private double[] probabilities(int[] features) {
    double[] p = new double[classes];
    for (int feature : features) {
      for (int c = 0; c < classes; c++) {
        p[c] += weights[feature * classes + c];
      }
    }
    double max = Arrays.stream(p).max().orElseThrow();
    double sum = 0;
    for (int c = 0; c < classes; c++) {
      p[c] = Math.exp(p[c] - max);
      sum += p[c];
    }
    for (int c = 0; c < classes; c++) {
      p[c] /= sum;
    }
    return p;
  }

  /** The loss is in nats per text, without the penalty. */
  @Override
  public StepReport train(BatchSource batches) {
    Batch batch = batches.next(config.batch());
    int[] labels = ((Values.Labels) batch.x()).labels();
    List<String> texts = texts(batch.condition());
    double nats = 0;
    for (int i = 0; i < labels.length; i++) {
      int[] features = features(texts.get(i));
      double[] p = probabilities(features);
      nats -= Math.log(p[labels[i]]);
      step(features, p, labels[i]);
    }
    return new StepReport(nats / labels.length, labels.length, false, Map.of());
  }

  private void step(int[] features, double[] p, int label) {
    for (int feature : features) {
      double penalty = feature == tokenizer.end() ? 0 : config.penalty();
      for (int c = 0; c < classes; c++) {
        int at = feature * classes + c;
        double slope = p[c] - (c == label ? 1 : 0) + penalty * weights[at];
        squares[at] += slope * slope;
        if (slope != 0) {
          weights[at] -= config.learningRate() * slope / Math.sqrt(squares[at]);
        }
      }
    }
  }

  private static List<String> texts(Values condition) {
    return ((Values.Texts) condition).texts();
  }

  @Override
  public Samples sample(SampleRequest request, BagOfWordsSampler sampler) {
    List<String> texts = texts(request.condition());
    int[] labels = new int[request.count()];
    for (int i = 0; i < labels.length; i++) {
      double[] p = probabilities(features(texts.get(i)));
      labels[i] =
          sampler.greedy() ? likeliest(p) : Categorical.draw(p, request.stream(i).nextDouble());
    }
    return new Samples(new Values.Labels(labels));
  }

  private static int likeliest(double[] p) {
    int best = 0;
    for (int c = 1; c < p.length; c++) {
      best = p[c] > p[best] ? c : best;
    }
    return best;
  }

  @Override
  public List<ScoreMethod> methods(int importanceSamples) {
    return List.of(ScoreMethod.exact(ScoreMethod.Measure.MASS).givenCondition());
  }

  @Override
  public double[] score(Batch batch, ScoreMethod method, RandomStream unused, long first) {
    int[] labels = ((Values.Labels) batch.x()).labels();
    List<String> texts = texts(batch.condition());
    double[] nats = new double[labels.length];
    Arrays.setAll(nats, i -> -Math.log(probabilities(features(texts.get(i)))[labels[i]]));
    return nats;
  }

  @Override
  public long parameters() {
    return weights.length;
  }

  @Override
  public void save(StateStore store) {
    store.putDoubles("weights", Shape.of(weights.length), weights);
    store.putDoubles("squares", Shape.of(squares.length), squares);
  }

  @Override
  public void restore(StateStore store) {
    System.arraycopy(
        store.doubles("weights", Shape.of(weights.length)), 0, weights, 0, weights.length);
    System.arraycopy(
        store.doubles("squares", Shape.of(squares.length)), 0, squares, 0, squares.length);
  }

  @Override
  public void close() {}
}
