package dev.assay.nn.decoding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.tensor.RandomStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class BeamSearchTest {
  private static final int CHOICES = 4;
  private static final int END = 3;

  /**
   * Logits are random numbers that follow from all tokens of the row and what it was begun with.
   */
  private static final class Hashed implements TokenStepper {
    private final int context;
    private int[][] held;
    private final int[] begun;

    Hashed(int rows, int context) {
      this.context = context;
      held = new int[rows][0];
      begun = new int[rows];
    }

    @Override
    public int rows() {
      return held.length;
    }

    @Override
    public int context() {
      return context;
    }

    @Override
    public int choices() {
      return CHOICES;
    }

    @Override
    public void begin(int row, int sequence) {
      begun[row] = sequence;
    }

    @Override
    public void step(int[] tokens, int[] positions, float[] logits) {
      for (int row = 0; row < held.length; row++) {
        held[row] = Arrays.copyOf(held[row], positions[row] + 1);
        held[row][positions[row]] = tokens[row];
        System.arraycopy(after(held[row]), 0, logits, row * CHOICES, CHOICES);
      }
    }

    @Override
    public void copy(int[] sources) {
      int[][] old = held;
      held = new int[old.length][];
      for (int row = 0; row < old.length; row++) {
        held[row] = old[sources[row]].clone();
      }
    }
  }

  private static float[] after(int[] tokens) {
    RandomStream random = RandomStream.root(Arrays.hashCode(tokens));
    float[] logits = new float[CHOICES];
    for (int i = 0; i < CHOICES; i++) {
      logits[i] = (float) (2 * random.nextGaussian());
    }
    return logits;
  }

  private static double log(int[] tokens, int next) {
    float[] logits = after(tokens);
    double total = 0;
    for (float logit : logits) {
      total += Math.exp(logit);
    }
    return logits[next] - Math.log(total);
  }

  private static Continuation wanted(int limit, int... prompt) {
    return new Continuation(
        prompt, limit, (tokens, _, to) -> tokens[to - 1] == END, RandomStream.root(1));
  }

  /** Every completion that ends with the end or at the limit. */
  private static void all(int[] tokens, int left, List<int[]> into) {
    for (int next = 0; next < CHOICES; next++) {
      int[] longer = Arrays.copyOf(tokens, tokens.length + 1);
      longer[tokens.length] = next;
      if (next == END || left == 1) {
        into.add(longer);
      } else {
        all(longer, left - 1, into);
      }
    }
  }

  @Test
  void aBeamAsWideAsThereAreSequencesFindsTheBestOfAll() {
    for (double penalty : new double[] {0, 0.6, 1, 3}) {
      for (int seed = 0; seed < 20; seed++) {
        int[] prompt = {seed, 1};
        List<int[]> all = new ArrayList<>();
        all(prompt, 4, all);
        int[] best = all.getFirst();
        double bestScore = Double.NEGATIVE_INFINITY;
        for (int[] one : all) {
          double sum = 0;
          for (int i = prompt.length; i < one.length; i++) {
            sum += log(Arrays.copyOf(one, i), one[i]);
          }
          double score = sum / Math.pow((5.0 + one.length - prompt.length) / 6, penalty);
          if (score > bestScore) {
            bestScore = score;
            best = one;
          }
        }
        assertThat(
                new BeamSearch(new Hashed(all.size(), 20), all.size(), penalty)
                    .complete(List.of(wanted(4, prompt)), 0))
            .as("penalty %s, seed %d", penalty, seed)
            .containsExactly(Arrays.copyOfRange(best, 2, best.length));
      }
    }
  }

  @Test
  void aBeamOfWidthOneIsGreedyWithContextsThatOverflowToo() {
    List<Continuation> wanted = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      wanted.add(wanted(i % 12, Arrays.copyOf(new int[] {i, 2, 1, 0, 2}, 1 + i % 5)));
    }
    for (int context : new int[] {50, 6}) {
      List<int[]> beam = new BeamSearch(new Hashed(4, context), 1, 1).complete(wanted, 3);
      List<int[]> greedy =
          new Generator(new Hashed(4, context), TokenChoice.likeliest()).complete(wanted, 3);
      for (int i = 0; i < wanted.size(); i++) {
        assertThat(beam.get(i)).as("sequence %d", i).isEqualTo(greedy.get(i));
      }
    }
  }

  @Test
  void sequencesSearchedSideBySideAreAsAlone() {
    List<Continuation> wanted = new ArrayList<>();
    for (int i = 0; i < 11; i++) {
      wanted.add(wanted(2 + i % 7, Arrays.copyOf(new int[] {i, 2, 1}, 1 + i % 3)));
    }
    List<int[]> together = new BeamSearch(new Hashed(7, 5), 3, 0.5).complete(wanted, 0);
    for (int i = 0; i < wanted.size(); i++) {
      List<int[]> alone =
          new BeamSearch(new Hashed(3, 5), 3, 0.5).complete(wanted.subList(i, i + 1), i);
      assertThat(alone.getFirst()).as("sequence %d", i).isEqualTo(together.get(i));
    }
  }

  @Test
  void rowsAreToldWhichSequenceTheyHold() {
    Hashed model = new Hashed(4, 9);
    new BeamSearch(model, 2, 0).complete(List.of(wanted(1, 1), wanted(0, 1), wanted(1, 1)), 0);
    assertThat(model.begun).containsExactly(2, 2, 0, 0);
    new Generator(model, TokenChoice.model()).complete(List.of(wanted(1, 1), wanted(2, 1)), 2);
    assertThat(model.begun).containsExactly(2, 2, 0, 1);
  }

  @Test
  void settingsOutOfRangeAreRefusedWithTheirValue() {
    Hashed model = new Hashed(4, 9);
    assertThatThrownBy(() -> new BeamSearch(model, 5, 0)).hasMessageContaining("1 to 4: 5");
    assertThatThrownBy(() -> new BeamSearch(model, 1, -1)).hasMessageContaining("-1.0");
  }
}
