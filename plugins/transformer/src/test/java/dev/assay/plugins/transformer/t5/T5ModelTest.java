package dev.assay.plugins.transformer.t5;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.spi.Batch;
import dev.assay.spi.Configs;
import dev.assay.spi.DataSpec;
import dev.assay.spi.Fit;
import dev.assay.spi.GenerativeModel;
import dev.assay.spi.Modality;
import dev.assay.spi.Modality.Text.Form;
import dev.assay.spi.SampleRequest;
import dev.assay.spi.Scorer;
import dev.assay.spi.Values;
import dev.assay.spi.text.TextSampler;
import dev.assay.tensor.Backend;
import dev.assay.tensor.RandomStream;
import dev.assay.testkit.Backends;
import dev.assay.testkit.TestContext;
import dev.assay.testkit.ToyBatches;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class T5ModelTest {
  private static final Modality TEXT = new Modality.Text(Form.DOCUMENTS);
  private static final DataSpec.Conditional SPEC = new DataSpec.Conditional(TEXT, TEXT);

  /** Two tasks, told apart by their first word alone. */
  private static final Batch TASKS =
      new Batch(
          new Values.Texts(List.of("one two", "two one", "eins zwei", "zwei eins")),
          new Values.Texts(
              List.of("copy one two", "copy two one", "german one two", "german two one")));

  private final Backend backend = Backends.open(1);

  @AfterEach
  void close() {
    backend.close();
  }

  private GenerativeModel<TextSampler> model(Map<String, Object> params) {
    Map<String, Object> all =
        new HashMap<>(Map.of("layers", 1, "heads", 2, "width", 32, "hidden", 64, "batch", 8));
    all.putAll(Map.of("tokenizer", "spaced", "min_count", 1, "longest", 16, "dropout", 0.0));
    all.putAll(Map.of("warmup", 100, "learning_rate", 1e-2));
    all.putAll(params);
    return new T5Provider()
        .create(Configs.bind(T5Config.class, all), TestContext.of(backend, 1, SPEC, TASKS));
  }

  private static double[] scores(GenerativeModel<TextSampler> model) {
    Scorer scorer = (Scorer) model;
    return scorer.score(TASKS, scorer.methods(1).getFirst(), RandomStream.root(1), 0);
  }

  @Test
  void oneModelDoesSeveralTasks() {
    ToyBatches batches = new ToyBatches(SPEC, TASKS, RandomStream.root(2));
    try (GenerativeModel<TextSampler> model = model(Map.of("prefix", "one ", "denoising", 0.1))) {
      for (int i = 0; i < 300; i++) {
        model.train(batches);
      }
      for (Map<String, Object> how :
          List.<Map<String, Object>>of(Map.of("greedy", true), Map.of("beams", 3))) {
        SampleRequest request = new SampleRequest(0, 4, TASKS.condition(), RandomStream.root(3));
        assertThat(model.sample(request, Configs.bind(TextSampler.class, how)).values())
            .as("%s", how)
            .isEqualTo(TASKS.x());
      }
    }
  }

  @Test
  void aTunedModelBeginsAsItsParentIs() {
    ToyBatches batches = new ToyBatches(SPEC, TASKS, RandomStream.root(2));
    try (GenerativeModel<TextSampler> parent = model(Map.of("denoising", 0.5))) {
      for (int i = 0; i < 5; i++) {
        parent.train(batches);
      }
      TestContext context =
          TestContext.of(backend, 9, SPEC, TASKS).with(Map.of("pretrained", parent));
      T5TunedProvider provider = new T5TunedProvider();
      T5TunedConfig config = Configs.bind(T5TunedConfig.class, Map.of("batch", 4));
      try (GenerativeModel<TextSampler> tuned = provider.create(config, context)) {
        double[] begun = scores(parent);
        assertThat(scores(tuned)).isEqualTo(begun);
        tuned.train(batches);
        assertThat(scores(tuned)).isNotEqualTo(begun);
        assertThat(scores(parent)).isEqualTo(begun);
      }
    }
  }

  @Test
  void settingsAndDataThatDoNotGoTogetherAreNamed() {
    assertThatThrownBy(() -> Configs.bind(T5Config.class, Map.of("width", 130)))
        .hasMessageContaining("'width' is 130");
    assertThatThrownBy(() -> model(Map.of("prefix", "one two one", "longest", 4)))
        .hasMessageContaining("'prefix' is 'one two one', which leaves no room");
    T5Config config = Configs.defaults(T5Config.class);
    DataSpec stream = DataSpec.of(new Modality.Text(Form.STREAM));
    for (DataSpec spec : List.of(SPEC, DataSpec.of(TEXT), stream)) {
      assertThat(new T5Provider().fits(config, spec)).isEqualTo(Fit.raw());
    }
    assertThat(new T5Provider().fits(config, new DataSpec.Conditional(TEXT, new Modality.Label(2))))
        .isInstanceOf(Fit.No.class);
  }
}
