package dev.assay.testkit;

import dev.assay.data.text.Tokenizers;
import dev.assay.spi.Batch;
import dev.assay.spi.DataSpec;
import dev.assay.spi.ModelContext;
import dev.assay.spi.Tokenizer;
import dev.assay.spi.Values;
import dev.assay.tensor.Backend;
import dev.assay.tensor.RandomStream;
import java.util.List;

/**
 * What a model is created with in a test.
 *
 * @param texts training texts, for tokenizers; empty if the data is no text
 */
public record TestContext(
    Backend backend, RandomStream random, DataSpec spec, int trainSize, List<String> texts)
    implements ModelContext {
  public TestContext {
    texts = List.copyOf(texts);
  }

  /** For these training examples, under a seed. */
  public static TestContext of(Backend backend, long seed, DataSpec spec, Batch train) {
    List<String> texts = train.x() instanceof Values.Texts(List<String> some) ? some : List.of();
    RandomStream random = RandomStream.root(seed).child("model");
    return new TestContext(backend, random, spec, ToyBatches.size(spec, train), texts);
  }

  @Override
  public Tokenizer tokenizer(String kind) {
    return Tokenizers.create(kind, texts);
  }
}
