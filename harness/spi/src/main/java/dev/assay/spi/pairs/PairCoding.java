package dev.assay.spi.pairs;

import dev.assay.spi.Batch;
import dev.assay.spi.BatchSource;
import dev.assay.spi.StateStore;
import dev.assay.spi.States;
import dev.assay.spi.Values;
import dev.assay.spi.text.TextCoding;
import dev.assay.tensor.RandomStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Pairs of texts as tokens: of the source its text and the end, of the target the start, its text
 * and the end.
 *
 * @param longest tokens of a source that are read; more are cut off
 */
public record PairCoding(TextCoding source, TextCoding target, int longest) implements PairData {
  private static final String SOURCE = "source_tokenizer";

  /** Source and target of one example. */
  public record Pair(int[] source, int[] target) {}

  @Override
  public boolean conditional() {
    return true;
  }

  @Override
  public List<Pair> next(BatchSource batches, int count, RandomStream random) {
    return pairs(batches.alike(count));
  }

  @Override
  public List<List<Pair>> parts(Batch batch) {
    return pairs(batch).stream().map(List::of).toList();
  }

  private List<Pair> pairs(Batch batch) {
    List<String> conditions = ((Values.Texts) batch.condition()).texts();
    List<Pair> pairs = new ArrayList<>();
    for (int i = 0; i < batch.count(); i++) {
      pairs.add(new Pair(source(conditions.get(i)), target.sequence(batch.texts().texts().get(i))));
    }
    return pairs;
  }

  @Override
  public List<int[]> sources(Values conditions) {
    return ((Values.Texts) conditions).texts().stream().map(this::source).toList();
  }

  private int[] source(String text) {
    int[] tokens = source.sequence(text);
    return Arrays.copyOfRange(tokens, 1, Math.min(tokens.length, longest + 1));
  }

  @Override
  public void save(StateStore state) {
    target.save(state);
    States.save(source.tokenizer(), SOURCE, state);
  }

  @Override
  public void check(StateStore state) {
    target.check(state);
    States.check(source.tokenizer(), SOURCE, state);
  }
}
