package dev.assay.plugins.transformer.t5;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.nn.ParameterStore;
import dev.assay.tensor.Backend;
import dev.assay.tensor.Graph;
import dev.assay.tensor.Program;
import dev.assay.tensor.RandomStream;
import dev.assay.tensor.Shape;
import dev.assay.tensor.Tensor;
import dev.assay.testkit.Backends;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RelativeBiasTest {
  private static final int HEADS = 3;
  private final Backend backend = Backends.open(1);

  @AfterEach
  void close() {
    backend.close();
  }

  /** On each side 8 + ⌊8 ln(n / 8) / ln 16⌋ from 8 on, such as 8 + 8 · 0.5 at 32. */
  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "-1, 1",
    "-7, 7",
    "-8, 8",
    "-11, 8",
    "-12, 9",
    "-15, 9",
    "-16, 10",
    "-22, 10",
    "-23, 11",
    "-32, 12",
    "-64, 14",
    "-90, 14",
    "-91, 15",
    "-128, 15",
    "-5000, 15",
    "1, 17",
    "7, 23",
    "8, 24",
    "16, 26",
    "127, 31",
    "900, 31"
  })
  void anEncoderHasSixteenBucketsOnEachSide(int distance, int bucket) {
    assertThat(RelativeBias.bucket(distance, true)).isEqualTo(bucket);
  }

  /** 16 + ⌊16 ln(n / 16) / ln 8⌋ from 16 on, such as 16 + ⌊16 / 3⌋ at 32. */
  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "-1, 1",
    "-15, 15",
    "-16, 16",
    "-18, 16",
    "-19, 17",
    "-32, 21",
    "-64, 26",
    "-127, 31",
    "-128, 31",
    "-4000, 31"
  })
  void aDecoderHasThirtyTwoBucketsBeforeAQuery(int distance, int bucket) {
    assertThat(RelativeBias.bucket(distance, false)).isEqualTo(bucket);
  }

  @Test
  void eachHeadAddsItsNumberOfTheBucket() {
    int time = 20;
    for (boolean ahead : new boolean[] {true, false}) {
      ParameterStore store = new ParameterStore(backend, RandomStream.root(1));
      RelativeBias bias = RelativeBias.create(store, HEADS, ahead);
      float[] table = new float[32 * HEADS];
      for (int i = 0; i < table.length; i++) {
        table[i] = i;
      }
      bias.table().table().variable().write(table);
      float[] whole = run(bias.bias(time));
      int[] at = {0, 7, 19};
      float[] rows = run(bias.bias(Tensor.constant(at, Shape.of(3)), time));
      for (int head = 0; head < HEADS; head++) {
        for (int key = 0; key < time; key++) {
          for (int query = 0; query < time; query++) {
            float expected = table[RelativeBias.bucket(key - query, ahead) * HEADS + head];
            assertThat(whole[(head * time + query) * time + key]).isEqualTo(expected);
          }
          for (int row = 0; row < at.length; row++) {
            assertThat(rows[(row * HEADS + head) * time + key])
                .isEqualTo(whole[(head * time + at[row]) * time + key]);
          }
        }
      }
    }
  }

  private float[] run(Tensor tensor) {
    try (Program program = backend.compile(Graph.builder().output("y", tensor).build())) {
      program.run();
      float[] values = new float[tensor.shape().size()];
      program.get("y", values);
      return values;
    }
  }
}
