package dev.assay.plugins.statistical.independent;

import dev.assay.plugins.statistical.Categorical;
import dev.assay.spi.Modality.Text.Form;
import dev.assay.spi.SampleRequest;
import dev.assay.spi.ScoreMethod;
import dev.assay.spi.StateStore;
import dev.assay.spi.Tokenizer;
import dev.assay.spi.Values;
import dev.assay.tensor.RandomStream;
import dev.assay.tensor.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * One categorical distribution of every token: a unigram model; uniform until fitted. The end of a
 * document is a token; a stream has none.
 */
final class TokenMarginals implements Marginals {
  private final Tokenizer tokenizer;
  private final boolean ends;
  private final double smoothing;
  private final double[] probabilities;

  TokenMarginals(Tokenizer tokenizer, Form form, double smoothing) {
    this.tokenizer = tokenizer;
    this.smoothing = smoothing;
    ends = form == Form.DOCUMENTS;
    probabilities = new double[tokenizer.size()];
    Arrays.fill(probabilities, 1);
    normalise();
  }

  @Override
  public void fit(Values x) {
    Arrays.fill(probabilities, smoothing);
    for (String text : ((Values.Texts) x).texts()) {
      for (int token : tokenizer.encode(text)) {
        probabilities[token]++;
      }
      probabilities[tokenizer.end()]++;
    }
    normalise();
  }

  private void normalise() {
    if (!ends) {
      probabilities[tokenizer.end()] = 0;
    }
    double total = Arrays.stream(probabilities).sum();
    for (int i = 0; i < probabilities.length; i++) {
      probabilities[i] /= total;
    }
  }

  @Override
  public double[] nats(Values x) {
    return ((Values.Texts) x).texts().stream().mapToDouble(this::nats).toArray();
  }

  private double nats(String text) {
    double nats = ends ? -Math.log(probabilities[tokenizer.end()]) : 0;
    for (int token : tokenizer.encode(text)) {
      nats -= Math.log(probabilities[token]);
    }
    return nats;
  }

  @Override
  public Values sample(SampleRequest request, IndependentSampler sampler) {
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < request.count(); i++) {
      RandomStream random = request.stream(i);
      int[] tokens = new int[sampler.length()];
      int length = 0;
      while (length < tokens.length) {
        int token = Categorical.draw(probabilities, random.nextDouble());
        if (token == tokenizer.end()) {
          break;
        }
        tokens[length++] = token;
      }
      texts.add(tokenizer.decode(Arrays.copyOf(tokens, length)));
    }
    return new Values.Texts(texts);
  }

  @Override
  public ScoreMethod.Measure measure() {
    return ScoreMethod.Measure.MASS;
  }

  @Override
  public long parameters() {
    return (long) probabilities.length - (ends ? 1 : 2);
  }

  @Override
  public void save(StateStore store) {
    store.putDoubles("probabilities", Shape.of(probabilities.length), probabilities);
  }

  @Override
  public void restore(StateStore store) {
    double[] saved = store.doubles("probabilities", Shape.of(probabilities.length));
    System.arraycopy(saved, 0, probabilities, 0, saved.length);
  }
}
