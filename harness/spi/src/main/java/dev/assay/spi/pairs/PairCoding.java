package dev.assay.spi.pairs;

import dev.assay.spi.Batch;
import dev.assay.spi.StateStore;
import dev.assay.spi.States;
import dev.assay.spi.Values;
import dev.assay.spi.text.TextCoding;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Pairs of texts as tokens: of the source its text and the end, of the target the start, its text
 * and the end.
 *
 * @param longest tokens of a source that are read; more are cut off
 */
public record PairCoding(TextCoding source, TextCoding target, int longest) {
  private static final String SOURCE = "source_tokenizer";

  /** Source and target of one example. */
  public record Pair(int[] source, int[] target) {}

  /** The pairs of a batch. */
  public List<Pair> pairs(Batch batch) {
    List<String> conditions = ((Values.Texts) batch.condition()).texts();
    List<Pair> pairs = new ArrayList<>();
    for (int i = 0; i < batch.count(); i++) {
      pairs.add(new Pair(source(conditions.get(i)), target.sequence(batch.texts().texts().get(i))));
    }
    return pairs;
  }

  /** The sources of conditions. */
  public List<int[]> sources(Values conditions) {
    return ((Values.Texts) conditions).texts().stream().map(this::source).toList();
  }

  private int[] source(String text) {
    int[] tokens = source.sequence(text);
    return Arrays.copyOfRange(tokens, 1, Math.min(tokens.length, longest + 1));
  }

  void save(StateStore state) {
    target.save(state);
    States.save(source.tokenizer(), SOURCE, state);
  }

  void check(StateStore state) {
    target.check(state);
    States.check(source.tokenizer(), SOURCE, state);
  }
}
