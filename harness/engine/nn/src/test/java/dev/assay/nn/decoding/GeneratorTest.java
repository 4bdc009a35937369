package dev.assay.nn.decoding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.tensor.RandomStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class GeneratorTest {
  private static final TokenChoice GREEDY = TokenChoice.likeliest();

  /** The next token is the sum of what the row holds, modulo 10. */
  private static final class Adder implements TokenStepper {
    private final int[][] held;
    private int steps;

    Adder(int rows, int context) {
      held = new int[rows][context];
    }

    @Override
    public int rows() {
      return held.length;
    }

    @Override
    public int context() {
      return held[0].length;
    }

    @Override
    public int choices() {
      return 10;
    }

    @Override
    public void step(int[] tokens, int[] positions, float[] logits) {
      steps++;
      Arrays.fill(logits, 0);
      for (int row = 0; row < held.length; row++) {
        held[row][positions[row]] = tokens[row];
        int sum = Arrays.stream(held[row], 0, positions[row] + 1).sum();
        logits[row * 10 + sum % 10] = 1;
      }
    }

    @Override
    public void copy(int[] sources) {
      throw new AssertionError("nothing is to be copied");
    }
  }

  private static Continuation wanted(int limit, int... prompt) {
    return new Continuation(prompt, limit, (_, _, _) -> false, RandomStream.root(1));
  }

  @Test
  void promptsOfUnequalLengthAreCompletedSideBySide() {
    // 1, then 1; 1 1 → 2, 4, 8, 16 → 6, …
    assertThat(
            new Generator(new Adder(2, 20), GREEDY)
                .complete(List.of(wanted(5, 1), wanted(3, 2, 3, 4)), 0))
        .containsExactly(new int[] {1, 2, 4, 8, 6}, new int[] {9, 8, 6});
  }

  @Test
  void aRowTakesUpItsNextSequenceAsSoonAsOneIsComplete() {
    Adder adder = new Adder(2, 20);
    List<Continuation> wanted = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      wanted.add(wanted(i % 2 == 0 ? 2 : 6, i));
    }
    List<int[]> all = new Generator(adder, GREEDY).complete(wanted, 0);
    // row 0 has three sequences of two steps, row 1 three of six
    assertThat(adder.steps).isEqualTo(18);
    for (int i = 0; i < 6; i++) {
      List<int[]> alone =
          new Generator(new Adder(2, 20), GREEDY).complete(List.of(wanted.get(i)), i);
      assertThat(alone.get(0)).as("sequence %d", i).containsExactly(all.get(i));
    }
  }

  @Test
  void aFullRowGoesOnFromTheLastHalfOfItsContext() {
    // Context 4: from 1 come 1, 2, 4, 8; the row is full, so 4 and 8 are fed again: 2; 4 8 2 → 4;
    // 4 8 2 4 → 8; full: 4 8 → 2.
    assertThat(new Generator(new Adder(1, 4), GREEDY).complete(List.of(wanted(7, 1)), 0))
        .containsExactly(new int[] {1, 2, 4, 8, 2, 4, 8});
  }

  @Test
  void ofAPromptLongerThanTheContextTheLastHalfCounts() {
    assertThat(
            new Generator(new Adder(1, 4), GREEDY)
                .complete(List.of(wanted(1, 9, 9, 9, 9, 1, 2)), 0))
        .containsExactly(new int[] {3});
  }

  @Test
  void theStopRuleSeesTheAddedTokensAlone() {
    Continuation stopped =
        new Continuation(
            new int[] {4, 4},
            9,
            (tokens, from, to) -> {
              assertThat(from).isEqualTo(2);
              return tokens[to - 1] == 4;
            },
            RandomStream.root(1));
    // 4 4 → 8, 16 → 6, 22 → 2, 24 → 4
    assertThat(new Generator(new Adder(1, 20), GREEDY).complete(List.of(stopped), 0))
        .containsExactly(new int[] {8, 6, 2, 4});
  }

  @Test
  void nothingIsAddedToASequenceOfLimitZero() {
    Adder adder = new Adder(1, 4);
    assertThat(new Generator(adder, GREEDY).complete(List.of(wanted(0, 1), wanted(1, 3)), 0))
        .containsExactly(new int[0], new int[] {3});
    assertThat(adder.steps).isEqualTo(1);
  }

  @Test
  void aPromptHasAToken() {
    assertThatThrownBy(() -> wanted(1)).hasMessageContaining("at least one token");
    assertThatThrownBy(() -> wanted(-1, 1)).hasMessageContaining("-1");
  }
}
