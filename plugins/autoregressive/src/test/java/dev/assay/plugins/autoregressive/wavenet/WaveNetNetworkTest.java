package dev.assay.plugins.autoregressive.wavenet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.assay.nn.Parameter;
import dev.assay.nn.ParameterStore;
import dev.assay.spi.Configs;
import dev.assay.tensor.Backend;
import dev.assay.tensor.DType;
import dev.assay.tensor.Graph;
import dev.assay.tensor.Program;
import dev.assay.tensor.RandomStream;
import dev.assay.tensor.Shape;
import dev.assay.tensor.Tensor;
import dev.assay.testkit.Backends;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

final class WaveNetNetworkTest {
  private static final int CHOICES = 5;
  private static final int TIME = 40;
  private static final int CLASSES = 3;

  private final Backend backend = Backends.open(2);
  private final ParameterStore store = new ParameterStore(backend, RandomStream.root(1));
  private WaveNetNetwork network;
  private Program full;

  @BeforeEach
  void create() {
    WaveNetConfig config =
        Configs.bind(WaveNetConfig.class, Map.of("layers", 4, "cycles", 2, "width", 6, "skip", 7));
    network = WaveNetNetwork.create(store, config, CHOICES + 1, CHOICES, CLASSES);
    // With weights as they begin, what comes through many layers is lost in rounding.
    for (Parameter parameter : store.parameters()) {
      RandomStream random = RandomStream.root(3).child(parameter.name());
      float[] values = new float[parameter.shape().size()];
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) (0.5 * random.nextGaussian());
      }
      parameter.variable().write(values);
    }
    full = program(backend, network, TIME);
  }

  private static Program program(Backend backend, WaveNetNetwork network, int time) {
    Tensor ids = Tensor.input("ids", DType.I32, Shape.of(1, time));
    Tensor labels = Tensor.input("labels", DType.I32, Shape.of(1));
    return backend.compile(Graph.builder().output("logits", network.logits(ids, labels)).build());
  }

  @AfterEach
  void close() {
    full.close();
    backend.close();
  }

  private float[] logits(int[] tokens, int label) {
    full.set("ids", tokens);
    full.set("labels", new int[] {label});
    full.run();
    float[] logits = new float[TIME * CHOICES];
    full.get("logits", logits);
    return logits;
  }

  private static int[] sequence(int seed, int length) {
    RandomStream random = RandomStream.root(seed);
    int[] tokens = IntStream.range(0, length).map(_ -> random.nextInt(CHOICES)).toArray();
    tokens[0] = CHOICES;
    return tokens;
  }

  @Test
  void aPredictionDependsOnTheTokensWithinReachAndOnNoLaterOne() {
    // 1 + 2 · (1 + 2 + 4 + 8): a filter of two taps, dilation d, reaches d tokens further back.
    assertThat(network.reach()).isEqualTo(31);
    int[] tokens = sequence(1, TIME);
    float[] before = logits(tokens, 0);
    int changed = 5;
    tokens[changed] = (tokens[changed] + 1) % CHOICES;
    float[] after = logits(tokens, 0);
    for (int t = 0; t < TIME; t++) {
      float[] was = Arrays.copyOfRange(before, t * CHOICES, (t + 1) * CHOICES);
      float[] is = Arrays.copyOfRange(after, t * CHOICES, (t + 1) * CHOICES);
      if (t >= changed && t < changed + network.reach()) {
        assertThat(is).as("token %d", t).isNotEqualTo(was);
      } else {
        assertThat(is).as("token %d", t).containsExactly(was);
      }
    }
  }

  @Test
  void queuesGiveTheLogitsOfTheWholeNetworkForRowsThatBeginAtDifferentTimes() {
    try (QueueStepper stepper = new QueueStepper(backend, network, true)) {
      stepper.over(new int[] {0, 1, 2, 0, 1});
      int rows = stepper.rows();
      int[] ids = new int[rows];
      int[] positions = new int[rows];
      float[] got = new float[rows * CHOICES];
      for (int t = 0; t < 2 * TIME; t++) {
        for (int row = 0; row < 5; row++) {
          positions[row] = Math.floorMod(t - 3 * row, TIME);
          ids[row] = sequence(row, TIME)[positions[row]];
          if (positions[row] == 0) {
            stepper.begin(row, row);
          }
        }
        stepper.step(ids, positions, got);
        for (int row = 0; row < 5 && t >= 3 * row; row++) {
          float[] expected = logits(sequence(row, TIME), row % CLASSES);
          int from = positions[row] * CHOICES;
          assertThat(Arrays.copyOfRange(got, row * CHOICES, (row + 1) * CHOICES))
              .as("step %d, row %d", t, row)
              .containsExactly(Arrays.copyOfRange(expected, from, from + CHOICES), within(1e-4f));
        }
      }
    }
  }

  @Test
  void copiedRowsGoOnAsTheOnesTheyWereCopiedFrom() {
    try (QueueStepper stepper = new QueueStepper(backend, network, false)) {
      int[] sources = new int[stepper.rows()];
      float[] got = new float[stepper.rows() * CHOICES];
      for (int t = 0; t < TIME; t++) {
        int[] ids = new int[stepper.rows()];
        int[] positions = new int[stepper.rows()];
        Arrays.fill(positions, t);
        Arrays.fill(ids, sequence(t < 20 ? 2 : 1, TIME)[t]);
        ids[0] = sequence(1, TIME)[t];
        stepper.step(ids, positions, got);
        if (t == 19) {
          stepper.copy(sources);
        }
      }
      assertThat(Arrays.copyOfRange(got, CHOICES, 2 * CHOICES))
          .containsExactly(Arrays.copyOf(got, CHOICES));
    }
  }

  @Test
  void partsScoreAsTheWholeNetworkDoes() {
    List<int[]> sequences = List.of(sequence(1, 3), sequence(2, TIME), sequence(3, 2));
    int[] classes = {2, 1, 0};
    for (int time : new int[] {1, 7, 64}) {
      try (LongScorer scorer = new LongScorer(backend, network, true, 2, time)) {
        double[] nats = scorer.score(sequences, classes, 5);
        for (int i = 0; i < nats.length; i++) {
          assertThat(nats[i])
              .as("parts of %d, sequence %d", time, i)
              .isCloseTo(nats(sequences.get(i), classes[i]), within(1e-3));
        }
      }
    }
  }

  private double nats(int[] sequence, int label) {
    int[] tokens = Arrays.copyOf(sequence, TIME);
    float[] logits = logits(tokens, label);
    double sum = 0;
    for (int t = 0; t + 1 < sequence.length; t++) {
      double total = 0;
      for (int c = 0; c < CHOICES; c++) {
        total += Math.exp(logits[t * CHOICES + c]);
      }
      sum += Math.log(total) - logits[t * CHOICES + sequence[t + 1]];
    }
    return sum;
  }

  /** A token by queues against a token by the network over all that it depends on. */
  @Test
  @Tag("slow")
  void cachedSamplingIsTwentyTimesFasterThanComputingAllAgain() {
    WaveNetConfig config = Configs.bind(WaveNetConfig.class, Map.of("layers", 9));
    WaveNetNetwork large = WaveNetNetwork.create(store.scope("large"), config, 257, 256, CLASSES);
    try (QueueStepper stepper = new QueueStepper(backend, large, true);
        Program whole = program(backend, large, large.reach())) {
      int[] positions = new int[stepper.rows()];
      int[] ids = new int[stepper.rows()];
      float[] logits = new float[stepper.rows() * 256];
      double cached =
          quickest(
              300,
              t -> {
                Arrays.fill(positions, t);
                stepper.step(ids, positions, logits);
              });
      float[] all = new float[large.reach() * 256];
      whole.set("labels", new int[1]);
      double again =
          quickest(
              60,
              _ -> {
                whole.set("ids", new int[large.reach()]);
                whole.run();
                whole.get("logits", all);
              });
      // The queues step 32 sequences at once, the whole network one.
      assertThat(again / (cached / stepper.rows()))
          .as("%.3f ms a token cached, %.3f ms computed again", cached / 1e6, again / 1e6)
          .isGreaterThan(20);
      assertThat(again / cached).as("even one alone").isGreaterThan(20);
    }
  }

  /** Nanoseconds of the quickest of some calls. */
  private static double quickest(int calls, IntConsumer call) {
    double least = Double.POSITIVE_INFINITY;
    for (int i = 0; i < calls; i++) {
      long start = System.nanoTime();
      call.accept(i);
      least = Math.min(least, (double) (System.nanoTime() - start));
    }
    return least;
  }
}
