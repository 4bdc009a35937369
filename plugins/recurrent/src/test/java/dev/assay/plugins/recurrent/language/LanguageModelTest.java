package dev.assay.plugins.recurrent.language;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.assay.nn.Dropout;
import dev.assay.nn.Parameter;
import dev.assay.nn.ParameterStore;
import dev.assay.plugins.recurrent.cell.Cell;
import dev.assay.spi.Batch;
import dev.assay.spi.Configs;
import dev.assay.spi.DataSpec;
import dev.assay.spi.Fit;
import dev.assay.spi.GenerativeModel;
import dev.assay.spi.Modality;
import dev.assay.spi.Modality.Text.Form;
import dev.assay.spi.SampleRequest;
import dev.assay.spi.ScoreMethod;
import dev.assay.spi.Scorer;
import dev.assay.spi.Values;
import dev.assay.spi.text.TextSampler;
import dev.assay.tensor.Backend;
import dev.assay.tensor.DType;
import dev.assay.tensor.Graph;
import dev.assay.tensor.Program;
import dev.assay.tensor.RandomStream;
import dev.assay.tensor.Shape;
import dev.assay.tensor.Tensor;
import dev.assay.testkit.Backends;
import dev.assay.testkit.TestContext;
import dev.assay.testkit.ToyBatches;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LanguageModelTest {
  private static final int CHOICES = 5;

  private final Backend backend = Backends.open(1);

  @AfterEach
  void close() {
    backend.close();
  }

  private static LanguageConfig config(Map<String, Object> params) {
    Map<String, Object> all = new HashMap<>(Map.of("width", 16, "warmup", 3, "batch", 4));
    all.putAll(params);
    return Configs.bind(LanguageConfig.class, all);
  }

  /** A network whose weights tell tokens apart. */
  private LanguageNetwork network(Cell.Kind kind, boolean tied) {
    ParameterStore store = new ParameterStore(backend, RandomStream.root(1));
    LanguageConfig config = config(Map.of("width", 8, "layers", 2, "tied", tied));
    LanguageNetwork network = LanguageNetwork.create(store, config, kind, CHOICES + 1, CHOICES);
    for (Parameter parameter : store.parameters()) {
      RandomStream random = RandomStream.root(2).child(parameter.name());
      float[] values = new float[parameter.shape().size()];
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) (0.7 * random.nextGaussian());
      }
      parameter.variable().write(values);
    }
    return network;
  }

  /** Logits after each token, by the whole sequence at once. */
  private float[] logits(LanguageNetwork network, int... tokens) {
    Tensor ids = Tensor.input("ids", DType.I32, Shape.of(tokens.length, 1));
    Tensor y = network.predict(ids, network.stack().zeros(1), Dropout.none()).logits();
    try (Program program = backend.compile(Graph.builder().output("y", y).build())) {
      program.set("ids", tokens);
      program.run();
      float[] logits = new float[y.shape().size()];
      program.get("y", logits);
      return logits;
    }
  }

  private static int[] sequence(int seed, int length) {
    RandomStream random = RandomStream.root(seed);
    int[] tokens = new int[length];
    tokens[0] = CHOICES;
    for (int i = 1; i < length; i++) {
      tokens[i] = random.nextInt(CHOICES);
    }
    return tokens;
  }

  @ParameterizedTest
  @EnumSource
  void aTokenChangesNoLogitsBeforeIt(Cell.Kind kind) {
    LanguageNetwork network = network(kind, false);
    int[] changed = sequence(1, 7);
    changed[4] = (changed[4] + 1) % CHOICES;
    float[] before = logits(network, sequence(1, 7));
    float[] after = logits(network, changed);
    int seen = 4 * CHOICES;
    assertThat(Arrays.copyOf(after, seen)).containsExactly(Arrays.copyOf(before, seen));
    for (int t = 4; t < 7; t++) {
      assertThat(Arrays.copyOfRange(after, t * CHOICES, (t + 1) * CHOICES))
          .isNotEqualTo(Arrays.copyOfRange(before, t * CHOICES, (t + 1) * CHOICES));
    }
  }

  @ParameterizedTest
  @EnumSource
  void steppingThroughRowsOfUnequalLengthGivesTheLogitsOfWholeSequences(Cell.Kind kind) {
    LanguageNetwork network = network(kind, true);
    float[][] expected = new float[5][];
    for (int row = 0; row < 5; row++) {
      expected[row] = logits(network, sequence(row, 4 + row));
    }
    try (StateStepper stepper = new StateStepper(backend, network)) {
      float[] got = new float[stepper.rows() * CHOICES];
      int[] ids = new int[stepper.rows()];
      int[] positions = new int[stepper.rows()];
      // Row r begins anew every 4 + r steps.
      for (int t = 0; t < 20; t++) {
        for (int row = 0; row < 5; row++) {
          positions[row] = t % (4 + row);
          ids[row] = sequence(row, 4 + row)[positions[row]];
        }
        stepper.step(ids, positions, got);
        for (int row = 0; row < 5; row++) {
          int from = positions[row] * CHOICES;
          assertThat(Arrays.copyOfRange(got, row * CHOICES, (row + 1) * CHOICES))
              .as("step %d, row %d", t, row)
              .containsExactly(
                  Arrays.copyOfRange(expected[row], from, from + CHOICES), within(1e-4f));
        }
      }
    }
  }

  @Test
  void aCopiedRowGoesOnAsItsSourceWould() {
    LanguageNetwork network = network(Cell.Kind.LSTM, false);
    try (StateStepper stepper = new StateStepper(backend, network)) {
      int rows = stepper.rows();
      float[] got = new float[rows * CHOICES];
      int[] ids = new int[rows];
      for (int row = 0; row < rows; row++) {
        ids[row] = row % CHOICES;
      }
      stepper.step(ids, new int[rows], got);
      int[] sources = new int[rows];
      Arrays.setAll(sources, row -> (row + 1) % rows);
      stepper.copy(sources);
      int[] next = new int[rows];
      int[] places = new int[rows];
      Arrays.fill(places, 1);
      stepper.step(next, places, got);
      for (int row = 0; row < rows; row++) {
        float[] expected = logits(network, ids[sources[row]], 0);
        assertThat(Arrays.copyOfRange(got, row * CHOICES, (row + 1) * CHOICES))
            .containsExactly(Arrays.copyOfRange(expected, CHOICES, 2 * CHOICES), within(1e-4f));
      }
    }
  }

  @Test
  void sequencesAreScoredWholeWhateverIsReadAtOnce() {
    LanguageNetwork network = network(Cell.Kind.GRU, false);
    List<int[]> sequences = new ArrayList<>();
    for (int length : new int[] {1, 2, 6, 7, 8, 30, 3, 19}) {
      sequences.add(sequence(length, length));
    }
    for (int rows : new int[] {1, 3}) {
      try (SequenceScorer scorer = new SequenceScorer(backend, network, 6, rows)) {
        double[] nats = scorer.score(sequences, 10);
        for (int i = 0; i < nats.length; i++) {
          assertThat(nats[i])
              .as("%d rows, %d", rows, i)
              .isCloseTo(brute(network, sequences.get(i)), within(1e-3));
          assertThat(scorer.score(sequences.subList(i, i + 1), 10 + i)[0]).isEqualTo(nats[i]);
        }
      }
    }
  }

  private double brute(LanguageNetwork network, int[] tokens) {
    float[] logits = logits(network, tokens);
    double sum = 0;
    for (int p = 1; p < tokens.length; p++) {
      double total = 0;
      for (int c = 0; c < CHOICES; c++) {
        total += Math.exp(logits[(p - 1) * CHOICES + c]);
      }
      sum += Math.log(total) - logits[(p - 1) * CHOICES + tokens[p]];
    }
    return sum;
  }

  private GenerativeModel<TextSampler> model(
      Cell.Kind kind, Form form, Values.Texts texts, Map<String, Object> params) {
    DataSpec.Conditional spec = DataSpec.of(new Modality.Text(form));
    TestContext context = TestContext.of(backend, 1, spec, Batch.of(texts));
    LanguageProvider provider =
        switch (kind) {
          case ELMAN -> new RnnProvider();
          case GRU -> new GruProvider();
          case LSTM -> new LstmProvider();
        };
    return provider.create(config(params), context);
  }

  @ParameterizedTest
  @EnumSource
  void updatesOnAStreamGoOnWithTheStatesOfTheLastOne(Cell.Kind kind) {
    String text = "abacabadabacabaeabacabad";
    Values.Texts texts = new Values.Texts(List.of(text));
    DataSpec.Conditional spec = DataSpec.of(new Modality.Text(Form.STREAM));
    ToyBatches batches = new ToyBatches(spec, Batch.of(texts), RandomStream.root(1));
    Map<String, Object> params = Map.of("batch", 1, "block", 5, "learning_rate", 0);
    try (GenerativeModel<TextSampler> model = model(kind, Form.STREAM, texts, params)) {
      Scorer scorer = (Scorer) model;
      ScoreMethod method = scorer.methods(1).getFirst();
      // The first letter is hidden behind the start, which is what scores begin with too: the block
      // then predicts letters 1 to 5 of the text, with the letter 0 left out.
      String shown = text.substring(1);
      double before = 0;
      for (int step = 0; step < 4; step++) {
        double loss = model.train(batches).loss();
        String prefix = shown.substring(0, 5 * (step + 1));
        Batch batch = Batch.of(new Values.Texts(List.of(prefix)));
        double after = scorer.score(batch, method, RandomStream.root(1), 0)[0];
        assertThat(5 * loss).as("update %d", step).isCloseTo(after - before, within(1e-3));
        before = after;
      }
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"GRU", "LSTM"})
  void aTextLearntByHeartIsDrawnAgain(Cell.Kind kind) {
    Values.Texts texts = new Values.Texts(List.of("abcab", "xyzzy"));
    DataSpec.Conditional spec = DataSpec.of(new Modality.Text(Form.DOCUMENTS));
    ToyBatches batches = new ToyBatches(spec, Batch.of(texts), RandomStream.root(2));
    Map<String, Object> params = Map.of("width", 32, "block", 8, "learning_rate", 0.02);
    try (GenerativeModel<TextSampler> model = model(kind, Form.DOCUMENTS, texts, params)) {
      for (int i = 0; i < 120; i++) {
        model.train(batches);
      }
      TextSampler sampler = Configs.bind(TextSampler.class, Map.of("temperature", 0.5));
      Values drawn = model.sample(SampleRequest.of(40, RandomStream.root(3)), sampler).values();
      assertThat(((Values.Texts) drawn).texts()).contains("abcab", "xyzzy").hasSize(40);
      TextSampler beam = Configs.bind(TextSampler.class, Map.of("beams", 3, "prompt", "x"));
      Values best = model.sample(SampleRequest.of(2, RandomStream.root(3)), beam).values();
      assertThat(((Values.Texts) best).texts()).containsOnly("xyzzy");
    }
  }

  @Test
  void gradientDescentMovesTheWeightsByTheClippedGradientTimesTheRate() {
    Values.Texts texts = new Values.Texts(List.of("abcab", "xyzzy"));
    DataSpec.Conditional spec = DataSpec.of(new Modality.Text(Form.DOCUMENTS));
    ToyBatches batches = new ToyBatches(spec, Batch.of(texts), RandomStream.root(2));
    Map<String, Object> params =
        Map.of("block", 8, "warmup", 0, "optimizer", "sgd", "learning_rate", 20, "clip", 0.01);
    try (GenerativeModel<TextSampler> model =
        model(Cell.Kind.LSTM, Form.DOCUMENTS, texts, params)) {
      float[] before = weights(model);
      model.train(batches);
      float[] after = weights(model);
      double square = 0;
      for (int i = 0; i < before.length; i++) {
        square += Math.pow(after[i] - before[i], 2);
      }
      assertThat(Math.sqrt(square)).isCloseTo(20 * 0.01, within(1e-4));
    }
  }

  private static float[] weights(GenerativeModel<TextSampler> model) {
    ParameterStore store = ((LanguageModel) model).store();
    float[] all = new float[(int) store.count()];
    int at = 0;
    for (Parameter parameter : store.parameters()) {
      float[] values = new float[parameter.shape().size()];
      parameter.variable().read(values);
      System.arraycopy(values, 0, all, at, values.length);
      at += values.length;
    }
    return all;
  }

  @Test
  void settingsThatDoNotGoTogetherAreNamedWithTheirValues() {
    assertThatThrownBy(() -> config(Map.of("tied", true, "embedding", 7)))
        .hasMessageContaining("'embedding' is 7");
    assertThatThrownBy(() -> config(Map.of("decay_steps", 2)))
        .hasMessageContaining("'decay_steps' is 2");
    assertThatThrownBy(() -> config(Map.of("min_learning_rate", 0.5)))
        .hasMessageContaining("'min_learning_rate' is 0.5");
    assertThatThrownBy(() -> config(Map.of("optimizer", "sgd", "weight_decay", 0.5)))
        .hasMessageContaining("'weight_decay' is 0.5, but must be 0 with 'optimizer' sgd");
  }

  @Test
  void aMisfitSaysWhatTheModelNeeds() {
    LanguageConfig config = config(Map.of());
    Modality text = new Modality.Text(Form.STREAM);
    GruProvider gru = new GruProvider();
    assertThat(gru.fits(config, new DataSpec.Conditional(text, new Modality.Label(2))))
        .isEqualTo(Fit.raw());
    assertThat(gru.fits(config, DataSpec.of(new Modality.Tabular(2))))
        .isEqualTo(Fit.no("it learns text and sound alone"));
    assertThat(gru.fits(config, new DataSpec.Conditional(text, text)))
        .isEqualTo(Fit.no("it learns p(x); it can leave labels aside, but no other condition"));
  }
}
