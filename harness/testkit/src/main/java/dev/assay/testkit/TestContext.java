package dev.assay.testkit;

import dev.assay.data.text.Tokenizers;
import dev.assay.spi.Batch;
import dev.assay.spi.DataSpec;
import dev.assay.spi.GenerativeModel;
import dev.assay.spi.ModelContext;
import dev.assay.spi.Tokenizer;
import dev.assay.spi.TokenizerSpec;
import dev.assay.spi.Values;
import dev.assay.tensor.Backend;
import dev.assay.tensor.RandomStream;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What a model is created with in a test.
 *
 * @param train training examples, whose texts are for tokenizers
 * @param parents trained models by role
 */
public record TestContext(
    Backend backend,
    RandomStream random,
    DataSpec spec,
    int trainSize,
    Batch train,
    Map<String, GenerativeModel<?>> parents)
    implements ModelContext {
  public TestContext {
    parents = Map.copyOf(parents);
  }

  /** Without parents. */
  public TestContext(
      Backend backend, RandomStream random, DataSpec spec, int trainSize, Batch train) {
    this(backend, random, spec, trainSize, train, Map.of());
  }

  /** The same with trained models to build upon. */
  public TestContext with(Map<String, GenerativeModel<?>> trained) {
    return new TestContext(backend, random, spec, trainSize, train, trained);
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
    RandomStream random = RandomStream.root(seed).child("model");
    return new TestContext(backend, random, spec, ToyBatches.size(spec, train), train);
  }

  @Override
  public Tokenizer tokenizer(TokenizerSpec wanted) {
    List<String> texts =
        switch (wanted.side()) {
          case X -> texts(train.x());
          case CONDITION -> texts(train.condition());
          case BOTH ->
              Stream.of(train.x(), train.condition())
                  .flatMap(side -> texts(side).stream())
                  .toList();
        };
    return Tokenizers.create(wanted, texts);
  }

  private static List<String> texts(Values values) {
    if (values instanceof Values.Texts(List<String> texts)) {
      return texts;
    }
    throw new IllegalArgumentException("a tokenizer needs text, not " + values);
  }
}
