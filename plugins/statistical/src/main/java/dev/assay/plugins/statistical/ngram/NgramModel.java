package dev.assay.plugins.statistical.ngram;

import dev.assay.plugins.statistical.Categorical;
import dev.assay.spi.Batch;
import dev.assay.spi.BatchSource;
import dev.assay.spi.GenerativeModel;
import dev.assay.spi.Modality.Text.Form;
import dev.assay.spi.SampleRequest;
import dev.assay.spi.Samples;
import dev.assay.spi.ScoreMethod;
import dev.assay.spi.Scorer;
import dev.assay.spi.StateStore;
import dev.assay.spi.StepReport;
import dev.assay.spi.Tokenizer;
import dev.assay.spi.Values;
import dev.assay.tensor.RandomStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * One update counts the n-grams of all training texts. Before the first token of a document stand
 * order − 1 ends; before that of a stream, nothing.
 */
final class NgramModel implements GenerativeModel<NgramSampler>, Scorer {
  private final NgramConfig config;
  private final Tokenizer tokenizer;
  private final Vocabulary vocabulary;
  private Trie trie;
  private Estimator estimator;

  NgramModel(NgramConfig config, Form form, Tokenizer tokenizer) {
    this.config = config;
    this.tokenizer = tokenizer;
    vocabulary = Vocabulary.of(tokenizer, form == Form.DOCUMENTS);
    trie = new Trie(config.order());
    estimator = estimator();
  }

  private Estimator estimator() {
    return switch (config.smoothing()) {
      case ADD_K -> new AddK(vocabulary, config.k());
      case KNESER_NEY ->
          config.discount() == 0
              ? KneserNey.estimated(vocabulary, trie)
              : KneserNey.fixed(vocabulary, config.order(), config.discount());
    };
  }

  /** The loss is in nats per token, the end of a document included. */
  @Override
  public StepReport train(BatchSource batches) {
    Batch all = batches.all();
    List<int[]> texts = all.texts().texts().stream().map(tokenizer::encode).toList();
    double nats = 0;
    long tokens = 0;
    for (int[] text : texts) {
      nats += nats(text);
      tokens += text.length + (vocabulary.ends() ? 1 : 0);
    }
    Trie counted = new Trie(config.order());
    texts.forEach(text -> count(counted, text));
    trie = counted;
    estimator = estimator();
    return new StepReport(
        nats / tokens, batches.size(), true, Map.of("ngrams", (double) parameters()));
  }

  private void count(Trie counted, int[] text) {
    int context = Trie.ROOT;
    for (int i = 1; vocabulary.ends() && i < config.order(); i++) {
      context = counted.extend(context, vocabulary.end());
    }
    for (int token : text) {
      context = counted.add(context, token);
    }
    if (vocabulary.ends()) {
      counted.add(context, vocabulary.end());
    }
  }

  /** Where a text has got to. */
  private final class Place {
    private int context = Trie.ROOT;
    private int known;

    Place() {
      for (int i = 1; vocabulary.ends() && i < config.order(); i++) {
        pass(vocabulary.end());
      }
    }

    void pass(int token) {
      context = trie.next(context, token);
      known = Math.min(known + 1, config.order() - 1);
    }

    double nats(int token) {
      return -Math.log(estimator.probability(trie, context, known, token));
    }

    void distribution(double[] out) {
      estimator.distribution(trie, context, known, out);
    }
  }

  private double nats(int[] text) {
    Place place = new Place();
    double nats = 0;
    for (int token : text) {
      nats += place.nats(token);
      place.pass(token);
    }
    return vocabulary.ends() ? nats + place.nats(vocabulary.end()) : nats;
  }

  @Override
  public Samples sample(SampleRequest request, NgramSampler sampler) {
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < request.count(); i++) {
      texts.add(tokenizer.decode(draw(request.stream(i), sampler)));
    }
    return new Samples(new Values.Texts(texts));
  }

  private int[] draw(RandomStream random, NgramSampler sampler) {
    double[] weights = new double[vocabulary.tokens()];
    int[] tokens = new int[sampler.length()];
    Place place = new Place();
    for (int i = 0; i < tokens.length; i++) {
      place.distribution(weights);
      temper(weights, sampler.temperature());
      tokens[i] = Categorical.draw(weights, random.nextDouble());
      if (tokens[i] == vocabulary.end()) {
        return Arrays.copyOf(tokens, i);
      }
      place.pass(tokens[i]);
    }
    return tokens;
  }

  /** p^(1 / temperature) up to a factor, the largest being 1; at 0 the largest alone. */
  private static void temper(double[] weights, double temperature) {
    if (temperature == 1) {
      return;
    }
    double max = Arrays.stream(weights).max().orElseThrow();
    for (int i = 0; i < weights.length; i++) {
      weights[i] =
          temperature == 0
              ? weights[i] == max ? 1 : 0
              : Math.pow(weights[i] / max, 1 / temperature);
    }
  }

  @Override
  public List<ScoreMethod> methods(int importanceSamples) {
    return List.of(ScoreMethod.exact(ScoreMethod.Measure.MASS));
  }

  @Override
  public double[] score(Batch batch, ScoreMethod method, RandomStream unused, long first) {
    return batch.texts().texts().stream().mapToDouble(t -> nats(tokenizer.encode(t))).toArray();
  }

  /** Stored n-grams of all lengths. */
  @Override
  public long parameters() {
    return trie.size() - 1L;
  }

  @Override
  public void save(StateStore store) {
    store.putLongs("ngrams", trie.toLongs());
  }

  @Override
  public void restore(StateStore store) {
    trie = Trie.ofLongs(config.order(), store.longs("ngrams"));
    estimator = estimator();
  }

  @Override
  public void close() {}
}
