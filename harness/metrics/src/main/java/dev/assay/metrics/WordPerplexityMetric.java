package dev.assay.metrics;

import com.google.auto.service.AutoService;
import dev.assay.metrics.likelihood.Units;
import dev.assay.metrics.text.Tokens;
import dev.assay.spi.Evaluation;
import dev.assay.spi.Metric;
import dev.assay.spi.Modality;
import dev.assay.spi.Modality.Text.Form;

/**
 * exp of nats per word of the held-out text, a word being what stands between white space. The end
 * of a document counts as one word; in a stream each line feed does, as in WikiText.
 */
@AutoService(Metric.class)
public final class WordPerplexityMetric extends LikelihoodMetric {
  public WordPerplexityMetric() {
    super(
        "word-perplexity",
        new Info(
            "Perplexity per word",
            "1/word",
            Direction.LOWER,
            1,
            Double.POSITIVE_INFINITY,
            0,
            "exp(Σ −ln p / Σ words and ends); Jelinek et al. 1977"));
  }

  @Override
  boolean covers(Modality x) {
    return x instanceof Modality.Text;
  }

  @Override
  double[] units(Evaluation evaluation) {
    boolean stream =
        evaluation.spec().x() instanceof Modality.Text(Form form) && form == Form.STREAM;
    return evaluation.test().texts().texts().stream()
        .mapToDouble(text ->
            Tokens.words(text).size() + (stream ? text.chars().filter(c -> c == '\n').count() : 1))
        .toArray();
  }

  @Override
  double convert(double nats, Evaluation evaluation) {
    return Units.perplexity(nats, 1);
  }
}
