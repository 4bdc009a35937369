package dev.assay.testkit;

import dev.assay.data.text.Tokenizers;
import dev.assay.spi.Batch;
import dev.assay.spi.DataSpec;
import dev.assay.spi.GenerativeModel;
import dev.assay.spi.ModelContext;
import dev.assay.spi.Tokenizer;
import dev.assay.spi.Values;
import dev.assay.tensor.Backend;
import dev.assay.tensor.RandomStream;
import java.util.List;
import java.util.Map;

/**
 * What a model is created with in a test.
 *
 * @param texts training texts, for tokenizers; empty if the data is no text
 * @param parents trained models by role
 */
public record TestContext(
    Backend backend,
    RandomStream random,
    DataSpec spec,
    int trainSize,
    List<String> texts,
    Map<String, GenerativeModel<?>> parents)
    implements ModelContext {
  public TestContext {
    texts = List.copyOf(texts);
    parents = Map.copyOf(parents);
  }

  /** Without parents. */
  public TestContext(
      Backend backend, RandomStream random, DataSpec spec, int trainSize, List<String> texts) {
    this(backend, random, spec, trainSize, texts, Map.of());
  }

  /** The same with trained models to build upon. */
  public TestContext with(Map<String, GenerativeModel<?>> trained) {
    return new TestContext(backend, random, spec, trainSize, texts, trained);
  }

  @Override
  public GenerativeModel<?> parent(String role) {
    GenerativeModel<?> parent = parents.get(role);
    if (parent == null) {
      throw new IllegalArgumentException("the test gives no parent '" + role + "'");
    }
    return parent;
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
