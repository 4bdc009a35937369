package dev.assay.nn.decoding;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Completes sequences side by side. A sequence's row follows from its index, and a row takes up the
 * next of its sequences as soon as one is complete, so that short ones do not wait for long ones
 * and none depends on what runs beside it.
 *
 * <p>When a row is full, the last half of its context is fed again from position 0: every token is
 * drawn from at least half a context of tokens before it, where there are as many.
 */
public final class Generator implements Decoder {
  private final TokenStepper model;
  private final TokenChoice choice;
  private final int kept;

  public Generator(TokenStepper model, TokenChoice choice) {
    this.model = model;
    this.choice = choice;
    kept = Math.max(1, model.context() / 2);
  }

  /** A sequence on its way. */
  private final class Sequence {
    final int index;
    final Continuation wanted;
    int[] tokens;
    int size;
    int start;
    int fed;

    Sequence(int index, Continuation wanted) {
      this.index = index;
      this.wanted = wanted;
      tokens = wanted.prompt().clone();
      size = tokens.length;
      start = size > model.context() ? size - kept : 0;
    }

    int added() {
      return size - wanted.prompt().length;
    }

    int[] result() {
      return Arrays.copyOfRange(tokens, wanted.prompt().length, size);
    }

    /** Takes the logits after the token fed last; true once the sequence is complete. */
    boolean advance(float[] logits, int from) {
      fed++;
      if (start + fed < size) {
        return false;
      }
      int token = choice.choose(logits, from, model.choices(), tokens, size, wanted.random());
      if (size == tokens.length) {
        tokens = Arrays.copyOf(tokens, 2 * size);
      }
      tokens[size++] = token;
      if (fed == model.context()) {
        start = size - kept;
        fed = 0;
      }
      return added() == wanted.limit() || wanted.stop().stops(tokens, wanted.prompt().length, size);
    }
  }

  @Override
  public List<int[]> complete(List<Continuation> wanted, int first) {
    int rows = model.rows();
    int[][] results = new int[wanted.size()][];
    @Nullable Sequence[] active = new @Nullable Sequence[rows];
    int[] next = new int[rows];
    for (int row = 0; row < rows; row++) {
      next[row] = Math.floorMod(row - first, rows);
      active[row] = open(wanted, next, row, results);
    }
    int[] tokens = new int[rows];
    int[] positions = new int[rows];
    float[] logits = new float[rows * model.choices()];
    while (Arrays.stream(active).anyMatch(sequence -> sequence != null)) {
      for (int row = 0; row < rows; row++) {
        Sequence sequence = active[row];
        tokens[row] = sequence == null ? 0 : sequence.tokens[sequence.start + sequence.fed];
        positions[row] = sequence == null ? 0 : sequence.fed;
      }
      model.step(tokens, positions, logits);
      for (int row = 0; row < rows; row++) {
        Sequence sequence = active[row];
        if (sequence != null && sequence.advance(logits, row * model.choices())) {
          results[sequence.index] = sequence.result();
          active[row] = open(wanted, next, row, results);
        }
      }
    }
    return List.of(results);
  }

  /** The row's next sequence that wants a token; null if it has none left. */
  private @Nullable Sequence open(List<Continuation> wanted, int[] next, int row, int[][] results) {
    while (next[row] < wanted.size()) {
      int index = next[row];
      next[row] += model.rows();
      if (wanted.get(index).limit() > 0) {
        model.begin(row, index);
        return new Sequence(index, wanted.get(index));
      }
      results[index] = new int[0];
    }
    return null;
  }
}
