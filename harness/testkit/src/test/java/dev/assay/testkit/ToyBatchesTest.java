package dev.assay.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.spi.Batch;
import dev.assay.spi.DataSpec;
import dev.assay.spi.Modality;
import dev.assay.spi.Modality.Text.Form;
import dev.assay.spi.Tokenizer;
import dev.assay.spi.TokenizerSpec;
import dev.assay.spi.TokenizerSpec.Scheme;
import dev.assay.spi.Values;
import dev.assay.tensor.RandomStream;
import dev.assay.tensor.Shape;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ToyBatchesTest {
  private static final DataSpec.Conditional TABLE = DataSpec.of(new Modality.Tabular(1));

  @Test
  void anEpochShowsEveryExampleOnceInAnotherOrderThanTheNext() {
    ToyBatches batches = table(10);
    float[] first = batches.next(10).dense().data();
    float[] second = batches.next(10).dense().data();
    assertThat(first).containsExactlyInAnyOrder(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
    assertThat(second).containsExactlyInAnyOrder(0, 1, 2, 3, 4, 5, 6, 7, 8, 9).isNotEqualTo(first);
  }

  @Test
  void batchesRunAcrossEpochs() {
    float[] whole = table(10).next(20).dense().data();
    ToyBatches batches = table(10);
    batches.next(7);
    assertThat(batches.next(13).dense().data()).isEqualTo(Arrays.copyOfRange(whole, 7, 20));
  }

  @Test
  void aRestoredSourceGoesOnWithTheSameBatches() {
    ToyBatches batches = table(10);
    batches.next(7);
    MapStateStore store = new MapStateStore();
    batches.save(store);
    ToyBatches restored = table(10);
    restored.restore(store);
    assertThat(restored.next(8).dense().data()).isEqualTo(batches.next(8).dense().data());
  }

  @Test
  void aWindowOfADocumentIsEnclosedByEndsAndFilledUp() {
    ToyBatches batches = texts(Form.DOCUMENTS, List.of("ab"));
    Tokenizer tokenizer =
        context(Form.DOCUMENTS, List.of("ab")).tokenizer(TokenizerSpec.of(Scheme.CHAR));
    int padding = Tokenizer.PADDING;
    assertThat(batches.windows(tokenizer, 1, 5)).containsExactly(2, 0, 1, 2, padding, padding);
  }

  @Test
  void aWindowOfAStreamIsAPartOfIt() {
    String text = "abcdefghij";
    ToyBatches batches = texts(Form.STREAM, List.of(text));
    Tokenizer tokenizer =
        context(Form.STREAM, List.of(text)).tokenizer(TokenizerSpec.of(Scheme.CHAR));
    for (int i = 0; i < 20; i++) {
      assertThat(text).contains(tokenizer.decode(batches.windows(tokenizer, 1, 3)));
    }
    assertThat(batches.size()).isEqualTo(10);
    assertThatThrownBy(() -> batches.next(1)).isInstanceOf(IllegalStateException.class);
  }

  private static ToyBatches table(int rows) {
    float[] data = new float[rows];
    for (int i = 0; i < rows; i++) {
      data[i] = i;
    }
    Batch batch = Batch.of(new Values.Dense(Shape.of(1), data));
    return new ToyBatches(TABLE, batch, RandomStream.root(1));
  }

  private static ToyBatches texts(Form form, List<String> texts) {
    return new ToyBatches(spec(form), Batch.of(new Values.Texts(texts)), RandomStream.root(1));
  }

  private static TestContext context(Form form, List<String> texts) {
    try (var backend = Backends.open(1)) {
      return TestContext.of(backend, 1, spec(form), Batch.of(new Values.Texts(texts)));
    }
  }

  private static DataSpec.Conditional spec(Form form) {
    return DataSpec.of(new Modality.Text(form));
  }
}
