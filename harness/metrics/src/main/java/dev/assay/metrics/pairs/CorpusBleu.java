package dev.assay.metrics.pairs;

import dev.assay.metrics.text.Bleu;
import java.util.List;

/** BLEU of a corpus, each text against that of its pair, as sacrebleu computes it. */
abstract class CorpusBleu extends PairMetric {
  private final Bleu bleu;

  CorpusBleu(String id, String name, Bleu bleu) {
    super(
        id,
        name,
        "%",
        Direction.HIGHER,
        100,
        "Papineni et al. 2002; Post 2018, sacrebleu",
        References.OWN);
    this.bleu = bleu;
  }

  @Override
  final double[] counts(String text, List<String> known) {
    return bleu.counts(text, known);
  }

  @Override
  final double score(double[] sums) {
    return bleu.score(sums).score();
  }

  @Override
  final String settings() {
    return bleu.signature(1);
  }
}
