package dev.assay.metrics.pairs;

import com.google.auto.service.AutoService;
import dev.assay.metrics.text.Tokens;
import dev.assay.spi.Metric;

/** Edits per character of the reference, white space included. */
@AutoService(Metric.class)
public final class CharacterErrorMetric extends ErrorRate {
  public CharacterErrorMetric() {
    super(
        "character-error-rate",
        "Character error rate",
        "Levenshtein 1966; edits / characters of the reference",
        Tokens::characters,
        "tok:char");
  }
}
