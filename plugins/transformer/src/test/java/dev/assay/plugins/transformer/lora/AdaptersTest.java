package dev.assay.plugins.transformer.lora;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.assay.plugins.transformer.bert.BertProvider;
import dev.assay.plugins.transformer.bert.ClassifierProvider;
import dev.assay.plugins.transformer.gpt.GptProvider;
import dev.assay.plugins.transformer.gpt.LoraProvider;
import dev.assay.plugins.transformer.t5.T5Provider;
import dev.assay.plugins.transformer.t5.T5TunedProvider;
import dev.assay.plugins.transformer.translation.TransformerProvider;
import dev.assay.plugins.transformer.translation.TransformerTunedProvider;
import dev.assay.spi.Configs;
import dev.assay.spi.GenerativeModel;
import dev.assay.spi.ModelContext;
import dev.assay.spi.ModelProvider;
import dev.assay.spi.SampleRequest;
import dev.assay.spi.Scorer;
import dev.assay.spi.Values;
import dev.assay.spi.pairs.PairModel;
import dev.assay.spi.pairs.PairNetwork;
import dev.assay.tensor.Backend;
import dev.assay.tensor.Flops;
import dev.assay.tensor.Graph;
import dev.assay.tensor.Program;
import dev.assay.tensor.RandomStream;
import dev.assay.tensor.Shape;
import dev.assay.tensor.Tensor;
import dev.assay.testkit.Backends;
import dev.assay.testkit.MapStateStore;
import dev.assay.testkit.TestContext;
import dev.assay.testkit.Toy;
import dev.assay.testkit.ToyBatches;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every transformer that is tuned from a parent has in common. */
final class AdaptersTest {
  private static final Map<String, Object> SIZES = Map.of("layers", 1, "heads", 2, "width", 8);

  private final Backend backend = Backends.open(1);

  /**
   * A model and what is tuned from it.
   *
   * @param toy what both learn
   */
  private record Kind(
      ModelProvider<?, ?> base, Map<String, Object> params, ModelProvider<?, ?> tuned, Toy toy) {
    GenerativeModel<?> base(TestContext context) {
      Map<String, Object> all = new HashMap<>(SIZES);
      all.putAll(params);
      return model(base, all, context);
    }

    GenerativeModel<?> tuned(TestContext context, GenerativeModel<?> parent, Object... params) {
      Map<String, Object> all = new HashMap<>(Map.of("learning_rate", 0.05, "warmup", 1));
      for (int i = 0; i < params.length; i += 2) {
        all.put((String) params[i], params[i + 1]);
      }
      String role = tuned.parents().iterator().next();
      return model(tuned, all, context.with(Map.of(role, parent)));
    }

    @Override
    public String toString() {
      return tuned.id();
    }
  }

  static Stream<Kind> kinds() {
    Map<String, Object> pairs =
        Map.of("tokenizer", "char", "source_tokenizer", "char", "hidden", 16, "longest", 16);
    return Stream.of(
        new Kind(new GptProvider(), Map.of("block", 8), new LoraProvider(), Toy.documents()),
        new Kind(
            new T5Provider(),
            Map.of("tokenizer", "char", "hidden", 16, "longest", 16),
            new T5TunedProvider(),
            Toy.translations()),
        new Kind(
            new TransformerProvider(), pairs, new TransformerTunedProvider(), Toy.translations()));
  }

  @AfterEach
  void close() {
    backend.close();
  }

  private static <C extends Record> GenerativeModel<?> model(
      ModelProvider<C, ?> provider, Map<String, Object> params, ModelContext context) {
    return provider.create(Configs.bind(provider.configType(), params), context);
  }

  private TestContext context(Toy toy) {
    return TestContext.of(backend, 3, toy.spec(), toy.train());
  }

  private static double[] scores(GenerativeModel<?> model, Toy toy) {
    Scorer scorer = (Scorer) model;
    return scorer.score(toy.train(), scorer.methods(1).getFirst(), RandomStream.root(1), 0);
  }

  private static <S extends Record> Values samples(
      ModelProvider<?, S> provider, GenerativeModel<?> model, Toy toy) {
    @SuppressWarnings("unchecked")
    GenerativeModel<S> typed = (GenerativeModel<S>) model;
    int count = Math.min(8, toy.train().count());
    Values condition = toy.train().condition().range(0, count);
    return typed
        .sample(
            new SampleRequest(0, count, condition, RandomStream.root(5)),
            Configs.bind(provider.samplerType(), Map.of("max_length", 6)))
        .values();
  }

