package dev.assay.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.assay.tensor.Shape;
import dev.assay.tensor.Tensor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PositionsTest {
  private static final int DEPTH = 6;
  private static final int TIME = 9;

  private final Run run = new Run();

  @AfterEach
  void close() {
    run.close();
  }

  @Test
  void rotaryTurnsEachPairByItsPositionTimesItsFrequency() {
    Tensor x = Run.normal("x", 2, TIME, 3, DEPTH);
    float[] in = run.value(x);
    float[] out = run.value(Rotary.of(DEPTH, TIME).apply(x));
    for (int row = 0; row < in.length / DEPTH; row++) {
      int t = row / 3 % TIME;
      for (int i = 0; i < DEPTH / 2; i++) {
        int a = row * DEPTH + i;
        int b = a + DEPTH / 2;
        // (a + b i) · exp(i t θ): the angle grows by t θ, the length stays.
        double angle = Math.atan2(in[b], in[a]) + t * Math.pow(10_000, -i / 3.0);
        double length = Math.hypot(in[a], in[b]);
        assertThat((double) out[a]).isCloseTo(length * Math.cos(angle), within(1e-5));
        assertThat((double) out[b]).isCloseTo(length * Math.sin(angle), within(1e-5));
      }
    }
  }

  @Test
  void productsOfTurnedVectorsDependOnDistancesAlone() {
    Tensor q = Run.normal("q", 1, 1, 1, DEPTH).broadcast(Shape.of(1, TIME, 1, DEPTH));
    Tensor k = Run.normal("k", 1, 1, 1, DEPTH).broadcast(Shape.of(1, TIME, 1, DEPTH));
    Rotary rotary = Rotary.of(DEPTH, TIME);
    Tensor products =
        rotary
            .apply(q)
            .reshape(TIME, DEPTH)
            .matmul(rotary.apply(k).reshape(TIME, DEPTH).transpose(0, 1));
    float[] product = run.value(products);
    for (int i = 1; i < TIME; i++) {
      for (int j = 1; j < TIME; j++) {
        assertThat(product[i * TIME + j]).isCloseTo(product[(i - 1) * TIME + j - 1], within(1e-4f));
      }
    }
    assertThat(product[1]).isNotCloseTo(product[TIME], within(1e-3f));
  }

  @Test
  void headsOfOddWidthHaveNoPairs() {
    assertThatThrownBy(() -> Rotary.of(5, 3)).hasMessageContaining("not 5");
  }

  @Test
  void crossAttentionIsSelfAttentionWhereTheMemoryIsTheSequenceItself() {
    int width = 8;
    Initializer weights = Initializer.normal(0.5);
    CrossAttention cross =
        CrossAttention.create(run.store.scope("cross"), width, 2, false, weights, weights);
    MultiHeadAttention self =
        MultiHeadAttention.create(run.store.scope("self"), width, 2, 2, false, weights, weights);
    float[] packed = new float[3 * width * width];
    float[] query = Run.read(cross.query().weight().variable());
    float[] memory = Run.read(cross.memory().weight().variable());
    for (int row = 0; row < width; row++) {
      System.arraycopy(query, row * width, packed, row * 3 * width, width);
      System.arraycopy(memory, row * 2 * width, packed, row * 3 * width + width, 2 * width);
    }
    self.qkv().weight().variable().write(packed);
    self.output().weight().variable().write(Run.read(cross.output().weight().variable()));
    Tensor x = Run.normal("x", 2, 5, width);
    Tensor lengths = Run.ints(5, 3);
    assertThat(run.value(cross.apply(x, cross.packed(x), lengths)))
        .containsExactly(run.value(self.apply(x, lengths, false)), within(1e-5f));
  }

  @Test
  void crossAttentionSeesNothingBeyondTheLengthOfTheMemory() {
    Initializer weights = Initializer.normal(0.5);
    CrossAttention cross = CrossAttention.create(run.store, 8, 4, true, weights, weights);
    Tensor x = Run.normal("x", 1, 2, 8);
    Tensor memory = Run.normal("memory", 1, 6, 8);
    Tensor cut = cross.apply(x, cross.packed(memory.slice(1, 0, 4)), null);
    assertThat(run.value(cross.apply(x, cross.packed(memory), Run.ints(4))))
        .containsExactly(run.value(cut), within(1e-6f));
  }
}
