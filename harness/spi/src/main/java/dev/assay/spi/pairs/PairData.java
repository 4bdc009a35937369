package dev.assay.spi.pairs;

import dev.assay.spi.Batch;
import dev.assay.spi.BatchSource;
import dev.assay.spi.Values;
import dev.assay.spi.pairs.PairCoding.Pair;
import dev.assay.spi.text.TextCoding;
import dev.assay.spi.text.TokenModel;
import dev.assay.tensor.RandomStream;
import java.util.List;

/** How examples are pairs of token sequences, a source and a target that is predicted from it. */
public interface PairData extends TokenModel.Tokens {
  /** How what is drawn becomes text. */
  TextCoding target();

  /** Most tokens of a source. */
  int longest();

  /** Whether targets are told under conditions of the data. */
  boolean conditional();

  /**
   * The pairs of an update.
   *
   * @param random for choices beyond those of the source of batches
   */
  List<Pair> next(BatchSource batches, int count, RandomStream random);

  /** For each example pairs whose −ln p(target | source) add up to its own. */
  List<List<Pair>> parts(Batch batch);

  /** The sources of conditions. */
  List<int[]> sources(Values conditions);
}
