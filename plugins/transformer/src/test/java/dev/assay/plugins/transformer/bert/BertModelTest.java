package dev.assay.plugins.transformer.bert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.assay.nn.Dropout;
import dev.assay.nn.Parameter;
import dev.assay.nn.ParameterStore;
import dev.assay.spi.Configs;
import dev.assay.spi.SampleRequest;
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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class BertModelTest {
  private static final int CHOICES = 4;
  private static final int BLOCK = 6;

  private final Backend backend = Backends.open(1);
  private MaskedHead head;
  private Program program;

  @BeforeEach
  void createAsInThePaper() {
    create(false);
  }

  /**
   * @param later whether norms stand before their parts and places turn queries and keys
   */
  private void create(boolean later) {
    BertConfig config =
        Configs.bind(
            BertConfig.class,
            Map.of(
                "layers",
                2,
                "heads",
                2,
                "width",
                8,
                "block",
                BLOCK,
                "pre_norm",
                later,
                "rotary",
                later));
    ParameterStore store = new ParameterStore(backend, RandomStream.root(1));
    head =
        MaskedHead.create(
            store.scope("head"),
            BertEncoder.create(store.scope("encoder"), config, CHOICES + 1),
            CHOICES);
    for (Parameter parameter : store.parameters()) {
      RandomStream random = RandomStream.root(2).child(parameter.name());
      float[] values = new float[parameter.shape().size()];
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) (0.5 * random.nextGaussian());
      }
      parameter.variable().write(values);
    }
    Tensor vectors =
        head.encoder()
            .apply(
                Tensor.input("tokens", DType.I32, Shape.of(1, BLOCK)),
                Tensor.input("lengths", DType.I32, Shape.of(1)),
                Dropout.none());
    Tensor places = Tensor.input("places", DType.I32, Shape.of(1));
    program =
        backend.compile(Graph.builder().output("logits", head.logits(vectors, places)).build());
  }

  @AfterEach
  void close() {
    program.close();
    backend.close();
  }

  private float[] logits(int[] tokens, int length, int place) {
    int[] row = Arrays.copyOf(tokens, BLOCK);
    program.set("tokens", row);
    program.set("lengths", new int[] {length});
    program.set("places", new int[] {place});
    program.run();
    float[] logits = new float[CHOICES];
    program.get("logits", logits);
    return logits;
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aTokenIsToldFromBothSidesButNotFromBehindTheEnd(boolean later) {
    program.close();
    create(later);
    int mask = head.encoder().mask();
    float[] told = logits(new int[] {4, 1, mask, 2, 3, 0}, 5, 2);
    assertThat(logits(new int[] {4, 0, mask, 2, 3, 0}, 5, 2)).isNotEqualTo(told);
    assertThat(logits(new int[] {4, 1, mask, 2, 1, 0}, 5, 2)).isNotEqualTo(told);
    assertThat(logits(new int[] {4, 1, mask, 2, 3, 1}, 5, 2)).containsExactly(told);
    // The order counts, on each side and from side to side.
    assertThat(logits(new int[] {4, 1, mask, 3, 2, 0}, 5, 2)).isNotEqualTo(told);
    assertThat(logits(new int[] {4, 2, mask, 1, 3, 0}, 5, 2)).isNotEqualTo(told);
  }

  @Test
  void thePseudoLikelihoodTellsEachTokenFromAllOthersOfItsWindow() {
    int mask = head.encoder().mask();
    // The second window holds what the first has no room for, after the start.
    int[] sequence = {4, 1, 0, 2, 3, 1, 2, 0};
    double expected = 0;
    for (int[] window : List.of(new int[] {4, 1, 0, 2, 3, 1}, new int[] {4, 2, 0})) {
      for (int place = 1; place < window.length; place++) {
        int[] hidden = window.clone();
        hidden[place] = mask;
        float[] logits = logits(hidden, window.length, place);
        double total = 0;
        for (float logit : logits) {
          total += Math.exp(logit);
        }
        expected += Math.log(total) - logits[window[place]];
      }
    }
    try (PseudoScorer scorer = new PseudoScorer(backend, head, BLOCK)) {
      double[] nats = scorer.score(List.of(new int[] {4, 3}, sequence), 7);
      assertThat(nats[1]).isCloseTo(expected, within(1e-4));
    }
  }

  @Test
  void ofTheTokensToBeToldEightInTenAreHiddenAndOneIsReplaced() {
    int block = 41;
    int rows = 500;
    int choices = 1000;
    int[] whole = new int[rows * block];
    Arrays.fill(whole, 7);
    Arrays.fill(whole, whole.length - 31, whole.length, -1);
    Masking masking = Masking.of(whole, block, 6, 0.15, 2000, choices, RandomStream.root(3));
    assertThat(masking.lengths()[0]).isEqualTo(41);
    assertThat(masking.lengths()[rows - 1]).isEqualTo(10);
    // 15 % of 40 tokens are 6; of the last row's 9, rounded, 1.
    assertThat(masking.count()).isEqualTo(6 * (rows - 1) + 1);
    int hidden = 0;
    int kept = 0;
    for (int i = 0; i < masking.places().length; i++) {
      int place = masking.places()[i];
      if (place >= 0) {
        assertThat(place % block).isPositive();
        assertThat(masking.targets()[i]).isEqualTo(7);
        hidden += masking.tokens()[place] == 2000 ? 1 : 0;
        kept += masking.tokens()[place] == 7 ? 1 : 0;
      }
    }
    // Binomial deviations of the shares are 0.0073 and 0.0055; a token may replace itself.
    assertThat(hidden / (double) masking.count()).isCloseTo(0.8, within(0.03));
    assertThat(kept / (double) masking.count()).isCloseTo(0.1, within(0.025));
    int changed = 0;
    for (int i = 0; i < whole.length; i++) {
      changed += masking.tokens()[i] == whole[i] ? 0 : 1;
    }
    assertThat(changed).isEqualTo(masking.count() - kept);
  }

  @Test
  void turningByPlacesNeedsHeadsOfEvenWidth() {
    Map<String, Object> params = Map.of("width", 6, "heads", 2, "rotary", true);
    assertThatThrownBy(() -> Configs.bind(BertConfig.class, params))
        .hasMessageContaining("'width' is 6 and 'heads' is 2");
  }

  @Test
  void aSampleLongerThanTheBlockIsRefused() {
    try (GibbsChains chains = new GibbsChains(backend, head, BLOCK, CHOICES)) {
      BertSampler sampler = Configs.bind(BertSampler.class, Map.of("length", BLOCK));
      assertThatThrownBy(() -> chains.draw(SampleRequest.of(1, RandomStream.root(1)), sampler))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("'length' is 6, but the model reads at most 5");
    }
  }
}