  private static void train(GenerativeModel<?> model, Toy toy, int updates) {
    ToyBatches batches = new ToyBatches(toy.spec(), toy.train(), RandomStream.root(4));
    for (int i = 0; i < updates; i++) {
      model.train(batches);
    }
  }

  private static MapStateStore state(GenerativeModel<?> model) {
    MapStateStore state = new MapStateStore();
    model.save(state);
    return state;
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void itBeginsAsItsParentAndTrainsTheAddedMatricesAlone(Kind kind) {
    Toy toy = kind.toy();
    TestContext context = context(toy);
    try (GenerativeModel<?> base = kind.base(context);
        GenerativeModel<?> model = kind.tuned(context, base, "rank", 2, "batch", 16)) {
      double[] begun = scores(base, toy);
      assertThat(scores(model, toy)).containsExactly(begun, within(1e-5));
      assertThat(model.parameters()).isEqualTo(base.parameters() + model.trained());
      MapStateStore before = state(model);
      train(model, toy, 20);
      assertThat(before.differences(state(model)))
          .isNotEmpty()
          .allMatch(name -> name.matches("(.*\\.weight\\.[ab]|adam\\..*|steps).*"));
      assertThat(mean(scores(model, toy))).isLessThan(mean(begun));
      assertThat(scores(base, toy)).isEqualTo(begun);
    }
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void whatIsTunedFromATunedModelBeginsWithWhatThatOneAdded(Kind kind) {
    Toy toy = kind.toy();
    TestContext context = context(toy);
    try (GenerativeModel<?> base = kind.base(context);
        GenerativeModel<?> first = kind.tuned(context, base, "rank", 2)) {
      train(first, toy, 5);
      try (GenerativeModel<?> second = kind.tuned(context, first, "rank", 1);
          GenerativeModel<?> plain = kind.tuned(context, first)) {
        double[] scores = scores(first, toy);
        assertThat(scores).isNotEqualTo(scores(base, toy));
        assertThat(scores(second, toy)).containsExactly(scores, within(1e-5));
        assertThat(scores(plain, toy)).containsExactly(scores, within(1e-5));
        assertThat(samples(kind.tuned(), second, toy)).isEqualTo(samples(kind.tuned(), first, toy));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void scoresAndSamplesFollowTrainingAndWhatIsRestored(Kind kind) {
    Toy toy = kind.toy();
    TestContext context = context(toy);
    try (GenerativeModel<?> base = kind.base(context);
        GenerativeModel<?> model = kind.tuned(context, base, "rank", 2, "bits", 8);
        GenerativeModel<?> other = kind.tuned(context, base, "rank", 2, "bits", 8)) {
      double[] begun = scores(model, toy);
      train(model, toy, 3);
      double[] trained = scores(model, toy);
      assertThat(trained).isNotEqualTo(begun);
      scores(other, toy);
      train(other, toy, 3);
      other.restore(state(model));
      assertThat(scores(other, toy)).isEqualTo(trained);
      assertThat(samples(kind.tuned(), other, toy)).isEqualTo(samples(kind.tuned(), model, toy));
    }
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void roundedWeightsWithNothingAddedAreDoneAtOnce(Kind kind) {
    Toy toy = kind.toy();
    TestContext context = context(toy);
    try (GenerativeModel<?> base = kind.base(context);
        GenerativeModel<?> eight = kind.tuned(context, base, "rank", 0, "bits", 8);
        GenerativeModel<?> two = kind.tuned(context, base, "rank", 0, "bits", 2)) {
      double[] exact = scores(base, toy);
      double[] rounded = scores(eight, toy);
      assertThat(distance(rounded, exact))
          .isPositive()
          .isLessThan(distance(scores(two, toy), exact) / 10);
      ToyBatches batches = new ToyBatches(toy.spec(), toy.train(), RandomStream.root(4));
      assertThat(eight.train(batches).finished()).isTrue();
      assertThat(scores(eight, toy)).isEqualTo(rounded);
    }
  }

  static Stream<Kind> pairKinds() {
    return kinds().skip(1);
  }

  @ParameterizedTest
  @MethodSource("pairKinds")
  void decodingReadsRoundedWeightsAsBytesAndTheBitsStay(Kind kind) {
    assumeThat(backend.id()).isEqualTo("cpu");
    TestContext context = context(kind.toy());
    try (GenerativeModel<?> base = kind.base(context);
        GenerativeModel<?> rounded = kind.tuned(context, base, "bits", 8)) {
      // Of a layer's decoder: queries, keys and values; out; query and out of the source; up; down.
      assertDecodes(base, "");
      assertDecodes(rounded, "weights of 6 products as bytes");
    }
  }

  @ParameterizedTest
  @MethodSource("pairKinds")
  void aTokenCostsATunedModelWhatItCostsItsParent(Kind kind) {
    TestContext context = context(kind.toy());
    try (GenerativeModel<?> base = kind.base(context);
        GenerativeModel<?> tuned = kind.tuned(context, base, "rank", 2)) {
      assertThat(Flops.of(step(decoding(tuned)))).isEqualTo(Flops.of(step(decoding(base))));
    }
  }

  private PairNetwork.Decoding decoding(GenerativeModel<?> model) {
    return ((PairModel) model).network().decoding(backend, 2, 3, 4);
  }

  /** Two rows at their first token. */
  private static Graph step(PairNetwork.Decoding decoding) {
    Tensor tokens = Tensor.constant(new int[] {0, 1}, Shape.of(2));
    Tensor places = Tensor.constant(new int[] {0, 0}, Shape.of(2));
    return Graph.builder().output("logits", decoding.step(tokens, places).logits()).build();
  }

  /** Weights are read as they lie at first, and in another form once they stayed the same. */
  private void assertDecodes(GenerativeModel<?> model, String form) {
    PairNetwork.Decoding decoding = decoding(model);
    Tensor source = Tensor.constant(new int[] {0, 1, 2}, Shape.of(1, 3));
    Tensor length = Tensor.constant(new int[] {3}, Shape.of(1));
    Tensor row = Tensor.constant(new int[] {1}, Shape.of(1));
    float[] floats = new float[2 * ((PairModel) model).network().choices()];
    float[] packed = new float[floats.length];
    try (Program begin =
            backend.compile(Graph.builder().assign(decoding.begin(source, length, row)).build());
        Program step = backend.compile(step(decoding))) {
      begin.run();
      step.run();
      step.get("logits", floats);
      assertThat(step.explain()).doesNotContain("as bytes");
      step.run();
      step.get("logits", packed);
      assertThat(step.explain().contains("as bytes")).isEqualTo(!form.isEmpty());
      assertThat(step.explain()).contains(form);
    }
    assertThat(packed).isEqualTo(floats).doesNotContain(0f);
  }

  @Test
  void aClassifierTrainsItsHeadAndWhatIsAddedToTheEncoder() {
    Toy toy = Toy.opinions();
    TestContext context = context(toy);
    Kind kind =
        new Kind(
            new BertProvider(),
            Map.of("tokenizer", "char", "block", 8),
            new ClassifierProvider(),
            toy);
    Toy texts = Toy.documents();
    try (GenerativeModel<?> base = kind.base(context(texts));
        GenerativeModel<?> model =
            kind.tuned(context, base, "rank", 2, "bits", 8, "dropout", 0.0)) {
      double[] begun = scores(model, toy);
      MapStateStore before = state(model);
      train(model, toy, 20);
      List<String> changed = before.differences(state(model));
      assertThat(changed)
          .anyMatch(name -> name.startsWith("encoder."))
          .anyMatch(name -> name.startsWith("head."))
          .allMatch(
              name -> name.matches("(encoder\\..*\\.weight\\.[ab]|head\\..*|adam\\..*|steps).*"));
      assertThat(mean(scores(model, toy))).isLessThan(mean(begun));
    }
  }

  @Test
  void aParentOfAnotherKindIsNamed() {
    Toy toy = Toy.translations();
    TestContext context = context(toy);
    List<Kind> kinds = kinds().toList();
    try (GenerativeModel<?> t5 = kinds.get(1).base(context);
        GenerativeModel<?> transformer = kinds.get(2).base(context)) {
      assertThatThrownBy(() -> kinds.get(1).tuned(context, transformer))
          .hasMessage("its parent 'pretrained' is no t5");
      assertThatThrownBy(() -> kinds.get(2).tuned(context, t5))
          .hasMessage("its parent 'pretrained' is no transformer");
    }
    assertThatThrownBy(() -> new Adapters(0, 1, 1)).hasMessageContaining("'bits' is 1");
  }

  private static double mean(double[] x) {
    return Arrays.stream(x).average().orElseThrow();
  }

  private static double distance(double[] x, double[] y) {
    double sum = 0;
    for (int i = 0; i < x.length; i++) {
      sum += Math.abs(x[i] - y[i]);
    }
    return sum;
  }
}
