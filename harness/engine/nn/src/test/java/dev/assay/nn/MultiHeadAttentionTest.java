package dev.assay.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.assay.tensor.DType;
import dev.assay.tensor.Graph;
import dev.assay.tensor.Program;
import dev.assay.tensor.Shape;
import dev.assay.tensor.ShapeException;
import dev.assay.tensor.Tensor;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MultiHeadAttentionTest {
  private static final int WIDTH = 12;
  private static final int TIME = 5;
  private static final int HEADS = 4;

  private final Run run = new Run();

  @AfterEach
  void close() {
    run.close();
  }

  private MultiHeadAttention layer(int groups) {
    return MultiHeadAttention.create(
        run.store, WIDTH, HEADS, groups, true, Initializer.normal(0.5), Initializer.normal(0.5));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4})
  void followsItsDefinitionWithGroupedQueries(int groups) {
    MultiHeadAttention layer = layer(groups);
    Tensor x = Run.normal("x", 2, TIME, WIDTH);
    float[] packed = run.value(layer.qkv().apply(x));
    int depth = WIDTH / HEADS;
    int row = depth * (HEADS + 2 * groups);
    float[] mixed = new float[2 * TIME * WIDTH];
    for (int b = 0; b < 2; b++) {
      for (int h = 0; h < HEADS; h++) {
        int g = h / (HEADS / groups);
        for (int i = 0; i < TIME; i++) {
          double[] weight = new double[i + 1];
          for (int j = 0; j <= i; j++) {
            double dot = 0;
            for (int d = 0; d < depth; d++) {
              dot +=
                  packed[(b * TIME + i) * row + h * depth + d]
                      * packed[(b * TIME + j) * row + (HEADS + g) * depth + d];
            }
            weight[j] = Math.exp(dot / Math.sqrt(depth));
          }
          double total = Arrays.stream(weight).sum();
          for (int d = 0; d < depth; d++) {
            double sum = 0;
            for (int j = 0; j <= i; j++) {
              sum +=
                  weight[j]
                      / total
                      * packed[(b * TIME + j) * row + (HEADS + groups + g) * depth + d];
            }
            mixed[(b * TIME + i) * WIDTH + h * depth + d] = (float) sum;
          }
        }
      }
    }
    float[] expected =
        run.value(layer.output().apply(Tensor.constant(mixed, Shape.of(2, TIME, WIDTH))));
    assertThat(run.value(layer.apply(x, null, true))).containsExactly(expected, within(1e-5f));
  }

  @Test
  void aTokenChangesNothingBeforeItWhenCausalAndSomethingOtherwise() {
    MultiHeadAttention layer = layer(HEADS);
    Tensor x = Run.normal("x", 1, TIME, WIDTH);
    Tensor bump = Tensor.iota(Shape.of(1, TIME, WIDTH), 1).equal(Tensor.scalar(3));
    Tensor causal =
        layer.apply(x.add(bump), null, true).sub(layer.apply(x, null, true)).abs().sum(-1);
    Tensor full =
        layer.apply(x.add(bump), null, false).sub(layer.apply(x, null, false)).abs().sum(-1);
    float[] change = run.value(causal);
    assertThat(Arrays.copyOf(change, 3)).containsOnly(0);
    assertThat(change[3]).isPositive();
    assertThat(change[4]).isPositive();
    for (float c : run.value(full)) {
      assertThat(c).isPositive();
    }
  }

  @Test
  void tokensBeyondTheLengthOfTheirRowArePadding() {
    MultiHeadAttention layer = layer(2);
    Tensor x = Run.normal("x", 2, TIME, WIDTH);
    Tensor padded = layer.apply(x, Run.ints(TIME, 2), false);
    Tensor alone = layer.apply(x.slice(0, 1, 1).slice(1, 0, 2), null, false);
    assertThat(run.value(padded.slice(0, 1, 1).slice(1, 0, 2)))
        .containsExactly(run.value(alone), within(1e-6f));
  }

  @ParameterizedTest
  @CsvSource({"1, false", "4, false", "2, true"})
  void decodingTokenByTokenGivesWhatTheWholeSequenceGives(int groups, boolean rotary) {
    MultiHeadAttention layer =
        rotary
            ? MultiHeadAttention.create(
                    run.store, WIDTH, 2, 2, true, Initializer.normal(0.5), Initializer.normal(0.5))
                .with(Rotary.of(WIDTH / 2, TIME))
            : layer(groups);
    Tensor x = Run.normal("x", 2, TIME, WIDTH);
    float[] all = run.value(x);
    float[] expected = run.value(layer.apply(x, null, true));
    KvCache cache = KvCache.create(run.backend, "cache", 2, groups, TIME, layer.depth());
    Tensor token = Run.input("token", 2, 1, WIDTH);
    Tensor positions = Tensor.input("positions", DType.I32, Shape.of(2));
    MultiHeadAttention.Step step = layer.step(token, cache, positions);
    Graph graph = Graph.builder().output("y", step.y()).assign(step.assigns()).build();
    try (Program program = run.backend.compile(graph)) {
      // Row 1 starts two steps late: it repeats its first token until then.
      for (int t = 0; t < TIME + 2; t++) {
        int[] at = {Math.min(t, TIME - 1), Math.max(0, t - 2)};
        float[] tokens = new float[2 * WIDTH];
        for (int b = 0; b < 2; b++) {
          System.arraycopy(all, (b * TIME + at[b]) * WIDTH, tokens, b * WIDTH, WIDTH);
        }
        program.set("token", tokens);
        program.set("positions", at);
        program.run();
        float[] y = new float[2 * WIDTH];
        program.get("y", y);
        for (int b = 0; b < 2; b++) {
          int from = (b * TIME + at[b]) * WIDTH;
          assertThat(Arrays.copyOfRange(y, b * WIDTH, (b + 1) * WIDTH))
              .containsExactly(Arrays.copyOfRange(expected, from, from + WIDTH), within(1e-5f));
        }
      }
    }
  }

  @Test
  void headsThatDoNotDivideTheWidthAreRefused() {
    assertThatThrownBy(() ->
            MultiHeadAttention.create(
                run.store, 10, 4, 4, true, Initializer.zeros(), Initializer.zeros()))
        .isInstanceOf(ShapeException.class)
        .hasMessageContaining("width 10, 4 heads");
  }

  @Test
  void aCacheWhoseIndicesAreNoExactFloatsIsRefused() {
    assertThatThrownBy(() -> KvCache.create(run.backend, "c", 4096, 32, 1024, 1))
        .hasMessageContaining("2^24");
  }
}
