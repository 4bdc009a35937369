package dev.assay.metrics.pairs;

import com.google.auto.service.AutoService;
import dev.assay.metrics.text.Tokens;
import dev.assay.spi.Metric;

/**
 * Edits per token between white space: of words the word error rate, of phonemes the phoneme error
 * rate (PER).
 */
@AutoService(Metric.class)
public final class TokenErrorMetric extends ErrorRate {
  public TokenErrorMetric() {
    super(
        "token-error-rate",
        "Token error rate",
        "Levenshtein 1966; edits / tokens of the reference",
        Tokens::words,
        "tok:none");
  }
}
