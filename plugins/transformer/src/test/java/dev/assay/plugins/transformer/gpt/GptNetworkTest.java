package dev.assay.plugins.transformer.gpt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.assay.nn.Dropout;
import dev.assay.nn.Parameter;
import dev.assay.nn.ParameterStore;
import dev.assay.nn.decoding.Continuation;
import dev.assay.nn.decoding.Generator;
import dev.assay.nn.decoding.TokenChoice;
import dev.assay.plugins.transformer.gpt.TokenData.Sequence;
import dev.assay.spi.Configs;
import dev.assay.tensor.Backend;
import dev.assay.tensor.DType;
import dev.assay.tensor.Graph;
import dev.assay.tensor.Program;
import dev.assay.tensor.RandomStream;
import dev.assay.tensor.Shape;
import dev.assay.tensor.Tensor;
import dev.assay.testkit.Backends;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

@ParameterizedClass(name = "llama {0}")
@ValueSource(booleans = {false, true})
class GptNetworkTest {

  private static final int CONTEXT = 7;
  private static final int CHOICES = 5;

  private final Backend backend = Backends.open(1);
  private final ParameterStore store = new ParameterStore(backend, RandomStream.root(1));
  private final boolean llama;
  private GptNetwork network;
  private Program full;

  GptNetworkTest(boolean llama) {
    this.llama = llama;
  }

  @BeforeEach
  void create() {
    Map<String, Object> params =
        new HashMap<>(Map.of("layers", 2, "heads", 2, "width", 8, "bias", true));
    if (llama) {
      params.putAll(Map.of("groups", 1, "positions", "rotary", "norm", "rms"));
      params.putAll(Map.of("network", "swiglu", "tied", false));
    }
    GptConfig config = Configs.bind(GptConfig.class, params);
    network = GptNetwork.create(store, config, CHOICES + 1, CONTEXT, CHOICES);
    // Weights of deviation .02 hardly tell tokens apart; these do.
    for (Parameter parameter : store.parameters()) {
      RandomStream random = RandomStream.root(2).child(parameter.name());
      float[] values = new float[parameter.shape().size()];
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) (0.5 * random.nextGaussian());
      }
      parameter.variable().write(values);
    }
    Tensor ids = Tensor.input("ids", DType.I32, Shape.of(1, CONTEXT));
    full =
        backend.compile(
            Graph.builder().output("logits", network.logits(ids, null, Dropout.none())).build());
  }

  @AfterEach
  void close() {
    full.close();
    backend.close();
  }

  /** Logits after each of at most CONTEXT tokens, by the whole network at once. */
  private float[] logits(int... tokens) {
    int[] ids = Arrays.copyOf(tokens, CONTEXT);
    Arrays.fill(ids, tokens.length, CONTEXT, -1);
    full.set("ids", ids);
    full.run();
    float[] logits = new float[CONTEXT * CHOICES];
    full.get("logits", logits);
    return Arrays.copyOf(logits, tokens.length * CHOICES);
  }

  private int[] sequence(int seed) {
    RandomStream random = RandomStream.root(seed);
    int[] tokens = new int[CONTEXT];
    tokens[0] = CHOICES;
    for (int i = 1; i < CONTEXT; i++) {
      tokens[i] = random.nextInt(CHOICES);
    }
    return tokens;
  }

  @Test
  void decodingWithACacheGivesTheLogitsOfTheWholeNetwork() {
    try (CachedDecoder decoder = new CachedDecoder(backend, network)) {
      float[] got = new float[CachedDecoder.ROWS * CHOICES];
      int[] ids = new int[CachedDecoder.ROWS];
      int[] positions = new int[CachedDecoder.ROWS];
      // Row r starts r steps late, and begins anew when it is full.
      for (int t = 0; t < 3 * CONTEXT; t++) {
        for (int row = 0; row < 5; row++) {
          positions[row] = Math.floorMod(t - row, CONTEXT);
          ids[row] = sequence(row)[positions[row]];
        }
        decoder.step(ids, positions, got);
        for (int row = 0; row < 5 && t >= row; row++) {
          float[] expected = logits(Arrays.copyOf(sequence(row), positions[row] + 1));
          assertThat(Arrays.copyOfRange(got, row * CHOICES, (row + 1) * CHOICES))
              .as("step %d, row %d", t, row)
              .containsExactly(
                  Arrays.copyOfRange(expected, positions[row] * CHOICES, expected.length),
                  within(1e-4f));
        }
      }
    }
  }

  @Test
  void aTokenChangesNoLogitsBeforeIt() {
    int[] changed = sequence(1);
    changed[4] = (changed[4] + 1) % CHOICES;
    float[] before = logits(sequence(1));
    float[] after = logits(changed);
    int seen = 4 * CHOICES;
    assertThat(Arrays.copyOf(after, seen)).containsExactly(Arrays.copyOf(before, seen));
    assertThat(Arrays.copyOfRange(after, seen, seen + CHOICES))
        .isNotEqualTo(Arrays.copyOfRange(before, seen, seen + CHOICES));
  }

  @Test
  void greedyDecodingTakesTheLargestLogitOfTheWholeNetworkEachTime() {
    List<Continuation> wanted = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      int[] prompt = Arrays.copyOf(sequence(i), 1 + i % 4);
      wanted.add(new Continuation(prompt, 3, (_, _, _) -> false, RandomStream.root(i)));
    }
    try (CachedDecoder decoder = new CachedDecoder(backend, network)) {
      List<int[]> added = new Generator(decoder, TokenChoice.likeliest()).complete(wanted, 0);
      for (int i = 0; i < 40; i++) {
        int[] tokens = wanted.get(i).prompt();
        for (int next : added.get(i)) {
          float[] logits = logits(tokens);
          int from = logits.length - CHOICES;
          for (int other = 0; other < CHOICES; other++) {
            assertThat(logits[from + other]).isLessThan(logits[from + next] + 1e-4f);
          }
          tokens = Arrays.copyOf(tokens, tokens.length + 1);
          tokens[tokens.length - 1] = next;
        }
      }
    }
  }

  @Test
  void windowsScoreEveryTokenOnceFromItsOwnContext() {
    RandomStream random = RandomStream.root(9);
    List<Sequence> sequences = new ArrayList<>();
    for (int length : new int[] {1, 2, CONTEXT, CONTEXT + 1, CONTEXT + 2, 40, 3, 61}) {
      int[] tokens = new int[length];
      tokens[0] = CHOICES;
      for (int i = 1; i < length; i++) {
        tokens[i] = random.nextInt(CHOICES);
      }
      sequences.add(new Sequence(tokens, 1));
      if (length > 2) {
        // A prompt is read, not predicted.
        sequences.add(new Sequence(tokens, Math.min(length - 1, CONTEXT / 2)));
      }
    }
    for (int stride : new int[] {1, 3, CONTEXT}) {
      try (WindowScorer scorer = new WindowScorer(backend, network, stride)) {
        double[] nats = scorer.score(sequences, 30);
        for (int i = 0; i < nats.length; i++) {
          assertThat(nats[i])
              .as("stride %d, %s", stride, sequences.get(i))
              .isCloseTo(brute(sequences.get(i), stride), within(1e-3));
          assertThat(scorer.score(sequences.subList(i, i + 1), 30 + i)[0]).isEqualTo(nats[i]);
        }
      }
    }
  }

  /** One token at a time: token p is read after the tokens that its window shows before it. */
  private double brute(Sequence sequence, int stride) {
    int[] tokens = sequence.tokens();
    double sum = 0;
    for (int p = sequence.from(); p < tokens.length; p++) {
      int window = p <= CONTEXT ? 0 : (p - CONTEXT - 1) / stride + 1;
      float[] logits = logits(Arrays.copyOfRange(tokens, window * stride, p));
      int from = logits.length - CHOICES;
      double total = 0;
      for (int c = 0; c < CHOICES; c++) {
        total += Math.exp(logits[from + c]);
      }
      sum += Math.log(total) - logits[from + tokens[p]];
    }
    return sum;
  }

  @Test
  void weightsBeginAsThePaperSaysAndBranchesEndSmaller() {
    ParameterStore fresh = new ParameterStore(backend, RandomStream.root(4)).scope("fresh");
    GptConfig config = Configs.bind(GptConfig.class, Map.of());
    GptNetwork.create(fresh, config, 66, 64, 65);
    // 4 blocks of 12 · 128² weights and two gains, the tables, and the last gain
    assertThat(fresh.count()).isEqualTo(4 * (12 * 128 * 128 + 2 * 128) + (66 + 64) * 128 + 128);
    for (Parameter parameter : fresh.parameters()) {
      float[] values = new float[parameter.shape().size()];
      parameter.variable().read(values);
      double square = 0;
      for (float value : values) {
        square += (double) value * value / values.length;
      }
      boolean gain = parameter.shape().rank() == 1;
      boolean last = parameter.name().matches(".*(out|down)\\.weight");
      double expected = gain ? 1 : last ? 0.02 / Math.sqrt(8) : 0.02;
      assertThat(Math.sqrt(square))
          .as(parameter.name())
          .isCloseTo(expected, within(0.03 * expected));
    }
  }
}
